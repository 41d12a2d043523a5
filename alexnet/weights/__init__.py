"""Weights as files: what ships with the app. Nothing here imports TensorFlow when it is imported."""
