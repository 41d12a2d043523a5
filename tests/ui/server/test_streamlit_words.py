"""Streamlit's own words: as its release writes them, and given to the browser for readers of Korean only."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import streamlit

from alexnet.language import keys, template
from alexnet.ui.server import streamlit_words

BUILT = Path(streamlit.__file__).parent / "static" / "static" / "js"


@pytest.fixture(scope="module")
def scripts() -> str:
    """All that Streamlit sends to a browser."""
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(BUILT.glob("*.js")))


# Put together from pieces in Streamlit's source; what is left stands there.
PIECES = {
    "widgets.enter": ("Press Enter to ",),
    "widgets.not_found_body": (
        "The page that you have requested does not seem to exist",
        ". Running the app's main page.",
    ),
}


def test_streamlit_still_writes_each_of_these_words(scripts):
    for key in keys("widgets", "en"):
        for piece in PIECES.get(key) or re.split(r"\{\w+\}", template(key, "en")):
            assert piece in scripts, key


def test_a_gap_is_filled_with_what_streamlit_says_there():
    for key in keys("widgets", "en"):
        gaps = [re.findall(r"\{\w+\}", template(key, language)) for language in ("en", "ko")]
        assert gaps[0] == gaps[1] and len(gaps[0]) < 2, key


@pytest.mark.parametrize(("language", "count"), [("en", 0), ("ko", len(keys("widgets", "ko")))])
def test_readers_of_english_are_spared_the_work(monkeypatch, language, count):
    monkeypatch.setattr(streamlit_words, "current_language", lambda: language)
    pairs = json.loads(streamlit_words.words().partition(" = ")[2].removesuffix(";"))
    assert len(pairs) == count
    assert not count or ["Upload", "올리기"] in pairs
