"""Each way to the input against Pillow and a line of NumPy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from alexnet.data import preprocess
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.ways import WAYS, cut

PREPARATION = CIFAR_10.preparation()
MEAN, DEVIATION = (np.array(one, np.float32) for one in (PREPARATION.mean, PREPARATION.deviation))
SQUARE = np.random.default_rng(8).integers(0, 256, (160, 160, 3), dtype=np.uint8)


def pillow(picture, side, filter):
    return np.asarray(Image.fromarray(np.ascontiguousarray(picture)).resize((side, side), filter))


def by_hand(picture, mean=MEAN):
    """Pillow's reduction, then the enlargement that the tests of ``preprocess`` hold to TensorFlow's."""
    coarse = pillow(picture, 32, Image.Resampling.BILINEAR)
    return (preprocess.enlarge(coarse[None], 64)[0] - mean) / DEVIATION


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("trained", by_hand(SQUARE)),
        ("no_mean", by_hand(SQUARE, 0)),
        ("swapped", by_hand(SQUARE[..., ::-1])),
        ("fine", (pillow(SQUARE, 64, Image.Resampling.BILINEAR) - MEAN) / DEVIATION),
        (
            "nearest",
            (preprocess.enlarge(pillow(SQUARE, 32, Image.Resampling.NEAREST)[None], 64)[0] - MEAN)
            / DEVIATION,
        ),
    ],
)
def test_a_way_does_what_its_name_says(way, expected):
    np.testing.assert_allclose(WAYS[way](SQUARE, 64, PREPARATION), expected, atol=1e-5)


def test_a_network_that_reads_blue_first_has_them_swapped_too():
    blue = replace(PREPARATION, channel_order="bgr")
    np.testing.assert_allclose(WAYS["trained"](SQUARE, 64, blue), by_hand(SQUARE)[..., ::-1], atol=1e-5)
    np.testing.assert_allclose(
        WAYS["swapped"](SQUARE, 64, blue), by_hand(SQUARE[..., ::-1])[..., ::-1], atol=1e-5
    )


def test_a_part_is_cut_after_the_turn():
    np.testing.assert_array_equal(cut(SQUARE, 0, 1, 0.5, 0.5), SQUARE)
    np.testing.assert_array_equal(cut(SQUARE, 90, 1, 0.5, 0.5), np.rot90(SQUARE))
    np.testing.assert_array_equal(cut(SQUARE, 180, 0.5, 0, 1), SQUARE[::-1, ::-1][80:, :80])
    np.testing.assert_array_equal(cut(SQUARE, 0, 0.25, 1, 0), SQUARE[:40, 120:])
    assert cut(SQUARE[:1, :1], 0, 0.1, 0.5, 0.5).shape == (1, 1, 3)
