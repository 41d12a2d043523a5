"""First-layer kernels: their colour, direction and similarity, and where they respond most. NumPy only."""
