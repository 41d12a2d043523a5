"""A race that is over, written without any training."""

from __future__ import annotations

from dataclasses import replace

from alexnet.runs import run
from alexnet.runs.lane import Lane
from alexnet.runs.run import Run
from alexnet.runs.status import Status
from alexnet.training.recorder import Recorder
from tests.training.small import small

LANES = (Lane("he_normal"), Lane("glorot_uniform"), Lane("zeros"), Lane("orthogonal"))
ACCURACIES = (0.66, 0.60, 0.5)
LOSSES = (0.62, 0.66, 0.6932)


def planted(viewer: str) -> Run:
    """Two epochs of 40 batches: He's rule leads, zeros do not move, the orthogonal lane blows up."""
    config = replace(small(viewer), lanes=LANES, limit=None)  # on 1,000 images 66 % is more than guessing
    one = run.create(config, one_each=False)
    writer = Recorder(one.path, Status("queued"))
    for epoch in (0, 1):
        for step in range(1, 41):
            for lane, loss in enumerate(LOSSES, start=1):
                at = {"lane": lane, "step": 40 * epoch + step, "epoch": epoch + step / 40}
                writer.line("step", **at, loss=loss, accuracy=0.5, rate=0.02, images_per_second=500.0)
            if epoch == 0 and step == 7:
                writer.line("failed", lane=4, step=7, epoch=1, rate=0.02)
        for lane, (loss, accuracy) in enumerate(zip(LOSSES, ACCURACIES, strict=True), start=1):
            seen = {"validation_loss": loss, "validation_accuracy": accuracy}
            writer.line(
                "epoch", lane=lane, epoch=epoch + 1, loss=loss, accuracy=accuracy, **seen, seconds=3.0
            )
    for lane, accuracy in enumerate(ACCURACIES, start=1):
        right = round(1000 * accuracy)
        confusion = [[right, 1000 - right], [1000 - right, right]]
        writer.line("test", lane=lane, test_accuracy=accuracy, confusion=confusion, images=2000)
    run.write_status(one.path, replace(one.status(), state="finished", epoch=2, step=80))
    return one
