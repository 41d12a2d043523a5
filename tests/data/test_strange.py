"""Strange pictures are strange in the way that their name says."""

import numpy as np
import pytest

from alexnet.data.strange import STRANGE, noise, scrambled, stripes

IMAGES = np.arange(6 * 32 * 32 * 3, dtype=np.uint32).reshape(6, 32, 32, 3).astype(np.uint8)


@pytest.mark.parametrize("kind", STRANGE)
def test_there_are_as_many_and_the_same_for_a_seed(kind):
    first, again = (STRANGE[kind](IMAGES, np.random.default_rng(2)) for _ in range(2))
    assert first.shape == IMAGES.shape and first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)
    assert (first != IMAGES).any()


def test_scrambling_moves_whole_patches():
    for before, after in zip(IMAGES, scrambled(IMAGES, np.random.default_rng(1)), strict=True):
        cut = [
            one[r : r + 8, c : c + 8].tobytes()
            for one in (before, after)
            for r in range(0, 32, 8)
            for c in range(0, 32, 8)
        ]
        assert sorted(cut[:16]) == sorted(cut[16:])


def test_noise_fills_the_range_and_stripes_have_two_colours_at_most():
    made = noise(IMAGES, np.random.default_rng(1))
    assert abs(float(made.mean()) - 127.5) < 3
    for picture in stripes(IMAGES, np.random.default_rng(1)):
        flat = picture.reshape(-1, 3).astype(float)
        _, sizes, _ = np.linalg.svd(flat - flat.mean(axis=0), full_matrices=False)
        assert sizes[1] < 0.02 * sizes[0] + 30  # all colours lie on one line between two
