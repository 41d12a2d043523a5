"""What a network would reach that guesses, and from which accuracy on it does more than that."""

from __future__ import annotations

import math
from dataclasses import dataclass

from alexnet.runs.config import Config


@dataclass(frozen=True)
class Guessing:
    """Guessing among equally frequent classes.

    Attributes:
        classes: How many there are.
        images: How many validation images an accuracy is measured on.
    """

    classes: int
    images: int

    @property
    def chance(self) -> float:
        """The accuracy to expect, 0 to 1."""
        return 1 / self.classes

    @property
    def limit(self) -> float:
        """Below this the best accuracy of a run counts as guessing: the square root of ten standard errors
        above chance.

        With 1,000 images of two classes (a standard error of 0.016) that is 0.05 above. Were the epochs of
        mere guessing independent, the best of 12 would lie beyond in 1 % of runs, and the best of 28 in 2 %.
        It was 0.03, beyond which they lie in 31 % and 59 %, until the recorded run that is stuck had one
        epoch at 53.3 %. The price: a network that is right 55 times in 100 is taken for guessing about half
        the time, as long as it was evaluated once.
        """
        return self.chance + math.sqrt(10 * self.chance * (1 - self.chance) / self.images)

    @property
    def loss(self) -> float:
        """The cross-entropy of giving each class the same probability."""
        return math.log(self.classes)


def guessing(config: Config) -> Guessing:
    """What guessing gives in a run."""
    images = config.validation if config.limit is None else min(config.validation, config.limit)
    return Guessing(len(config.data_set.classes), images)
