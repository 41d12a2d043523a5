"""Kernels are found alike wherever their pattern stands."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.errors import ShapeError
from alexnet.kernels.similarity import REACH, cosines

NOISE = np.random.default_rng(5).normal(size=(11, 11, 3, 20))


def inner(seed):
    """A pattern with a margin of zeros, which small shifts do not push over the edge."""
    kernel = np.zeros((11, 11, 3))
    kernel[3:8, 3:8] = np.random.default_rng(seed).normal(size=(5, 5, 3))
    return kernel


@pytest.mark.parametrize("shift", [(0, 0), (3, -3), (-1, 2), (-3, -3)])
def test_a_planted_shifted_copy_is_found_and_scores_one(shift):
    others = NOISE.copy()
    others[..., 13] = 0.2 * np.roll(inner(1), shift, axis=(0, 1))
    found = cosines(inner(1), others)
    assert found.argmax() == 13
    assert found[13] == pytest.approx(1)
    assert np.delete(found, 13).max() < 0.6


def test_a_copy_shifted_further_than_the_reach_is_another_kernel():
    others = np.roll(inner(1), (0, REACH + 2), axis=(0, 1))[..., None]
    assert cosines(inner(1), others)[0] < 0.8
    assert cosines(inner(1), others, reach=0)[0] < cosines(inner(1), others, reach=REACH + 2)[0]


def test_the_opposite_kernel_is_not_alike():
    assert cosines(NOISE[..., 0], -NOISE[..., :1], reach=0)[0] == pytest.approx(-1)


def test_it_is_the_largest_of_all_shifts_counted_one_by_one():
    kernel, others = NOISE[..., 0], NOISE[..., 1:4]
    padded = np.pad(others, ((2, 2), (2, 2), (0, 0), (0, 0)))
    best = np.full(3, -np.inf)
    for down in range(5):
        for right in range(5):
            window = padded[down : down + 11, right : right + 11]
            best = np.maximum(best, np.einsum("hwc,hwck->k", kernel, window))
    norms = np.linalg.norm(kernel) * np.linalg.norm(others.reshape(-1, 3), axis=0)
    np.testing.assert_allclose(cosines(kernel, others, reach=2), best / norms)


def test_a_kernel_of_zeros_is_like_nothing_and_small_kernels_have_small_shifts():
    assert cosines(np.zeros((11, 11, 3)), NOISE).tolist() == [0.0] * 20
    assert cosines(NOISE[:1, :1, :, 0], NOISE[:1, :1])[0] == pytest.approx(1)


def test_kernels_of_another_size_are_refused():
    with pytest.raises(ShapeError) as caught:
        cosines(NOISE[:5, :5, :, 0], NOISE)
    assert caught.value.id == "kernels_differ_in_size"
