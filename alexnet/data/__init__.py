"""Data: pictures and their labels, uploads, and the way a picture becomes the network's input."""
