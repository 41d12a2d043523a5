"""What a first-layer kernel looks for: colour, direction, similarity, and where it responds most. NumPy only."""
