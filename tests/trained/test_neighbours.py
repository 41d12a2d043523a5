"""Neighbours are those that SciPy finds."""

import numpy as np
from scipy.spatial.distance import cdist

from alexnet.data.ten_classes import ten_classes
from alexnet.trained import answered, catalogue, predictor
from alexnet.trained.neighbours import nearest, nearest_pixels


def test_they_are_the_closest_by_scipys_distances():
    draw = np.random.default_rng(2)
    vectors, vector = draw.normal(size=(200, 12)), draw.normal(size=12)
    found = nearest(vectors, vector, 7)
    expected = cdist(vector[None], vectors)[0]
    assert found.positions.tolist() == np.argsort(expected)[:7].tolist()
    np.testing.assert_allclose(found.distances, np.sort(expected)[:7], rtol=1e-5)


def test_a_picture_that_is_there_is_its_own_nearest():
    images = ten_classes().train_images[:50]
    found = nearest_pixels(images, images[31], 3)
    assert found.positions[0] == 31 and found.distances[0] == 0
    network = predictor.load(catalogue.trained())
    index = answered.ask(network, images)
    again = nearest(index.hidden, index.hidden[31].astype(np.float32), 3)
    assert again.positions[0] == 31


def test_of_few_there_are_no_more_and_ties_keep_their_order():
    assert nearest(np.zeros((3, 2)), np.zeros(2), 9).positions.tolist() == [0, 1, 2]
