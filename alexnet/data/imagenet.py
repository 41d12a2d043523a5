"""The 1,000 classes of ILSVRC-2012 in the order of the published networks' outputs.

English: ``_IMAGENET_CATEGORIES`` of torchvision (BSD-3-Clause; ``assets/classes/LICENCE.md``). Korean: our
own translation of those that a classroom meets most; the others keep their English name.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from alexnet.data.classes import Class
from alexnet.errors import DataError
from alexnet.home import ASSETS

KOREAN = "imagenet_ko.json"

FOLDER = ASSETS / "classes"


@cache
def classes() -> tuple[Class, ...]:
    """All of them, the first output unit's first.

    Raises:
        DataError: shipped_file_damaged.
    """
    try:
        english = (FOLDER / "imagenet_en.txt").read_text(encoding="utf-8").splitlines()
        korean = json.loads((FOLDER / KOREAN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            "shipped_file_damaged", file="imagenet_en.txt", folder="classes", reason=str(error)
        ) from error
    return tuple(
        Class(f"imagenet_{number}", {"en": name, "ko": korean.get(str(number), name)})
        for number, name in enumerate(english)
    )


def translated(known: Sequence[Class]) -> int:
    """How many of these classes have a Korean name of our own translation."""
    ours = {one.id for one in classes() if one.names is not None and one.names["ko"] != one.names["en"]}
    return sum(one.id in ours for one in known)
