"""A short training whose trainer, worker or app is killed, with real processes: for tests and for the soak.

Whoever is killed, and whenever: the run never stays at work for ever, it has its reason and can be resumed,
and in the end its weights are those of a run that nobody disturbed, bit for bit.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

import psutil

from alexnet.home import ROOT, folder
from alexnet.recipes import Recipe
from alexnet.runs import queue, run
from alexnet.runs.config import Config, new
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from alexnet.runs.slot import free
from tools.browsing import free_port

Victim = Literal["trainer", "worker", "app"]
VICTIMS: tuple[Victim, ...] = get_args(Victim)

EPOCHS = 5
RECIPE = Recipe("short", (EPOCHS,), batch=16, rate=0.02, warmup=0.5)
SEED = 3
PATIENCE = 300.0
"""Seconds after which whatever is waited for counts as never coming; two cores may have other work."""

_GLANCE = 0.01  # seconds between two looks
_LOADING = 6.0  # seconds that a trainer takes to load TensorFlow, about


@dataclass(frozen=True)
class Kill:
    """Who is killed with SIGKILL, and when.

    Attributes:
        victim: Whose process.
        epoch: So many epochs are done; 0: the first step comes, -1: the run was only just asked for.
        delay: Seconds after that.
    """

    victim: Victim
    epoch: int
    delay: float


@dataclass(frozen=True)
class Outcome:
    """What became of the run.

    Attributes:
        kill: What was done to it.
        hit: Was the victim there at that moment?
        state, reason: Of the run, once it had no trainer any more after the kill.
        step: Batches done then.
        resumed: Was it resumed?
        problems: What should not be, in words; empty when all is well.
    """

    kill: Kill
    hit: bool
    state: str
    reason: str | None
    step: int
    resumed: bool
    problems: tuple[str, ...]


def random_kill(seed: int, victim: Victim | None = None) -> Kill:
    """A kill at a moment drawn from a run's whole life, its start and its end included."""
    draw = random.Random(seed)
    epoch = draw.randint(-1, EPOCHS)
    delay = draw.uniform(0, _LOADING if epoch < 0 else 0.6)
    drawn = draw.choice(VICTIMS)
    return Kill(drawn if victim is None else victim, epoch, round(delay, 3))


def short(viewer: str = "kills", *, epochs: int = EPOCHS, seed: int = SEED, limit: int = 64) -> Config:
    """The settings of a training of some seconds, most of which TensorFlow takes to load."""
    return new(viewer, "classroom", replace(RECIPE, cycles=(epochs,)), seed=seed, limit=limit)


def undisturbed() -> dict[str, bytes]:
    """The weights of a whole run that nobody kills; see ``weights``."""
    one = run.create(short("undisturbed"), one_each=False)
    code = queue.launch(one).wait(PATIENCE)
    if one.state().state != "finished":
        raise RuntimeError(f"the undisturbed run ended with {code}: {one.state()}")
    return weights(one)


def weights(one: Run) -> dict[str, bytes]:
    """The files of a run's last and best weights, as they are."""
    return {which: one.weights(which).read_bytes() for which in ("last", "best")}


def survive(kill: Kill, expected: dict[str, bytes]) -> Outcome:
    """Train a short run under a worker or an app, kill somebody, and see the run to its end.

    Args:
        kill: Who and when.
        expected: Of ``undisturbed``.
    """
    problems: list[str] = []
    with hosting(app=kill.victim == "app") as (host, again):
        one = queue.submit(short(), one_each=False)
        await_moment(one, kill)
        victim = next(iter(trainers(one)), None) if kill.victim == "trainer" else host
        hit = victim is not None and victim.is_running()
        if victim is not None and hit:
            helpers = victim.children(recursive=True) if kill.victim == "app" else []
            kill_9(victim)
            workers = [child for child in helpers if is_worker(child)]
            if psutil.wait_procs(workers, timeout=30)[1]:
                problems.append("the worker outlives the app")
        if kill.victim != "trainer":
            again()
        resumed = False
        if not until(lambda: not one.state().active):
            problems.append(f"it never ends: {one.state()}")
        time.sleep(1.0)  # whoever saw it end writes down why
        after = one.state()
        if after.state != "finished":
            problems += _broken_off(one)
            resumed = one.resumable
            if resumed:
                queue.resume(one, one_each=False)
                until(lambda: not one.state().active)
        problems += at_the_end(one, expected)
    return Outcome(kill, hit, after.state, after.reason, after.step, resumed, tuple(problems))


def _broken_off(one: Run) -> list[str]:
    view = one.state()
    problems = []
    if view.state != "lost" or view.reason not in ("killed_for_memory", "process_gone"):
        problems.append(f"broken off, but {view.state}, {view.reason}")
    if not one.resumable:
        problems.append("not resumable")
    return problems


def at_the_end(one: Run, expected: dict[str, bytes]) -> list[str]:
    """What a short run that is over leaves to be desired; ``expected`` is of ``undisturbed``."""
    view = one.state()
    if view.state != "finished":
        return [f"not finished: {view}"]
    problems = [f"other {which} weights" for which, bytes in weights(one).items() if bytes != expected[which]]
    curves = Curves(one.metrics_file)
    curves.update()
    if [line["epoch"] for line in curves.epochs] != list(range(1, EPOCHS + 1)) or curves.damaged:
        problems.append("the curves have gaps or damaged lines")
    steps = [line["step"] for line in curves.steps]
    if steps != sorted(set(steps)):
        problems.append("steps are said twice")
    if curves.test is None:
        problems.append("no test")
    if not until(lambda: not trainers(one) and free()):
        problems.append("a trainer or its lock is left over")
    return problems


def await_moment(one: Run, kill: Kill) -> None:
    """Wait for the moment of a kill; a run that ends before it is not waited for."""
    if kill.epoch >= 0:
        until(lambda: kill.epoch in one.snapshots() or not one.state().active)
    time.sleep(kill.delay)


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until something holds; False when it does not in that time."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(_GLANCE)
    return held


def kill_9(victim: psutil.Process) -> None:
    """End a process without a chance to say anything, and wait until it is gone."""
    victim.kill()
    psutil.wait_procs([victim], timeout=30)


def trainers(one: Run | None = None) -> list[psutil.Process]:
    """The trainers at work on a run, or on any of this data folder."""
    place = str(one.path) if one else str(folder("runs"))
    # One that had waited does not name its run in its command.
    at_work = {status.pid for each in ([one] if one else run.runs()) if (status := each.status()).has_process}
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        words = process.info["cmdline"] or []
        dead = process.info["status"] == psutil.STATUS_ZOMBIE
        mine = words and (words[-1].startswith(place) or process.pid in at_work)
        if "alexnet.training.trainer" in words and mine and not dead:
            found.append(process)
    return found


def is_worker(process: psutil.Process) -> bool:
    """Is it a worker?"""
    try:
        return "alexnet.runs.worker" in process.cmdline()
    except psutil.Error:
        return False


@contextmanager
def hosting(*, app: bool) -> Iterator[tuple[psutil.Process, Callable[[], None]]]:
    """A worker, alone or under an app; yields the process to kill, and what starts another one."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        started.append(start_app() if app else queue.start_worker())

    try:
        start()
        yield psutil.Process(started[0].pid), start
    finally:
        for process in started:
            if process.poll() is None:
                process.terminate()
        for process in started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def start_app(port: int | None = None) -> subprocess.Popen[bytes]:
    """The app as a person starts it, on this process's data folder; returns once it answers.

    Raises:
        RuntimeError: It ended, or did not answer in time.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    log = folder("logs") / "app.log"
    with log.open("ab") as output:
        app = subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def answers() -> bool:
        try:
            with opener.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                return True
        except OSError:
            return False

    if not until(lambda: app.poll() is not None or answers(), 120) or app.poll() is not None:
        app.kill()
        app.wait()
        raise RuntimeError(f"the app does not answer: {log.read_text(encoding='utf-8', errors='replace')}")
    return app


@contextmanager
def home_at(path: Path) -> Iterator[None]:
    """Have this process, and those that it starts, keep their data there."""
    before = os.environ.get("ALEXNET_HOME")
    os.environ["ALEXNET_HOME"] = str(path)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("ALEXNET_HOME")
        else:
            os.environ["ALEXNET_HOME"] = before
