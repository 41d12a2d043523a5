"""One question, five answers: how many windows has the first layer?

The paper states an image of 224 pixels, kernels of 11 and a stride of 4, and (224 - 11) / 4 is no whole
number. Programs disagree about what then happens, and each way out is computed here for any three such
numbers, with the Keras code that gives the same:

* ``floor``: the fraction is dropped (Caffe's convolution, PyTorch, TensorFlow's ``valid``);
* ``ceiling``: one window more, over the edge (the 2012 code, ``layer.py``: ``modulesX = 1 + ceil(...)``);
* ``same``: TensorFlow's padding, whose output is input / stride, rounded up;
* ``fits``: the size that needs no rounding, with as many windows as ``ceiling`` (227, as in Caffe's AlexNet);
* ``padded``: the fewest zeros on both sides that give as many windows as ``ceiling`` when rounded down (2, as
  in torchvision).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alexnet.architecture.shapes import Windows, windows

Rule = Literal["floor", "ceiling", "same", "fits", "padded"]

SIZE, KERNEL, STRIDE, MAPS, CHANNELS = 224, 11, 4, 96, 3
"""The paper's first layer, section 3.5."""


@dataclass(frozen=True)
class Answer:
    """One of the five.

    Attributes:
        rule: Which one.
        along: The windows along one axis.
        keras: A Keras expression for the shape that comes out, (None, output, output, maps); it needs
            ``import keras`` before it.
    """

    rule: Rule
    along: Windows
    keras: str

    @property
    def output(self) -> int:
        """Windows along one axis."""
        return self.along.output


def answers(
    size: int = SIZE, kernel: int = KERNEL, stride: int = STRIDE, maps: int = MAPS
) -> tuple[Answer, ...]:
    """The five answers, in the order of the module's list.

    Args:
        size: Pixels a side of the image.
        kernel: Pixels a side of one window.
        stride: Pixels from one window to the next.
        maps: Of the layer; only the Keras code names them.

    Raises:
        ShapeError: A number is below 1, or the kernel is larger than the image.
    """
    up = windows(size, kernel, stride, 0, "up")
    exact = (up.output - 1) * stride + kernel
    zeros = (up.overhang + 1) // 2
    cases: tuple[tuple[Rule, Windows], ...] = (
        ("floor", windows(size, kernel, stride, 0, "down")),
        ("ceiling", up),
        ("same", windows(size, kernel, stride, "same")),
        ("fits", windows(exact, kernel, stride, 0, "down")),
        ("padded", windows(size, kernel, stride, zeros, "down")),
    )
    return tuple(Answer(rule, along, _keras(rule, along, maps)) for rule, along in cases)


def _keras(rule: Rule, along: Windows, maps: int) -> str:
    layers = [f"keras.Input(({along.input}, {along.input}, {CHANNELS}))"]
    begin, end = along.begin, along.end + along.overhang
    if rule != "same" and (begin or end):
        layers.append(f"keras.layers.ZeroPadding2D((({begin}, {end}), ({begin}, {end})))")
    padding = "same" if rule == "same" else "valid"
    layers.append(f'keras.layers.Conv2D({maps}, {along.kernel}, strides={along.stride}, padding="{padding}")')
    return f"keras.Sequential([{', '.join(layers)}]).output_shape"
