"""The tf.data part of the data: shuffled, augmented batches that are the same whenever they are drawn again.

Order and augmentation are functions of (seed, epoch, image) and of nothing else, so a training that was
broken off and goes on sees exactly what it would have seen. TensorFlow is imported when a pipeline is made.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from alexnet.data.augmentation import Augmenter, draws
from alexnet.data.preparation import Colour, Preparation
from alexnet.data.preprocess import shift_and_unit

if TYPE_CHECKING:
    import tensorflow as tf

MARGIN = 4
"""Pixels of black around a picture before a crop of its own size is taken, at the training resolution."""


def training_batches(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    *,
    size: int,
    batch: int,
    seed: int,
    epoch: int,
    preparation: Preparation,
    augment: bool = True,
    erase: int = 0,
    augmenter: Augmenter | None = None,
    begin: int = 0,
) -> tf.data.Dataset:
    """One epoch of shuffled batches; the last, smaller one is left out.

    Args:
        images: ``(n, side, side, 3)``, uint8.
        labels: ``(n,)``, class indices.
        size: The network's input size.
        batch: Pictures a batch.
        seed: The run's seed.
        epoch: Counted from 0; each epoch has its own order, crops and flips.
        preparation: How pictures get the network's size and scale.
        augment: Crop within a margin of ``MARGIN`` pixels and flip every other picture left to right.
        erase: With ``augment``, the side of a square in the mean colour, centred anywhere in the picture;
            what lies beyond its edge is lost.
        augmenter: Changes the pictures instead of ``augment`` and ``erase``.
        begin: The first of the epoch's batches, counted from 0; those before are not made.

    Returns:
        A dataset of (``(batch, size, size, 3)`` float32 scaled, ``(batch,)`` int64).
    """
    import tensorflow as tf

    count, side = images.shape[:2]
    order = np.random.default_rng((seed, epoch)).permutation(count)
    pictures, answers = tf.constant(images), tf.constant(labels)
    corners = tf.random.stateless_uniform((count, 2), (seed, 2 * epoch), 0, 2 * MARGIN + 1, tf.int32)
    mirrored = tf.random.stateless_uniform((count,), (seed, 2 * epoch + 1)) < 0.5
    centres = tf.random.stateless_uniform((count, 2), (seed, -1 - epoch), 0, side, tf.int32)

    drawn = draws(seed, epoch, count) if augmenter is not None else None
    # The crop is one of the augmenter's draws; a crop of the middle is for pictures that nobody learns from.
    uncropped = replace(preparation, crop=None)

    def changed(index: NDArray[np.int64]) -> NDArray[np.float32]:
        assert augmenter is not None and drawn is not None
        return augmenter(images[index], drawn[index])

    def prepare(index: Any) -> tuple[Any, Any]:
        if augmenter is not None:
            kept = augmenter.given.side(side)
            made = tf.numpy_function(changed, [index], tf.float32, stateful=False)
            made = tf.ensure_shape(made, (batch, kept, kept, images.shape[-1]))
            return input_of(made, size, uncropped), tf.gather(answers, index)
        batch_pictures = tf.gather(pictures, index)
        if augment:
            batch_pictures = _crop_and_flip(
                batch_pictures, tf.gather(corners, index), tf.gather(mirrored, index), side
            )
            if erase:
                batch_pictures = _erase(batch_pictures, tf.gather(centres, index), erase, preparation.mean)
        return input_of(batch_pictures, size, preparation), tf.gather(answers, index)

    batches = tf.data.Dataset.from_tensor_slices(order[begin * batch :]).batch(batch, drop_remainder=True)
    # Rewriting the pipeline's graph copies the pictures that it holds: seconds an epoch for nothing.
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    options.autotune.enabled = False
    return batches.map(prepare, num_parallel_calls=1, deterministic=True).prefetch(2).with_options(options)


def input_of(pictures: Any, size: int, preparation: Preparation) -> Any:
    """``alexnet.data.preprocess.input_of`` as TensorFlow operations.

    Scaled first, as that is linear and the small picture has fewer pixels.
    """
    import tensorflow as tf

    shift, unit = shift_and_unit(preparation)
    if preparation.crop is not None:
        begin = (tf.shape(pictures)[1] - preparation.crop) // 2
        pictures = pictures[:, begin : begin + preparation.crop, begin : begin + preparation.crop]
    scaled = (tf.cast(pictures, tf.float32) - tf.constant(shift)) / tf.constant(unit)
    if preparation.channel_order == "bgr":
        scaled = scaled[..., ::-1]
    if preparation.resize == "bilinear":
        return _interpolated(scaled, size)
    return tf.image.resize(scaled, (size, size), preparation.resize)


def _interpolated(pictures: Any, size: int) -> Any:
    """``tf.image.resize`` by two matrix products; its own kernel takes about twice as long."""
    import tensorflow as tf

    if pictures.shape[1] == size:
        return pictures
    count, side, channels = tf.shape(pictures)[0], tf.shape(pictures)[1], pictures.shape[-1]
    pixels = tf.range(tf.cast(side, tf.float32))
    place = (tf.range(size, dtype=tf.float32) + 0.5) * (tf.cast(side, tf.float32) / size) - 0.5
    place = tf.clip_by_value(place, 0.0, tf.cast(side - 1, tf.float32))
    shares = tf.maximum(1 - tf.abs(place[:, None] - pixels), 0)  # (size, side): each row sums to 1
    rows = tf.matmul(shares, tf.reshape(pictures, (count, side, side * channels)))
    # Along a row the channels lie beside each other: each output takes from inputs of its own channel.
    spread = shares[:, None, :, None] * tf.eye(channels)[None, :, None, :]
    spread = tf.reshape(spread, (size * channels, side * channels))
    both = tf.matmul(tf.reshape(rows, (count * size, side * channels)), spread, transpose_b=True)
    return tf.reshape(both, (count, size, size, channels))


def _crop_and_flip(pictures: Any, corners: Any, mirrored: Any, side: int) -> Any:
    import tensorflow as tf

    along = tf.range(side)
    rows = corners[:, :1] + along
    columns = corners[:, 1:] + tf.where(mirrored[:, None], side - 1 - along, along)
    margin = ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0))
    padded = tf.pad(pictures, margin)
    cropped = tf.gather(padded, rows, axis=1, batch_dims=1)
    return tf.gather(cropped, columns, axis=2, batch_dims=1)


def _erase(pictures: Any, centres: Any, side: int, mean: Colour) -> Any:
    import tensorflow as tf

    from_centre = tf.range(pictures.shape[1])[None, None] - centres[..., None] + side // 2
    within = tf.logical_and(from_centre >= 0, from_centre < side)  # (n, 2, side of the picture)
    square = tf.logical_and(within[:, 0, :, None], within[:, 1, None, :])
    return tf.where(square[..., None], tf.constant(np.rint(mean).astype(np.uint8)), pictures)
