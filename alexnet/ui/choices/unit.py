"""One kernel, map or unit of a layer, as the lessons and their links name it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ID = re.compile(r"([12])-([1-9][0-9]{0,4})")
"""Towers 1 and 2, and numbers of five digits at most: the paper's widest layer has 4,096 units."""


@dataclass(frozen=True, order=True)
class Unit:
    """The ``number``-th kernel, map or unit of a ``tower``, both counted from 1."""

    tower: int
    number: int

    @property
    def id(self) -> str:
        """In links and for the browser: ``2-17``."""
        return f"{self.tower}-{self.number}"

    def within(self, counts: Sequence[int]) -> bool:
        """Whether towers of so many have it."""
        return self.tower <= len(counts) and self.number <= counts[self.tower - 1]


def parsed(text: str) -> Unit | None:
    """The unit of an id; None for any other text. Whether a layer has it, ``within`` says."""
    found = _ID.fullmatch(text)
    return None if found is None else Unit(int(found[1]), int(found[2]))
