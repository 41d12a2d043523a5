"""Rows of ``alexnet.numerics.initializers`` as Keras initializers, and what Keras draws with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from alexnet.numerics.initializers import Initializer, initializer


def keras_initializer(rule: Initializer | str, seed: int | None = None) -> Any:
    """The Keras initializer of a rule.

    Args:
        rule: A row of the table, possibly with another ``std``, or its id.
        seed: 0 or more, or None for another draw at each call.

    Raises:
        ChoiceError: There is no initializer of that id.
    """
    row = initializer(rule) if isinstance(rule, str) else rule
    if row.form == "point":
        return keras.initializers.Constant(row.value)
    config: dict[str, Any] = {"seed": seed}
    if row.family == "fixed" and row.form == "normal":
        config["stddev"] = row.std
    return keras.initializers.get({"class_name": row.id, "config": config})


def draw(rule: Initializer, kernel_shape: Sequence[int], seed: int) -> NDArray[np.float32]:
    """The weights that Keras gives a layer: ``kernel_shape``, the same for the same seed."""
    return np.asarray(keras_initializer(rule, seed)(tuple(kernel_shape)), np.float32)
