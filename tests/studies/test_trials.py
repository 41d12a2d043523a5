"""Trainings that choose among settings, and trainings in 16-bit arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from alexnet.data import preprocess
from alexnet.runs import run
from alexnet.runs.metrics_log import Curves
from alexnet.runs.splits import to_test
from alexnet.training import loop
from alexnet.training.learner import Learner
from alexnet.weights import store
from tests.training.small import small, train


def curves(one: run.Run) -> Curves:
    found = Curves(one.metrics_file)
    found.update()
    return found


def test_a_trial_never_opens_the_test_images(monkeypatch):
    opened = []
    monkeypatch.setattr(loop, "to_test", opened.append)
    one = run.create(replace(small(cycles=(1,)), test=False), one_each=False)
    assert train(one) == 0
    assert one.state().state == "finished" and len(curves(one).epochs) == 1
    assert opened == [] and curves(one).test is None


def test_sixteen_bit_arithmetic_keeps_weights_of_thirty_two():
    losses = {}
    for precision in ("float32", "mixed_bfloat16"):
        one = run.create(small(cycles=(1,), precision=precision), one_each=False)
        assert train(one) == 0
        assert {array.dtype for array in store.read(one.weights("last")).values()} == {np.dtype("float32")}
        losses[precision] = curves(one).epochs[0]["loss"]
    assert losses["float32"] != losses["mixed_bfloat16"]
    assert abs(losses["float32"] - losses["mixed_bfloat16"]) < 0.2


def test_an_evaluation_with_mirror_images_averages_both_answers():
    config = small(cycles=(1,), mirrored=True)
    learner = Learner(config)
    part = to_test(config)
    inputs = preprocess.network_input(list(part.images), config.rows.size, config.preparation)
    answers = [np.asarray(learner.model(views, training=False)) for views in (inputs, inputs[:, :, ::-1])]
    mean = np.mean(answers, axis=0)
    look = learner.evaluate(part)
    rows = np.arange(len(mean))
    np.testing.assert_allclose(look.loss, -np.log(mean[rows, part.labels]).mean(), rtol=1e-4)
    assert look.accuracy == np.mean(mean.argmax(axis=1) == part.labels)
    assert not np.allclose(look.loss, -np.log(answers[0][rows, part.labels]).mean(), rtol=1e-4)
