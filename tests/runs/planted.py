"""Runs that have ended, planted without any training: their files are there, their weights are made up."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from alexnet.home import write_text
from alexnet.recipes import Recipe
from alexnet.runs import run
from alexnet.runs.config import new
from alexnet.runs.run import Run
from alexnet.runs.status import Status
from alexnet.trained import first_layer
from alexnet.training.recorder import Recorder
from alexnet.weights import store


def plant(
    viewer: str = "mina",
    network: str = "classroom",
    *,
    name: str = "",
    epochs: int = 2,
    batches: int = 0,
    state: str = "finished",
    accuracy: float | None = 0.71,
    kernels: np.ndarray | None = None,
    recipe: Recipe | None = None,
    initializer: str | None = None,
) -> Run:
    """A run with a snapshot of each epoch, a first layer as its weights, and a test line.

    Args:
        batches: Of an epoch after the last whole one that its weights have learned from too.
        accuracy: On 2,000 test images; None: it was not tested.
        kernels: (height, width, 3, kernels), at the end; random ones when None.
    """
    config = new(
        viewer, network, recipe or Recipe("five_minutes", (3,)), name=name, initializer_id=initializer
    )
    one = run.create(config, one_each=False)
    height, width, channels, count = first_layer.shape(config.rows)
    names = first_layer.names(config.rows)
    shape = (height, width, channels, count * len(names))
    if kernels is None:
        kernels = np.random.default_rng(1).normal(0, 0.05, shape).astype(np.float32)
    recorder = Recorder(one.path, Status("queued"))
    for epoch in range(epochs + 1):
        recorder.kernels(
            epoch, np.random.default_rng(2).normal(0, 0.05, shape) if epoch < epochs else kernels
        )
    arrays = dict(zip(names, first_layer.divided(kernels, len(names)), strict=True))
    biases = np.random.default_rng(3).normal(0, 0.1, (len(names), count)).astype(np.float32)
    arrays |= {name.replace("/kernel", "/bias"): bias for name, bias in zip(names, biases, strict=True)}
    store.write(one.weights("last"), arrays)
    place = {"place/epoch": np.array(epochs), "place/batch": np.array(batches)}
    store.write(one.path / "state" / "last.safetensors", place)
    if accuracy is not None:
        right = round(1000 * accuracy)
        confusion = [[right, 1000 - right], [1000 - right, right]]
        recorder.line("test", test_accuracy=accuracy, confusion=confusion, images=2000)
    status = Status(state, epoch=epochs, steps_per_epoch=70, epochs=3, heartbeat=time.time())
    run.write_status(one.path, replace(status, step=70 * epochs + batches))
    return one


def damage(one: Run, part: str) -> None:
    """Cut the weights short, take them away, or spoil the settings."""
    weights = one.weights("last")
    if part == "cut":
        weights.write_bytes(weights.read_bytes()[:-9])
    elif part == "missing":
        weights.unlink()
    else:
        write_text(one.path / "config.json", "{")
