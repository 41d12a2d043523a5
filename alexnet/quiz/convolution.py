"""Questions about convolution, pooling, and where a number lies in memory; small enough for paper."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Round
from alexnet.architecture.shapes import windows
from alexnet.figures.latex import whole
from alexnet.numerics.operations import convolution_step, max_pooling
from alexnet.quiz import Maker, Phrase, Question

Grid = NDArray[np.int64]


def questions() -> tuple[Maker, ...]:
    """All kinds."""
    return value, size, products, pooled, address


def value(numbers: random.Random) -> Question:
    """What comes out of one window: products, sum, bias, ReLU?"""
    # Weights and biases around 0 would be answered by 0 every other time, without any sum.
    window, kernel = _grid(numbers, 3, 0, 9), _grid(numbers, 3, -2, 3)
    bias = numbers.randint(-5, 9)
    seen, weights = (grid.astype(np.float64)[..., None] for grid in (window, kernel))
    steps = convolution_step(seen, weights, bias, 0, 0)
    total = round(steps.total)
    terms = [
        f"{_signed(int(x))} \\times {_signed(int(w))}"
        for x, w in zip(window.flat, kernel.flat, strict=True)
        if w
    ]
    line = " + ".join(terms) or "0"
    return Question(
        Phrase("value", {"window": _matrix(window), "kernel": _matrix(kernel), "bias": bias}),
        max(0, total),
        (
            Phrase("step_line", {"line": f"{line} = {round(float(steps.channels.sum()))}"}),
            Phrase(
                "step_bias", {"line": f"{round(float(steps.channels.sum()))} + {_signed(bias)} = {total}"}
            ),
            Phrase("step_relu", {"line": rf"\max(0, {total}) = \mathbf{{{max(0, total)}}}"}),
        ),
    )


def size(numbers: random.Random) -> Question:
    """How many windows fit along one side?"""
    kernel = numbers.choice((3, 5, 7, 11))
    stride = numbers.randint(2, min(kernel, 5))  # a larger one could leave a window without any pixel
    side, padding = numbers.randint(2 * kernel, 227), numbers.randint(0, kernel // 2)
    way: Round = numbers.choice(("down", "up"))
    along = windows(side, kernel, stride, padding, way)
    values = {"size": side, "kernel": kernel, "stride": stride, "padding": padding}
    left, right = (r"\lfloor", r"\rfloor") if way == "down" else (r"\lceil", r"\rceil")
    line = (
        rf"\left{left} \frac{{{side} - {kernel} + 2 \times {padding}}}{{{stride}}} \right{right} + 1 "
        rf"= {along.output - 1} + 1 = \mathbf{{{along.output}}}"
    )
    return Question(Phrase(f"size_{way}", values), along.output, (Phrase("step_line", {"line": line}),))


def products(numbers: random.Random) -> Question:
    """How many products does one output value take?"""
    kernel, channels = numbers.choice((3, 5, 7, 11)), numbers.choice((1, 3, 48, 96, 128))
    count = kernel * kernel * channels
    line = rf"{kernel} \times {kernel} \times {channels} = \mathbf{{{whole(count)}}}"
    return Question(
        Phrase("products", {"kernel": kernel, "channels": channels}),
        count,
        (Phrase("step_line", {"line": line}), Phrase("step_products")),
    )


def pooled(numbers: random.Random) -> Question:
    """What is one value after pooling with overlapping or plain windows?"""
    maps = _grid(numbers, 5, 0, 99)
    side = numbers.choice((2, 3))
    row, column = numbers.randint(0, 1), numbers.randint(0, 1)
    answer = round(float(max_pooling(maps.astype(np.float64)[..., None], side, 2)[row, column, 0]))
    window = maps[2 * row : 2 * row + side, 2 * column : 2 * column + side]
    return Question(
        Phrase("pooled", {"map": _matrix(maps), "side": side, "row": row + 1, "column": column + 1}),
        answer,
        (
            Phrase("step_window", {"line": _matrix(window), "row": 2 * row + 1, "column": 2 * column + 1}),
            Phrase("step_line", {"line": rf"\max = \mathbf{{{answer}}}"}),
        ),
    )


def address(numbers: random.Random) -> Question:
    """Where in memory does one number of a picture lie?"""
    height, width = numbers.randint(4, 60), numbers.randint(4, 60)
    row, column, channel = numbers.randrange(height), numbers.randrange(width), numbers.randrange(3)
    if numbers.random() < 0.5:
        order, place = "last", (row * width + column) * 3 + channel
        line = rf"({row} \times {width} + {column}) \times 3 + {channel} = \mathbf{{{whole(place)}}}"
    else:
        order, place = "first", (channel * height + row) * width + column
        line = rf"({channel} \times {height} + {row}) \times {width} + {column} = \mathbf{{{whole(place)}}}"
    values = {"height": height, "width": width, "row": row, "column": column, "channel": channel}
    return Question(
        Phrase(f"address_{order}", values),
        place,
        (Phrase(f"step_{order}"), Phrase("step_line", {"line": line})),
    )


def _grid(numbers: random.Random, side: int, low: int, high: int) -> Grid:
    return np.array([[numbers.randint(low, high) for _ in range(side)] for _ in range(side)])


def _matrix(grid: Grid) -> str:
    rows: Sequence[str] = [" & ".join(str(number) for number in row) for row in grid]
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def _signed(number: int) -> str:
    return f"({number})" if number < 0 else str(number)
