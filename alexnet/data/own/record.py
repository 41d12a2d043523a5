"""A set of somebody's own pictures as its files say it: all but the pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from alexnet.data.preparation import Colour
from alexnet.recipes import STRICT

SET_ID = re.compile(r"set-\d{8}-\d{6}-[0-9a-f]{6}")
"""Date and time (UTC) and six random digits, so that ids sort by time: ``set-20261124-130843-a1b2c3``."""


@dataclass(frozen=True)
class OwnSet:
    """A set, without its pictures.

    Attributes:
        id: See ``SET_ID``.
        viewer: Whose it is.
        name: What its owner calls it, harmless anywhere.
        created: Time of its making, ISO 8601, UTC.
        classes: Their names in order, harmless anywhere.
        seed: What drew its parts.
        mean, deviation: Of red, green and blue over the pictures to learn from, 0 to 255.
        train, validation, test: How many pictures each part has.
        origin: Of one that was made from a folder here: what tells whether the folder has changed.
        deleted: Its pictures are gone; trainings have learned from them and need the rest.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    id: str
    viewer: str
    name: str
    created: str
    classes: tuple[str, ...]
    seed: int
    mean: Colour
    deviation: Colour
    train: int
    validation: int
    test: int
    origin: str = ""
    deleted: bool = False


@dataclass(frozen=True)
class Item:
    """A picture of a set.

    Attributes:
        name: Its file's, as text to be shown.
        label: Position of its class.
        part: 0 to learn from, 1 to watch by, 2 to test on.
        offset, length: Where it lies in ``pictures.bin``, in bytes.
        width, height: Of the photograph, upright, in pixels.
        digest: The same for the same pixels.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    name: str
    label: int
    part: int
    offset: int
    length: int
    width: int
    height: int
    digest: str


@dataclass(frozen=True)
class Broken:
    """A file that became no picture.

    Attributes:
        name: Its folders and name, as text to be shown.
        id, values: The error's, which says why.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    name: str
    id: str
    values: Mapping[str, str | int | float]


@dataclass(frozen=True)
class Index:
    """What a set holds, picture by picture, and what did not become one."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    items: tuple[Item, ...]
    broken: tuple[Broken, ...]
