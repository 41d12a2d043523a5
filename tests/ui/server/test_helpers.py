"""The server's helpers: started with it, started again when they die, ended with it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from alexnet.ui.server import helpers, warm_up
from tools.browsing import running_app

FOREVER = "import time; time.sleep(600)"


def process(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


async def keep_until(started: list, number: int, start: Callable[[], object], **options: float) -> None:
    task = asyncio.create_task(helpers.keep(start, glance=0.01, **options))
    deadline = time.monotonic() + 60
    while len(started) < number:
        assert time.monotonic() < deadline and not task.done()
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_worker_that_dies_is_started_again_after_pauses_that_double(monkeypatch, caplog):
    started: list[subprocess.Popen[bytes]] = []
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        if seconds >= 1:
            pauses.append(seconds)
        await sleep(min(seconds, 0.01))

    def start() -> subprocess.Popen[bytes]:
        started.append(process("raise SystemExit(3)" if len(started) < 8 else FOREVER))
        return started[-1]

    monkeypatch.setattr(helpers.asyncio, "sleep", noted)
    asyncio.run(keep_until(started, 9, start, pause=1.0))
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert started[-1].poll() is not None
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 8 and all("code 3" in line for line in said)
    caplog.clear()


def test_a_worker_that_cannot_be_started_is_tried_again(caplog):
    tried: list[object] = []

    def start() -> subprocess.Popen[bytes]:
        tried.append(None)
        if len(tried) == 1:
            raise OSError(28, "No space left on device")
        return process(FOREVER)

    asyncio.run(keep_until(tried, 2, start, pause=0.01))
    assert "No space left" in caplog.records[0].getMessage()
    assert helpers.worker_is_down()
    caplog.clear()


def test_a_worker_without_a_data_folder_is_told_and_tried_again_until_there_is_one(
    home_folder, caplog, monkeypatch
):
    monkeypatch.setattr(helpers, "_SETTLED", 0.0)
    home_folder.write_bytes(b"")
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        if any("home_is_file" in record.getMessage() for record in caplog.records):
            assert helpers.worker_is_down()
            home_folder.unlink()
        started.append(helpers._start_worker())
        return started[-1]

    async def keep() -> None:
        task = asyncio.create_task(helpers.keep(start, pause=0.01, glance=0.01))
        while not started or helpers.worker_is_down():
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(keep())
    assert (home_folder / "logs").is_dir() and not helpers.worker_is_down()
    caplog.clear()


def test_a_worker_ends_when_its_data_folder_is_gone_and_says_so(home_folder):
    worker = helpers._start_worker()
    deadline = time.monotonic() + 60
    log = home_folder / "logs" / "worker.log"
    while "consumer started" not in log.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline and worker.poll() is None
        time.sleep(0.05)
    kept = home_folder.rename(home_folder.with_name("kept"))
    assert worker.wait(60) == 73
    assert "the queue's file is gone" in (kept / "logs" / log.name).read_text(encoding="utf-8")


def test_the_worker_waits_until_nobody_waits_for_a_first_page(monkeypatch):
    started: list[subprocess.Popen[bytes]] = []
    leisure = iter([False, False, True])
    monkeypatch.setattr(warm_up, "at_leisure", lambda: next(leisure))
    monkeypatch.setattr(helpers, "_GLANCE", 0.01)
    monkeypatch.setattr(helpers, "_start_worker", lambda: started.append(process(FOREVER)) or started[-1])

    async def serve() -> None:
        async with helpers.helpers():
            assert started == []
            while not started:
                await asyncio.sleep(0.01)
            assert next(leisure, None) is None
            assert started[0].poll() is None

    asyncio.run(serve())
    assert len(started) == 1 and started[0].poll() is not None


def workers(of: psutil.Process) -> list[psutil.Process]:
    return [child for child in of.children(recursive=True) if "alexnet.runs.worker" in child.cmdline()]


def one_worker(of: psutil.Process) -> psutil.Process:
    deadline = time.monotonic() + 90
    while not (found := workers(of)):
        assert time.monotonic() < deadline, "no worker came"
        time.sleep(0.1)
    (worker,) = found
    return worker


def test_a_servers_worker_is_started_again_after_kill_9_and_ends_with_the_server(home_folder):
    with running_app(home=home_folder, seconds=120):
        (server,) = [child for child in psutil.Process().children() if "streamlit" in child.cmdline()]
        first = one_worker(server)
        first.kill()
        psutil.wait_procs([first], timeout=30)
        second = one_worker(server)
        assert second.pid != first.pid
        assert (home_folder / "logs" / "worker.log").exists()
    assert not second.is_running()


def test_a_page_alone_starts_no_worker(open_page):
    open_page("home")
    assert workers(psutil.Process()) == []
