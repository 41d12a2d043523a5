"""What a run was asked to do: written once, when it is made."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from alexnet.architecture import Network, budget, network, with_classes, with_size
from alexnet.architecture.document import read, write
from alexnet.architecture.shapes import least_size
from alexnet.data import augmentation as augmentations
from alexnet.data.augmentation import Augmentation
from alexnet.data.catalogue import STARTER, data_set
from alexnet.data.dataset import DataSet
from alexnet.data.preparation import Preparation
from alexnet.errors import AlexNetError, ChoiceError, DataError, InputError
from alexnet.numerics.initializers import initializer
from alexnet.recipes import OPTIMIZERS, PRECISIONS, RESIZES, SCALINGS, SCHEDULES, STRICT, Recipe
from alexnet.runs import beginning as beginnings
from alexnet.runs import files
from alexnet.runs import lane as lanes_
from alexnet.runs.beginning import Beginning
from alexnet.runs.lane import Lane
from alexnet.runs.precision import fastest
from alexnet.sandbox import MACHINE

RUN_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{6}")
"""Date and time (UTC) and six random digits, so that ids sort by time: ``20261124-130843-a1b2c3``."""

LIMITS: Mapping[str, tuple[float, float]] = {
    "epochs": (1, 1000),
    "batch": (1, 1024),
    "rate": (1e-7, 10.0),
    "seed": (0, 2**31 - 1),
    "size": (1, 512),
    "name_length": (0, 80),
}
"""Smallest and largest value of what somebody may choose, both included."""

LEAST_IMAGES = 16
"""A limit leaves at least so many."""


@dataclass(frozen=True)
class Config:
    """One run's settings.

    Attributes:
        id: See ``RUN_ID``.
        viewer: Whose run it is; ``"terminal"`` for one started there.
        created: Time of its making, ISO 8601, UTC.
        network: Id of a network of ``alexnet.architecture``, or of ``document``; its last layer gets as many
            units as there are classes.
        recipe: Epochs, batch, rate and so on.
        seed: Decides the first weights, the order, augmentation, dropout and which images are validation.
        name: What its owner calls it, or nothing.
        document: A network of somebody's own, see ``alexnet.architecture.document``; None for a known one.
        size: Pixels a side of the images that the network reads; None for the network's own size.
        initializer: An id of ``alexnet.numerics.initializers`` for every layer; None for the network's own.
        data: An id of ``alexnet.data.catalogue``.
        validation: Training images kept out to watch the training, drawn by the seed.
        limit: Uses at most so many images each for training, validation and test: for trying out and for
            tests, where a whole epoch would take too long. None uses all.
        test: Look at the test images after the last epoch. False for trials among which somebody chooses:
            a choice made by test images would make them validation images.
        lanes: Of a race, in which each begins as it says and ``initializer`` counts for none; else empty.
        beginning: The trained network whose weights it starts from; None: from scratch. Then ``initializer``
            counts for what is drawn anew.
        augmentation: What happens to its pictures instead of the recipe's crops, flips and erased squares;
            None: the recipe's.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    id: str
    viewer: str
    created: str
    network: str
    recipe: Recipe
    seed: int = 0
    name: str = ""
    document: Mapping[str, Any] | None = None
    size: int | None = None
    initializer: str | None = None
    data: str = STARTER.id
    validation: int = STARTER.validation
    limit: int | None = None
    test: bool = True
    lanes: tuple[Lane, ...] = ()
    beginning: Beginning | None = None
    augmentation: Augmentation | None = None

    @property
    def known(self) -> Network:
        """The network as it was chosen.

        Raises:
            InputError: There is none of that id, or the document holds none.
        """
        return network(self.network) if self.document is None else read(self.document)

    @property
    def rows(self) -> Network:
        """The network with as many classes as the data has, at the chosen size."""
        known = self.known
        return with_size(with_classes(known, len(self.data_set.classes)), self.size or known.size)

    @property
    def each(self) -> tuple[Config, ...]:
        """The settings of every network that is trained: these, or in a race those of each lane."""
        if not self.lanes:
            return (self,)
        return tuple(
            replace(
                self,
                lanes=(),
                initializer=None,
                document=write(lane.network(self.known)),
                recipe=self.recipe if lane.rate is None else replace(self.recipe, rate=lane.rate),
            )
            for lane in self.lanes
        )

    @property
    def data_set(self) -> DataSet:
        """What it learns from; pictures that have more pixels than the network reads are reduced to these.

        Raises:
            InputError: data_unknown.
        """
        data = data_set(self.data)
        return data if data.finer is None else data.finer(self.size or self.known.size)

    @property
    def preparation(self) -> Preparation:
        """How the pictures become the network's input."""
        recipe = self.recipe
        whole = self.data_set.preparation(recipe.resize, recipe.scaling, mirrored=recipe.mirrored)
        # Who learns from crops is asked about the middle, or everything would be of another size then.
        cropped = self.augmentation is not None and 0 < self.augmentation.crop < whole.resolution
        return replace(whole, crop=self.augmentation.crop) if self.augmentation and cropped else whole

    @property
    def images(self) -> int:
        """Images in one epoch, before the last, smaller batch is left out."""
        left = self.data_set.train - self.validation
        return left if self.limit is None else min(left, self.limit)

    @property
    def steps_per_epoch(self) -> int:
        """Whole batches in one epoch."""
        return self.images // self.recipe.batch

    def to_json(self) -> dict[str, Any]:
        """As it stands in ``config.json``."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: object) -> Config:
        """Read it again.

        Raises:
            DataError: config_damaged; a field is missing, unknown, of another type or out of range.
        """
        try:
            config = files.read(cls, content)
            check(config)
        except (ValueError, AlexNetError) as error:
            raise DataError("config_damaged", reason=str(error)[:200]) from error
        return config


def new(
    viewer: str,
    network_: str | Network,
    recipe: Recipe,
    *,
    seed: int = 0,
    name: str = "",
    size: int | None = None,
    initializer_id: str | None = None,
    data: str = STARTER.id,
    limit: int | None = None,
    test: bool = True,
    lanes: tuple[Lane, ...] = (),
    beginning: Beginning | None = None,
    augmentation: Augmentation | None = None,
) -> Config:
    """The settings of a new run, with an id and the time.

    ``network_`` is an id, or a network of somebody's own, which the run then carries with it.

    Raises:
        InputError: A number is out of range (see ``LIMITS``), or a name that we do not have.
        ChoiceError: See ``check``.
        LimitError: memory_beyond or work_beyond; a step takes more than this machine is to bear.
        ShapeError: A row does not fit.
    """
    if recipe.precision == "fastest":
        recipe = replace(recipe, precision=fastest())
    now = datetime.now(UTC)
    config = Config(
        id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        viewer=viewer,
        created=now.isoformat(timespec="seconds"),
        network=network_ if isinstance(network_, str) else network_.id,
        document=None if isinstance(network_, str) else write(network_),
        recipe=recipe,
        seed=seed,
        name=name.strip(),
        size=size,
        initializer=initializer_id,
        data=data,
        validation=data_set(data).validation,
        limit=limit,
        test=test,
        lanes=lanes,
        beginning=beginning,
        augmentation=augmentation,
    )
    check(config)
    budget.check(cost(config), budget.Cost(MACHINE // 2, budget.TRAINING_WORK))
    return config


def cost(config: Config) -> budget.Cost:
    """What a step of a run takes.

    Raises:
        ShapeError: A row does not fit.
    """
    return budget.step(config.rows, config.recipe.batch, optimizer(config.recipe), len(config.each))


def optimizer(recipe: Recipe) -> str:
    """Its name in ``memory.OPTIMIZERS``, which tells SGD with momentum from SGD without."""
    return "momentum" if recipe.optimizer == "sgd" and recipe.momentum > 0 else recipe.optimizer


def with_choices(
    recipe: Recipe,
    *,
    epochs: int | None = None,
    batch: int | None = None,
    rate: float | None = None,
    augment: bool | None = None,
) -> Recipe:
    """A recipe with somebody's own epochs (in one cycle), batch, highest rate or augmentation.

    None keeps the recipe's.

    The warm-up never takes more than a quarter of the whole.
    """
    cycles = recipe.cycles if epochs is None else (epochs,)
    return replace(
        recipe,
        cycles=cycles,
        batch=recipe.batch if batch is None else batch,
        rate=recipe.rate if rate is None else rate,
        augment=recipe.augment if augment is None else augment,
        warmup=min(recipe.warmup, min(cycles) / 4) if cycles != recipe.cycles else recipe.warmup,
    )


def check(config: Config) -> None:
    """Hold a run's settings against what can be trained.

    Raises:
        InputError: number_out_of_range, data_unknown, beginning_unknown or beginning_in_a_race.
        ChoiceError: setting_unknown, those of ``network`` and ``initializer``.
    """
    recipe = config.recipe
    if RUN_ID.fullmatch(config.id) is None:
        raise InputError("run_unknown", id=config.id)
    data = config.data_set
    if config.initializer is not None:
        initializer(config.initializer)
    known = config.known
    if known.id != config.network:
        raise ChoiceError("network_unknown", id=config.network, known=known.id)
    for name, given, offered in (
        ("optimizer", recipe.optimizer, OPTIMIZERS),
        ("schedule", recipe.schedule, SCHEDULES),
        ("resize", recipe.resize, RESIZES),
        ("scaling", recipe.scaling, SCALINGS),
        ("precision", recipe.precision, PRECISIONS),
    ):
        if given not in offered:
            raise ChoiceError("setting_unknown", name=name, id=str(given)[:40], known=", ".join(offered))
    if config.size is not None:
        _within("size", config.size, least_size(known), LIMITS["size"][1], whole=True)
    chosen: dict[str, float] = {
        "epochs": min(recipe.cycles, default=0),
        "batch": recipe.batch,
        "rate": recipe.rate,
        "seed": config.seed,
        "name_length": len(config.name),
    }
    _within("validation", config.validation, 1, data.train - 1, whole=True)
    if config.limit is not None:
        _within("limit", config.limit, LEAST_IMAGES, data.train - config.validation, whole=True)
    if config.lanes:
        _within("lanes", len(config.lanes), lanes_.FEWEST, lanes_.MOST, whole=True)
    if config.beginning is not None:
        if config.lanes:
            raise InputError("beginning_in_a_race")
        beginnings.check(config.beginning, known, RUN_ID.fullmatch(config.beginning.source) is not None)
    if config.augmentation is not None:
        augmentations.check(config.augmentation, data.resolution)
    for lane in config.lanes:
        lanes_.check(lane)
        if lane.rate is not None:
            _within("rate", lane.rate, *LIMITS["rate"])
    for name, value in chosen.items():
        low, high = LIMITS[name]
        _within(name, value, low, high, whole=name != "rate")
    _within("epochs", recipe.epochs, *LIMITS["epochs"], whole=True)
    _within("batch", recipe.batch, 1, config.images, whole=True)
    _within("warmup", recipe.warmup, 0, recipe.epochs)
    _within("momentum", recipe.momentum, 0, 1)
    _within("erase", recipe.erase, 0, data.resolution, whole=True)
    _within("weight_decay", recipe.weight_decay, 0, 1)


def _within(name: str, value: float, low: float, high: float, *, whole: bool = False) -> None:
    fits = isinstance(value, int) if whole else math.isfinite(value)
    if not (fits and low <= value <= high):
        raise InputError("number_out_of_range", name=name, value=value, low=low, high=high)
