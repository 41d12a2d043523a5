"""Trainings that start from a trained network: what is taken over, what learns, and an exact resumption."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from alexnet.home import folder
from alexnet.runs import run, trained_beginning
from alexnet.runs.run import Run
from alexnet.runs.trained_beginning import source
from alexnet.trained import catalogue
from alexnet.training.learner import Learner
from alexnet.training.loop import Loop
from alexnet.weights import store
from tests.training.small import small, train, waiting_again
from tests.training.test_trainer import assert_same_training, created, curves, state


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run to start others from; the classroom network is small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        one = created()
        assert train(one) == 0
    return one


@pytest.fixture
def first(trained: Run) -> Run:
    """The same in this test's own data folder."""
    return Run(shutil.copytree(trained.path, folder("runs") / trained.id))


def from_run(one: Run, *, frozen: bool = False, **changes: object) -> Run:
    made = small(**changes)
    return run.create(
        replace(made, beginning=source(one.id).beginning(made.rows, frozen=frozen)), one_each=False
    )


def test_every_weight_of_the_same_network_is_taken_over(first):
    one = from_run(first, cycles=(1,))
    assert one.config().beginning.anew == ()
    learner = Learner(one.config())
    learner.begin_from(trained_beginning.weights(one.config()), ())
    before = store.read(first.weights("last"))
    assert before.keys() == (after := store.of(learner.model)).keys()
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_the_first_kernels_of_such_a_run_are_those_it_started_from(first):
    one = from_run(first, cycles=(1,))
    assert train(one) == 0
    np.testing.assert_array_equal(one.kernels(0), first.kernels(2))


def test_frozen_convolutions_do_not_move_and_dense_layers_do(first):
    one = from_run(first, frozen=True, cycles=(1,), rate=0.05, warmup=0.1)
    assert train(one) == 0
    before, after = store.read(first.weights("last")), store.read(one.weights("last"))
    for name in before:
        assert np.array_equal(before[name], after[name]) == name.startswith("conv"), name


def test_what_does_not_fit_is_drawn_as_from_scratch_with_the_same_seed():
    begin = source("shipped")
    made = small(cycles=(1,))
    made = replace(made, network="shipped", beginning=None)
    made = replace(made, beginning=begin.beginning(made.rows))
    scratch, learner = Learner(replace(made, beginning=None)), Learner(made)
    learner.begin_from(trained_beginning.weights(made), made.beginning.anew)
    drawn, taken = store.of(scratch.model), store.of(learner.model)
    shipped = store.read(catalogue.trained().weights)
    for name, array in taken.items():
        expected = drawn[name] if name.startswith("fc8") else shipped[name]
        np.testing.assert_array_equal(array, expected, err_msg=name)


def test_a_run_broken_off_goes_on_exactly_even_when_its_beginning_is_gone(first, monkeypatch):
    whole, broken = from_run(first, frozen=True), from_run(first, frozen=True)
    assert train(whole) == 0
    learned = Loop._step
    steps = []

    def stop_at_six(self: Loop, *given: object) -> None:
        steps.append(1)
        learned(self, *given)
        if len(steps) == 6:
            run.control(broken, "stop")

    with monkeypatch.context() as patch:
        patch.setattr(Loop, "_step", stop_at_six)
        assert train(broken) == 0
    assert broken.state().state == "stopped"
    run.delete(first)
    waiting_again(broken)
    assert train(broken) == 0
    assert broken.state().state == "finished"
    assert state(whole).keys() == state(broken).keys()
    assert_same_training(whole, broken)


def test_a_beginning_that_is_gone_before_the_first_step_says_so(first):
    one = from_run(first)
    run.delete(first)
    assert train(one) == 1
    view = one.state()
    assert (view.state, view.reason, view.values["id"]) == ("failed", "library", "beginning_gone")
    assert curves(one).steps == []
