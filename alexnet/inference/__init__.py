"""What a trained network says of pictures, and what its layers do on the way. Importing this package loads
TensorFlow.
"""

from alexnet.inference.activations import Activations, Maps, Stage, change, stages
from alexnet.inference.predictor import Guess, Predictor, load, shipped

__all__ = ["Activations", "Guess", "Maps", "Predictor", "Stage", "change", "load", "shipped", "stages"]
