"""Names that somebody gives: harmless everywhere, and still theirs."""

from __future__ import annotations

import unicodedata

import pytest

from alexnet.data.own.naming import LONGEST, harmless


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("cat", "cat"),
        ("golden_retriever", "golden retriever"),
        ("St. Bernard", "St. Bernard"),
        ("Kim's dog, small-size", "Kim's dog, small-size"),
        ("고양이", "고양이"),
        (unicodedata.normalize("NFD", "고양이"), "고양이"),
        ("🐈 cat", "🐈 cat"),
        ("**cat**", "cat"),
        ("[cat](https://evil.example)", "cat https evil example"),
        ("www.evil.example", "www evil example"),
        ("<script>alert(1)</script>", "script alert 1 script"),
        (":red[cat]", "red cat"),
        ("$x^2$ `code`", "x 2 code"),
        ("- 1. cat\n# dog", "1 cat dog"),
        ("cat\u202egpj\x00\x1b[2J", "cat gpj 2J"),
        ("\u3164\u115f", ""),
        ("../..", ""),
    ],
)
def test_what_markdown_or_a_link_would_read_is_gone(given, shown):
    assert harmless(given) == shown
    assert harmless(shown) == shown  # nothing is left to do


def test_a_name_is_short_and_does_not_climb_out_of_its_line():
    assert len(harmless("long " * 100)) <= LONGEST
    stacked = harmless("a" + "\u0301\u0302\u0303\u0304" * 20)
    assert sum(unicodedata.combining(one) > 0 for one in unicodedata.normalize("NFD", stacked)) <= 3
