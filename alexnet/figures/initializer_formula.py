"""An initializer's formula with the numbers of a layer, as LaTeX. Language-free: fan-in is fan-in in both."""

from __future__ import annotations

import math
from collections.abc import Sequence

from alexnet.figures.latex import whole
from alexnet.numerics.initializers import CUT, SHRINKAGE, Initializer, fans


def real(number: float) -> str:
    """Four significant digits, without an exponent in the range of usual weights."""
    return f"{number:.4g}"


def fan_lines(kernel_shape: Sequence[int]) -> list[str]:
    """How fan-in and fan-out follow from the shape of a layer's weights, a line each."""
    counted = fans(kernel_shape)
    *window, inputs, outputs = kernel_shape
    lines = []
    for name, maps, total in (("in", inputs, counted.fan_in), ("out", outputs, counted.fan_out)):
        product = r" \times ".join(whole(size) for size in (*window, maps))
        shown = f"{product} = {whole(total)}" if window else whole(total)
        lines.append(rf"\text{{fan-{name}}} = {shown}")
    return lines


def spread_lines(initializer: Initializer, kernel_shape: Sequence[int]) -> list[str]:
    """The standard deviation σ, and the bound a where the distribution has one, a line each."""
    counted = fans(kernel_shape)
    distribution = initializer.distribution(counted)
    std, bound = distribution.std, distribution.bound
    if initializer.form == "point":
        return [rf"w = {real(initializer.value)}", r"\sigma = 0"]
    if initializer.family == "orthogonal":
        units = counted.units or counted.fan_out
        sides = rf"\max({whole(counted.fan_in)},\, {whole(units)})"
        root = rf"\frac{{1}}{{\sqrt{{{sides}}}}}"
        return [rf"\begin{{aligned}} \sigma &= {root} \\ &= {real(std)} \end{{aligned}}"]
    if initializer.family == "fixed":
        if initializer.form == "uniform":
            return [f"a = {real(bound)}", rf"\sigma = \frac{{a}}{{\sqrt{{3}}}} = {real(std)}"]
        return [rf"\sigma = {real(std)}"]
    top, letters, numbers = _fraction(initializer, counted.fan_in, counted.fan_out)
    roots = (rf"\sqrt{{\frac{{{top}}}{{{bottom}}}}}" for bottom in (letters, numbers))
    # Two lines, so that it fits on a telephone.
    steps = r" \\ &= ".join(roots)
    lines = [rf"\begin{{aligned}} \sigma &= {steps} = {real(std)} \end{{aligned}}"]
    if initializer.form == "uniform":
        lines.append(rf"a = \sqrt{{3}}\,\sigma = {real(bound)}")
    elif math.isfinite(bound):
        lines.append(rf"a = {CUT:g} \cdot \frac{{\sigma}}{{{SHRINKAGE:.4f}}} = {real(bound)}")
    return lines


def _fraction(initializer: Initializer, fan_in: int, fan_out: int) -> tuple[str, str, str]:
    """Numerator, denominator in letters, denominator in numbers of the variance."""
    assert initializer.scale is not None
    if initializer.mode == "fan_avg":  # scale / ((in + out) / 2), as it is usually written
        letters, numbers = r"\text{fan-in} + \text{fan-out}", f"{whole(fan_in)} + {whole(fan_out)}"
        return f"{2 * initializer.scale:g}", letters, numbers
    return f"{initializer.scale:g}", r"\text{fan-in}", whole(fan_in)
