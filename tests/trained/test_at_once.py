"""Thirty predictions at once are those of one at a time: a class asks together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from alexnet.data.ten_classes import ten_classes
from alexnet.trained import catalogue, predictor

STUDENTS = 30


@pytest.fixture(scope="module")
def model():
    return catalogue.trained()


@pytest.fixture(scope="module")
def inputs(model):
    return model.reads(list(ten_classes().test_images[:STUDENTS]))


def together(ask):
    """What everybody gets who asks at the same moment, student by student."""
    gate = Barrier(STUDENTS)

    def wait_and_ask(student):
        gate.wait(timeout=60)
        return ask(student)

    with ThreadPoolExecutor(STUDENTS) as pool:
        return list(pool.map(wait_and_ask, range(STUDENTS)))


def test_answers_at_once_are_those_of_one_at_a_time(model, inputs):
    network = predictor.load(model)
    alone = [network.probabilities(one[None])[0] for one in inputs]
    for found, expected in zip(
        together(lambda student: network.probabilities(inputs[student][None])[0]), alone, strict=True
    ):
        np.testing.assert_allclose(found, expected, atol=1e-6)
    assert len({one.tobytes() for one in alone}) == STUDENTS  # so that no mix-up goes unseen


def test_different_questions_at_once_do_not_disturb_each_other(model, inputs):
    """Hidden layers, gradients and slopes from one network that nobody has asked before."""
    network = predictor.load(model)

    def ask(student):
        one, index = inputs[student], student % 10
        if student % 3 == 0:
            return network.activations().hidden(one[None])[1][0]
        if student % 3 == 1:
            return network.activations().gradient(one, index)
        return network.activations().slopes(one, index)["conv5"][1][1]

    found = together(ask)
    for student in range(STUDENTS):
        np.testing.assert_allclose(found[student], ask(student), rtol=1e-3, atol=1e-5)
