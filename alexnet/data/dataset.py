"""A labelled set of pictures: as a record that says all about it, and what it loads into memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alexnet.data.classes import Class
from alexnet.data.preparation import Colour, Preparation
from alexnet.language import Language, text
from alexnet.recipes import Resize, Scaling

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pictures to learn from, and others, never learned from, to test on.

    Attributes:
        train_images, test_images: ``(n, height, width, 3)``, RGB, 0 to 255.
        train_labels, test_labels: ``(n,)``, positions in the data set's ``classes``.
        validation: Which of the training pictures are kept out to watch a training by: their places. None: a
            run's seed draws them.
    """

    train_images: Images
    train_labels: Labels
    test_images: Images
    test_labels: Labels
    validation: Labels | None = None


@dataclass(frozen=True, eq=False)
class DataSet:
    """A data set before anything of it is read.

    Attributes:
        id: In settings and links.
        classes: What each label means, in order.
        resolution: Pixels along each side of its pictures.
        mean, deviation: Of red, green and blue over its training pictures, or over those of a larger set
            that it was taken from.
        train, test: How many pictures there are to learn from and to test on.
        validation: How many of ``train`` a run keeps out to watch its training by.
        load: Reads the pictures; raises a ``DataError`` when they are missing or damaged.
        names: What each language calls it; None: the catalogue ``data_sets`` names it by its id.
        finer: The same set at another resolution, where its pictures have more pixels than one network reads.
    """

    id: str
    classes: tuple[Class, ...]
    resolution: int
    mean: Colour
    deviation: Colour
    train: int
    test: int
    validation: int
    load: Callable[[], Pictures]
    names: Mapping[Language, str] | None = None
    finer: Callable[[int], DataSet] | None = None

    @property
    def class_ids(self) -> tuple[str, ...]:
        """The classes by id, in order."""
        return tuple(one.id for one in self.classes)

    def name(self, language: Language) -> str:
        """What it is called."""
        return text(f"data_sets.{self.id}", language) if self.names is None else self.names[language]

    def preparation(
        self, resize: Resize = "bilinear", scaling: Scaling = "standardized", *, mirrored: bool = False
    ) -> Preparation:
        """How its pictures become the input of a network that learns from them."""
        return Preparation(
            self.resolution, self.mean, self.deviation, resize=resize, scaling=scaling, mirrored=mirrored
        )
