"""The theory of a signal against integrals by scipy and sums really drawn, and the diagnosis by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.stats

from alexnet.numerics.signal_theory import Measured, diagnose, expected_mean_square, idle, spread

FUNCTIONS = {
    "relu": lambda x: max(x, 0.0),
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    None: lambda x: x,
}


def layer(spread: float, idle: float = 0.0, *, alike: bool = False) -> Measured:
    return Measured("x", 0.0, spread, spread, idle, alike, 1.0, spread, 1.0)


@pytest.mark.parametrize("activation", FUNCTIONS)
@pytest.mark.parametrize("bias", [0.0, 1.0, -0.5])
@pytest.mark.parametrize("factor", [0.12, 2.0])
def test_the_expected_mean_square_is_the_integral_over_the_normal_sums(
    activation: str | None, bias: float, factor: float
) -> None:
    deviation = math.sqrt(factor * 0.8)

    def weighed(z: float) -> float:
        return FUNCTIONS[activation](bias + deviation * z) ** 2 * scipy.stats.norm.pdf(z)

    kink = -bias / deviation
    area = sum(scipy.integrate.quad(weighed, *ends, epsabs=1e-12)[0] for ends in ((-12, kink), (kink, 12)))
    assert expected_mean_square(factor, 0.8, bias, activation) == pytest.approx(area, rel=1e-6)


def test_hes_rule_keeps_the_mean_square_of_a_relu_layer_and_leaves_half_with_lecuns() -> None:
    assert expected_mean_square(2.0, 0.7, 0.0, "relu") == pytest.approx(0.7)
    assert expected_mean_square(1.0, 0.7, 0.0, "relu") == pytest.approx(0.35)


@pytest.mark.parametrize(("bias", "expected"), [(1.0, 1.0), (0.0, 0.0), (-1.0, 0.0)])
def test_without_weights_only_the_bias_is_left(bias: float, expected: float) -> None:
    assert expected_mean_square(0.0, 0.7, bias, "relu") == expected


def test_a_unit_is_idle_only_if_no_image_moves_it() -> None:
    outputs = np.array([[0, 0, 1], [0, 2, 3]], np.float32)
    assert idle(outputs, "relu") == pytest.approx(1 / 3)
    assert idle(np.array([[1, -1, 0.5], [0.995, -0.2, 0.5]], np.float32), "tanh") == pytest.approx(1 / 3)
    assert idle(np.array([[0.001, 0.999], [0.002, 0.5]], np.float32), "sigmoid") == 0.5
    assert idle(outputs, None) == 0


def test_the_spread_leaves_out_what_all_images_share() -> None:
    outputs = np.array([[100.0, 1.0], [100.0, -1.0]], np.float32)
    assert spread(outputs) == pytest.approx(math.sqrt(0.5))  # variances 0 and 1


def test_a_planted_death_is_found_at_its_layer_with_its_growth() -> None:
    layers = [layer(0.1), layer(0.01), layer(0.0005), layer(0.00001)]
    found = diagnose(layers, start=1.0)
    assert (found.verdict, found.layer) == ("died", 2)
    assert found.growth == pytest.approx(0.0005 ** (2 / 3))


@pytest.mark.parametrize(
    ("planted", "verdict"),
    [
        (layer(2000.0), "exploded"),
        (layer(math.nan), "exploded"),
        (layer(math.inf), "exploded"),
        (layer(1.0, idle=0.95), "saturated"),
        (layer(0.0, alike=True), "identical"),
        (layer(0.0), "died"),
    ],
)
def test_the_first_bad_layer_is_the_one_that_is_named(planted: Measured, verdict: str) -> None:
    found = diagnose([layer(1.0), planted, layer(0.0, alike=True)], start=1.0)
    assert (found.verdict, found.layer) == (verdict, 1)


def test_a_signal_that_arrives_is_steady_to_the_last_layer() -> None:
    found = diagnose([layer(1.0), layer(0.9), layer(1.1)], start=1.0)
    assert (found.verdict, found.layer) == ("steady", 2)
    assert found.growth == pytest.approx(1.1 ** (2 / 3))
