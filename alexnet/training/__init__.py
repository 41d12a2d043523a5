"""The trainer: a process of its own, ``python -m alexnet.training``, that trains what a run asks for."""
