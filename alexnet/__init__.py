"""AlexNet Explorer: AlexNet (Krizhevsky, Sutskever, Hinton, 2012), computed, drawn and trained."""

import os

# Models here are TensorFlow's, and Keras takes its backend from the surroundings when it is first imported.
os.environ["KERAS_BACKEND"] = "tensorflow"
