"""How a network is trained: frozen numbers, and the rate at each step. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi


@dataclass(frozen=True)
class Recipe:
    """Stochastic gradient descent with momentum, as in the paper's section 5, on a cosine schedule.

    Attributes:
        id: Its name in files and links.
        epochs: Passes over the training images.
        batch: Images a step.
        rate: The highest learning rate.
        warmup: Epochs in which the rate rises in a straight line to ``rate``.
        momentum: Share of the last step that is kept (Nesterov's form).
        weight_decay: Share of a kernel that each step takes off, times the rate; biases keep theirs.
        augment: Crops and flips.
    """

    id: str
    epochs: int
    batch: int = 128
    rate: float = 0.04
    warmup: float = 1.0
    momentum: float = 0.9
    weight_decay: float = 5e-4
    augment: bool = True

    def rate_at(self, epoch: float) -> float:
        """The learning rate after so many epochs (a fraction counts the steps within one).

        Raises:
            ValueError: The recipe is over.
        """
        if not 0 <= epoch <= self.epochs:
            raise ValueError(f"epoch must be between 0 and {self.epochs}, received {epoch}.")
        if epoch < self.warmup:
            return self.rate * epoch / self.warmup
        progress = (epoch - self.warmup) / max(self.epochs - self.warmup, 1e-9)
        return self.rate * (1 + cos(pi * progress)) / 2
