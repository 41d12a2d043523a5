"""The Convolution page, through app.py."""

from __future__ import annotations

import pytest

from alexnet.language import LANGUAGES, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_both_languages_and_says_how_large_the_map_becomes(open_page, language):
    at = open_page("convolution", lang=language)
    assert at.title[0].value == text("convolution.title", language)
    assert not at.main.error
    assert any("55 × 55" in block.value for block in at.main.markdown)
