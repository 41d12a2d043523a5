"""How a network is trained: frozen numbers, and the rate at each step. No library needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, pi
from typing import Any, ClassVar, Literal, get_args

from alexnet.errors import ChoiceError

Optimizer = Literal["sgd", "adam"]
Schedule = Literal["cosine", "constant"]
Resize = Literal["bilinear", "nearest"]
Scaling = Literal["standardized", "centred", "unit"]
Precision = Literal["float32", "mixed_bfloat16"]
STRICT: Mapping[str, Any] = {"strict": True, "extra": "forbid", "allow_inf_nan": False}
"""For pydantic, which reads a recipe from a file: each field of its type, and none besides."""

OPTIMIZERS: tuple[Optimizer, ...] = get_args(Optimizer)
SCHEDULES: tuple[Schedule, ...] = get_args(Schedule)
RESIZES: tuple[Resize, ...] = get_args(Resize)
SCALINGS: tuple[Scaling, ...] = get_args(Scaling)
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


@dataclass(frozen=True)
class Recipe:
    """Stochastic gradient descent with momentum unless it says otherwise; not to the letter the paper's.

    With the gradient g of the loss, momentum m, weight decay d and rate r a step is Keras's: v := m v - r g,
    then w := (1 - r d) w + m v - r g. The paper's (section 5; the code's ``src/weights.cu``) is
    v := m v - r d w - r g, then w := w + v: plain momentum, and the decay inside it, where it adds up to
    1 / (1 - m) times as much. The paper's 0.0005 acts like 0.005 here.

    Attributes:
        id: Its name in files and links.
        cycles: Epochs of each cosine. After one cycle the rate starts high again from the weights reached
            (warm restarts: Loshchilov and Hutter, "SGDR", 2017).
        batch: Images a step.
        rate: The highest learning rate.
        warmup: Epochs at the start of each cycle in which the rate rises in a straight line to ``rate``.
        momentum: Share of the last step that is kept (Nesterov's form; the paper's is the plain one).
        weight_decay: Share of a kernel that each step takes off, times the rate and outside the momentum;
            biases keep theirs.
        augment: Crops and flips.
        erase: Side of a square that augmentation paints over in each picture, at a random place and in the
            mean colour, in pixels of the training resolution; 0 for none. "Cutout": DeVries and Taylor, 2017.
        optimizer: ``sgd``, or ``adam`` (Kingma and Ba, 2015), which takes no momentum from here.
        schedule: ``cosine``, from ``rate`` down to 0 in each cycle, or ``constant`` after the warm-up.
        resize, scaling, mirrored: See ``alexnet.data.preparation``.
        precision: ``float32``, or ``mixed_bfloat16``: the layers compute with numbers of 16 bits and the
            weights keep their 32. Faster on processors that have it in hardware, slower on others.
            ``fastest`` is the one of them that suits the machine, chosen when a run is made.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    id: str
    cycles: tuple[int, ...]
    batch: int = 128
    rate: float = 0.04
    warmup: float = 1.0
    momentum: float = 0.9
    weight_decay: float = 5e-4
    augment: bool = True
    erase: int = 0
    optimizer: Optimizer = "sgd"
    schedule: Schedule = "cosine"
    resize: Resize = "bilinear"
    scaling: Scaling = "standardized"
    mirrored: bool = False
    precision: Precision | Literal["fastest"] = "float32"

    @property
    def epochs(self) -> int:
        """Passes over the training images in all cycles."""
        return sum(self.cycles)

    def rate_at(self, epoch: float) -> float:
        """The learning rate after so many epochs (a fraction counts the steps within one).

        Raises:
            ValueError: The recipe is over.
        """
        if not 0 <= epoch <= self.epochs:
            raise ValueError(f"epoch must be between 0 and {self.epochs}, received {epoch}.")
        cycle, *later = self.cycles
        while later and epoch >= cycle:
            epoch -= cycle
            cycle, *later = later
        if epoch < self.warmup:
            return self.rate * epoch / self.warmup
        if self.schedule == "constant":
            return self.rate
        progress = (epoch - self.warmup) / max(cycle - self.warmup, 1e-9)
        return self.rate * (1 + cos(pi * progress)) / 2


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "half_minute",
        (4,),
        batch=64,
        rate=0.1,
        weight_decay=0.005,
        scaling="centred",
        mirrored=True,
        precision="fastest",
    ),
    Recipe("two_minutes", (12,), rate=0.02),
    # The top of ``alexnet.studies.ladder``.
    Recipe(
        "five_minutes",
        (37,),
        batch=64,
        rate=0.1,
        warmup=2.0,
        weight_decay=0.005,
        erase=10,
        scaling="centred",
        mirrored=True,
        precision="fastest",
    ),
)
"""On the starter data, named after the time they take on two processor cores with their networks."""

FITTED_FROM = 9_000
"""Pictures to learn from for which the recipes were made: the starter data's."""

MOST_EPOCHS, LEAST_STEPS, LEAST_BATCH = 40, 4, 4
"""Of a recipe fitted to few pictures: epochs at most, and at least steps of each and pictures of a step."""


def fitted(recipe: Recipe, images: int) -> Recipe:
    """A recipe for another number of pictures to learn from, that takes about as long.

    With fewer pictures there are more epochs, up to ``MOST_EPOCHS``, and with very few the batch is halved
    until an epoch has ``LEAST_STEPS`` steps; then the rate falls with it, as fewer pictures say less surely
    where to go (the rule of Goyal and others, "Accurate, Large Minibatch SGD", 2017, section 2.1). With more
    pictures there are fewer epochs, but one at least.

    Args:
        recipe: One of ``RECIPES``.
        images: How many pictures there are to learn from.
    """
    batch = recipe.batch
    while batch > LEAST_BATCH and images < LEAST_STEPS * batch:
        batch //= 2
    epochs = max(1, min(MOST_EPOCHS, round(recipe.epochs * FITTED_FROM / images)))
    if (epochs, batch) == (recipe.epochs, recipe.batch):
        return recipe
    return replace(
        recipe,
        cycles=(epochs,),
        batch=min(batch, images),
        rate=recipe.rate * batch / recipe.batch,
        warmup=min(recipe.warmup * epochs / recipe.epochs, epochs / 4),
    )


RACING = Recipe("race", (2,), rate=0.02, warmup=0.5)
"""Of initializers that race on the classroom network, without batch normalization, where the start counts."""

NETWORKS: Mapping[str, str] = {
    "half_minute": "fitted_quick",
    "two_minutes": "classroom",
    "five_minutes": "fitted_small",
}
"""The network that each recipe is made for, by id."""


def recipe(id: str) -> Recipe:
    """The recipe of that id.

    Raises:
        ChoiceError: There is none.
    """
    for candidate in RECIPES:
        if candidate.id == id:
            return candidate
    raise ChoiceError("recipe_unknown", id=id, known=", ".join(candidate.id for candidate in RECIPES))
