"""The words that Streamlit's own elements show, in the reader's language.

Streamlit speaks English only. The catalogue ``streamlit`` holds its words: in English exactly as Streamlit
writes them, so that a test finds a word that a new release writes otherwise. streamlit_words.js puts the
reader's words in their place.
"""

from __future__ import annotations

import json

from alexnet.language import keys, template
from alexnet.ui.language import current_language


def words() -> str:
    """JavaScript that gives streamlit_words.js the pairs of words; none for a reader of English.

    A gap in braces stands for whatever Streamlit says there: the same gap is filled with it.
    """
    language = current_language()
    pairs = (
        []
        if language == "en"
        else [[template(key, "en"), template(key, language)] for key in sorted(keys("widgets", "en"))]
    )
    harmless = json.dumps(pairs).replace("<", "\\u003c")  # nothing in it ends the script
    return f"window.alexnetStreamlitWords = {harmless};"
