"""Every network as a tuple of frozen rows. Standard library only.

A row says what one layer is; it holds no number that can be computed from the rows before it. Shapes, Keras
models, exported source, diagrams and lessons all loop over these rows, so a new network is new rows.

**Towers.** A row with ``towers=2`` is two parallel layers, one on each of the paper's GPUs, and its
``maps`` (or ``units``) count both together. ``reads="own"`` means that each of them sees only its own
tower's output; ``reads="all"`` that each sees both towers' outputs, the first tower's channels first.

Sources: the paper's section 3.5; the 2012 code's ``layers/layers-145.cfg`` and ``layer.py``
(github.com/computerhistory/AlexNet-Source-Code).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from alexnet.errors import ChoiceError

Activation = Literal["relu", "tanh", "sigmoid", "softmax"]
Reads = Literal["own", "all"]
Round = Literal["down", "up"]


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
    std: float | None = None  # of the normal distribution the weights start from; None: He's rule
    bias: float = 0.0


@dataclass(frozen=True)
class Pooling:
    """Max pooling, map by map."""

    name: str
    size: int = 3
    stride: int = 2


@dataclass(frozen=True)
class LocalResponseNormalization:
    """Divide each value by (k + alpha * sum of squares over ``n`` neighbouring maps) ** beta.

    ``alpha`` multiplies the *sum*, as in TensorFlow's formula. The paper states 1e-4 with n = 5, and its code
    divides alpha by n (``layer.py``): 2e-5 here.
    """

    name: str
    n: int = 5
    k: float = 2.0
    alpha: float = 2e-5
    beta: float = 0.75


@dataclass(frozen=True)
class BatchNormalization:
    """Batch normalization of each map, then ``activation`` (Ioffe and Szegedy, 2015; not in the paper)."""

    name: str
    activation: Activation | None = "relu"


@dataclass(frozen=True)
class Flatten:
    """Both towers' maps joined and written as one row of numbers, height by width by map."""

    name: str = "flatten"


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


@dataclass(frozen=True)
class Dropout:
    """Training only: each value is set to zero with this probability."""

    name: str
    rate: float = 0.5


Row = Convolution | Pooling | LocalResponseNormalization | BatchNormalization | Flatten | Dense | Dropout


@dataclass(frozen=True)
class Rounding:
    """What becomes of a fraction in the size formula, for convolution and for pooling."""

    convolution: Round = "down"
    pooling: Round = "down"


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
        return max((row.towers for row in self.rows if isinstance(row, Convolution | Dense)), default=1)

    @property
    def classes(self) -> int:
        """Units of the last dense layer."""
        return [row.units for row in self.rows if isinstance(row, Dense)][-1]

    def row(self, name: str) -> Row:
        """The row of that name.

        Raises:
            ChoiceError: No row has it.
        """
        for row in self.rows:
            if row.name == name:
                return row
        raise ChoiceError("row_unknown", name=name, network=self.id)


PAPER_2012 = Network(
    "paper_2012",
    (
        Convolution("conv1", 96, 11, stride=4, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 256, 5, padding=2, towers=2, std=0.01, bias=1.0),
        LocalResponseNormalization("lrn2"),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding=1, towers=2, reads="all", std=0.03),
        Convolution("conv4", 384, 3, padding=1, towers=2, std=0.03, bias=1.0),
        Convolution("conv5", 256, 3, padding=1, towers=2, std=0.03, bias=1.0),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 4096, towers=2, std=0.01, bias=1.0),
        Dropout("drop6"),
        Dense("fc7", 4096, towers=2, std=0.01, bias=1.0),
        Dropout("drop7"),
        Dense("fc8", 1000, activation="softmax", std=0.01),
    ),
    size=227,
)
"""The network of the paper: the order in layers 1 and 2 (ReLU, normalization, pooling) is the paper's own."""

STUDY_NOTE = Network(
    "study_note",
    (
        Convolution("conv1", 96, 11, stride=4),
        Pooling("pool1"),
        Convolution("conv2", 256, 5, padding="same"),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding="same"),
        Convolution("conv4", 384, 3, padding="same"),
        Convolution("conv5", 256, 3, padding="same"),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 4096),
        Dense("fc7", 4096),
        Dense("fc8", 1000),
        Dense("output", 2, activation="softmax"),
    ),
    size=227,
)
"""The study note's ``class AlexNet(Sequential)``: one tower, He's initializer, no dropout, and after the
1000 units of the table a further dense layer for its two classes. The layers that the note leaves out
("...") follow its own table; that reading is ours."""

CLASSROOM = Network(
    "classroom",
    (
        Convolution("conv1", 32, 11, stride=2, padding=5, towers=2, reads="all"),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 64, 5, padding=2, towers=2),
        LocalResponseNormalization("lrn2"),
        Pooling("pool2"),
        Convolution("conv3", 96, 3, padding=1, towers=2, reads="all"),
        Convolution("conv4", 96, 3, padding=1, towers=2),
        Convolution("conv5", 64, 3, padding=1, towers=2),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 256, towers=2),
        Dropout("drop6"),
        Dense("fc7", 256, towers=2),
        Dropout("drop7"),
        Dense("fc8", 2, activation="softmax"),
    ),
    size=64,
)
"""The paper's network in miniature: every layer is there, two towers meet where the paper's GPUs meet, and
the first kernels are still 11x11. Small enough to train in a lesson. Ours; it is not redefined."""

SHIPPED = Network(
    "shipped",
    (
        Convolution("conv1", 96, 11, stride=2, padding=5, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 128, 5, padding=2, towers=2, activation=None),
        BatchNormalization("bn2"),
        Pooling("pool2"),
        Convolution("conv3", 256, 3, padding=1, towers=2, reads="all", activation=None),
        BatchNormalization("bn3"),
        Convolution("conv4", 256, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn4"),
        Convolution("conv5", 256, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn5"),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 512, towers=2),
        Dropout("drop6", 0.3),
        Dense("fc7", 512, towers=2),
        Dropout("drop7", 0.3),
        Dense("fc8", 10, activation="softmax"),
    ),
    size=64,
)
"""The network whose trained weights ship with the app: the paper's first layer (96 kernels of 11x11x3 in two
towers, local response normalization) on CIFAR-10 pictures enlarged to 64 pixels, and batch normalization
further up, which lets it train on two processor cores. Ours."""

NETWORKS: tuple[Network, ...] = (PAPER_2012, STUDY_NOTE, CLASSROOM, SHIPPED)


def network(id: str) -> Network:
    """The network of that id.

    Raises:
        ChoiceError: There is none.
    """
    for candidate in NETWORKS:
        if candidate.id == id:
            return candidate
    raise ChoiceError("network_unknown", id=id, known=", ".join(candidate.id for candidate in NETWORKS))


def one_tower(network: Network) -> Network:
    """The same widths in a single tower, so that every kernel reads every map."""
    rows = tuple(
        replace(row, towers=1) if isinstance(row, Convolution | Dense) else row for row in network.rows
    )
    return replace(network, rows=rows)


def with_classes(network: Network, classes: int) -> Network:
    """The same network with another number of classes."""
    last = max(index for index, row in enumerate(network.rows) if isinstance(row, Dense))
    rows = tuple(
        replace(row, units=classes) if index == last and isinstance(row, Dense) else row
        for index, row in enumerate(network.rows)
    )
    return replace(network, rows=rows)


def with_size(network: Network, size: int) -> Network:
    """The same network for images of another size, pixels a side."""
    return replace(network, size=size)


def with_first_padding(network: Network, padding: int | Literal["same"]) -> Network:
    """The same network with another padding in its first convolution."""
    first = min(index for index, row in enumerate(network.rows) if isinstance(row, Convolution))
    rows = tuple(
        replace(row, padding=padding) if index == first and isinstance(row, Convolution) else row
        for index, row in enumerate(network.rows)
    )
    return replace(network, rows=rows)
