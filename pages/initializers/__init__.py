"""Initializers: how the weights begin, and what that does."""
