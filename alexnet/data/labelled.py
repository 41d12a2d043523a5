"""Labelled pictures of one kind: those that a network learned from, was watched by, or never saw."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from alexnet.data.dataset import Images, Labels

Part = Literal["train", "validation", "test"]

MOST = 2_000
"""Pictures of a part at most: they are all asked about, and each may be looked at."""


class Labelled(NamedTuple):
    """Some pictures.

    Attributes:
        id: Which they are; two lots of the same id are the same.
        images: ``(n, height, width, 3)``, RGB, 0 to 255.
        labels: ``(n,)``, positions in the classes of whoever learned from them.
    """

    id: str
    images: Images
    labels: Labels


def some(id: str, images: Images, labels: Labels, most: int = MOST) -> Labelled:
    """All of them, or ``most`` spread evenly over their order."""
    if len(images) <= most:
        return Labelled(id, images, labels)
    chosen = np.linspace(0, len(images) - 1, most).astype(np.int64)
    return Labelled(f"{id}_{most}", images[chosen], labels[chosen])
