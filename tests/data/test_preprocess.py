"""Preprocessing against TensorFlow's resize and against hand computation."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from alexnet.data.cifar10 import DEVIATION, MEAN
from alexnet.data.preparation import ChannelOrder, Preparation
from alexnet.data.preprocess import enlarge, network_input, reduce, scale, seen, square
from alexnet.recipes import SCALINGS

STANDARDIZED = Preparation(32, MEAN, DEVIATION)


def noise(*shape: int) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, shape, dtype=np.uint8)


@pytest.mark.parametrize("size", [31, 32, 33, 64, 100, 227])
def test_enlarge_equals_tensorflows_bilinear_resize(size: int) -> None:
    import tensorflow as tf

    images = noise(3, 32, 32, 3)
    expected = tf.image.resize(images, (size, size), "bilinear", antialias=False).numpy()
    result = enlarge(images, size)
    assert result.dtype == np.float32
    assert np.abs(result - expected).max() < 1e-4


@pytest.mark.parametrize("size", [8, 31, 32, 33, 64, 100, 227])
def test_nearest_equals_tensorflows_nearest_resize(size: int) -> None:
    import tensorflow as tf

    images = noise(3, 32, 32, 3)
    assert np.array_equal(enlarge(images, size, "nearest"), tf.image.resize(images, (size, size), "nearest"))


def test_the_scalings_of_one_colour_by_hand() -> None:
    red = np.float32([[[255.0, 0, 0]]])
    assert scale(red, replace(STANDARDIZED, scaling="unit"))[0, 0, 0] == 1
    assert scale(red, replace(STANDARDIZED, scaling="centred"))[0, 0, 0] == pytest.approx(
        (255 - MEAN[0]) / 255
    )
    assert scale(red, STANDARDIZED)[0, 0, 0] == pytest.approx((255 - MEAN[0]) / DEVIATION[0])
    for scaling in SCALINGS:
        for order in get_args(ChannelOrder):
            prepared = replace(STANDARDIZED, scaling=scaling, channel_order=order)
            assert seen(scale(red, prepared), prepared).tolist() == [[[255, 0, 0]]]


def test_blue_comes_first_where_a_network_reads_it_so() -> None:
    colour = np.float32([[[255.0, 51.0, 0.0]]])
    prepared = replace(STANDARDIZED, scaling="unit", channel_order="bgr")
    assert scale(colour, prepared)[0, 0].tolist() == pytest.approx([0.0, 0.2, 1.0])


def test_a_crop_reads_the_centre_of_the_resolution_pixel_by_pixel() -> None:
    # As Caffe's networks do: 256 pixels, of which the middle 227 are read as they are.
    pixels = noise(300, 300, 3)
    prepared = Preparation(256, MEAN, DEVIATION, crop=227, scaling="unit")
    read = network_input([pixels], 227, prepared)[0]
    expected = reduce(pixels, 256)[14:241, 14:241].astype(np.float32) / 255
    np.testing.assert_allclose(read, expected, atol=1e-6)


SQUARES = [((600, 900), 512), ((900, 600), 512), ((300, 400), 300), ((1, 7), 1)]


@pytest.mark.parametrize(("shape", "side"), SQUARES)
def test_an_upload_keeps_a_square_of_512_pixels_at_most(shape: tuple[int, int], side: int) -> None:
    assert square(noise(*shape, 3)).shape == (side, side, 3)


def test_a_smaller_square_is_kept_pixel_by_pixel() -> None:
    pixels = noise(40, 60, 3)
    assert np.array_equal(square(pixels), pixels[:, 10:50])


def test_enlarging_two_pixels_to_four_gives_quarters() -> None:
    images = np.zeros((1, 2, 2, 3), np.uint8)
    images[:, :, 1] = 100
    assert enlarge(images, 4)[0, 0, :, 0].tolist() == [0, 25, 75, 100]


def test_a_wide_photograph_loses_its_sides_equally() -> None:
    pixels = np.zeros((64, 128, 3), np.uint8)
    pixels[:, 32:96] = 200
    assert (reduce(pixels, 32) == 200).all()


def test_a_tall_photograph_loses_top_and_bottom_equally() -> None:
    pixels = np.zeros((128, 64, 3), np.uint8)
    pixels[32:96] = 200
    assert (reduce(pixels, 32) == 200).all()


def test_fine_stripes_become_their_mean_and_do_not_alias() -> None:
    pixels = np.zeros((320, 320, 3), np.uint8)
    pixels[:, ::2] = 255
    inner = reduce(pixels, 32)[:, 1:-1].astype(int)  # at the edges the filter sees one stripe more
    assert np.abs(inner - 127.5).max() <= 2


def test_a_picture_of_the_training_resolution_passes_unchanged() -> None:
    pixels = noise(32, 32, 3)
    assert np.array_equal(reduce(pixels, 32), pixels)


@pytest.mark.parametrize("shape", [(1, 1), (5, 9), (31, 200), (33, 33), (3000, 2)])
def test_pictures_of_any_size_come_out_at_the_training_resolution(shape: tuple[int, int]) -> None:
    assert reduce(noise(*shape, 3), 32).shape == (32, 32, 3)


def test_a_transposed_view_is_reduced_like_its_copy() -> None:
    pixels = noise(90, 70, 3)
    view = pixels.transpose(1, 0, 2)
    assert np.array_equal(reduce(view, 32), reduce(view.copy(), 32))


def test_channel_statistics_are_those_published_for_cifar_10() -> None:
    # Widely quoted to four decimals in units of 0 to 1, for example in PyTorch's CIFAR-10 examples.
    assert np.round(np.array(MEAN) / 255, 4).tolist() == [0.4914, 0.4822, 0.4465]
    assert np.round(np.array(DEVIATION) / 255, 4).tolist() == [0.2470, 0.2435, 0.2616]


def test_the_mean_colour_is_zero_and_one_deviation_more_is_one() -> None:
    colours = np.float32([MEAN, np.add(MEAN, DEVIATION)])
    assert scale(colours, STANDARDIZED) == pytest.approx(np.float32([[0, 0, 0], [1, 1, 1]]), abs=1e-6)


def test_the_network_saw_the_reduced_picture_enlarged() -> None:
    pixels = noise(50, 80, 3)
    batch = network_input([pixels, pixels[:, ::-1]], 64, STANDARDIZED)
    assert batch.shape == (2, 64, 64, 3)
    assert batch.dtype == np.float32
    assert np.array_equal(
        seen(batch, STANDARDIZED)[0], np.rint(enlarge(reduce(pixels, 32)[None], 64))[0].astype(np.uint8)
    )


def test_standardizing_can_be_undone_for_every_brightness() -> None:
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    assert np.array_equal(seen(scale(ramp.astype(np.float32), STANDARDIZED), STANDARDIZED), ramp)


def test_no_picture_gives_an_empty_batch() -> None:
    assert network_input([], 64, STANDARDIZED).shape == (0, 64, 64, 3)
