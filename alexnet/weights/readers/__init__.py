"""Files of other programs: a module for each format, path to arrays. No code of a file ever runs.

Each has ``read(paths)``, which returns the arrays under the names and in the order of the file, or raises a
``DataError``. They are called by ``alexnet.weights.conversion`` in a process that is limited.
"""
