"""Augmentation as one object, against SciPy, Keras's generator and counts by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import scipy.ndimage
import tensorflow as tf
from hypothesis import given as drawn_from
from hypothesis import settings
from hypothesis import strategies as st

from alexnet.data.augmentation import (
    FILLS,
    KNOBS,
    NEUTRAL,
    PAPER,
    Augmentation,
    Augmenter,
    Components,
    check,
    components,
    distinct,
    draws,
    extremes,
    matrices,
    warp,
)
from alexnet.errors import InputError

GREY = (120.0, 110.0, 100.0)
# Keras calls SciPy by a name of before.
KERAS_IS_OLD = pytest.mark.filterwarnings("ignore:Please import `affine_transform`:DeprecationWarning")
EVERYTHING = Augmentation(30, 0.2, 0.1, 20, 0.3, True, True, "reflect", 2, 12, 0.1, 3)
SKEW = Components(np.array([0.2, 0.02, 0.005]), np.linalg.qr(np.arange(9.0).reshape(3, 3) + np.eye(3))[0].T)


def pictures(count: int = 8, side: int = 16, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, side, side, 3)).astype(np.uint8)


def reference(image: np.ndarray, at: np.ndarray, fill: str) -> np.ndarray:
    channels = [
        scipy.ndimage.affine_transform(
            image[..., channel].astype(float), at[:, :2], at[:, 2], order=1, mode=fill
        )
        for channel in range(3)
    ]
    return np.stack(channels, axis=-1)


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("side", [1, 2, 15, 16])
def test_the_interpolation_is_scipys_far_beyond_the_edge_too(fill, side):
    wild = Augmentation(180, 0.9, 0.9, 80, 0.9, fill=fill)
    images = pictures(40, side).astype(np.float32)
    maps = matrices(wild, draws(5, 0, 40), side)
    expected = [reference(image, at, fill) for image, at in zip(images, maps, strict=True)]
    np.testing.assert_allclose(warp(images, maps, fill), expected, atol=2e-3)


@settings(max_examples=25, deadline=None)
@drawn_from(
    st.floats(0, 180),
    st.floats(0, 0.9),
    st.floats(0, 80),
    st.floats(0, 0.9),
    st.sampled_from(FILLS),
    st.integers(0),
)
def test_any_setting_is_one_map_that_scipy_agrees_with(rotation, shift, shear, zoom, fill, seed):
    any_ = Augmentation(rotation, shift, shift / 2, shear, zoom, fill=fill)
    images = pictures(3, 9).astype(np.float32)
    maps = matrices(any_, draws(seed, 1, 3), 9)
    expected = [reference(image, at, fill) for image, at in zip(images, maps, strict=True)]
    np.testing.assert_allclose(warp(images, maps, fill), expected, atol=0.01)


@KERAS_IS_OLD
@pytest.mark.parametrize("fill", FILLS)
def test_the_maps_are_those_of_keras_image_data_generator(fill):
    generator = tf.keras.preprocessing.image.ImageDataGenerator(fill_mode=fill)
    some = Augmentation(40, 0.3, 0.2, 25, 0.4, fill=fill)
    images, drawn = pictures(), draws(1, 2, 8)
    received = Augmenter(some, GREY)(images, drawn)
    for place, image in enumerate(images):
        both = 2 * drawn[place] - 1
        # In Keras 3 what height_shift_range draws, tx, moves sideways: the two names are exchanged.
        values = {
            "theta": 40 * both[0],
            "tx": 0.3 * 16 * both[1],
            "ty": 0.2 * 16 * both[2],
            "shear": 25 * both[3],
            "zx": 1 + 0.4 * both[4],
            "zy": 1 + 0.4 * both[5],
        }
        expected = generator.apply_transform(image.astype(np.float32), values)
        np.testing.assert_allclose(received[place], expected, atol=2e-3)


@KERAS_IS_OLD
def test_keras_exchanges_the_shifts_names_as_the_page_says():
    generator = tf.keras.preprocessing.image.ImageDataGenerator()
    dot = np.zeros((8, 8, 1), np.float32)
    dot[4, 2] = 1
    drawn = generator.apply_transform(dot, {"tx": 2})  # from height_shift_range
    assert drawn[4, 0, 0] == 1


def test_nothing_set_changes_nothing_and_neither_does_a_neutral_draw():
    images = pictures()
    still = Augmenter(Augmentation(), GREY)(images, draws(0, 0, 8))
    np.testing.assert_array_equal(still, images)
    calm = replace(EVERYTHING, crop=0, margin=0, erase=0, colour=0)
    unmoved = Augmenter(calm, GREY)(images, np.tile(NEUTRAL, (8, 1)))
    np.testing.assert_allclose(unmoved, images, atol=1e-3)


def test_a_draw_depends_on_seed_epoch_and_picture_and_on_nothing_else():
    one = draws(3, 4, 100)
    np.testing.assert_array_equal(one[:7], draws(3, 4, 7))
    assert not np.array_equal(one, draws(3, 5, 100)) and not np.array_equal(one, draws(4, 4, 100))
    change = Augmenter(EVERYTHING, GREY, SKEW)
    images = pictures()
    together = change(images, one[:8])
    for place in (0, 5):
        alone = change(images[place : place + 1], one[place : place + 1])
        np.testing.assert_allclose(alone[0], together[place], atol=1e-4)


def test_a_knob_more_leaves_the_draws_of_the_others_alone():
    images, drawn = pictures(), draws(0, 0, 8)
    turned = Augmenter(Augmentation(rotation=30), GREY)(images, drawn)
    both = Augmenter(Augmentation(rotation=30, flip_x=True), GREY)(images, drawn)
    for plain, flipped in zip(turned, both, strict=True):
        assert np.array_equal(plain, flipped) or np.array_equal(plain[:, ::-1], flipped)


def test_a_quarter_turn_by_hand():
    image = pictures(1, 5)
    drawn = NEUTRAL.copy()[None]
    drawn[0, 0] = 1.0  # the most to one side: 90 degrees
    turned = Augmenter(Augmentation(rotation=90), GREY)(image, drawn)[0]
    assert any(np.allclose(turned, np.rot90(image[0], times), atol=1e-3) for times in (1, 3))


def test_crops_flips_and_squares_take_every_place_they_may():
    image = np.arange(16, dtype=np.uint8).reshape(1, 4, 4, 1).repeat(3, -1)
    change = Augmenter(Augmentation(crop=2, flip_x=True), GREY)
    seen = {change(image, draws(0, epoch, 1)).tobytes() for epoch in range(400)}
    assert len(seen) == distinct(change.given, 4) == 3 * 3 * 2
    by_hand = set()
    for top, left, flip in product(range(3), range(3), (False, True)):
        crop = image[0, top : top + 2, left : left + 2].astype(np.float32)
        by_hand.add((crop[:, ::-1] if flip else crop).tobytes())
    assert seen == by_hand


def test_a_margin_is_black_and_an_erased_square_has_the_mean_colour():
    white = np.full((50, 8, 8, 3), 255, np.uint8)
    shifted = Augmenter(Augmentation(margin=4), GREY)(white, draws(0, 0, 50))
    assert shifted.shape == white.shape and set(np.unique(shifted)) == {0.0, 255.0}
    erased = Augmenter(Augmentation(erase=3), GREY)(white, draws(0, 0, 50))
    gone = (erased == np.array(GREY)).all(axis=-1).sum(axis=(1, 2))
    assert gone.max() == 9 and gone.min() >= 4  # at a corner a part of the square is lost


def test_the_counts_are_the_papers_and_its_codes():
    assert distinct(replace(PAPER, colour=0), 256) == 33 * 33 * 2 == 2178  # the code's
    assert (256 - 224) ** 2 * 2 == 2048  # the paper's own words
    assert distinct(Augmentation(margin=4, flip_x=True), 32) == 9 * 9 * 2
    assert distinct(Augmentation(flip_x=True, flip_y=True, erase=10), 32) == 4 * 32 * 32
    assert distinct(Augmentation(), 32) == 1
    assert distinct(PAPER, 256) is distinct(Augmentation(rotation=1), 32) is None


def test_the_components_are_those_of_numpys_covariance():
    images = pictures(20, 8) // np.array([1, 2, 4], np.uint8)
    found = components(images)
    covariance = np.cov(images.reshape(-1, 3).T / 255, bias=True)
    np.testing.assert_allclose(
        found.directions.T @ np.diag(found.variances) @ found.directions, covariance, atol=1e-12
    )
    assert list(found.variances) == sorted(found.variances, reverse=True)


def test_the_colour_noise_has_the_papers_spread_along_each_component():
    """Each component gets a normal number of standard deviation 0.1 times its eigenvalue."""
    grey = np.full((20_000, 1, 1, 3), 128, np.uint8)
    change = Augmenter(Augmentation(colour=0.1), GREY, SKEW)
    noise = (change(grey, draws(0, 0, len(grey))) - 128)[:, 0, 0] / 255
    along = noise @ SKEW.directions.T
    np.testing.assert_allclose(along.std(axis=0), 0.1 * SKEW.variances, rtol=0.03)
    assert np.abs(along.mean(axis=0)).max() < 3 * 0.1 * 0.2 / math.sqrt(len(grey))
    assert np.abs(np.corrcoef(along.T) - np.eye(3)).max() < 0.03


@pytest.mark.parametrize("knob", KNOBS)
def test_the_extremes_of_a_knob_are_two_pictures_that_differ_from_each_other(knob):
    image = pictures(1, 16)
    alone = EVERYTHING.alone(knob)
    assert alone.used == (knob,)
    one, other = Augmenter(alone, GREY, SKEW)(image.repeat(2, 0), extremes(knob))
    assert not np.array_equal(one, other)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rotation": 181},
        {"rotation": math.nan},
        {"shift_x": -0.1},
        {"zoom": 1.0},
        {"crop": 33},
        {"erase": 33},
        {"fill": "mirror"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError):
        check(replace(Augmentation(), **wrong), 32)
    check(Augmentation(margin=4, crop=40), 32)
