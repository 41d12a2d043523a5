"""Which pictures of a data set excite each unit of a network most, and where in them. Kept on disk.

All layers are searched in one pass. A unit of a convolution responds at many places of a picture: the
strongest of them counts. What was found depends on the weights, the way pictures are prepared and the data
set; the file's name is made of them, so that it is never another network's.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.data.preparation import Preparation
from alexnet.errors import DataError
from alexnet.home import place
from alexnet.trained.record import Trained
from alexnet.trained.stages import Maps, Responding
from alexnet.weights import store

KEPT = 9
"""Pictures of each unit."""

BATCH = 20
"""Pictures at a time: so few that other viewers of the same network wait a tenth of a second at most."""

FILES = 40
"""Files that are kept; the oldest give way. One of the paper's network has 1.4 MB."""

_VERSION = 2  # of the search; another one finds other things
_PAUSE = 0.002  # seconds between batches, so that whoever waits for the network gets it


@dataclass(frozen=True, eq=False)
class Best:
    """The pictures that excite a layer's units most, the best first.

    Attributes:
        values: (units, kept), the units' responses; those of all towers side by side.
        pictures: (units, kept), positions in the data set.
        places: (units, kept, 2), row and column in the map; 0 for a dense layer.
    """

    values: NDArray[np.float32]
    pictures: NDArray[np.int32]
    places: NDArray[np.int16]


Found = Mapping[str, Best]
"""By the layer's name."""


def search(
    network: Responding,
    images: NDArray[np.uint8],
    preparation: Preparation,
    progress: Callable[[float], None] = lambda share: None,
) -> dict[str, Best]:
    """Look through pictures.

    Args:
        network: Whose units.
        images: (n, height, width, 3), uint8, of any size.
        preparation: How they become its input.
        progress: Told after each batch which share of them is done.
    """
    found: dict[str, Best] = {}
    for start in range(0, len(images), BATCH):
        batch = images[start : start + BATCH]
        inputs = preprocess.network_input(list(batch), network.network.size, preparation)
        for name, maps in network.of(inputs).items():
            found[name] = _better(found.get(name), _strongest(maps, start))
        progress((start + len(batch)) / len(images))
        time.sleep(_PAUSE)
    return found


def _strongest(maps: Maps, first: int) -> Best:
    """Each unit's strongest place in every picture of a batch: ``kept`` is here the number of pictures."""
    values, places = [], []
    for tower in maps:
        flat = tower.reshape(len(tower), -1, tower.shape[-1])  # (pictures, places, units)
        best = flat.argmax(axis=1)
        values.append(np.take_along_axis(flat, best[:, None], axis=1)[:, 0].T)
        across = tower.shape[2] if tower.ndim == 4 else 1
        places.append(np.stack(np.divmod(best.T, across), axis=-1))
    joined = np.concatenate(values)
    numbers = np.broadcast_to(np.arange(first, first + joined.shape[1], dtype=np.int32), joined.shape)
    return Best(joined, numbers, np.concatenate(places).astype(np.int16))


def _better(before: Best | None, new: Best) -> Best:
    if before is not None:
        new = Best(
            np.concatenate([before.values, new.values], axis=1),
            np.concatenate([before.pictures, new.pictures], axis=1),
            np.concatenate([before.places, new.places], axis=1),
        )
    order = np.argsort(-new.values, axis=1, kind="stable")[:, :KEPT]
    return Best(
        np.take_along_axis(new.values, order, axis=1),
        np.take_along_axis(new.pictures, order, axis=1),
        np.take_along_axis(new.places, order[..., None], axis=1),
    )


def name(one: Trained, data: str) -> str:
    """What the result for a network and a data set is called: its weights and preparation count.

    Args:
        one: The network.
        data: The data set's id.

    Raises:
        DataError: weights_missing.
    """
    parts = (_VERSION, one.digest(), one.preparation, data, KEPT)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def file(name: str) -> Path:
    """Where the result of that name is kept."""
    return place("activations") / f"{name}.safetensors"


def write(path: Path, found: Found) -> None:
    """Keep a result, and let the oldest ones go.

    Raises:
        OSError: The disk is full, or the data folder cannot be written.
    """
    arrays = {
        f"{name}/{part}": getattr(one, part)
        for name, one in found.items()
        for part in ("values", "pictures", "places")
    }
    keep(path, arrays)


def keep(path: Path, arrays: store.Arrays) -> None:
    """Write a file among those of this folder, and let the oldest ones go.

    Raises:
        OSError: The disk is full, or the data folder cannot be written.
    """
    store.write(path, arrays)
    for old in sorted(_kept(path.parent), key=_time)[:-FILES]:
        with suppress(OSError):  # another server took it away, or somebody reads it
            old.unlink()


def read(path: Path) -> Found | None:
    """A result that was kept; None where there is none, or what lies there is damaged."""
    try:
        arrays = store.read(path)
        names = {key.partition("/")[0] for key in arrays}
        return {
            name: Best(*(arrays[f"{name}/{part}"] for part in ("values", "pictures", "places")))
            for name in names
        }
    except (DataError, KeyError):
        return None


def _kept(place: Path) -> Iterator[Path]:
    return place.glob("*.safetensors")


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
