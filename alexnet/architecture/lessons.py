"""The networks of the two experiments, ``experiments/ladder.py`` and ``experiments/tower_split.py``.

They can be trained like any other network, but are not among those that the lessons compare. Ours.
"""

from __future__ import annotations

from dataclasses import replace

from alexnet.architecture.fitted import MAPS, five_convolutions
from alexnet.architecture.networks import STUDY_NOTE
from alexnet.architecture.rows import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    LocalResponseNormalization,
    Network,
    Pooling,
    Weighted,
)
from alexnet.architecture.variants import apart, one_tower, with_dropout

NOTE_AS_WRITTEN = replace(
    STUDY_NOTE,
    id="note_as_written",
    rows=(
        STUDY_NOTE.rows[0],
        *(
            replace(row, initializer="glorot_uniform") if isinstance(row, Weighted) else row
            for row in STUDY_NOTE.rows[1:]
        ),
    ),
)
"""The note names He's initializer in its first layer only; the others start by Keras's own, Glorot's."""

NOTE_DROPOUT = replace(with_dropout(STUDY_NOTE, ("fc6", "fc7")), id="note_dropout")
"""The note's network with the paper's dropout after its two wide dense layers."""

_HALF = (48, *MAPS[1:])
FITTED = five_convolutions("fitted", _HALF, units=(512, 512))
FITTED_RESPONSE = five_convolutions("fitted_response", _HALF, units=(512, 512), normalization="response")
FITTED_BATCH_DENSE = five_convolutions("fitted_batch_dense", _HALF, units=(512, 512), normalization="batch")
FITTED_AVERAGE = five_convolutions("fitted_average", _HALF)
FITTED_BATCH = five_convolutions("fitted_batch", _HALF, normalization="batch")
FITTED_TOWERS = five_convolutions("fitted_towers", _HALF, normalization="batch", towers=2)
"""Half the paper's maps on pictures of 32 pixels; then one change after another, up to
``fitted.FIVE_MINUTES``."""

TOWERS = Network(
    "towers",
    (
        Convolution("conv1", 64, 11, stride=4, padding=5, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 96, 5, padding=2, towers=2, activation=None),
        BatchNormalization("bn2"),
        Pooling("pool2"),
        Convolution("conv3", 128, 3, padding=1, towers=2, reads="all", activation=None),
        BatchNormalization("bn3"),
        Convolution("conv4", 128, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn4"),
        Convolution("conv5", 128, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn5"),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 256, towers=2),
        Dropout("drop6", 0.3),
        Dense("fc7", 256, towers=2),
        Dropout("drop7", 0.3),
        Dense("fc8", 10, activation="softmax"),
    ),
    size=64,
)
"""64 first kernels of the paper's size and stride in two towers that meet where the paper's GPUs do."""

TOWERS_APART = replace(apart(TOWERS), id="towers_apart")
"""The same, but the towers first meet in the dense layers."""

TOWERS_JOINED = replace(one_tower(TOWERS), id="towers_joined")
"""The same widths in one tower: its halves are a control, as nothing tells them apart."""

LESSONS: tuple[Network, ...] = (
    NOTE_AS_WRITTEN,
    NOTE_DROPOUT,
    FITTED,
    FITTED_RESPONSE,
    FITTED_BATCH_DENSE,
    FITTED_AVERAGE,
    FITTED_BATCH,
    FITTED_TOWERS,
    TOWERS,
    TOWERS_APART,
    TOWERS_JOINED,
)
"""See each one."""
