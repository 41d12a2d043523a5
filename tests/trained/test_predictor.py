"""What the predictor answers is what the Keras model computes, from any thread."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM
from alexnet.data.catalogue import CIFAR_10, STARTER
from alexnet.data.classes import CATS_AND_DOGS
from alexnet.data.samples import SAMPLES, sample
from alexnet.errors import DataError
from alexnet.network import build
from alexnet.trained import catalogue
from alexnet.trained.predictor import Predictor, load
from alexnet.weights import store

PREPARATION = CIFAR_10.preparation()
INPUTS = np.random.default_rng(0).standard_normal((3, 64, 64, 3), np.float32)


@pytest.fixture(scope="module")
def model():
    return build(CLASSROOM)


@pytest.fixture(scope="module")
def shipped_predictor():
    return load(catalogue.trained())


def test_probabilities_are_those_of_the_model(model):
    predictor = Predictor(CLASSROOM, store.of(model), CATS_AND_DOGS, PREPARATION)
    np.testing.assert_allclose(
        predictor.probabilities(INPUTS), np.asarray(model(INPUTS, training=False)), atol=1e-6
    )


def test_a_mirrored_preparation_answers_with_the_mean_over_both_sides(model):
    twice = Predictor(CLASSROOM, store.of(model), CATS_AND_DOGS, CIFAR_10.preparation(mirrored=True))
    answers = [np.asarray(model(inputs, training=False)) for inputs in (INPUTS, INPUTS[:, :, ::-1])]
    np.testing.assert_allclose(twice.probabilities(INPUTS), np.mean(answers, axis=0), atol=1e-6)
    assert np.abs(answers[0] - answers[1]).max() > 1e-4


def test_guesses_are_sorted_and_named(model):
    predictor = Predictor(CLASSROOM, store.of(model), CATS_AND_DOGS, PREPARATION)
    expected = np.asarray(model(INPUTS, training=False))
    for guesses, row in zip(predictor.guesses(INPUTS), expected, strict=True):
        assert guesses[0].label == CATS_AND_DOGS[int(row.argmax())]
        assert guesses[0].probability >= guesses[1].probability
        assert sum(guess.probability for guess in guesses) == pytest.approx(1, abs=1e-5)


def test_many_threads_get_the_answers_that_one_gets(model):
    predictor = Predictor(CLASSROOM, store.of(model), CATS_AND_DOGS, PREPARATION)
    alone = predictor.probabilities(INPUTS)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: predictor.probabilities(INPUTS), range(16)))
    for answer in together:
        np.testing.assert_array_equal(answer, alone)


def test_classes_that_are_not_the_networks_are_refused(model):
    with pytest.raises(DataError) as caught:
        Predictor(CLASSROOM, store.of(model), CIFAR_10.classes, PREPARATION)
    assert caught.value.id == "classes_do_not_match"


def test_the_shipped_network_tells_cats_from_dogs_as_well_as_its_card_lets_expect(shipped_predictor):
    # The cats and dogs of the test images are its hardest two classes; chance would be 1 in 10.
    pictures = STARTER.load()
    labels = pictures.test_labels[:200]
    inputs = catalogue.trained().reads(list(pictures.test_images[:200]))
    first = [guesses[0].label for guesses in shipped_predictor.guesses(inputs)]
    right = np.mean([guess == STARTER.classes[label] for guess, label in zip(first, labels, strict=True)])
    tested = catalogue.trained().provenance().tested
    assert right > tested.accuracy - 0.25


def test_every_sample_gets_an_answer_of_ten_probabilities(shipped_predictor):
    pictures = [sample(entry.id).pixels for entry in SAMPLES]
    answers = shipped_predictor.probabilities(catalogue.trained().reads(pictures))
    assert answers.shape == (len(SAMPLES), 10)
    np.testing.assert_allclose(answers.sum(axis=1), 1, atol=1e-5)
