"""Rows of ``alexnet.numerics.initializers`` as Keras initializers, and what Keras draws with them."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import budget
from alexnet.numerics.initializers import Initializer, fans, initializer


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


def draw_first(rule: Initializer, kernel_shape: Sequence[int], seed: int, count: int) -> NDArray[np.float32]:
    """The first weights of ``draw``, as memory holds them, without drawing the rest.

    TensorFlow draws by a counter, so that a weight depends on its place and not on how many follow it. Only
    an orthogonal matrix has to be made whole.

    Args:
        rule: A row of the table, possibly with another ``std``.
        kernel_shape: Of the layer.
        seed: 0 or more.
        count: How many; fewer where the layer has fewer.

    Returns:
        (weights,).

    Raises:
        LimitError: The orthogonal matrix is larger than ``budget.FACTORING``.
    """
    count = min(count, prod(kernel_shape))
    shape = rule.distribution(fans(kernel_shape))
    random = keras.random
    if shape.form == "sphere":
        budget.check(budget.orthogonal(kernel_shape), budget.FACTORING)
        return draw(rule, kernel_shape, seed).ravel()[:count]
    if shape.form == "point":
        return np.full(count, shape.mean, np.float32)
    if shape.form == "uniform":
        drawn = random.uniform((count,), -shape.bound, shape.bound, seed=seed)
    elif shape.form == "normal":
        drawn = random.normal((count,), 0.0, shape.std, seed=seed)
    else:
        drawn = random.truncated_normal((count,), 0.0, shape.parent_std, seed=seed)
    return np.asarray(drawn, np.float32)
