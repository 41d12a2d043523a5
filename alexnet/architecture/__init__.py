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

from alexnet.architecture.fitted import FIVE_MINUTES
from alexnet.architecture.lessons import LESSONS
from alexnet.architecture.networks import (
    CAFFE,
    CAFFE_224,
    CLASSROOM,
    NETWORKS,
    ONE_WEIRD_TRICK,
    PAPER_2012,
    SHIPPED,
    STUDY_NOTE,
)
from alexnet.architecture.rows import (
    Activation,
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Reads,
    Round,
    Rounding,
    Row,
    Weighted,
)
from alexnet.architecture.variants import (
    all_connected,
    apart,
    never_talking,
    one_tower,
    with_activation,
    with_classes,
    with_dropout,
    with_first_padding,
    with_size,
    with_start,
)
from alexnet.errors import ChoiceError

__all__ = [
    "CAFFE",
    "CAFFE_224",
    "CLASSROOM",
    "FIVE_MINUTES",
    "LESSONS",
    "NETWORKS",
    "ONE_WEIRD_TRICK",
    "PAPER_2012",
    "SHIPPED",
    "STUDY_NOTE",
    "Activation",
    "BatchNormalization",
    "Convolution",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling",
    "LocalResponseNormalization",
    "Network",
    "Pooling",
    "Reads",
    "Round",
    "Rounding",
    "Row",
    "Weighted",
    "all_connected",
    "apart",
    "is_known",
    "network",
    "never_talking",
    "one_tower",
    "with_activation",
    "with_classes",
    "with_dropout",
    "with_first_padding",
    "with_size",
    "with_start",
]


def network(id: str) -> Network:
    """The network of that id, among ``NETWORKS`` and ``LESSONS``.

    Raises:
        ChoiceError: There is none.
    """
    for candidate in (*NETWORKS, *LESSONS):
        if candidate.id == id:
            return candidate
    raise ChoiceError("network_unknown", id=id, known=", ".join(candidate.id for candidate in NETWORKS))


def is_known(one: Network) -> bool:
    """Is it the network of its id? Classes, size and first weights may be others; an edited one is not it."""
    try:
        known = with_size(with_classes(network(one.id), one.classes), one.size)
    except ChoiceError:
        return False
    return with_start(known, "zeros") == with_start(one, "zeros")
