"""Whether TensorFlow works is found out where it can do no harm."""

import math
import threading
import time

import pytest

from alexnet.errors import DataError, LimitError
from alexnet.sandbox import SANDBOX
from alexnet.trained import tensorflow


@pytest.fixture(autouse=True)
def unknown(monkeypatch, tmp_path):
    monkeypatch.setattr(tensorflow, "_found", [])
    monkeypatch.setenv("ALEXNET_HOME", str(tmp_path))


def ends(error):
    def run(*arguments, **settings):
        raise error

    return run


def test_a_process_that_dies_of_it_closes_what_needs_a_network_and_is_tried_once(monkeypatch):
    monkeypatch.setattr(SANDBOX, "run", ends(DataError("calculation_died", code=-4)))
    with pytest.raises(DataError) as caught:
        tensorflow.check()
    assert (caught.value.id, caught.value.values) == ("tensorflow_unusable", {"reason": "-4"})
    monkeypatch.setattr(SANDBOX, "run", ends(AssertionError("asked again")))
    with pytest.raises(DataError):
        tensorflow.check()


@pytest.mark.parametrize(
    "error",
    [
        DataError("calculation_died", code=-9),
        DataError("calculation_died", code="Cannot allocate memory"),
        LimitError("calculation_time", limit=120.0),
    ],
)
def test_what_may_be_chance_is_said_as_it_is_and_tried_again_after_a_while(monkeypatch, error):
    now, asked = [1000.0], []

    def run(*arguments, **settings):
        asked.append(arguments)
        if len(asked) == 1:
            raise error

    monkeypatch.setattr(tensorflow.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(SANDBOX, "run", run)
    for _ in range(3):  # a class of thirty does not try it thirty times
        with pytest.raises(type(error)) as caught:
            tensorflow.check()
        assert (caught.value.id, caught.value.values) == (error.id, error.values)
    assert len(asked) == 1
    now[0] += tensorflow.AGAIN + 1
    tensorflow.check()
    assert len(asked) == 2


def test_a_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(
        SANDBOX, "run", ends(RuntimeError("Traceback\nImportError: libcrypto.so is missing\n"))
    )
    with pytest.raises(DataError) as caught:
        tensorflow.check()
    assert caught.value.values["reason"] == "ImportError: libcrypto.so is missing"


def test_what_worked_is_remembered_for_the_next_start_and_not_what_failed(monkeypatch):
    asked = []
    monkeypatch.setattr(SANDBOX, "run", lambda *arguments, **settings: asked.append(arguments))
    for _ in range(2):
        tensorflow.check()
        monkeypatch.setattr(tensorflow, "_found", [])
    assert asked == [("alexnet.sandbox:load", "tensorflow")]
    monkeypatch.setattr(tensorflow, "_machine", lambda: "another TensorFlow, or another machine")
    tensorflow.check()
    assert len(asked) == 2


def test_two_threads_never_import_it_at_once(monkeypatch):
    monkeypatch.setattr(tensorflow, "_found", [(None, math.inf)])
    inside, most, imported = [], [], []

    def import_module(name):
        inside.append(name)
        most.append(len(inside))
        time.sleep(0.02)
        inside.remove(name)
        imported.append(name)

    monkeypatch.setattr(tensorflow.importlib, "import_module", import_module)
    threads = [threading.Thread(target=tensorflow.load) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert max(most) == 1 and imported == ["keras", "tensorflow"] * 4


@pytest.mark.parametrize("in_the_way", ["", "logs", "logs/tensorflow.works"])
def test_a_data_folder_that_cannot_be_used_closes_nothing(monkeypatch, tmp_path, in_the_way):
    home = tmp_path / "home"
    monkeypatch.setenv("ALEXNET_HOME", str(home))
    monkeypatch.setattr(SANDBOX, "run", lambda *arguments, **settings: None)
    if in_the_way.endswith("works"):
        (home / in_the_way).mkdir(parents=True)
    else:
        (home / in_the_way).parent.mkdir(exist_ok=True)
        (home / in_the_way).write_bytes(b"")
    tensorflow.check()
