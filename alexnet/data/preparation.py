"""How a picture becomes a network's input, as a record: what ``alexnet.data.preprocess`` computes by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alexnet.recipes import Resize, Scaling

ChannelOrder = Literal["rgb", "bgr"]
Colour = tuple[float, float, float]
"""Red, green and blue, in units of 0 to 255."""


@dataclass(frozen=True)
class Preparation:
    """How a picture becomes the network's input, and its outputs an answer, in training as in prediction.

    Attributes:
        resolution: Pixels along each side of the pictures that the network learned from. A photograph is
            first made as coarse: its centre square gets so many.
        mean, deviation: Of each colour over the pictures that it learned from; ``scaling`` says which counts.
        crop: Pixels along each side of the centre that is read of a picture of ``resolution``; None: all.
        resize: The method by which that gets the network's size, where it has another one.
        scaling: ``unit``: divided by 255; ``centred``: that, less the mean of each colour;
            ``standardized``: mean 0 and deviation 1 for each colour.
        channel_order: Of the network's input; Caffe's networks read blue first.
        mirrored: The answer is the mean over the picture and its mirror image. The paper's section 4.1
            averages over ten views: five crops and their mirror images.
    """

    resolution: int
    mean: Colour
    deviation: Colour
    crop: int | None = None
    resize: Resize = "bilinear"
    scaling: Scaling = "standardized"
    channel_order: ChannelOrder = "rgb"
    mirrored: bool = False
