"""A run as one zip file, to keep or to show elsewhere, without whose it was and what a resumption needs."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

from alexnet.errors import DataError, InputError
from alexnet.runs.run import Run
from alexnet.runs.trained_run import trained

PARTS = ("status.json", "metrics.jsonl", "weights/*.safetensors", "kernels/*.npy", "events/**/*tfevents*")


def export(run: Run, target: Path) -> None:
    """Write a run's settings, status, metrics, weights, kernels and events, in a folder of the run's id.

    The settings name no viewer: that id opens the run to whoever knows it. A run that has ended with weights
    comes with a folder ``predict`` too: see ``alexnet.trained.take_home``.

    Args:
        run: The run; one that is being trained is written as it stands.
        target: The zip file; what was there is replaced when the new one is whole.

    Raises:
        DataError: config_damaged.
        InputError: export_not_written, when the place cannot be written to.
    """
    config = replace(run.config(), viewer="")
    part = target.with_name(f"{target.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{run.id}/config.json", json.dumps(config.to_json(), ensure_ascii=False) + "\n")
            for pattern in PARTS:
                for file in sorted(run.path.glob(pattern)):
                    if not file.name.startswith("."):  # one that is just being written
                        archive.write(file, f"{run.id}/{file.relative_to(run.path).as_posix()}")
            for name, content in _predicting(run):
                archive.writestr(f"{run.id}/predict/{name}", content)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError("export_not_written", file=target.name, reason=error.strerror or "") from error


def _predicting(run: Run) -> list[tuple[str, bytes]]:
    """What predicts with the run's network elsewhere; nothing where it is no trained network."""
    if not run.weights("last").exists():
        return []
    from alexnet.trained import take_home  # which loads TensorFlow

    try:
        return list(take_home.files(trained(run)))
    except (DataError, InputError):  # still training, or damaged: the rest is exported all the same
        return []
