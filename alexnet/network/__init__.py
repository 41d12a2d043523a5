"""Keras models from rows. Importing this package loads TensorFlow.

>>> from alexnet.network import AlexNet
>>> model = AlexNet((227, 227, 3), 2)
>>> model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
"""

from alexnet.network.build import AlexNet, build
from alexnet.network.layers import LocalResponseNormalization

__all__ = ["AlexNet", "LocalResponseNormalization", "build"]
