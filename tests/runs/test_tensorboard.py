"""TensorBoard on a run: it answers, it shows the run that was asked for, and it ends with the app."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import psutil
import pytest

from alexnet.errors import DataError, InputError
from alexnet.home import ROOT
from alexnet.runs import run, tensorboard
from alexnet.runs.run import Run
from alexnet.runs.tensorboard import TensorBoard
from tests.training.small import small, train


@pytest.fixture
def board() -> Iterator[TensorBoard]:
    board = TensorBoard()
    yield board
    board.close()


def with_events() -> Run:
    """A run whose event files are there and hold nothing yet."""
    one = run.create(small(), one_each=False)
    (one.path / "events" / "train").mkdir(parents=True)
    (one.path / "events" / "train" / "events.out.tfevents.0.v2").touch()
    return one


def asked(address: str, what: str) -> object:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address + what, timeout=30) as answer:
        return json.load(answer)


def pid_of(board: TensorBoard) -> int:
    assert board._helper is not None
    return board._helper.pid


def test_it_serves_the_scalars_of_a_run_and_ends_when_the_app_is_killed():
    one = run.create(small(cycles=(1,)))
    assert train(one) == 0
    code = (
        "import sys; from alexnet.runs import run; from alexnet.runs.tensorboard import TENSORBOARD;"
        "address = TENSORBOARD.open(run.find(sys.argv[1]));"
        "print(address, TENSORBOARD._helper.pid, 'tensorflow' in sys.modules, flush=True); sys.stdin.read()"
    )
    app = subprocess.Popen(
        [sys.executable, "-c", code, one.id],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert app.stdin is not None and app.stdout is not None
    with app.stdin, app.stdout:
        address, pid, loaded = app.stdout.readline().split()
        assert address.startswith("http://127.0.0.1:") and loaded == "False"
        deadline = time.monotonic() + 60
        while len(tags := asked(address, "data/plugin/scalars/tags")) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert {"epoch_loss", "epoch_accuracy"} <= tags["train"].keys()
        assert {"epoch_loss", "epoch_accuracy"} == tags["validation"].keys()
        assert "conv1_tower1/kernel/histogram" in asked(address, "data/plugin/histograms/tags")["train"]
        assert asked(address, "data/plugin/graphs/info")["train"]["run_graph"] is True
        helper = psutil.Process(int(pid))
        assert {one.laddr.ip for one in helper.net_connections() if one.status == "LISTEN"} == {"127.0.0.1"}
        app.kill()
        app.wait()
        _, alive = psutil.wait_procs([helper], timeout=30)
        assert alive == []


def test_one_run_at_a_time_and_the_same_one_again_costs_nothing(board):
    first, second = with_events(), with_events()
    address = board.open(first)
    pid = pid_of(board)
    assert board.open(first) == address == board.address(first) and pid_of(board) == pid
    assert board.address(second) is None
    there = board.open(second)
    assert asked(there, "data/environment")["data_location"] == str(second.path / "events")
    assert board.address(first) is None and not psutil.pid_exists(pid)
    board.close()
    assert board.address(second) is None
    board.close()


def test_one_that_died_is_started_again(board):
    one = with_events()
    board.open(one)
    psutil.Process(pid_of(board)).kill()
    board._helper.wait()
    assert board.address(one) is None
    assert asked(board.open(one), "data/environment")["version"]


def test_a_run_without_events_is_refused(board):
    with pytest.raises(InputError, match="tensorboard_no_events"):
        board.open(run.create(small()))


def test_a_missing_tensorboard_is_said(board, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    with pytest.raises(DataError, match="tensorboard_missing"):
        board.open(with_events())


def test_a_port_that_another_program_takes_is_given_up_for_another(board, monkeypatch):
    with socket.create_server((tensorboard.HOST, 0)) as other:
        free = tensorboard.free_port()
        ports = [free, other.getsockname()[1]]
        monkeypatch.setattr(tensorboard, "free_port", ports.pop)
        # The other program would keep whoever asks it waiting.
        monkeypatch.setattr(tensorboard, "_shows", lambda address, _: f":{free}/" in address)
        assert board.open(with_events()) == f"http://127.0.0.1:{free}/"
    assert ports == []


@pytest.mark.parametrize(
    ("code", "patience", "expected"),
    [
        ("raise SystemExit(3)", 30.0, r"tensorboard_ended\(code=3\)"),
        ("import time; time.sleep(600)", 1.0, r"tensorboard_silent\(seconds=1\)"),
    ],
)
def test_one_that_ends_or_never_answers_is_said_and_cleared_away(
    board, monkeypatch, code, patience, expected
):
    started: list[subprocess.Popen[bytes]] = []

    def launch(*_: object) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", code]))
        return started[-1]

    monkeypatch.setattr(tensorboard, "_launch", launch)
    monkeypatch.setattr(tensorboard, "_PATIENCE", patience)
    one = with_events()
    with pytest.raises(DataError, match=expected):
        board.open(one)
    assert [child.poll() is None for child in started] == [False]
    assert board.address(one) is None
