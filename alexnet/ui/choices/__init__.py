"""What several lessons ask for: a trained network, a network, a picture, a kernel of the first layer."""
