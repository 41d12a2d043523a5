"""Initializers against Keras's draws, scipy's distributions and numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.integrate
import scipy.stats

from alexnet.architecture.rows import INITIALIZER_IDS
from alexnet.errors import ChoiceError, InputError, ShapeError
from alexnet.numerics.initializers import (
    FAMILIES,
    INITIALIZERS,
    SHRINKAGE,
    Distribution,
    Fans,
    Initializer,
    fans,
    initializer,
)

NOTE_DENSE = fans((1000, 200))
IDS = [row.id for row in INITIALIZERS]
each = pytest.mark.parametrize("row", INITIALIZERS, ids=IDS)
SPREAD = [row for row in INITIALIZERS if row.form != "point"]
spread = pytest.mark.parametrize("row", SPREAD, ids=[row.id for row in SPREAD])


def test_there_are_the_notes_eight_and_three_more_and_each_row_says_its_variance_once() -> None:
    assert len(set(IDS)) == 11
    assert {row.family for row in INITIALIZERS} == set(FAMILIES)
    for row in INITIALIZERS:
        assert (row.std is not None) == (row.family == "fixed")
        assert (row.scale is None) == (row.mode is None) == (row.std is not None)


def test_a_row_may_name_each_of_them_and_no_other() -> None:
    assert tuple(IDS) == INITIALIZER_IDS


def test_the_fans_of_the_notes_dense_layer_are_its_inputs_and_outputs() -> None:
    assert fans((1000, 200)) == Fans(fan_in=1000, fan_out=200)


def test_the_fans_of_a_towers_conv2_count_its_own_maps() -> None:
    assert fans((5, 5, 48, 128)) == Fans(1200, 3200)


def test_the_fans_of_conv1_count_the_whole_window() -> None:
    assert fans((11, 11, 3, 48)) == Fans(363, 5808)


@pytest.mark.parametrize("shape", [(1000, 200), (5, 5, 48, 128), (3, 3, 256, 192), (1, 7, 2, 9)])
def test_the_fans_are_those_of_keras(shape: tuple[int, ...]) -> None:
    from keras.src.initializers.random_initializers import compute_fans

    assert (fans(shape).fan_in, fans(shape).fan_out) == compute_fans(shape)


@pytest.mark.parametrize("shape", [(), (5,), (3, 3, 3), (3, 3, 0, 4), (1, 2, 3, 4, 5)])
def test_a_shape_that_is_no_kernel_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError) as caught:
        fans(shape)
    assert caught.value.id == "kernel_shape_unusable"


# The note's dense layer, fan-in 1000 and fan-out 200, by hand.
@pytest.mark.parametrize(
    ("id", "std"),
    [
        ("random_uniform", 0.1 / math.sqrt(12)),
        ("random_normal", 0.05),
        ("zeros", 0.0),
        ("constant", 0.0),
        ("orthogonal", 0.0316228),  # 1000 is the larger side
        ("lecun_uniform", 0.0316228),  # sqrt(1/1000)
        ("lecun_normal", 0.0316228),
        ("glorot_uniform", 0.0408248),  # sqrt(2/1200)
        ("glorot_normal", 0.0408248),
        ("he_uniform", 0.0447214),  # sqrt(2/1000)
        ("he_normal", 0.0447214),
    ],
)
def test_the_deviation_for_the_notes_dense_layer_is_the_one_worked_out_by_hand(id: str, std: float) -> None:
    assert initializer(id).distribution(NOTE_DENSE).std == pytest.approx(std, rel=1e-5)


@pytest.mark.parametrize(
    ("id", "bound"),
    [
        ("random_uniform", 0.05),
        ("random_normal", math.inf),
        ("lecun_uniform", 0.0547723),  # sqrt(3/1000)
        ("glorot_uniform", 0.0707107),  # sqrt(6/1200)
        ("he_uniform", 0.0774597),  # sqrt(6/1000)
        ("he_normal", 2 * 0.0447214 / 0.8796257),
    ],
)
def test_the_bound_for_the_notes_dense_layer_is_the_one_worked_out_by_hand(id: str, bound: float) -> None:
    assert initializer(id).distribution(NOTE_DENSE).bound == pytest.approx(bound, rel=1e-5)


@pytest.mark.parametrize(
    ("shape", "std"),
    [((11, 11, 3, 48), 0.0742), ((3, 3, 256, 192), 0.0295), ((3, 3, 192, 192), 0.0340)],
)
def test_hes_rule_gives_the_papers_convolutions_the_deviations_worked_out_by_hand(
    shape: tuple[int, ...], std: float
) -> None:
    assert initializer("he_normal").distribution(fans(shape)).std == pytest.approx(std, abs=5e-5)


@spread
def test_every_density_integrates_to_one_and_has_its_deviation(row: Initializer) -> None:
    distribution = row.distribution(NOTE_DENSE)
    edge = min(distribution.bound, 12 * distribution.std)
    area, _ = scipy.integrate.quad(distribution.density, -edge, edge, epsabs=1e-10)
    second, _ = scipy.integrate.quad(lambda x: x * x * distribution.density(x), -edge, edge, epsabs=1e-12)
    assert area == pytest.approx(1, abs=1e-8)
    assert math.sqrt(second) == pytest.approx(distribution.std, rel=1e-6)


@spread
def test_density_and_cumulative_are_those_of_scipy(row: Initializer) -> None:
    distribution = row.distribution(NOTE_DENSE)
    reference = {
        "uniform": scipy.stats.uniform(-distribution.bound, 2 * distribution.bound),
        "normal": scipy.stats.norm(0, distribution.std),
        # One coordinate of a random direction: its square is a beta variable, so it is one itself.
        "sphere": scipy.stats.beta(999 / 2, 999 / 2, loc=-1, scale=2),
        "truncated_normal": scipy.stats.truncnorm(-2, 2, scale=distribution.std / 0.87962566103423978),
    }[distribution.form]
    x = np.linspace(-0.2, 0.2, 801)
    np.testing.assert_allclose(distribution.density(x), reference.pdf(x), rtol=1e-9, atol=1e-12)
    rounding = 1e-6 if distribution.form == "sphere" else 1e-12  # that one is summed up numerically
    np.testing.assert_allclose(distribution.cumulative(x), reference.cdf(x), rtol=1e-9, atol=rounding)


@spread
def test_draws_follow_their_own_cumulative_distribution(row: Initializer) -> None:
    distribution = row.distribution(NOTE_DENSE)
    values = distribution.draw((1000, 200), seed=3)
    assert values.shape == (1000, 200)
    assert values.dtype == np.float32
    assert scipy.stats.kstest(values.ravel(), distribution.cumulative).pvalue > 0.01
    assert values.std() == pytest.approx(distribution.std, rel=0.01)
    assert np.abs(values).max() <= np.float32(distribution.bound)


@spread
@pytest.mark.parametrize("shape", [(1000, 200), (5, 5, 48, 128)], ids=["dense", "tower conv2"])
def test_draws_and_those_of_keras_are_one_distribution(row: Initializer, shape: tuple[int, ...]) -> None:
    import keras

    theirs = np.asarray(keras.initializers.get({"class_name": row.id, "config": {"seed": 1}})(shape)).ravel()
    ours = row.distribution(fans(shape)).draw(shape, seed=2).ravel()
    assert scipy.stats.ks_2samp(ours, theirs).pvalue > 0.01
    assert ours.std() == pytest.approx(theirs.std(), rel=0.01)


def test_the_kolmogorov_smirnov_comparison_tells_a_truncated_from_a_plain_normal_distribution() -> None:
    cut = Distribution("truncated_normal", 0.05).draw(150_000, seed=2)
    plain = Distribution("normal", 0.05).draw(150_000, seed=1)
    assert scipy.stats.ks_2samp(cut, plain).pvalue < 1e-6


def test_the_shrinkage_is_the_deviation_of_a_normal_distribution_cut_at_two() -> None:
    assert pytest.approx(scipy.stats.truncnorm(-2, 2).std(), rel=1e-9) == SHRINKAGE


def test_a_seed_repeats_its_draw_and_another_does_not() -> None:
    distribution = initializer("he_normal").distribution(NOTE_DENSE)
    np.testing.assert_array_equal(distribution.draw(100, 7), distribution.draw(100, 7))
    assert not np.array_equal(distribution.draw(100, 7), distribution.draw(100, 8))


def test_a_fixed_normal_distribution_takes_the_papers_deviation_for_any_layer() -> None:
    paper = initializer("random_normal").with_std(0.01)
    assert paper.distribution(Fans(3, 4)).std == paper.distribution(NOTE_DENSE).std == 0.01


def test_a_deviation_that_follows_from_the_layer_cannot_be_set() -> None:
    with pytest.raises(ChoiceError):
        initializer("he_normal").with_std(0.01)


@pytest.mark.parametrize("std", [0.0, -1.0, math.nan, math.inf])
def test_a_deviation_that_is_not_positive_is_refused(std: float) -> None:
    with pytest.raises(InputError):
        Distribution("normal", std)


@pytest.mark.parametrize(("id", "value"), [("zeros", 0.0), ("constant", 0.05)])
def test_weights_without_spread_are_all_one_value(id: str, value: float) -> None:
    point = initializer(id).distribution(NOTE_DENSE)
    assert set(point.draw((7, 3), seed=1).ravel().tolist()) == {float(np.float32(value))}
    assert point.cumulative([value - 1e-9, value]).tolist() == [0.0, 1.0]
    assert point.density([value - 1e-9, value]).tolist() == [0.0, math.inf]
    with pytest.raises(ChoiceError):
        initializer(id).with_std(0.01)


def test_orthogonal_columns_have_unit_length_and_stand_at_right_angles() -> None:
    drawn = initializer("orthogonal").distribution(fans((5, 5, 8, 40))).draw((40, 200), seed=4)
    np.testing.assert_allclose(drawn @ drawn.T, np.eye(40), atol=1e-5)


def test_a_wide_orthogonal_matrix_has_the_deviation_of_its_longer_side() -> None:
    assert initializer("orthogonal").distribution(fans((1, 1, 16, 400))).std == pytest.approx(0.05)


def test_a_layer_without_inputs_is_refused() -> None:
    with pytest.raises(InputError):
        Fans(0, 10)


def test_an_unknown_initializer_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ChoiceError) as caught:
        initializer("xavier")
    assert "glorot_uniform" in str(caught.value.values["known"])
