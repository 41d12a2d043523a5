"""Weights as files. Nothing here imports TensorFlow when it is imported."""
