"""What a confusion matrix says. Standard library only.

A row is a true class, a column an answer: the entry says how many test images of that class got that answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Counts = Sequence[Sequence[int]]

MOSTLY = 0.95
"""From this share of all answers on, one class is called the answer to nearly everything."""


@dataclass(frozen=True)
class Mistake:
    """So many images of class ``truth`` were called ``answer``; both are places in the order of classes."""

    truth: int
    answer: int
    images: int


@dataclass(frozen=True)
class Reading:
    """A confusion matrix in numbers.

    Attributes:
        images: All of them.
        totals: Of each true class.
        right: Of each true class, those that were called it.
        answers: How often each class was answered.
        mistakes: Every pair of two classes, the most frequent first.
    """

    images: int
    totals: tuple[int, ...]
    right: tuple[int, ...]
    answers: tuple[int, ...]
    mistakes: tuple[Mistake, ...]

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return sum(self.right) / self.images

    @property
    def favourite(self) -> int:
        """The class that was answered most often."""
        return self.answers.index(max(self.answers))

    @property
    def favourite_share(self) -> float:
        """The share of all images that got this answer, 0 to 1."""
        return self.answers[self.favourite] / self.images

    def share(self, truth: int) -> float | None:
        """The share of a class's images that were called it; None where it has no images."""
        return self.right[truth] / self.totals[truth] if self.totals[truth] else None


def read(counts: Counts) -> Reading | None:
    """Count what a matrix holds.

    Args:
        counts: (classes, classes), whole numbers of 0 or more.

    Returns:
        None where there is no image at all.
    """
    classes = range(len(counts))
    images = sum(map(sum, counts))
    if not images:
        return None
    mistakes = [
        Mistake(truth, answer, counts[truth][answer])
        for truth in classes
        for answer in classes
        if truth != answer
    ]
    return Reading(
        images,
        totals=tuple(sum(row) for row in counts),
        right=tuple(counts[place][place] for place in classes),
        answers=tuple(sum(row[place] for row in counts) for place in classes),
        mistakes=tuple(sorted(mistakes, key=lambda mistake: -mistake.images)),
    )
