"""Convolution: one window slides over a picture."""
