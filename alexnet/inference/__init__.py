"""What a trained network says of pictures. Importing this package loads TensorFlow."""

from alexnet.inference.predictor import Guess, Predictor, load, shipped

__all__ = ["Guess", "Predictor", "load", "shipped"]
