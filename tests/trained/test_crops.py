"""Ten crops and the crop map against a computation by hand."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from alexnet.data import preprocess
from alexnet.data.samples import sample
from alexnet.trained import catalogue, crops, predictor

COUNTED = np.arange(32 * 32 * 3, dtype=np.uint32).reshape(32, 32, 3).astype(np.uint8)


@pytest.fixture(scope="module")
def network():
    return predictor.load(catalogue.trained())


@pytest.fixture(scope="module")
def kitten():
    return preprocess.reduce(preprocess.square(sample("kitten").pixels), 32)


def test_ten_crops_are_those_that_pillow_cuts():
    picture = Image.fromarray(COUNTED)
    boxes = [(0, 0, 28, 28), (4, 0, 32, 28), (0, 4, 28, 32), (4, 4, 32, 32), (2, 2, 30, 30)]
    cut = [picture.crop(box) for box in boxes]
    by_hand = cut + [one.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for one in cut]
    np.testing.assert_array_equal(crops.ten(COUNTED, 28), np.stack([np.asarray(one) for one in by_hand]))


def test_a_crop_has_the_papers_share_or_the_networks_own_size():
    one = catalogue.trained().preparation
    assert crops.side(one) == 28
    assert crops.side(type(one)(256, one.mean, one.deviation, crop=227)) == 227
    assert crops.side(type(one)(256, one.mean, one.deviation)) == 224


def test_each_crops_answer_is_the_networks_answer_to_it_alone(network, kitten):
    answers = crops.ask(network, crops.ten(kitten, 28))
    mean, deviation = (
        np.array(part, np.float32)
        for part in ((125.306918, 122.950394, 113.865383), (62.993219, 62.088708, 66.704900))
    )
    for at, (top, left) in enumerate([(0, 0), (0, 4), (4, 0), (4, 4), (2, 2)]):
        crop = kitten[top : top + 28, left : left + 28]
        for place, one in ((at, crop), (at + 5, crop[:, ::-1])):
            large = preprocess.enlarge(np.ascontiguousarray(one)[None], 64)
            expected = network.softmax((large - mean) / deviation)[0]
            np.testing.assert_allclose(answers[place], expected, atol=1e-5)
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)


def test_the_map_holds_the_four_corners_and_the_centre(network, kitten):
    found = crops.crop_map(network, kitten, 28)
    assert found.shape == (5, 5, 10)
    corners = crops.ask(network, crops.ten(kitten, 28))[:5]
    for (row, column), expected in zip([(0, 0), (0, 4), (4, 0), (4, 4), (2, 2)], corners, strict=True):
        np.testing.assert_allclose(found[row, column], expected, atol=1e-5)


def test_there_are_never_more_offsets_than_a_page_can_wait_for():
    assert crops.offsets(32, 28) == [0, 1, 2, 3, 4]
    many = crops.offsets(256, 128)
    assert len(many) == crops.MOST and (many[0], many[-1]) == (0, 128)
