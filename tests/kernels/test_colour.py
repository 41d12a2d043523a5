"""Colour index and towers, on kernels planted with a known answer and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from numpy.typing import NDArray

from alexnet.errors import ShapeError
from alexnet.kernels.colour import (
    analyse,
    area_under_curve,
    colour_index,
    division,
    energy,
    untrained,
    untrained_kernels,
)

SHAPE = (11, 11, 3, 48)


def noise(shape: tuple[int, ...], seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=shape)


def grey(count: int, seed: int = 0) -> NDArray[np.float64]:
    """Kernels whose three channels are alike."""
    return np.repeat(noise((11, 11, 1, count), seed), 3, axis=2)


def coloured(count: int, seed: int = 0) -> NDArray[np.float64]:
    """Kernels whose three channels sum to zero at every position."""
    kernels = noise((11, 11, 3, count), seed)
    return kernels - kernels.mean(axis=2, keepdims=True)


def mixed(share: float, count: int, seed: int) -> NDArray[np.float64]:
    """Kernels of which this share of the energy is colour."""
    plain, colour = grey(count, seed), coloured(count, seed + 1000)
    return plain * np.sqrt((1 - share) / energy(plain)) + colour * np.sqrt(share / energy(colour))


def test_a_grey_kernel_scores_zero() -> None:
    np.testing.assert_allclose(colour_index(grey(5)), 0, atol=1e-12)


def test_a_kernel_of_pure_colour_scores_one() -> None:
    np.testing.assert_allclose(colour_index(coloured(5)), 1, atol=1e-12)


def test_a_kernel_of_one_channel_alone_scores_two_thirds() -> None:
    kernels = np.zeros((11, 11, 3, 1))
    kernels[:, :, 0] = noise((11, 11, 1))
    assert colour_index(kernels)[0] == pytest.approx(2 / 3)


def test_a_kernel_mixed_from_grey_and_colour_scores_the_colours_share_of_energy() -> None:
    np.testing.assert_allclose(colour_index(mixed(0.3, 4, seed=1)), 0.3, atol=1e-9)


def test_swapping_red_and_blue_or_scaling_changes_no_index() -> None:
    kernels = noise(SHAPE)
    np.testing.assert_allclose(colour_index(kernels[:, :, ::-1]), colour_index(kernels), atol=1e-12)
    np.testing.assert_allclose(colour_index(-7 * kernels), colour_index(kernels), atol=1e-12)


def test_untrained_gaussian_kernels_score_two_thirds() -> None:
    assert colour_index(untrained_kernels((11, 11, 3, 4000))).mean() == pytest.approx(2 / 3, abs=0.002)


@pytest.mark.parametrize("side", [1, 3, 11])
def test_untrained_indices_follow_the_stated_beta_distribution(side: int) -> None:
    law = scipy.stats.beta(side**2, side**2 / 2)
    drawn = colour_index(untrained_kernels((side, side, 3, 4000), seed=5))
    assert scipy.stats.kstest(drawn, law.cdf).pvalue > 0.01
    assert untrained(side**2).low == pytest.approx(law.ppf(0.01), abs=0.002)
    assert untrained(side**2).high == pytest.approx(law.ppf(0.99), abs=0.002)
    assert untrained(side**2).mean == pytest.approx(law.mean())


def test_untrained_kernels_have_the_papers_deviation_and_repeat_with_their_seed() -> None:
    kernels = untrained_kernels((11, 11, 3, 96), seed=4)
    assert kernels.std() == pytest.approx(0.01, rel=0.02)
    np.testing.assert_array_equal(kernels, untrained_kernels((11, 11, 3, 96), seed=4))


def test_a_kernel_of_zeros_is_dead_and_has_no_index() -> None:
    kernels = noise(SHAPE)
    kernels[..., 3] = 0
    kernels[..., 5] *= 1e-4
    report = analyse(kernels, noise(SHAPE, 1))
    assert list(np.flatnonzero(report.towers[0].dead)) == [3, 5]
    assert np.isnan(report.towers[0].colour_index[[3, 5]]).all()
    assert report.towers[0].living == 46
    assert report.presence.kernels == 94
    assert np.isfinite([report.towers[0].median, report.division.auc, report.division.p]).all()


def test_a_small_kernel_that_still_holds_a_tenth_of_the_norm_is_not_dead() -> None:
    kernels = noise(SHAPE)
    kernels[..., 3] *= 0.1
    assert not analyse(kernels, noise(SHAPE, 1)).towers[0].dead.any()


def test_the_area_is_that_of_the_mann_whitney_statistic_with_ties() -> None:
    rng = np.random.default_rng(2)
    first, second = rng.integers(0, 12, 40) / 11, rng.integers(2, 14, 30) / 11
    statistic = scipy.stats.mannwhitneyu(second, first).statistic
    assert area_under_curve(first, second) == pytest.approx(statistic / (40 * 30))


def test_the_shuffled_p_agrees_with_scipys_permutation_test() -> None:
    rng = np.random.default_rng(6)
    first, second = rng.normal(0, 1, 40), rng.normal(0.45, 1, 50)
    reference = scipy.stats.mannwhitneyu(second, first, method="exact").pvalue
    assert division(first, second).p == pytest.approx(reference, abs=0.005)


def test_planted_split_towers_are_divided_without_overlap_whichever_is_the_colourful_one() -> None:
    plain, colour = mixed(0.1, 48, seed=1), mixed(0.9, 48, seed=2)
    for first, second, auc, tower in ((plain, colour, 1.0, 1), (colour, plain, 0.0, 0)):
        result = analyse(first, second).division
        assert (result.auc, result.colourful_tower, result.agreement) == (auc, tower, 1.0)
        assert result.p == 1 / (result.shuffles + 1)
        assert result.verdict == "divided"


def test_towers_of_one_distribution_are_not_called_divided() -> None:
    results = [analyse(noise(SHAPE, seed), noise(SHAPE, seed + 500)).division for seed in range(20)]
    assert np.mean([result.p for result in results]) > 0.3
    assert sum(result.verdict != "not_shown" for result in results) <= 1


def test_towers_that_overlap_much_but_not_by_chance_are_called_leaning() -> None:
    rng = np.random.default_rng(0)
    result = division(rng.normal(0, 1, 200), rng.normal(0.6, 1, 200))
    assert result.verdict == "leaning"
    assert result.colourful_tower == 1


def test_untrained_towers_have_no_more_grey_or_coloured_kernels_than_chance() -> None:
    presence = analyse(noise(SHAPE, 3), noise(SHAPE, 4)).presence
    assert presence.chance == pytest.approx(0.96)
    assert not presence.has_grey
    assert not presence.has_coloured


def test_planted_grey_and_coloured_kernels_are_counted_and_found() -> None:
    first, second = noise(SHAPE, 3), noise(SHAPE, 4)
    for kernels in (first, second):
        kernels[..., :6], kernels[..., 6:10] = grey(6), coloured(4)
    report = analyse(first, second)
    assert [tower.grey for tower in report.towers] >= [6, 6]
    assert [tower.coloured for tower in report.towers] >= [4, 4]
    assert report.presence.has_grey
    assert report.presence.has_coloured
    assert report.presence.lowest == pytest.approx(0, abs=1e-9)
    assert report.presence.highest == pytest.approx(1, abs=1e-9)
    assert report.division.verdict == "not_shown"


@pytest.mark.parametrize("found", [0, 1, 4, 95])
def test_the_chance_of_so_many_is_the_binomial_tail(found: int) -> None:
    kernels = np.concatenate([np.ones((11, 11, 3, found)), mixed(2 / 3, 96 - found, seed=9)], axis=3)
    presence = analyse(kernels[..., :48], kernels[..., 48:]).presence
    assert presence.grey == found
    assert presence.grey_p == pytest.approx(scipy.stats.binom.sf(found - 1, 96, 0.01), abs=1e-12)


def test_energy_is_the_sum_of_squares() -> None:
    assert energy(np.full((2, 2, 3, 1), 2.0))[0] == 48


@pytest.mark.parametrize("shape", [(11, 11, 48), (11, 11, 4, 48), (48, 3, 11, 11), (11, 11, 3, 0)])
def test_arrays_that_are_no_rgb_kernels_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError) as caught:
        colour_index(np.zeros(shape))
    assert caught.value.id == "kernels_not_rgb"


def test_towers_with_kernels_of_two_sizes_are_refused() -> None:
    with pytest.raises(ShapeError):
        analyse(noise((11, 11, 3, 4)), noise((5, 5, 3, 4)))


def test_a_tower_of_dead_kernels_only_is_refused() -> None:
    with pytest.raises(ShapeError):
        analyse(noise(SHAPE), np.zeros(SHAPE))


def test_one_tower_is_asked_for_grey_and_colour_alone_and_never_cut_in_halves() -> None:
    kernels = np.concatenate([grey(16), coloured(16)], axis=-1)
    report = analyse(kernels)
    assert report.division is None
    assert len(report.towers) == 1
    assert report.presence == analyse(kernels[..., :16], kernels[..., 16:]).presence


def test_a_tower_of_zeros_alone_is_refused() -> None:
    with pytest.raises(ShapeError) as caught:
        analyse(np.zeros(SHAPE))
    assert (caught.value.id, caught.value.values) == ("kernels_all_dead", {"kernels": 48})


def test_energy_weighs_a_strong_kernel_more_and_a_dead_one_not_at_all() -> None:
    strong, weak = 3 * mixed(0.9, 1, seed=1), mixed(0.1, 1, seed=2)  # energies 9 and 1
    (tower,) = analyse(np.concatenate([strong, weak, np.zeros_like(weak)], axis=3)).towers
    assert tower.weighted == pytest.approx(0.9 * 0.9 + 0.1 * 0.1)
    assert tower.median == pytest.approx(0.5)
