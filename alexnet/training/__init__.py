"""Training as a process of its own: run folders, the queue, the trainer, what its curves say.

A run is a folder, and **the folder is the truth**: whoever reads it learns all there is to know, whether the
trainer is at work, was stopped, or died. Importing this package and its reading side loads no TensorFlow.
"""
