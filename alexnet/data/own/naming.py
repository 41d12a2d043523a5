"""What somebody calls a class or a set, made fit to stand anywhere: in Markdown, in a link, in a file."""

from __future__ import annotations

import unicodedata

LONGEST = 40
"""Characters of a name."""

_SIGNS = " -',+"
_INVISIBLE = "\u115f\u1160\u3164\uffa0"  # fillers of Hangul, which count as letters
_ACCENTS = 2
"""Marks on one letter; text that is stacked with more of them covers the lines above."""


def harmless(name: str) -> str:
    """Letters, digits, symbols such as emoji, spaces and a few signs; any other character becomes a space.

    Hangul in pieces, as macOS writes it, is put together. What Markdown, HTML or a link would read as theirs
    is gone, so that a folder named ``**cat**`` or ``<b>`` is shown as ``cat`` or ``b`` everywhere.

    Returns:
        At most ``LONGEST`` characters; empty where nothing is left.
    """
    composed = unicodedata.normalize("NFC", name)
    kept: list[str] = []
    marks = 0
    for place, character in enumerate(composed):
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Mc") else 0
        if marks:
            kept.append(character if marks <= _ACCENTS and kept and kept[-1] != " " else "")
        elif character in _INVISIBLE:
            continue
        else:
            fits = category[0] in "LN" or category == "So" or character in _SIGNS
            fits = fits or (character == "." and _ends_a_word(composed, place))
            kept.append(character if fits else " ")
    return " ".join("".join(kept).split())[:LONGEST].strip(_SIGNS)


def _ends_a_word(text: str, place: int) -> bool:
    """A full stop as in "St. Bernard", and none as in an address or a numbered list."""
    return text[:place][-1:].isalpha() and text[place + 1 : place + 2] in ("", " ")
