"""Which class and which part a picture belongs to, by the folders that it lies in.

cat/1.jpg  dog/2.jpg                      a folder for each class
pets/cat/1.jpg  pets/dog/2.jpg            the same in a folder around them
train/cat/1.jpg  validation/dog/2.jpg     parts that somebody has made, as flow_from_directory reads them
cat.1.jpg  dog (2).jpg                    no folder: what stands before the number
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, get_args

from alexnet.data.own.naming import harmless

Part = Literal["train", "validation", "test"]
PARTS: tuple[Part, ...] = get_args(Part)

_NAMES: dict[str, Part] = {
    **dict.fromkeys(("train", "training", "학습", "훈련"), "train"),
    **dict.fromkeys(("validation", "validate", "valid", "val", "검증"), "validation"),
    **dict.fromkeys(("test", "testing", "시험", "테스트"), "test"),
}

_KINDS = "jpg jpeg jpe jfif png webp gif bmp heic heif avif tif tiff svg"
_PICTURES = frozenset(f".{kind}" for kind in _KINDS.split(" "))
_IGNORED = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_BEFORE_NUMBER = re.compile(r"(\D*?)[\s._()-]*\d")

Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a file belongs: the name of its class, and the part that somebody has put it in."""

    label: str
    part: Part | None = None


def ignored(path: Path) -> bool:
    """Whether a file was put there by an operating system, and by nobody who meant it."""
    return any(name.startswith(".") or name.casefold() in _IGNORED for name in path)


def arrange(paths: Sequence[Path]) -> list[Place | None]:
    """Where each file belongs; None: it lies outside the classes' folders, or its class has no name.

    Args:
        paths: Each file's folders and name, from the outside in.
    """
    pictures = [path for path in paths if PurePosixPath(path[-1]).suffix.lower() in _PICTURES]
    depth = _common(pictures or paths)
    flat = all(len(path) == depth + 1 for path in (pictures or paths))
    first = {path[depth].casefold() for path in (pictures or paths) if len(path) > depth + 1}
    parted = bool(first) and first <= _NAMES.keys()
    return [_place(path[depth:], flat=flat, parted=parted) for path in paths]


def _common(paths: Sequence[Path]) -> int:
    """How many folders around the classes all pictures have in common.

    A folder that holds the pictures themselves is none of them: it is a class, be it the only one. But a few
    pictures beside two folders or more with most of them have only been left there.
    """
    depth = 0
    while paths and len({path[depth] for path in paths}) == 1:
        inside = [path for path in paths if len(path) > depth + 2]
        strayed = len(paths) - len(inside)
        folders = len({path[depth + 1] for path in inside})
        if not inside or (strayed and (folders < 2 or strayed >= len(inside))):
            break
        paths = inside
        depth += 1
    return depth


def _place(path: Path, *, flat: bool, parted: bool) -> Place | None:
    if flat:
        found = _BEFORE_NUMBER.match(path[-1]) if len(path) == 1 else None
        label = harmless(found[1]) if found else ""
        return Place(label) if label else None
    at = 1 if parted else 0
    if len(path) < at + 2:
        return None
    part = _NAMES.get(path[0].casefold()) if parted else None
    if parted and part is None:
        return None
    label = harmless(path[at])
    return Place(label, part) if label else None
