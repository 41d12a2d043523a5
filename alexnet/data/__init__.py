"""Data: pictures and their labels, uploads, and the way a picture becomes the network's input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alexnet.data.dataset import DataSet


def from_folder(path: str | Path, *, name: str = "", seed: int = 0, resolution: int = 64) -> DataSet:
    """A folder of class folders, or a zip of them, as a data set to train on: for a notebook.

    The pictures are decoded once and kept under ALEXNET_HOME; a folder that has not changed is not read
    again.

    Args:
        path: With a folder for each class, or with ``train`` and ``validation`` (and ``test``) that hold
            these.
        name: What the set is called; the folder's name where nothing is given.
        seed: Draws which pictures are learned from, watched and tested on, where no folders say so.
        resolution: Pixels along each side of the pictures, 32 to 256.

    Returns:
        The data set; ``load()`` gives its pictures, and its id is what a run's settings name.

    Raises:
        InputError, LimitError, DataError: What is wrong, as ``alexnet.language.explain`` says it.
    """
    from alexnet.data.own import making, store  # numbers need no pictures

    return store.data_set(making.from_path(Path(path), "notebook", name, seed=seed), resolution)
