"""Numbers as LaTeX writes them."""

from __future__ import annotations


def whole(number: int) -> str:
    """A whole number with thousands separators that LaTeX does not take for a list: ``1{,}200``."""
    return f"{number:,}".replace(",", "{,}")
