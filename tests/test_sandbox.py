"""The processes that bear what a reader chose: their limits, their ends, and what is shared."""

import os
import threading
import time

import pytest

from alexnet.errors import DataError, InputError, LimitError, ShapeError
from alexnet.sandbox import Abandoned, Limits, Sandbox

SHORT = Limits(seconds=0.5)
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return Sandbox(slots=2)


def pid(sandbox):
    return sandbox.run("os:getpid")


def test_a_function_is_computed_in_another_process_that_stays(sandbox):
    assert sandbox.run("operator:add", 2, 3) == 5
    assert pid(sandbox) == pid(sandbox) != os.getpid()


def test_what_a_function_prints_is_not_taken_for_an_answer(sandbox):
    assert sandbox.run("builtins:print", "not an answer") is None
    assert sandbox.run("operator:add", 1, 1) == 2


def test_a_job_that_takes_too_long_is_ended_and_the_next_one_is_done(sandbox):
    with pytest.raises(LimitError) as caught:
        sandbox.run("time:sleep", 60, limits=SHORT)
    assert (caught.value.id, caught.value.values) == ("calculation_time", {"limit": 0.5})
    assert sandbox.run("operator:add", 2, 2) == 4


def test_a_job_that_takes_too_much_memory_is_ended(sandbox):
    with pytest.raises(LimitError) as caught:
        sandbox.run("operator:mul", b"x", 400 * MEGABYTE, limits=Limits(memory=200 * MEGABYTE))
    assert (caught.value.id, caught.value.values) == ("calculation_memory", {"limit": "0.2 GiB"})


def test_what_the_system_refuses_is_told_as_memory_too(sandbox):
    with pytest.raises(LimitError) as caught:
        sandbox.run("operator:mul", b"x", 2**50)
    assert caught.value.id == "calculation_memory"


def test_a_process_that_dies_takes_only_its_job_with_it(sandbox):
    with pytest.raises(DataError) as caught:
        sandbox.run("os:_exit", 7)
    assert (caught.value.id, caught.value.values) == ("calculation_died", {"code": 7})
    assert sandbox.run("operator:add", 3, 3) == 6


def test_a_process_killed_from_outside_takes_only_its_job_with_it(sandbox):
    with pytest.raises(DataError) as caught:
        sandbox.run("os:abort")
    assert caught.value.id == "calculation_died"


def test_an_error_of_ours_arrives_as_it_was_raised(sandbox):
    with pytest.raises(InputError) as caught:
        sandbox.run("alexnet.architecture.document:read", {"alexnet_network": 7})
    assert caught.value.id == "document_not_one"


def test_another_error_arrives_as_text(sandbox):
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        sandbox.run("operator:truediv", 1, 0)


def test_what_cannot_be_sent_is_an_error_and_the_process_goes_on(sandbox):
    with pytest.raises(RuntimeError, match=r"cannot pickle|Can't (get|pickle)"):
        sandbox.run("threading:Lock")
    with pytest.raises((TypeError, AttributeError)):
        sandbox.run("operator:add", threading.Lock(), 1)
    assert sandbox.run("operator:add", 4, 4) == 8


def test_who_leaves_ends_a_job_that_nobody_else_waits_for():
    sandbox = Sandbox(slots=1)
    first = pid(sandbox)

    def leave(waited: float) -> None:
        if waited > 0.3:
            raise Abandoned

    with pytest.raises(Abandoned):
        sandbox.run("time:sleep", 60, tick=leave)
    assert pid(sandbox) != first  # and the next one did not wait for a minute


def test_a_job_that_somebody_else_waits_for_goes_on():
    sandbox = Sandbox(slots=1)
    pid(sandbox)
    found: list[object] = []
    stay = threading.Thread(target=lambda: found.append(sandbox.run("time:sleep", 1.0, key="slow")))

    def leave(waited: float) -> None:
        if stay.ident is None:
            stay.start()
        if waited > 0.4:
            raise Abandoned

    with pytest.raises(Abandoned):
        sandbox.run("time:sleep", 1.0, key="slow", tick=leave)
    stay.join(10)
    assert found == [None]


def test_a_result_with_a_key_is_computed_once(sandbox):
    first = sandbox.run("time:monotonic", key="moment")
    assert sandbox.run("time:monotonic", key="moment") == first
    sandbox.forget()
    assert sandbox.run("time:monotonic", key="moment") > first


def test_only_the_last_results_are_remembered():
    sandbox = Sandbox(slots=1, results=2)
    first = sandbox.run("time:monotonic", key=1)
    for key in (2, 3):
        sandbox.run("time:monotonic", key=key)
    assert sandbox.run("time:monotonic", key=1) > first


def test_a_process_that_holds_much_is_ended_after_its_job():
    sandbox = Sandbox(slots=1, keeps=1)
    assert pid(sandbox) != pid(sandbox)


def test_a_process_with_nothing_to_do_is_ended():
    sandbox = Sandbox(slots=1, rest=0.2)
    first = pid(sandbox)
    time.sleep(0.6)
    assert pid(sandbox) != first


def test_errors_keep_their_kind_and_values_between_processes():
    import pickle

    error = pickle.loads(pickle.dumps(ShapeError("kernel_too_large", kernel=11, name="conv1")))
    assert (type(error), error.id, error.values) == (
        ShapeError,
        "kernel_too_large",
        {"kernel": 11, "name": "conv1"},
    )
