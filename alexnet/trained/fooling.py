"""One step against an answer: the gradient-sign step. No TensorFlow.

Goodfellow, Shlens and Szegedy, "Explaining and Harnessing Adversarial Examples" (ICLR 2015): every value of
the picture moves by the same small amount, up or down, whichever hurts the answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.preparation import Preparation
from alexnet.trained.stages import Responding

Floats = NDArray[np.float32]


def step(network: Responding, picture: Floats, preparation: Preparation, index: int, size: float) -> Floats:
    """A picture one step away from a class.

    Args:
        network: Whose answer it is.
        picture: As it reads it, (size, size, channels).
        preparation: How it became that.
        index: Of the class whose score is to fall: its logit less the mean logit.
        size: By how much every value moves, of 255; none leaves 0 to 255.

    Returns:
        The same shape.
    """
    if not size:
        return picture
    shift, unit = preprocess.shift_and_unit(preparation)
    if preparation.channel_order == "bgr":
        shift, unit = shift[::-1], unit[::-1]
    moved = picture - np.sign(network.gradient(picture, index)) * (np.float32(size) / unit)
    return np.asarray(np.clip(moved, -shift / unit, (np.float32(255) - shift) / unit), np.float32)
