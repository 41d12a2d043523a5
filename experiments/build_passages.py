"""Build assets/passages: what the Home page shows of the sample photographs in the shipped network.

    python -m experiments.build_passages

Computed in NumPy from the shipped weights, so the same weights give the same file.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import BatchNormalization
from alexnet.data import preprocess
from alexnet.data.samples import sample
from alexnet.numerics.forward import forward
from alexnet.trained import catalogue, passage
from alexnet.trained.record import Trained
from alexnet.trained.stages import stages
from alexnet.weights import store

SAMPLES = ("kingfisher", "cat_face", "shepherd_dog")
"""The network is sure of the first, fairly sure of the second, and torn about the third."""


def responses(one: Trained, read: NDArray[np.float32]) -> dict[str, list[NDArray[np.float64]]]:
    """Every layer's responses to one picture as the network reads it, tower by tower, in NumPy."""
    outputs = forward(one.network, store.read(one.weights), read)
    follows = {row.name: after for row, after in pairwise(one.network.rows)}
    found = {}
    for stage in stages(one.network):
        after = follows.get(stage.name)
        name = after.name if isinstance(after, BatchNormalization) else stage.name
        found[stage.name] = np.split(outputs[name], stage.towers, axis=-1)
    return found


def made(one: Trained, id: str) -> passage.Passage:
    """The passage of a sample photograph."""
    read = one.reads([preprocess.square(sample(id).pixels)])[0]
    return passage.of(preprocess.seen(read, one.preparation), responses(one, read))


def main() -> None:
    """Write the file."""
    one = catalogue.trained()
    passage.FOLDER.mkdir(parents=True, exist_ok=True)
    path = passage.FOLDER / f"{one.id}.safetensors"
    passage.write(path, {id: made(one, id) for id in SAMPLES}, one.digest())
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
