"""The formulas behind one row of the table with the row's own numbers, as LaTeX. Language-free."""

from __future__ import annotations

from fractions import Fraction

from alexnet.architecture import Convolution, Round
from alexnet.architecture.shapes import LayerShape, Windows
from alexnet.errors import ShapeError
from alexnet.figures.latex import whole

_BRACKETS = {"down": (r"\lfloor", r"\rfloor"), "up": (r"\lceil", r"\rceil")}


def decimal(number: Fraction) -> str:
    """A fraction in decimals, two at most: ``53.25``, ``54``."""
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def size_lines(layer: LayerShape, rounding: Round) -> list[str]:
    """How the output size follows, a line each; none for a layer without windows.

    Args:
        layer: The computed row.
        rounding: Its rule; TensorFlow's ``same`` has a rule of its own and does not look at it.
    """
    along = layer.windows
    if along is None:
        return []
    if isinstance(layer.row, Convolution) and layer.row.padding == "same":
        return _same(along)
    left, right = _BRACKETS[rounding]
    quotient = decimal(along.quotient)
    formula = rf"\left{left} {_fraction(along)} \right{right} + 1"
    if along.quotient.denominator == 1:
        return [rf"{formula} = {quotient} + 1 = \mathbf{{{along.output}}}"]
    return [
        rf"{formula} = {left} {quotient} {right} + 1 = {along.output - 1} + 1 = \mathbf{{{along.output}}}"
    ]


def failing_line(error: ShapeError) -> str | None:
    """The fraction that came out below zero, for a window larger than what it slides over."""
    if error.id != "kernel_larger_than_input":
        return None
    size, kernel, padding = (int(str(error.values[name])) for name in ("size", "kernel", "padding"))
    return rf"{size} - {kernel} + 2 \times {padding} = {size - kernel + 2 * padding} < 0"


def flatten_line(layer: LayerShape) -> str:
    """How many numbers come out of maps written as one row."""
    return rf"{_times(layer.input)} = \mathbf{{{whole(layer.output[0])}}}"


def parameter_line(layer: LayerShape) -> str | None:
    """How many weights and biases a row has; None for a row without weights."""
    if layer.kernel_shape is None or layer.fan_in is None:
        return None
    *window, inputs, outputs = layer.kernel_shape
    factors = _times((*window, inputs))
    towers = layer.streams
    by_towers = rf" \times {towers}" if towers > 1 else ""
    return rf"({factors} + 1) \times {whole(outputs)}{by_towers} = \mathbf{{{whole(layer.parameters)}}}"


def product_line(layer: LayerShape) -> str | None:
    """How many products are added up; None for a row without weights."""
    if layer.kernel_shape is None:
        return None
    positions = layer.output[:2] if len(layer.output) == 3 else ()
    *window, inputs, outputs = layer.kernel_shape
    towers = layer.streams
    each = (*positions, *window, inputs, outputs, *([towers] if towers > 1 else []))
    return rf"{_times(each)} = \mathbf{{{whole(layer.multiply_accumulates)}}}"


def _fraction(along: Windows) -> str:
    return rf"\dfrac{{{along.input} - {along.kernel} + 2 \times {along.begin}}}{{{along.stride}}}"


def _same(along: Windows) -> list[str]:
    """TensorFlow's rule: the output first, then the zeros that it takes."""
    total = along.begin + along.end
    needed = (along.output - 1) * along.stride + along.kernel - along.input
    zeros = rf"({along.output} - 1) \times {along.stride} + {along.kernel} - {along.input} = {needed}"
    split = rf"\;\to\; {along.begin} + {along.end}" if total else r" \le 0"
    quotient = Fraction(along.input, along.stride)
    return [
        rf"\left\lceil \dfrac{{{along.input}}}{{{along.stride}}} \right\rceil"
        rf" = \lceil {decimal(quotient)} \rceil = \mathbf{{{along.output}}}",
        zeros + split,
    ]


def _times(sizes: tuple[int, ...]) -> str:
    return r" \times ".join(whole(size) for size in sizes)
