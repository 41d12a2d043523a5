"""What the browser is given to explain terms where they stand."""

from __future__ import annotations

import json

import pytest

from alexnet.glossary import TERMS
from alexnet.language import LANGUAGES
from alexnet.ui import terms


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_gets_every_term_and_nothing_that_ends_the_script(language):
    code = terms._words(language)
    assert "<" not in code
    given = json.loads(code.removeprefix("window.alexnetGlossary = ").removesuffix(";"))
    assert given["language"] == language
    assert set(given["terms"]) == set(given["ids"]) == {term.id for term in TERMS}
    assert given["terms"]["stride"]["picture"].startswith("<svg ")
    assert all(given["labels"].values())


def test_the_words_for_a_page_stay_small():
    assert max(len(terms._words(language).encode()) for language in LANGUAGES) < 64 * 1024
