"""A run as a folder, read and steered: ``<ALEXNET_HOME>/runs/<run id>/``.

    config.json       what was asked for; written once
    status.json       where the run stands; the trainer refreshes its heartbeat every second
    control.json      what somebody wants of it; the trainer looks at it before every batch
    metrics.jsonl     one JSON object a line, appended; see ``alexnet.runs.metrics_log``
    weights/          last.safetensors and best.safetensors (by validation accuracy), by variable path
    state/            last.safetensors: all that an exact resumption needs
    kernels/          <epoch>.npy: the first layer, (height, width, channels, kernels), float16, all towers;
                      of what epochs and kernels, says alexnet.runs.snapshots
    photographs.npy   test photographs whose answers are followed: (n, side, side, 3), uint8
    events/           for TensorBoard
    trainer.log       what the trainer's libraries had to say

Reading never fails on what a folder holds: a file that is torn, damaged or missing makes a state with its
reason. No TensorFlow.
"""

from __future__ import annotations

import json
import math
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from alexnet.errors import ChoiceError, DataError, InputError
from alexnet.home import folder, place, write_text
from alexnet.runs import files, process
from alexnet.runs.config import LIMITS, RUN_ID, Config, check
from alexnet.runs.metrics_log import Metrics, read
from alexnet.runs.status import Action, Control, Status


class Run:
    """One run's folder, for reading.

    Args:
        path: The folder; it need not be whole, nor there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.id = path.name

    def config(self) -> Config:
        """What the run was asked to do.

        Raises:
            DataError: config_damaged.
        """
        content = read_json(self.path / "config.json")
        if content is None:
            raise DataError("config_damaged", reason="config.json")
        config = Config.from_json(content)
        if config.id != self.id:
            raise DataError("config_damaged", reason=f"id {config.id}")
        return config

    def status(self) -> Status:
        """Where the run stands, as it was last written; a damaged file gives ``lost`` with its reason."""
        content = read_json(self.path / "status.json")
        if content is None:
            missing = not (self.path / "status.json").exists()
            return Status("lost", "status_missing" if missing else "status_damaged")
        try:
            return files.read(Status, content)
        except ValueError:
            return Status("lost", "status_damaged")

    def state(self) -> Status:
        """Where the run really stands: see ``Status.seen``. A run without settings is lost as well."""
        try:
            self.config()
        except DataError:
            return replace(self.status(), state="lost", reason="config_damaged", values={})
        view = self.status().seen(time.time())
        return self.ended(view) if view.reason == "process_gone" else view

    def ended(self, lost: Status) -> Status:
        """How a run stands whose trainer is gone without a word.

        Args:
            lost: What is known of that end.

        Returns:
            That; or, where somebody wanted it to stop, that it was stopped in the middle of a step, with
            what its last save has behind it.
        """
        if (self.control() or Control()).action != "stop":
            return lost
        saved = (self.path / "state" / "last.safetensors").exists()
        epoch, batch = self.learned() if saved else (0, 0)
        step = epoch * lost.steps_per_epoch + batch
        return replace(
            lost,
            state="stopped",
            reason="stopped_in_step",
            values={"epoch": epoch, "step": step},
            epoch=epoch,
            step=step,
            pid=None,
            process_started=None,
            leaving=False,
        )

    def control(self) -> Control | None:
        """What somebody wants of it; None when the file is not there or not to be understood."""
        try:
            asked = files.read(Control, read_json(self.path / "control.json"))
        except ValueError:
            return None
        low, high = LIMITS["rate"]
        return asked if asked.rate is None or low <= asked.rate <= high else replace(asked, rate=None)

    def metrics(self, after: int = 0) -> Metrics:
        """What it said from byte ``after`` of its metrics on; ``alexnet.runs.feed`` keeps up."""
        return read(self.metrics_file, after)

    @property
    def metrics_file(self) -> Path:
        """``metrics.jsonl``; it may not be there yet."""
        return self.path / "metrics.jsonl"

    def snapshots(self) -> tuple[int, ...]:
        """The epochs of which there are first-layer kernels; 0 is before training."""
        names = [path.stem for path in (self.path / "kernels").glob("*.npy")]
        return tuple(sorted(int(name) for name in names if name.isascii() and name.isdigit()))

    def kernels(self, epoch: int) -> NDArray[np.float32]:
        """First-layer kernels after so many epochs: ``(height, width, channels, kernels)``, all towers.

        Raises:
            DataError: kernels_unreadable; there are none of that epoch, or the file is not whole.
        """
        try:
            array = np.load(self.path / "kernels" / f"{epoch:03d}.npy", allow_pickle=False)
            if array.ndim != 4 or array.dtype != np.float16:
                raise ValueError
        except (OSError, ValueError, EOFError) as error:
            raise DataError("kernels_unreadable", epoch=epoch) from error
        return cast(NDArray[np.float32], array.astype(np.float32))

    def photographs(self) -> NDArray[np.uint8] | None:
        """The test photographs whose answers it tells: ``(n, side, side, 3)``; None if there are none."""
        try:
            array = np.load(self.path / "photographs.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        fits = array.ndim == 4 and array.dtype == np.uint8 and array.shape[-1] == 3
        return cast(NDArray[np.uint8], array) if fits else None

    def weights(self, which: Literal["last", "best"]) -> Path:
        """The file of the last or best weights; it may not be there yet."""
        return self.path / "weights" / f"{which}.safetensors"

    def learned(self) -> tuple[int, int]:
        """What the last weights have behind them: whole epochs, and batches of the next one."""
        try:
            with safe_open(self.path / "state" / "last.safetensors", framework="numpy") as file:
                return int(file.get_tensor("place/epoch")), int(file.get_tensor("place/batch"))
        except (SafetensorError, OSError, TypeError, ValueError):
            return self.status().epoch, 0

    @property
    def resumable(self) -> bool:
        """Has it settings, no trainer, and an end not yet reached?"""
        view = self.state()
        waits = view.state == "paused" and view.pid is None
        return view.reason != "config_damaged" and (waits or view.state in ("stopped", "failed", "lost"))


def runs() -> list[Run]:
    """Every run there is, the newest first."""
    try:
        paths = [path for path in place("runs").iterdir() if RUN_ID.fullmatch(path.name) and path.is_dir()]
    except OSError:  # no run was ever made, or the data folder cannot be used: see ``alexnet.home.trouble``
        return []
    return [Run(path) for path in sorted(paths, key=lambda path: path.name, reverse=True)]


def find(id: str) -> Run:
    """The run of that id.

    Raises:
        ChoiceError: There is none; or the id is none, so nothing typed ever becomes a path.
    """
    with suppress(OSError):  # the data folder cannot be used
        if RUN_ID.fullmatch(id) is not None and (path := place("runs") / id).is_dir():
            return Run(path)
    raise ChoiceError("run_unknown", id=id[:40])


def active_of(viewer: str) -> Run | None:
    """The run that this viewer has waiting, training or pausing."""
    for run in runs():
        if run.state().active and run.config().viewer == viewer:
            return run
    return None


def create(config: Config, *, one_each: bool = True) -> Run:
    """Make a run's folder; the run waits from now on.

    Args:
        config: Its settings.
        one_each: Refuse while the same viewer has an active run.

    Raises:
        InputError: The settings cannot be trained, or run_active_already.
    """
    check(config)
    if one_each and (other := active_of(config.viewer)) is not None:
        raise InputError("run_active_already", id=other.id)
    path = folder("runs") / config.id
    write_json(path / "config.json", config.to_json())
    write_status(path, waiting(config))
    return Run(path)


def waiting(config: Config, before: Status | None = None) -> Status:
    """The status of a run that waits for its turn from now on."""
    done = before or Status("queued")
    return Status(
        "queued",
        epoch=done.epoch,
        step=done.step,
        steps_per_epoch=config.steps_per_epoch,
        epochs=config.recipe.epochs,
        heartbeat=time.time(),
    )


def control(run: Run, action: Action | None = None, *, rate: float | Literal["keep"] | None = "keep") -> None:
    """Tell a run what to do.

    Args:
        run: Whose; ``may_change`` says who may.
        action: ``pause``, ``stop`` or ``run``; None leaves it. A run that has no trainer any more goes on
            by ``alexnet.runs.queue.resume``, not by this.
        rate: A learning rate by hand, None to follow the recipe again, ``"keep"`` to leave it.

    Raises:
        InputError: number_out_of_range.
    """
    if isinstance(rate, int | float):
        low, high = LIMITS["rate"]
        if not (math.isfinite(rate) and low <= rate <= high):
            raise InputError("number_out_of_range", name="rate", value=rate, low=low, high=high)
    now = run.control() or Control()
    wanted = Control(action or now.action, now.rate if rate == "keep" else rate)
    write_json(run.path / "control.json", asdict(wanted))
    status = run.status()
    # Nobody is at work on it who could see that: it waits, or has left its slot while it pauses.
    if status.active and not status.has_process and wanted.action == "stop":
        write_status(run.path, replace(status, state="stopped", reason="stopped_by_hand"))


def may_change(run: Run, viewer: str, *, teacher: bool = False) -> bool:
    """May this viewer stop, resume or delete the run? Its owner may, and a teacher; others may look."""
    try:
        return teacher or run.config().viewer == viewer
    except DataError:
        return False


def delete(run: Run) -> None:
    """Remove a run and all that it holds. A trainer that has fallen silent is ended before.

    Raises:
        InputError: run_has_a_trainer; stop it first.
    """
    if run.state().has_process:
        raise InputError("run_has_a_trainer", id=run.id)
    end_silent(run)
    gone = run.path.with_name(f".deleted-{run.id}")
    run.path.rename(gone)  # in one step: nobody sees half a run
    shutil.rmtree(gone, ignore_errors=True)


def end_silent(run: Run) -> None:
    """End a trainer that may still be there though it has fallen silent."""
    status = run.status()
    if status.has_process:
        process.end(cast(int, status.pid), status.process_started or 0.0)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Put a JSON object in place in one step."""
    write_text(path, json.dumps(content, ensure_ascii=False) + "\n")


def write_status(path: Path, status: Status) -> None:
    """Put a run's status in place; ``path`` is the run's folder."""
    write_json(path / "status.json", asdict(status))


def read_json(path: Path) -> object:
    """What a JSON file holds; None when it is not there or not to be understood."""
    try:
        return cast(object, json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
