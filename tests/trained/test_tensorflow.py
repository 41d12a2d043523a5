"""Whether TensorFlow works is found out where it can do no harm."""

import threading
import time

import pytest

from alexnet.errors import DataError
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
    monkeypatch.setattr(tensorflow, "_found", [""])
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
