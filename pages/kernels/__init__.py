"""Kernels: the first layer of a trained network, tower by tower."""
