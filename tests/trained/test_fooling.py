"""The gradient is that of small steps, and a step of its sign goes where it should."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import Convolution, Dense, GlobalAveragePooling, Network
from alexnet.data import preprocess
from alexnet.data.samples import sample
from alexnet.network import build
from alexnet.trained import catalogue, fooling
from alexnet.trained.activations import Activations
from alexnet.trained.apart import Apart
from alexnet.trained.predictor import load

SMOOTH = Network(
    "smooth",
    (
        Convolution("conv1", 3, 4, 2, activation="tanh"),
        GlobalAveragePooling(),
        Dense("fc2", 3, activation="softmax"),
    ),
    16,
)


@pytest.fixture(scope="module")
def shipped():
    return catalogue.trained()


@pytest.fixture(scope="module")
def network(shipped):
    return load(shipped)


@pytest.fixture(scope="module")
def kitten(shipped):
    return shipped.reads([preprocess.square(sample("kitten").pixels)])[0]


def test_the_gradient_is_the_score_s_change_by_small_steps():
    model = build(SMOOTH)
    picture = np.random.default_rng(3).normal(0, 1, (16, 16, 3)).astype(np.float32)
    slope = Activations(model, SMOOTH).gradient(picture, 1)

    def score(one):
        logarithms = np.log(np.asarray(model(one[None], training=False))[0])
        return logarithms[1] - logarithms.mean()

    for place in ((3, 4, 0), (8, 8, 1), (12, 5, 2)):
        up, down = picture.copy(), picture.copy()
        up[place] += 0.05
        down[place] -= 0.05
        assert slope[place] == pytest.approx((score(up) - score(down)) / 0.1, rel=0.05, abs=2e-5)


def test_a_step_moves_every_value_by_its_size_and_hurts_the_answer(shipped, network, kitten):
    first = int(network.softmax(kitten[None])[0].argmax())
    moved = fooling.step(network.activations(), kitten, shipped.preparation, first, 4)
    _, unit = preprocess.shift_and_unit(shipped.preparation)
    apart = np.abs((moved - kitten) * unit)
    assert apart.max() == pytest.approx(4, abs=0.01)
    assert np.median(apart) == pytest.approx(4, abs=0.01)
    before, after = network.softmax(np.stack([kitten, moved]))[:, first]
    assert after < before - 0.3
    seen = preprocess.seen(moved, shipped.preparation)
    assert seen.min() >= 0 and seen.max() <= 255


def test_no_step_is_no_change_and_colours_in_another_order_stay_in_range(shipped, network, kitten):
    assert fooling.step(network.activations(), kitten, shipped.preparation, 3, 0) is kitten
    blue_first = replace(shipped.preparation, channel_order="bgr")
    black = preprocess.scale(np.zeros((64, 64, 3), np.float32), blue_first)
    moved = fooling.step(network.activations(), black, blue_first, 3, 8)
    shift, unit = preprocess.shift_and_unit(blue_first)
    levels = moved[..., ::-1] * unit + shift
    assert levels.min() > -0.01 and levels.max() < 8.01


def test_another_process_gives_the_same_gradient(shipped, network, kitten):
    here = network.activations().gradient(kitten, 3)
    np.testing.assert_allclose(Apart(shipped).gradient(kitten, 3), here, rtol=1e-2, atol=1e-5)
