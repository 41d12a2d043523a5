"""What assets/terms.js needs to explain the terms of a page where they stand."""

from __future__ import annotations

import json
from functools import cache

from alexnet.glossary import entries, pattern
from alexnet.language import Language, template
from alexnet.ui.language import current_language


def words() -> str:
    """JavaScript that gives the browser the terms in the reader's language."""
    return _words(current_language())


@cache
def _words(language: Language) -> str:
    expression, ids = pattern(language)
    glossary = {
        "language": language,
        "pattern": expression,
        "ids": ids,
        "terms": {
            entry.term.id: {
                "word": entry.word,
                "says": entry.says,
                "use": entry.use,
                "picture": entry.picture,
            }
            for entry in entries(language)
        },
        "labels": {
            "more": template("glossary.card_more", language),
            "close": template("glossary.card_close", language),
            "words": template("glossary.card_words", language),
            "use": template("glossary.use", language),
        },
    }
    harmless = json.dumps(glossary, ensure_ascii=False).replace(
        "<", "\\u003c"
    )  # nothing in it ends the script
    return f"window.alexnetGlossary = {harmless};"
