"""Training batches depend on seed, epoch and image, and on nothing else."""

from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from alexnet.data import preprocess
from alexnet.data.augmentation import Augmentation, Augmenter, draws
from alexnet.data.catalogue import CIFAR_10, STARTER
from alexnet.data.pipeline import MARGIN, input_of, training_batches

COUNT, SIDE = 40, 32
IMAGES = np.random.default_rng(0).integers(0, 256, (COUNT, SIDE, SIDE, 3), np.uint8)
PREPARATION = CIFAR_10.preparation()
LABELS = np.arange(COUNT, dtype=np.int64)  # each picture its own label, so that it can be found again


def drawn(**changes) -> tuple[np.ndarray, np.ndarray]:
    settings = {"size": SIDE, "batch": 8, "seed": 1, "epoch": 0, "preparation": PREPARATION} | changes
    batches = list(training_batches(IMAGES, LABELS, **settings).as_numpy_iterator())
    return np.concatenate([images for images, _ in batches]), np.concatenate(
        [labels for _, labels in batches]
    )


def test_the_same_seed_and_epoch_give_the_same_batches():
    (first, first_labels), (again, again_labels) = drawn(), drawn()
    np.testing.assert_array_equal(first, again)
    np.testing.assert_array_equal(first_labels, again_labels)


@pytest.mark.parametrize("change", [{"seed": 2}, {"epoch": 1}])
def test_another_seed_or_epoch_gives_another_order_and_other_crops(change):
    (first, first_labels), (other, other_labels) = drawn(), drawn(**change)
    assert not np.array_equal(first_labels, other_labels)
    differs = [
        not np.array_equal(first[first_labels == label], other[other_labels == label])
        for label in range(COUNT)
    ]
    assert np.mean(differs) > 0.9


def test_an_epoch_holds_every_picture_once():
    np.testing.assert_array_equal(np.sort(drawn()[1]), LABELS)


def test_a_smaller_last_batch_is_left_out():
    assert len(drawn(batch=16)[1]) == 32


def test_without_augmentation_the_network_gets_what_prediction_gives_it():
    images, labels = drawn(augment=False, size=64)
    expected = preprocess.input_of(IMAGES[labels], 64, PREPARATION)
    np.testing.assert_allclose(images, expected, atol=1e-4)


def test_an_augmented_picture_is_a_crop_within_the_margin_perhaps_mirrored():
    images, labels = drawn(size=SIDE)
    seen = preprocess.seen(images, PREPARATION)
    mirrored = 0
    for picture, label in zip(seen, labels, strict=True):
        padded = np.pad(IMAGES[label], ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)))
        crops = [
            padded[top : top + SIDE, left : left + SIDE]
            for top in range(2 * MARGIN + 1)
            for left in range(2 * MARGIN + 1)
        ]
        plain = any(np.array_equal(picture, crop) for crop in crops)
        flipped = any(np.array_equal(picture, crop[:, ::-1]) for crop in crops)
        assert plain != flipped
        mirrored += flipped
    assert 8 <= mirrored <= 32  # of 40 with probability 1/2: outside this range once in 20,000 draws


def test_an_erased_square_lies_anywhere_in_the_mean_colour_and_leaves_the_rest():
    images, labels = drawn(size=SIDE, erase=12)
    plain, same = drawn(size=SIDE)
    np.testing.assert_array_equal(labels, same)
    changed = (images != plain).any(axis=-1)
    mean = preprocess.scale(np.rint(PREPARATION.mean).astype(np.float32), PREPARATION)
    heights, places = [], set()
    for picture, square in zip(images, changed, strict=True):
        rows, columns = np.flatnonzero(square.any(axis=1)), np.flatnonzero(square.any(axis=0))
        inside = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        np.testing.assert_allclose(inside, np.broadcast_to(mean, inside.shape), atol=1e-5)
        heights.append(len(rows))
        places.add((rows[0], columns[0]))
    assert max(heights) == 12 and min(heights) >= 6  # half of it may lie beyond the edge
    assert len(places) > COUNT / 2


def test_nothing_is_erased_without_augmentation():
    np.testing.assert_array_equal(drawn(augment=False, erase=12)[0], drawn(augment=False)[0])


@pytest.mark.parametrize("method", ["bilinear", "nearest"])
@pytest.mark.parametrize("size", [20, SIDE, 64, 100, 227])
def test_tensorflow_and_numpy_prepare_a_picture_alike(size, method):
    preparation = CIFAR_10.preparation(method)
    expected = preprocess.input_of(IMAGES[:4], size, preparation)
    np.testing.assert_allclose(input_of(IMAGES[:4], size, preparation), expected, atol=1e-4)


def test_tensorflow_and_numpy_crop_and_order_colours_alike():
    preparation = replace(PREPARATION, crop=20, channel_order="bgr")
    expected = preprocess.input_of(IMAGES[:4], 64, preparation)
    np.testing.assert_allclose(input_of(IMAGES[:4], 64, preparation), expected, atol=1e-4)


@pytest.mark.parametrize("crop", [None, 12])
def test_pictures_whose_size_is_known_only_when_they_come_are_prepared_alike(crop):
    preparation = replace(PREPARATION, crop=crop)
    any_size = tf.TensorSpec((None, None, None, 3), tf.uint8)
    prepare = tf.function(lambda pictures: input_of(pictures, SIDE, preparation), input_signature=[any_size])
    for side in (16, SIDE):
        pictures = np.ascontiguousarray(IMAGES[:2, :side, :side])
        expected = preprocess.input_of(pictures, SIDE, preparation)
        np.testing.assert_allclose(prepare(tf.constant(pictures)), expected, atol=1e-4)


def test_an_augmenter_changes_the_pictures_of_a_batch_by_seed_epoch_and_picture():
    images = np.random.default_rng(3).integers(0, 256, (20, 8, 8, 3)).astype(np.uint8)
    labels = np.arange(20)
    change = Augmenter(Augmentation(rotation=20, flip_x=True, crop=6), (1.0, 2.0, 3.0))
    preparation = replace(STARTER.preparation(), crop=6)

    def batches(epoch: int) -> list:
        return list(
            training_batches(
                images,
                labels,
                size=6,
                batch=5,
                seed=4,
                epoch=epoch,
                preparation=preparation,
                augmenter=change,
            )
        )

    first, again = batches(0), batches(0)
    for (one, answers), (other, _) in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, other)
        index = answers.numpy()
        expected = change(images[index], draws(4, 0, 20)[index])
        np.testing.assert_allclose(one, input_of(expected, 6, replace(preparation, crop=None)), atol=1e-5)
    assert not np.array_equal(first[0][0], batches(1)[0][0])
    np.testing.assert_array_equal(
        np.concatenate([answers for _, answers in first]),
        np.random.default_rng((4, 0)).permutation(20),
    )


def test_without_an_augmenter_crops_flips_and_squares_are_what_the_object_makes_of_the_same_places():
    images = np.random.default_rng(3).integers(0, 256, (6, 8, 8, 3)).astype(np.uint8)
    preparation = STARTER.preparation()
    batch, answers = next(
        iter(
            training_batches(
                images, np.arange(6), size=8, batch=6, seed=4, epoch=0, preparation=preparation, erase=3
            )
        )
    )
    change = Augmenter(Augmentation(margin=MARGIN, flip_x=True, erase=3), preparation.mean)
    corners = tf.random.stateless_uniform((6, 2), (4, 0), 0, 2 * MARGIN + 1, tf.int32).numpy()
    mirrored = tf.random.stateless_uniform((6,), (4, 1)).numpy() < 0.5
    centres = tf.random.stateless_uniform((6, 2), (4, -1), 0, 8, tf.int32).numpy()
    drawn = np.full((6, 16), 0.5)
    drawn[:, 6] = np.where(mirrored, 0.0, 0.9)
    drawn[:, (9, 8)] = (corners + 0.5) / (2 * MARGIN + 1)
    drawn[:, (11, 10)] = (centres + 0.5) / 8
    expected = input_of(change(images, drawn), 8, preparation).numpy()
    np.testing.assert_allclose(batch, expected[answers.numpy()], atol=1e-5)
