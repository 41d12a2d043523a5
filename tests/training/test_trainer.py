"""Real trainings of the classroom network on a few pictures: whole, broken off, resumed, gone wrong."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

from alexnet.errors import DataError
from alexnet.runs import queue, quota, run, snapshots
from alexnet.runs.metrics_log import Curves
from alexnet.runs.run import Run
from alexnet.runs.slot import SLOT_TAKEN, free, slot
from alexnet.training import learner, loop, metrics_writer
from alexnet.training.recorder import Recorder
from alexnet.training.trainer import Trainer, cause
from alexnet.weights import store
from tests.training.small import small, train, waiting_again

EPOCHS = 6


def created(**changes: object) -> Run:
    return run.create(small(**changes), one_each=False)


def curves(one: Run) -> Curves:
    found = Curves(one.metrics_file)
    found.update()
    return found


def state(one: Run) -> dict[str, np.ndarray]:
    arrays = store.read(one.path / "state" / "last.safetensors")
    arrays.pop("place/seconds")  # a matter of the clock
    return arrays


def assert_same_training(one: Run, other: Run) -> None:
    expected, received = state(one), state(other)
    assert expected.keys() == received.keys()
    for name, array in expected.items():
        assert array.tobytes() == received[name].tobytes(), name
    for which in ("last", "best"):
        assert one.weights(which).read_bytes() == other.weights(which).read_bytes()
    clock = {"seconds", "time"}
    without = [
        [{name: line[name] for name in line.keys() - clock} for line in curves(run_).epochs]
        for run_ in (one, other)
    ]
    assert without[0] == without[1]
    assert curves(one).test["confusion"] == curves(other).test["confusion"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory):
    """One whole training that nobody disturbs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(metrics_writer, "STEP_LINES", 0.0)
        one = created(cycles=(EPOCHS,))
        assert train(one) == 0
    return one


def test_a_training_leaves_all_that_a_page_shows(finished):
    view = finished.state()
    assert (view.state, view.reason, view.epoch, view.step) == ("finished", None, EPOCHS, 4 * EPOCHS)
    found = curves(finished)
    assert [line["step"] for line in found.steps] == list(range(1, 4 * EPOCHS + 1))
    assert [line["epoch"] for line in found.epochs] == list(range(1, EPOCHS + 1))
    assert found.steps[1]["images_per_second"] > 0
    rate_at = finished.config().recipe.rate_at
    assert [line["rate"] for line in found.steps] == [rate_at(step / 4) for step in range(4 * EPOCHS)]
    assert found.damaged == 0
    assert found.test["images"] == 64 and np.sum(found.test["confusion"]) == 64
    assert found.test["test_accuracy"] == np.trace(found.test["confusion"]) / 64
    assert finished.snapshots() == tuple(range(EPOCHS + 1))
    assert finished.kernels(0).shape == (11, 11, 3, 32)
    assert not np.array_equal(finished.kernels(0), finished.kernels(EPOCHS))
    assert not (finished.path / ".reserve").exists()


def test_twice_an_epoch_it_says_what_it_answers_for_twelve_test_photographs(finished):
    found, photographs = curves(finished).answers, finished.photographs()
    assert [line["step"] for line in found] == list(range(0, 4 * EPOCHS + 1, 2))
    assert photographs.shape == (12, 32, 32, 3)
    assert found[-1]["truth"] == [0, 1] * 6
    data = finished.config().data_set.load()
    shown = {photograph.tobytes() for photograph in photographs}
    assert len(shown) == 12 and shown <= {image.tobytes() for image in data.test_images}
    last = learner.Learner(finished.config())
    store.assign(last.model, store.read(finished.weights("last")))
    np.testing.assert_array_equal(last.answers(photographs).argmax(axis=1), found[-1]["answers"])


def test_the_weights_are_those_of_the_network_and_of_its_last_snapshot(finished):
    weights = store.read(finished.weights("last"))
    towers = [weights[f"conv1_tower{tower}/kernel"] for tower in (1, 2)]
    np.testing.assert_array_equal(
        np.concatenate(towers, axis=-1).astype(np.float16), finished.kernels(EPOCHS).astype(np.float16)
    )


def test_tensorboard_finds_what_keras_users_look_for(finished):
    train_events = EventAccumulator(str(finished.path / "events" / "train")).Reload()
    validation = EventAccumulator(str(finished.path / "events" / "validation")).Reload()
    tags = train_events.Tags()
    assert set(tags["tensors"]) >= {
        *("epoch_loss", "epoch_accuracy", "epoch_learning_rate"),
        *("conv1_tower1/kernel/histogram", "fc8/bias/histogram"),
    }
    assert tags["graph"]
    assert set(validation.Tags()["tensors"]) == {"epoch_loss", "epoch_accuracy"}
    losses = [float(make_ndarray(event.tensor_proto)) for event in train_events.Tensors("epoch_loss")]
    assert losses == pytest.approx([line["loss"] for line in curves(finished).epochs])


def test_what_a_training_leaves_on_the_disk_is_what_was_expected(finished):
    expected, left = quota.expected(finished.config()), quota.size(finished)
    assert left <= expected <= 1.3 * left


def test_of_a_long_training_not_every_epoch_and_of_huge_kernels_not_every_one_is_kept(monkeypatch):
    monkeypatch.setattr(snapshots, "MOST", 2)
    monkeypatch.setattr(snapshots, "LARGEST", 2 * 11 * 11 * 3 * 10)
    one = created(cycles=(5,))
    assert train(one) == 0
    assert one.snapshots() == (0, 3, 5)
    assert one.kernels(5).shape == (11, 11, 3, 10)
    weights = store.read(one.weights("last"))
    second = weights["conv1_tower2/kernel"][..., snapshots.evenly(16, 5)]
    np.testing.assert_array_equal(one.kernels(5)[..., 5:], second.astype(np.float16).astype(np.float32))


def test_another_seed_trains_another_network(finished):
    other = created(cycles=(1,), seed=4)
    assert train(other) == 0
    assert not np.array_equal(other.kernels(0), finished.kernels(0))


def test_a_run_killed_in_the_middle_and_resumed_is_bitwise_the_undisturbed_one(finished, monkeypatch):
    monkeypatch.setenv("ALEXNET_NICE", "0")
    one = created(cycles=(EPOCHS,))
    trainer = queue.launch(one)
    deadline = time.monotonic() + 300
    while not (one.path / "state" / "last.safetensors").exists() and time.monotonic() < deadline:
        assert trainer.poll() is None, (one.path / "trainer.log").read_text(encoding="utf-8")
        time.sleep(0.005)
    os.kill(trainer.pid, signal.SIGKILL)
    trainer.wait()
    view = one.state()
    assert (view.state, view.reason) == ("lost", "process_gone") and view.epoch < EPOCHS
    assert queue.after(one, trainer.pid, trainer.returncode) == -signal.SIGKILL
    assert (one.state().reason, one.state().values) == ("killed_for_memory", {})
    assert free()
    waiting_again(one)
    assert train(one) == 0
    assert one.state().state == "finished"
    assert_same_training(finished, one)


def test_a_run_stopped_within_an_epoch_and_resumed_is_bitwise_the_undisturbed_one(finished):
    one = created(cycles=(EPOCHS,))
    stop_before_step(one, 7)
    view = one.state()
    assert (view.state, view.reason, view.step) == ("stopped", "terminated", 6)
    waiting_again(one)
    assert train(one) == 0
    assert_same_training(finished, one)


def test_a_run_broken_off_before_its_first_state_begins_again_and_says_nothing_twice(monkeypatch):
    monkeypatch.setattr(metrics_writer, "STEP_LINES", 0.0)
    one = created(cycles=(2,))
    write_weights = learner.Learner.write_weights

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(learner.Learner, "write_weights", full)
    assert train(one) == 1
    assert len(curves(one).epochs) == 1 and not (one.path / "state").exists()
    monkeypatch.setattr(learner.Learner, "write_weights", write_weights)
    waiting_again(one)
    assert train(one) == 0
    assert [line["epoch"] for line in curves(one).epochs] == [1, 2]
    assert [line["step"] for line in curves(one).steps] == list(range(1, 9))


def stop_before_step(one: Run, step: int) -> None:
    """As a SIGTERM that comes during the step before."""
    trainer = Trainer(one)
    control, asked = trainer.control, []

    def control_until() -> object:
        asked.append(None)
        if len(asked) == step:
            trainer.terminate()
        return control()

    trainer.control = control_until  # type: ignore[method-assign]
    assert trainer.train() == 0


def test_a_loss_that_is_no_number_fails_with_its_reason():
    one = created(rate=10.0, warmup=0.0, cycles=(30,))
    run.control(one, rate=10.0)
    assert train(one) == 1
    view = one.state()
    assert (view.state, view.reason) == ("failed", "loss_not_finite")
    assert view.values["rate"] == 10.0 and view.values["step"] >= 1


def test_a_loss_on_its_way_to_no_number_is_on_record():
    one = created(rate=10.0, warmup=0.0, cycles=(30,))
    train(one)
    before, last = one.state().values["step"] - 1, curves(one).steps[-1]
    assert before >= 1 and last["step"] == before
    assert max(line["loss"] for line in curves(one).steps) > 10


def test_pause_holds_and_a_rate_by_hand_takes_effect(monkeypatch):
    monkeypatch.setattr(metrics_writer, "STEP_LINES", 0.0)
    one = created()
    run.control(one, "pause", rate=0.001)
    seen = []

    def resume_after_a_look(*_: object) -> None:
        seen.append(one.state())
        run.control(one, "run")

    monkeypatch.setattr(loop.time, "sleep", resume_after_a_look)
    assert train(one) == 0
    assert [view.state for view in seen] == ["paused"]
    assert {line["rate"] for line in curves(one).steps} == {0.001}


def test_a_paused_run_leaves_the_slot_to_one_that_waits_and_can_go_on_later():
    one = created()
    run.control(one, "pause")
    other = created()
    assert train(one) == 0
    view = one.state()
    assert (view.state, view.pid, view.step) == ("paused", None, 0)
    assert free() and one.resumable
    run.delete(other)
    queue.resume(one)
    assert queue.position(one) == 1
    assert train(one) == 0
    assert one.state().state == "finished"


@pytest.mark.parametrize(("wish", "state"), [("stop", "stopped"), ("run", "queued")])
def test_what_is_wanted_of_a_paused_run_while_it_leaves_the_slot_is_done(monkeypatch, wish, state):
    one = created()
    run.control(one, "pause")
    created()
    end = Recorder.end

    def wished_for_just_before(recorder: Recorder, *how: object) -> None:
        if how[0] == "paused":
            run.control(one, wish)
        end(recorder, *how)

    monkeypatch.setattr(Recorder, "end", wished_for_just_before)
    assert train(one) == 0
    assert one.state().state == state


def test_a_taken_slot_changes_nothing():
    one = created()
    with slot().acquire(timeout=0):
        assert not free()
        assert train(one) == SLOT_TAKEN
    assert one.state().state == "queued" and free()


def test_a_run_that_does_not_wait_is_not_trained():
    one = created()
    run.control(one, "stop")
    assert train(one) == 0
    assert one.state().state == "stopped" and not one.metrics_file.exists()


@pytest.mark.parametrize("content", [b"", b"torn", None])
def test_a_damaged_state_fails_with_its_reason(content, finished):
    one = created()
    file = one.path / "state" / "last.safetensors"
    if content is None:
        store.write(file, {"weights/other": np.zeros(3)})
    else:
        file.parent.mkdir()
        file.write_bytes(content)
    assert train(one) == 1
    assert (one.state().state, one.state().reason) == ("failed", "state_unreadable")


def test_a_full_disk_is_reported_from_the_reserve(monkeypatch):
    one = created()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Recorder, "kernels", full)
    assert train(one) == 1
    assert (one.state().state, one.state().reason) == ("failed", "disk_full")


def test_causes_are_told_apart():
    assert cause(MemoryError()) == ("out_of_memory", {})
    assert cause(RuntimeError("x")) == ("unexpected", {"kind": "RuntimeError"})
    assert cause(DataError("starter_missing", name="a.webp")) == (
        "library",
        {"id": "starter_missing", "name": "a.webp"},
    )


def test_a_damaged_config_is_lost_and_not_trained():
    one = created()
    (one.path / "config.json").write_text("{}", encoding="utf-8")
    assert train(one) == 1
    assert replace(one.state(), values={}).reason == "config_damaged"


@pytest.mark.parametrize(
    ("writing", "since", "epoch", "kept"),
    [(1.9, 0.1, 2, True), (30, 200, 2, False), (30, 300, 2, True), (30, 1, EPOCHS, True)],
)
def test_writing_takes_a_tenth_of_the_time_at_most(monkeypatch, writing, since, epoch, kept):
    one = object.__new__(loop.Loop)
    one.config = small(cycles=(EPOCHS,))
    one.place = loop.Place(epoch)
    one._writing, one._written = writing, 1000.0
    monkeypatch.setattr(loop.time, "monotonic", lambda: 1000.0 + since)
    assert one._worth_keeping() is kept


def test_where_writing_is_slow_a_break_costs_some_epochs_and_ends_the_same(monkeypatch, finished):
    kept = []
    keep, end_of_epoch = loop.Loop.keep, loop.Loop._end_of_epoch

    def slow(self: loop.Loop) -> None:
        kept.append(self.place.epoch)
        keep(self)
        self._writing = 1000 * loop._SOON_KEPT

    def broken(self: loop.Loop, validation: object) -> None:
        end_of_epoch(self, validation)
        if self.place.epoch == EPOCHS - 2 and len(kept) == 1:
            raise MemoryError

    monkeypatch.setattr(loop.Loop, "keep", slow)
    monkeypatch.setattr(loop.Loop, "_end_of_epoch", broken)
    one = created(cycles=(EPOCHS,))
    assert train(one) != 0 and kept == [1]
    waiting_again(one)
    assert train(one) == 0 and kept == [1, 2, EPOCHS]
    assert_same_training(one, finished)
