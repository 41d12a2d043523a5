"""Which pictures are learned from, which are watched, and which are looked at once, at the end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alexnet.data.own.arranging import PARTS, Part
from alexnet.errors import InputError

HELD_OUT = 0.15
"""Share of each class that is watched, and share that is tested on."""

TRAIN, VALIDATION, TEST = range(len(PARTS))
LEAST = 3
"""Different pictures of each class: one for each part."""

Numbers = NDArray[np.int64]


def split(labels: Sequence[str], given: Sequence[Part | None], digests: Sequence[str], seed: int) -> Numbers:
    """The part of each picture, 0 train, 1 validation, 2 test: the same whenever the seed is the same.

    Where nobody has made parts, the seed draws ``HELD_OUT`` of each class for either of validation and test,
    at least one picture. Pictures that are pixel by pixel the same stay together: else the network would be
    tested on what it has learned by heart. Where somebody has put a part aside, the pictures to learn from
    stay whole: a test part is drawn out of the validation part, half of it.

    Args:
        labels: Each picture's class.
        given: The part that its folder names, for all or for none.
        digests: The same for the same pixels.
        seed: Draws.

    Raises:
        InputError: set_class_short, set_class_untrained or set_nothing_held_out.
    """
    parts = np.array([TRAIN if part is None else PARTS.index(part) for part in given], np.int64)
    known = {part for part in given if part is not None}
    for place, label in enumerate(sorted(set(labels))):
        chosen = np.array([number for number, one in enumerate(labels) if one == label])
        generator = np.random.default_rng((seed, place))
        if not known - {"train"}:
            groups = _groups(chosen, digests, generator)
            if len(groups) < LEAST:
                raise InputError("set_class_short", label=label, count=len(groups), least=LEAST)
            rest = _draw(parts, groups, TEST, round(HELD_OUT * len(chosen)), keep=2)
            _draw(parts, rest, VALIDATION, round(HELD_OUT * len(chosen)), keep=1)
            continue
        if not (parts[chosen] == TRAIN).any():
            raise InputError("set_class_untrained", label=label)
        if "test" not in known:
            groups = _groups(chosen[parts[chosen] == VALIDATION], digests, generator)
            # A class of an odd number gives the one more to either part in turn.
            for group in groups[(len(groups) + place % 2) // 2 :]:
                parts[group] = TEST
        elif "validation" not in known:
            groups = _groups(chosen[parts[chosen] == TRAIN], digests, generator)
            _draw(parts, groups, VALIDATION, round(HELD_OUT * len(chosen)), keep=1)
    if not ((parts == VALIDATION).any() and (parts == TEST).any()):
        raise InputError("set_nothing_held_out")
    return parts


def _groups(chosen: Numbers, digests: Sequence[str], generator: np.random.Generator) -> list[list[int]]:
    """The same pixels together, in an order that is drawn."""
    by_digest: dict[str, list[int]] = {}
    for number in chosen:
        by_digest.setdefault(digests[number], []).append(int(number))
    groups = list(by_digest.values())
    return [groups[place] for place in generator.permutation(len(groups))]


def _draw(parts: Numbers, groups: list[list[int]], part: int, count: int, *, keep: int) -> list[list[int]]:
    """Give a part groups until it has as many pictures, at least one; returns those that are left."""
    drawn, place = 0, 0
    while place < len(groups) - keep and drawn < max(1, count):
        parts[groups[place]] = part
        drawn += len(groups[place])
        place += 1
    return groups[place:]
