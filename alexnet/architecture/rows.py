"""The kinds of rows that a network is made of, and the network. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alexnet.errors import ChoiceError

Activation = Literal["relu", "tanh", "sigmoid", "softmax"]
Reads = Literal["own", "all"]
Round = Literal["down", "up"]
INITIALIZER_IDS = (
    "zeros",
    "constant",
    "random_uniform",
    "random_normal",
    "lecun_uniform",
    "lecun_normal",
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "orthogonal",
)
"""The initializers that a row may name; ``alexnet.numerics.initializers`` says what each one draws."""


@dataclass(frozen=True)
class Convolution:
    """A convolutional layer. ``padding`` is zeros on each side, or ``"same"`` (TensorFlow's)."""

    name: str
    maps: int
    kernel: int
    stride: int = 1
    padding: int | Literal["same"] = 0
    towers: int = 1
    reads: Reads = "own"
    activation: Activation | None = "relu"
    std: float | None = None  # of the normal distribution the weights start from; None: ``initializer``
    bias: float = 0.0
    initializer: str = "he_normal"  # of INITIALIZER_IDS, where there is no ``std``


@dataclass(frozen=True)
class Pooling:
    """Max pooling, map by map. ``rounding`` None: by the network's rule."""

    name: str
    size: int = 3
    stride: int = 2
    rounding: Round | None = None


@dataclass(frozen=True)
class GlobalAveragePooling:
    """The mean of each map, which makes a row of numbers without dense weights (Lin and others, 2014)."""

    name: str = "average"


@dataclass(frozen=True)
class LocalResponseNormalization:
    """Divide each value by (k + alpha * sum of squares over ``n`` neighbouring maps) ** beta.

    ``alpha`` multiplies the *sum*, as in TensorFlow's formula. The paper states 1e-4 with n = 5, and its code
    divides alpha by n (``layer.py``): 2e-5 here.

    Neighbours are those of the same tower, as in the 2012 code; with ``reads="all"`` the towers' maps lie
    side by side, and the sum runs over the border between them, as in Caffe.
    """

    name: str
    n: int = 5
    k: float = 2.0
    alpha: float = 2e-5
    beta: float = 0.75
    reads: Reads = "own"


@dataclass(frozen=True)
class BatchNormalization:
    """Batch normalization of each map, then ``activation`` (Ioffe and Szegedy, 2015; not in the paper).

    A trained network answers with moving averages of the batches' means and variances: of each average
    ``momentum`` is kept at a step. ``epsilon`` is added to the variance.
    """

    name: str
    activation: Activation | None = "relu"
    momentum: float = 0.9
    epsilon: float = 1e-3


@dataclass(frozen=True)
class Flatten:
    """Both towers' maps joined and written as one row of numbers, height by width by map.

    With ``reads="own"`` each tower's maps become a row of their own, and the towers stay apart.
    """

    name: str = "flatten"
    reads: Reads = "all"


@dataclass(frozen=True)
class Dense:
    """A fully connected layer."""

    name: str
    units: int
    towers: int = 1
    reads: Reads = "all"
    activation: Activation | None = "relu"
    std: float | None = None
    bias: float = 0.0
    initializer: str = "he_normal"


@dataclass(frozen=True)
class Dropout:
    """Training only: each value is set to zero with this probability."""

    name: str
    rate: float = 0.5


Row = (
    Convolution
    | Pooling
    | GlobalAveragePooling
    | LocalResponseNormalization
    | BatchNormalization
    | Flatten
    | Dense
    | Dropout
)

Weighted = Convolution | Dense
"""Rows of units that add up weighted inputs: they may lie in two towers, and begin with random weights."""


def tower_names(name: str, towers: int) -> tuple[str, ...]:
    """What a row's layers are called in Keras, in exported code and in weight files: ``conv1_tower1`` and
    ``conv1_tower2``, or ``fc8`` of a row in one piece.
    """
    return (name,) if towers == 1 else tuple(f"{name}_tower{tower}" for tower in range(1, towers + 1))


@dataclass(frozen=True)
class Rounding:
    """What becomes of a fraction in the size formula, for convolution and for pooling."""

    convolution: Round = "down"
    pooling: Round = "down"

    def of(self, row: Row) -> Round:
        """What holds for a row: its own rule where it has one."""
        if isinstance(row, Convolution):
            return self.convolution
        return (row.rounding if isinstance(row, Pooling) else None) or self.pooling


@dataclass(frozen=True)
class Network:
    """Rows, and what they are fed: square images of ``size`` pixels with ``channels`` colours."""

    id: str
    rows: tuple[Row, ...]
    size: int
    channels: int = 3
    rounding: Rounding = Rounding()

    @property
    def towers(self) -> int:
        """The largest number of towers of any row."""
        return max((row.towers for row in self.rows if isinstance(row, Weighted)), default=1)

    @property
    def classes(self) -> int:
        """Units of the last dense layer."""
        return [row.units for row in self.rows if isinstance(row, Dense)][-1]

    @property
    def first_convolution(self) -> Convolution:
        """The layer that reads the image."""
        return next(row for row in self.rows if isinstance(row, Convolution))

    def row(self, name: str) -> Row:
        """The row of that name.

        Raises:
            ChoiceError: No row has it.
        """
        for row in self.rows:
            if row.name == name:
                return row
        raise ChoiceError("row_unknown", name=name, network=self.id)
