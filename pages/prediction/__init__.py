"""Prediction: a photograph in, the network's answer out."""
