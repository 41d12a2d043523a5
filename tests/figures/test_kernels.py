"""The contact sheet holds the weights it shows."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from alexnet.figures.kernels import (
    MIDDLE,
    as_pixels,
    contact_sheet,
    fitting,
    one_channel,
    own_limits,
    png,
    tiles,
)
from alexnet.figures.theme import TOWER_COLOURS

KERNELS = np.random.default_rng(0).normal(0, 0.01, (11, 11, 3, 48)).astype(np.float32)
INDEX = np.linspace(0, 1, 48)


def test_the_tiles_hold_the_weights_in_the_order_asked_for() -> None:
    pixels = as_pixels(KERNELS, own_limits(KERNELS))
    order = [int(number) for number in np.random.default_rng(1).permutation(48)]
    picture, sheet = contact_sheet(pixels, INDEX, order, TOWER_COLOURS[0])
    for position, number in enumerate(order):
        weights = (sheet.values(picture, position).astype(float) - MIDDLE) / MIDDLE
        expected = KERNELS[..., number] / np.abs(KERNELS[..., number]).max()
        np.testing.assert_allclose(weights, expected, atol=0.5 / MIDDLE + 1e-6)


def test_every_pixel_of_a_tile_repeats_its_weight() -> None:
    picture, sheet = contact_sheet(as_pixels(KERNELS, own_limits(KERNELS)), INDEX, range(48), "#000000")
    tile = picture[sheet.tile(7)].reshape(11, sheet.factor, 11, sheet.factor, 3)
    assert (tile == tile[:, :1, :, :1]).all()


def test_weight_zero_is_mid_grey_and_signs_are_symmetric() -> None:
    kernels = np.array([-2.0, -1.0, 0.0, 1.0, 2.0]).reshape(1, 5, 1, 1).repeat(3, axis=2)
    assert as_pixels(kernels, own_limits(kernels))[0, :, 0, 0].tolist() == [0, 63, 127, 191, 254]


def test_a_shared_limit_keeps_weak_kernels_weak_and_limit_zero_is_flat() -> None:
    kernels = np.ones((1, 1, 3, 3))
    assert as_pixels(kernels, np.array([1.0, 10.0, 0.0]))[0, 0, 0].tolist() == [254, 140, 127]


@pytest.mark.parametrize("side", [1, 3, 11, 64])
@pytest.mark.parametrize("most", [10_000, 1_000_000, 6_000_000])
def test_a_sheet_of_as_many_kernels_as_fit_is_no_larger_than_was_said(side: int, most: int) -> None:
    count = fitting(side, side, most)
    kernels = np.random.default_rng(2).normal(size=(side, side, 3, count))
    picture, sheet = contact_sheet(
        as_pixels(kernels, own_limits(kernels)), np.zeros(count), range(count), "#D55E00", 16
    )
    rows = -(-count // 16)
    down, across = sheet.pitch
    border = sheet.size[0] - rows * down
    assert (rows - 1) * down * 16 * across < max(most, down * across * 16)
    assert picture.shape[0] == rows * down + border
    if count > 1:
        assert count * down * across <= most


def test_the_papers_kernels_fit_and_thousands_of_large_ones_are_not_enlarged_eight_times() -> None:
    assert fitting(11, 11) >= 2 * 96
    assert 100 <= fitting(64, 64) < 4096


def test_tiles_do_not_overlap_each_other_the_captions_or_the_frame() -> None:
    picture, sheet = contact_sheet(as_pixels(KERNELS, own_limits(KERNELS)), INDEX, range(48), "#D55E00")
    covered = np.zeros(picture.shape[:2], int)
    for position in range(48):
        covered[sheet.tile(position)] += 1
    assert covered.max() == 1
    assert picture.shape[:2] == sheet.size
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert (edge == (0xD5, 0x5E, 0x00)).all()
    assert not covered[: sheet.frame].any()
    top, left = sheet.corner(0)
    caption = picture[top + 88 : top + 88 + sheet.caption, left : left + 88]
    assert caption.max() > 200  # something is written there


def test_captions_differ_with_the_index_and_a_dead_kernel_has_a_dash() -> None:
    def caption(index: float) -> bytes:
        pixels = np.full((11, 11, 3, 1), MIDDLE, np.uint8)
        return contact_sheet(pixels, np.array([index]), [0], "#000000")[0].tobytes()

    assert len({caption(value) for value in (0.12, 0.98, np.nan)}) == 3
    assert caption(0.121) == caption(0.119)


@pytest.mark.parametrize("count", [1, 5, 6, 7, 48])
def test_any_number_of_kernels_gets_a_sheet(count: int) -> None:
    pixels = as_pixels(KERNELS[..., :count], own_limits(KERNELS[..., :count]))
    picture, sheet = contact_sheet(pixels, INDEX[:count], range(count), "#000000")
    assert picture[sheet.tile(count - 1)].shape == (88, 88, 3)


@pytest.mark.parametrize("side", [1, 3, 5, 7, 11, 16])
def test_small_kernels_are_enlarged_until_their_index_fits_below_them(side: int) -> None:
    kernels = np.random.default_rng(2).normal(size=(side, side, 3, 10))
    picture, sheet = contact_sheet(
        as_pixels(kernels, own_limits(kernels)), np.full(10, 0.5), range(10), "#000000"
    )
    assert sheet.factor * side >= 88
    weights = (sheet.values(picture, 9).astype(float) - MIDDLE) / MIDDLE
    np.testing.assert_allclose(weights, kernels[..., 9] / np.abs(kernels[..., 9]).max(), atol=0.005)


def test_the_png_is_small_and_without_loss() -> None:
    picture, _ = contact_sheet(as_pixels(KERNELS, own_limits(KERNELS)), INDEX, range(48), TOWER_COLOURS[1])
    file = png(picture)
    assert len(file) < 100_000
    np.testing.assert_array_equal(np.array(Image.open(io.BytesIO(file))), picture)


def test_tiles_have_one_pixel_for_each_weight_in_the_order_asked_for() -> None:
    order = [7, 0, 47]
    found = tiles(as_pixels(KERNELS, own_limits(KERNELS)), order)
    assert found.shape == (3, 11, 11, 3)
    for tile, number in zip(found, order, strict=True):
        expected = KERNELS[..., number] / np.abs(KERNELS[..., number]).max()
        np.testing.assert_allclose((tile.astype(float) - MIDDLE) / MIDDLE, expected, atol=0.5 / MIDDLE + 1e-6)


def test_one_channel_alone_is_grey() -> None:
    shown = one_channel(KERNELS, 1)
    assert (shown == KERNELS[:, :, 1:2]).all() and shown.shape == KERNELS.shape
