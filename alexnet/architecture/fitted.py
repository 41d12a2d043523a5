"""AlexNet's five convolutions fitted to pictures of 32 pixels, and the best of them for five minutes."""

from __future__ import annotations

from typing import Literal

from alexnet.architecture.rows import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Row,
)

MAPS = (32, 128, 192, 192, 128)

Normalization = Literal["batch", "response"]


def five_convolutions(
    id: str,
    maps: tuple[int, int, int, int, int],
    *,
    towers: int = 1,
    first_kernel: int = 5,
    second_kernel: int = 5,
    normalization: Normalization | None = None,
    pooling: tuple[int, int] = (3, 2),
    units: tuple[int, ...] = (),
    size: int = 32,
) -> Network:
    """AlexNet's five convolutions, fitted to small pictures: the first moves one pixel at a time.

    Pooling follows the first, second and fifth, and towers meet in the third, as in the paper.

    Args:
        id: Of the network.
        maps: Of each convolution, both towers together.
        towers: 1 or 2.
        first_kernel: Side of the first kernels.
        second_kernel: Side of the second ones; the others' is 3.
        normalization: Local response normalization after the first two convolutions as in the paper, or
            batch normalization before every ReLU, or none.
        pooling: Side and stride of the windows.
        units: Of the dense layers before the last, each with dropout; with none, each map's mean is what the
            last layer reads.
        size: Of the images.
    """
    batch = normalization == "batch"
    rows: list[Row] = []
    for number, count in enumerate(maps, start=1):
        kernel = {1: first_kernel, 2: second_kernel}.get(number, 3)
        rows.append(
            Convolution(
                f"conv{number}",
                count,
                kernel,
                padding=kernel // 2,
                towers=towers,
                reads="all" if number in (1, 3) else "own",
                activation=None if batch else "relu",
            )
        )
        if batch:
            rows.append(BatchNormalization(f"bn{number}"))
        if normalization == "response" and number <= 2:
            rows.append(LocalResponseNormalization(f"lrn{number}"))
        if number in (1, 2, 5):
            rows.append(Pooling(f"pool{number}", *pooling))
    rows.append(Flatten() if units else GlobalAveragePooling())
    for number, count in enumerate(units, start=6):
        rows += [Dense(f"fc{number}", count, towers=towers), Dropout(f"drop{number}")]
    rows.append(Dense(f"fc{6 + len(units)}", 2, activation="softmax"))
    return Network(id, tuple(rows), size)


FIVE_MINUTES = five_convolutions(
    "fitted_small", MAPS, first_kernel=3, second_kernel=3, normalization="batch", towers=2
)
"""What reached most in five minutes on two processor cores; see ``alexnet.studies.ladder``."""

HALF_MINUTE = five_convolutions(
    "fitted_quick", (32, 64, 96, 96, 64), first_kernel=3, second_kernel=3, normalization="batch", towers=2
)
"""The same with fewer maps, for half a minute on two processor cores; see ``experiments/half_minute.py``."""
