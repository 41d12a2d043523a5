"""How a layer's weights begin: the initializers, their distributions and draws. NumPy only.

An initializer is a row of ``INITIALIZERS``; nothing here asks for one by name. There are two families, and
one that stands beside them:

- **fixed**: the same distribution for every layer, whatever its size; zeros and a constant are the limit
  without any spread;
- **variance scaling**: the variance is ``scale`` divided by the layer's fan-in, or by the mean of its fan-in
  and fan-out, so that signals keep their size from layer to layer;
- **orthogonal**: rows or columns of unit length at right angles, whichever are fewer.

Sources: LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.6; Glorot and Bengio 2010,
"Understanding the difficulty of training deep feedforward neural networks", equations 12 and 16; He, Zhang,
Ren and Sun 2015, "Delving Deep into Rectifiers", equation 10; Saxe, McClelland and Ganguli 2014, "Exact
solutions to the nonlinear dynamics of learning in deep linear neural networks"; Keras 3,
``keras/src/initializers/random_initializers.py`` for what each name means there: ``RandomNormal`` is a plain
normal distribution, and the normal members of the variance scaling family are truncated at two standard
deviations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alexnet.errors import ChoiceError, InputError, ShapeError

Family = Literal["fixed", "variance_scaling", "orthogonal"]
Form = Literal["point", "uniform", "normal", "truncated_normal", "sphere"]
Mode = Literal["fan_in", "fan_avg", "larger_side"]

CONSTANT = 0.05
"""What the constant initializer fills a layer with here. Keras's own default is 0, which would be zeros."""

CUT = 2.0
"""Where a truncated normal distribution is cut off, in its parent's standard deviations."""

SHRINKAGE = 0.87962566103423978
"""Standard deviation of a standard normal distribution truncated at ±2, as Keras writes it."""


@dataclass(frozen=True)
class Fans:
    """How many numbers each output sums (``fan_in``) and each input feeds (``fan_out``)."""

    fan_in: int
    fan_out: int
    units: int | None = field(default=None, compare=False)
    """Output maps or units: how many columns the weights have as a matrix. None: the fan-out, as if dense."""

    def __post_init__(self) -> None:
        if self.fan_in < 1 or self.fan_out < 1:
            raise InputError("fan_below_one", fan_in=self.fan_in, fan_out=self.fan_out)


@dataclass(frozen=True)
class Distribution:
    """A symmetric distribution around its mean, named by the standard deviation of what it yields.

    For ``truncated_normal``, ``std`` is the deviation *after* the truncation. A ``point`` is one value
    without spread: ``std`` is 0, and it has no density. A ``sphere`` is one coordinate of a random
    direction in 1/``std``² dimensions, as the entries of an orthogonal matrix are. ``mean`` is 0 but for a
    ``point``.
    """

    form: Form
    std: float
    mean: float = 0.0

    def __post_init__(self) -> None:
        if not math.isfinite(self.std) or (self.std != 0 if self.form == "point" else self.std <= 0):
            raise InputError("std_not_positive", std=self.std)

    @property
    def parent_std(self) -> float:
        """The deviation of the normal distribution before it is truncated; else ``std``."""
        return self.std / SHRINKAGE if self.form == "truncated_normal" else self.std

    @property
    def dimensions(self) -> int:
        """Of the space whose random directions a ``sphere`` is about."""
        return round(self.std**-2)

    @property
    def bound(self) -> float:
        """The largest possible absolute value; infinite for the plain normal distribution."""
        match self.form:
            case "point":
                return abs(self.mean)
            case "sphere":
                return 1.0
            case "uniform":
                return math.sqrt(3.0) * self.std
            case "truncated_normal":
                return CUT * self.parent_std
            case "normal":
                return math.inf

    def density(self, x: ArrayLike) -> NDArray[np.float64]:
        """Probability density at each ``x`` (any shape), per unit of weight; infinite at a ``point``."""
        points = np.asarray(x, np.float64)
        if self.form == "point":
            return np.where(points == self.mean, np.inf, 0.0)
        if self.form == "sphere":
            return self._sphere(points)
        inside = np.abs(points) <= self.bound
        if self.form == "uniform":
            return np.where(inside, 0.5 / self.bound, 0.0)
        bell = np.exp(-0.5 * (points / self.parent_std) ** 2) / (self.parent_std * math.sqrt(2 * math.pi))
        return np.where(inside, bell / self._kept, 0.0)

    def cumulative(self, x: ArrayLike) -> NDArray[np.float64]:
        """Probability of a weight of at most ``x`` (any shape), 0 to 1."""
        points = np.asarray(x, np.float64)
        if self.form == "point":
            return np.where(points >= self.mean, 1.0, 0.0)
        if self.form == "sphere":  # beyond 12 deviations there is nothing that a double could hold
            grid = np.linspace(-1, 1, 20_001) * min(1.0, 12 * self.std)
            steps = np.diff(grid) * (self._sphere(grid[:-1]) + self._sphere(grid[1:])) / 2
            summed: NDArray[np.float64] = np.interp(points, grid, np.concatenate([[0.0], np.cumsum(steps)]))
            return summed
        points = np.clip(points, -self.bound, self.bound)
        if self.form == "uniform":
            return 0.5 + 0.5 * points / self.bound
        flat = [math.erf(value) for value in (points / (self.parent_std * math.sqrt(2))).ravel()]
        return 0.5 + 0.5 * np.array(flat, np.float64).reshape(points.shape) / self._kept

    def draw(self, shape: int | Sequence[int], seed: int) -> NDArray[np.float32]:
        """Weights of ``shape``, always the same for the same ``seed`` (0 or more)."""
        if self.form == "point":
            return np.full(shape, self.mean, np.float32)
        generator = np.random.default_rng(seed)
        if self.form == "sphere":
            return self._directions(shape, generator)
        if self.form == "uniform":
            return generator.uniform(-self.bound, self.bound, shape).astype(np.float32)
        values = generator.standard_normal(shape)
        if self.form == "truncated_normal":  # what lies outside is drawn again, as in TensorFlow
            while (outside := np.abs(values) > CUT).any():
                values[outside] = generator.standard_normal(np.count_nonzero(outside))
        return (values * self.parent_std).astype(np.float32)

    @property
    def _kept(self) -> float:
        """The share of the parent's values that the truncation keeps, 0 to 1."""
        return math.erf(CUT / math.sqrt(2)) if self.form == "truncated_normal" else 1.0

    def _sphere(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Density of one coordinate of a random direction in n dimensions, as (1 - x²) ** ((n - 3) / 2)."""
        n = self.dimensions
        height = math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2)) / math.sqrt(math.pi)
        inside = np.abs(points) < 1
        return np.where(inside, height * np.where(inside, 1 - points**2, 1.0) ** ((n - 3) / 2), 0.0)

    def _directions(self, shape: int | Sequence[int], generator: np.random.Generator) -> NDArray[np.float32]:
        """Entries of random orthogonal matrices, column after column until there are enough."""
        n, count = self.dimensions, math.prod((shape,) if isinstance(shape, int) else shape)
        columns = max(1, min(n, math.ceil(count / n), 256))  # a whole large matrix would take seconds
        drawn: list[NDArray[np.float64]] = []
        while len(drawn) * n * columns < count:
            q, r = np.linalg.qr(generator.standard_normal((n, columns)))
            drawn.append((q * np.sign(np.diagonal(r))).T.ravel())  # else QR's own signs show
        return np.concatenate(drawn)[:count].reshape(shape).astype(np.float32)


@dataclass(frozen=True)
class Initializer:
    """A rule that gives a layer's weights their distribution. ``id`` is Keras's identifier.

    A fixed one has ``std`` only (and a constant its ``value``); the others have ``scale`` and ``mode`` only.
    """

    id: str
    family: Family
    form: Form
    std: float | None = None
    scale: float | None = None
    mode: Mode | None = None
    value: float = 0.0

    def variance(self, fans: Fans) -> float:
        """The variance of the weights of a layer with these fans."""
        if self.std is not None:
            return self.std**2
        assert self.scale is not None  # a row of the table has one or the other; a test holds it
        return self.scale / self.divisor(fans)

    def divisor(self, fans: Fans) -> float:
        """What ``scale`` is divided by; 1 if fixed.

        The fan-in, the mean of fan-in and fan-out, or the larger side of the weights as a matrix of fan-in by
        units.
        """
        match self.mode:
            case "fan_in":
                return float(fans.fan_in)
            case "fan_avg":
                return (fans.fan_in + fans.fan_out) / 2
            case "larger_side":
                return float(max(fans.fan_in, fans.units or fans.fan_out))
            case None:
                return 1.0

    def distribution(self, fans: Fans) -> Distribution:
        """The distribution of the weights of a layer with these fans."""
        return Distribution(self.form, math.sqrt(self.variance(fans)), self.value)

    def with_std(self, std: float) -> Initializer:
        """The same fixed distribution with another standard deviation: the paper's is 0.01.

        Raises:
            ChoiceError: The deviation of a variance scaling initializer follows from its layer.
        """
        if self.family != "fixed" or self.form == "point":
            raise ChoiceError("std_not_free", id=self.id)
        return replace(self, std=std)


INITIALIZERS: tuple[Initializer, ...] = (
    Initializer("zeros", "fixed", "point", std=0.0),
    Initializer("constant", "fixed", "point", std=0.0, value=CONSTANT),
    Initializer("random_uniform", "fixed", "uniform", std=0.05 / math.sqrt(3.0)),  # between -0.05 and 0.05
    Initializer("random_normal", "fixed", "normal", std=0.05),
    Initializer("lecun_uniform", "variance_scaling", "uniform", scale=1.0, mode="fan_in"),
    Initializer("lecun_normal", "variance_scaling", "truncated_normal", scale=1.0, mode="fan_in"),
    Initializer("glorot_uniform", "variance_scaling", "uniform", scale=1.0, mode="fan_avg"),
    Initializer("glorot_normal", "variance_scaling", "truncated_normal", scale=1.0, mode="fan_avg"),
    Initializer("he_uniform", "variance_scaling", "uniform", scale=2.0, mode="fan_in"),
    Initializer("he_normal", "variance_scaling", "truncated_normal", scale=2.0, mode="fan_in"),
    Initializer("orthogonal", "orthogonal", "sphere", scale=1.0, mode="larger_side"),
)
"""The eight of the study note with Keras's default numbers, two without spread, and the orthogonal one."""

FAMILIES: tuple[Family, ...] = ("fixed", "variance_scaling", "orthogonal")


def initializer(id: str) -> Initializer:
    """The initializer of that id.

    Raises:
        ChoiceError: There is none.
    """
    for candidate in INITIALIZERS:
        if candidate.id == id:
            return candidate
    known = ", ".join(candidate.id for candidate in INITIALIZERS)
    raise ChoiceError("initializer_unknown", id=id, known=known)


def fans(kernel_shape: Sequence[int]) -> Fans:
    """Fan-in and fan-out of a layer's weights.

    Args:
        kernel_shape: (inputs, outputs) of a dense layer, or (height, width, input maps, output maps) of a
            convolution. In a network of two towers it is one tower's: its convolution counts its own maps.

    Raises:
        ShapeError: Neither two nor four sizes, or one below 1.
    """
    if len(kernel_shape) not in (2, 4) or min(kernel_shape) < 1:
        raise ShapeError("kernel_shape_unusable", shape=tuple(kernel_shape))
    *window, inputs, outputs = kernel_shape
    positions = math.prod(window)  # 1 for a dense layer
    return Fans(positions * inputs, positions * outputs, outputs)
