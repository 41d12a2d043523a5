"""Run folders torn and garbled at random, and who has to live with them: the listing, the page, a trainer."""

from __future__ import annotations

import json
import logging
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from alexnet.errors import AlexNetError
from alexnet.home import ROOT, folder
from alexnet.runs import export, queue, run
from alexnet.runs.metrics_log import Curves
from alexnet.runs.reasons import reason_text
from alexnet.runs.run import Run
from alexnet.ui.server import teacher
from tools import kills

_WRONG = (b"", b"null", b"[]", b'{"state": 5}', b"{" * 5000, b"\xff\xfe\x00", b'{"a": 1e999}\n', b"1" * 5000)


@dataclass(frozen=True)
class Damage:
    """What was seen.

    Attributes:
        folders: How many were damaged.
        states: How many of them are in which state.
        trained: How many were resumed, and in which states they ended.
        problems: What should not be, in words; empty when all is well.
    """

    folders: int
    states: dict[str, int]
    trained: dict[str, int]
    problems: tuple[str, ...]


def live_with_damage(whole: Run, folders: int, seed: int, *, resumed: int = 0) -> Damage:
    """Damage copies of a run and use them as the app does.

    Args:
        whole: A finished run; it stays as it is.
        folders: Copies.
        seed: Of the damage.
        resumed: So many of those that can be are resumed, each by a trainer.
    """
    draw = random.Random(seed)
    copies = [copy_of(whole, draw) for _ in range(folders)]
    marks = {one.id: damage(one.path, draw) for one in copies}
    problems = [f"{one.id}, {marks[one.id]}: {problem}" for one in copies for problem in read_all(one)]
    try:
        queue.settle()
        queue.waiting()
        run.active_of("anybody")
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
        problems.append(f"the queue: {error!r}")
    problems += [f"{one.id}, {marks[one.id]}: {problem}" for one in copies for problem in look(one)]
    states: dict[str, int] = {}
    for one in copies:
        state = one.state()
        states[state.state] = states.get(state.state, 0) + 1
    trained: dict[str, int] = {}
    for one in [one for one in copies if one.resumable][:resumed]:
        queue.resume(one, one_each=False)
        child = queue.launch(one)
        queue.after(one, child.pid, child.wait(kills.PATIENCE))
        state = one.state()
        trained[state.state] = trained.get(state.state, 0) + 1
        if state.active or (state.state != "finished" and state.reason is None):
            problems.append(f"{one.id}, {marks[one.id]}: resumed, and then {state}")
    return Damage(folders, states, trained, tuple(problems))


def copy_of(whole: Run, draw: random.Random) -> Run:
    """A run of its own, finished or stopped, with the same content."""
    id = f"{whole.id[:15]}-{draw.getrandbits(24):06x}"
    path = folder("runs") / id
    shutil.copytree(whole.path, path)
    settings = json.loads((path / "config.json").read_bytes()) | {"id": id}
    run.write_json(path / "config.json", settings)
    if draw.random() < 0.5:
        status = json.loads((path / "status.json").read_bytes())
        run.write_json(path / "status.json", status | {"state": "stopped", "reason": "stopped_by_hand"})
    return Run(path)


def damage(path: Path, draw: random.Random) -> str:
    """Damage one to three of a run's files, as crashes, disks and curious people do; says what was done."""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    said = []
    for file in draw.sample(files, draw.randint(1, 3)):
        how = draw.choice(("cut", "garbled", "wrong", "missing", "a folder"))
        content = bytearray(file.read_bytes())
        if how == "cut":
            file.write_bytes(content[: draw.randrange(len(content) + 1)])
        elif how == "garbled":
            for _ in range(draw.randint(1, 50)):
                if content:
                    content[draw.randrange(len(content))] = draw.randrange(256)
            file.write_bytes(content)
        elif how == "wrong":
            file.write_bytes(draw.choice(_WRONG))
        else:
            file.unlink()
            if how == "a folder":
                file.mkdir()
        said.append(f"{file.relative_to(path).as_posix()} {how}")
    return ", ".join(said)


def read_all(one: Run) -> Iterator[str]:
    """Read a run in every way that the app does; what fails otherwise than by an error of ours."""
    with TemporaryDirectory() as scratch:
        ways: dict[str, Callable[[], object]] = {
            "state": lambda: reason_text(one.state(), "ko"),
            "config": one.config,
            "control": one.control,
            "curves": lambda: Curves(one.metrics_file).update(),
            "kernels": lambda: [one.kernels(epoch) for epoch in one.snapshots()],
            "resumable": lambda: one.resumable,
            "export": lambda: export.export(one, Path(scratch) / "run.zip"),
        }
        for name, way in ways.items():
            try:
                way()
            except AlexNetError:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
                yield f"{name}: {error!r}"


def look(one: Run) -> Iterator[str]:
    """Open the Training page on a run, as a teacher; what goes wrong there."""
    with _teacher(), _warnings() as heard:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        at.query_params["lang"] = "ko"
        at.run()
        at.switch_page("pages/training/page.py")
        at.query_params.update({"lang": "ko", "show": "runs", "run": one.id})
        at.run()
        yield from [f"page: {error.value}" for error in at.exception]
        if not at.title:
            yield "page: it has no title"
    yield from [f"page: {line}" for line in heard]


@contextmanager
def _teacher() -> Iterator[None]:
    # AppTest alone would run a page without its frame; see alexnet/ui/server/lifespan.py.
    PagesManager.uses_pages_directory = False
    with mock.patch.object(teacher.LOCK, "is_open", return_value=True):
        yield


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What the frame writes into the log when a page fails, instead of failing itself."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(f"{record.getMessage()} {record.exc_info and record.exc_info[1]!r}")

    ear = Ear(logging.WARNING)
    logging.getLogger("alexnet.ui").addHandler(ear)
    try:
        yield heard
    finally:
        logging.getLogger("alexnet.ui").removeHandler(ear)
