"""A run as a folder: made, queued, read, exported. Loads no TensorFlow.

A run is a folder, and **the folder is the truth**: whoever reads it learns all there is to know, whether the
trainer is at work, was stopped, or died. The trainer itself lives in ``alexnet.training``.
"""
