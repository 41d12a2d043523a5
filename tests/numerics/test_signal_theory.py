"""The theory of a signal against integrals by scipy and sums really drawn, and the diagnosis by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import scipy.integrate
import scipy.special
import scipy.stats

from alexnet.numerics.signal_theory import Measured, diagnose, expected_mean_square, idle, idle_slope, spread

FUNCTIONS = {
    "relu": lambda x: max(x, 0.0),
    "tanh": math.tanh,
    "sigmoid": scipy.special.expit,
    None: lambda x: x,
}


def layer(spread: float, idle: float = 0.0, *, alike: bool = False) -> Measured:
    return Measured("x", 0.0, spread, spread, idle, alike, 1.0, spread, 1.0)


@pytest.mark.parametrize("activation", FUNCTIONS)
@pytest.mark.parametrize("bias", [0.0, 1.0, -0.5])
@pytest.mark.parametrize("factor", [0.12, 2.0, 363.0, 9216.0, 1e8])
def test_the_expected_mean_square_is_the_integral_over_the_normal_sums(
    activation: str | None, bias: float, factor: float
) -> None:
    deviation = math.sqrt(factor * 0.8)

    def weighed(z: float) -> float:
        return FUNCTIONS[activation](bias + deviation * z) ** 2 * scipy.stats.norm.pdf(z)

    kink = -bias / deviation
    edges = [-12.0, *(kink + place / deviation for place in (-40, -4, 0, 4, 40)), 12.0]
    area = sum(
        scipy.integrate.quad(weighed, *ends, epsabs=1e-12)[0]
        for ends in itertools.pairwise(sorted(min(max(edge, -12.0), 12.0) for edge in edges))
    )
    assert expected_mean_square(factor, 0.8, bias, activation) == pytest.approx(area, rel=1e-6)


@pytest.mark.parametrize(("activation", "rms"), [("tanh", 0.979), ("sigmoid", 0.692)])
@pytest.mark.parametrize("bias", [0.0, 1.0])
def test_saturated_units_are_as_large_as_those_of_weights_really_drawn(
    activation: str, rms: float, bias: float
) -> None:
    generator = np.random.default_rng(5)
    inputs = generator.standard_normal(363)
    inputs /= math.sqrt(np.mean(inputs**2))
    sums = generator.standard_normal((60_000, 363)) @ inputs + bias
    drawn = math.sqrt(np.mean([FUNCTIONS[activation](one) ** 2 for one in sums]))
    expected = math.sqrt(expected_mean_square(363, 1.0, bias, activation))
    assert expected == pytest.approx(drawn, rel=0.01)
    if bias == 0:
        assert expected == pytest.approx(rms, abs=5e-4)


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


@pytest.mark.parametrize(("activation", "end"), [("tanh", math.atanh(0.99)), ("sigmoid", math.log(99))])
def test_what_an_idle_unit_passes_on_is_the_slope_where_it_begins_to_be_idle(
    activation: str, end: float
) -> None:
    step = 1e-6
    rise = FUNCTIONS[activation](end + step) - FUNCTIONS[activation](end - step)
    assert idle_slope(activation) == pytest.approx(rise / (2 * step), rel=1e-6)
    assert idle(np.array([[FUNCTIONS[activation](end + 0.01)]], np.float32), activation) == 1
    assert idle(np.array([[FUNCTIONS[activation](end - 0.01)]], np.float32), activation) == 0
    assert idle_slope("relu") == 0


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
