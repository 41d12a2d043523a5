"""Runs with their curves, waiting, at work or over, written without any training: to be looked at."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import Any

import numpy as np

from alexnet.runs import process, run
from alexnet.runs.run import Run
from alexnet.runs.status import Status
from alexnet.training.recorder import Recorder
from tests.training.small import small


def watched(viewer: str, state: str = "finished", *, epochs: int = 2, **config: Any) -> Run:
    """A run of the classroom network with two epochs to go, of which so many are done."""
    settings = replace(small(viewer), **config)
    one = run.create(settings, one_each=False)
    steps = settings.steps_per_epoch
    writer = Recorder(one.path, Status("queued"))
    for epoch in range(epochs):
        for step in range(1, steps + 1):
            writer.line(
                "step",
                step=epoch * steps + step,
                epoch=epoch + step / steps,
                loss=0.7 - 0.05 * epoch,
                accuracy=0.5 + 0.1 * epoch,
                rate=0.02,
                images_per_second=500.0,
            )
        values = {"loss": 0.7 - 0.05 * epoch, "accuracy": 0.5 + 0.1 * epoch}
        seen = {"validation_loss": 0.69 - 0.04 * epoch, "validation_accuracy": 0.52 + 0.1 * epoch}
        writer.line("epoch", epoch=epoch + 1, **values, **seen, seconds=3.0)
        writer.kernels(epoch, np.random.default_rng(epoch).normal(size=(11, 11, 3, 32)))
    if state == "finished":
        writer.line("test", test_accuracy=0.75, confusion=[[24, 8], [8, 24]], images=64)
    status = replace(one.status(), state=state, epoch=epochs, step=epochs * steps)
    if state in ("running", "paused"):  # this very process stands for the trainer
        me = {"pid": os.getpid(), "process_started": process.started(), "heartbeat": time.time()}
        status = replace(status, **me)
    run.write_status(one.path, status)
    return one
