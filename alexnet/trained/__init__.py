"""Trained networks: what ships, what they answer to pictures, and what happens inside them.

Importing this package loads no TensorFlow; its modules that compute answers do.
"""
