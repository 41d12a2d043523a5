"""The lessons' arithmetic in NumPy: operations, a forward pass, initializers, the theory of a signal."""
