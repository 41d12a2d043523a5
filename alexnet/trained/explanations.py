"""Why a network answers as it does: on which parts of a picture, and on which tower. No TensorFlow.

Questions: where a layer's maps push a class up (Grad-CAM), on which pixels its score hangs (gradient), what
happens when a part of the picture is covered (occlusion), a tower switched off or a map muted. A deletion
test says whether a map of importance is worth more than one of chance, and randomized weights whether it
tells what was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import BatchNormalization, Network
from alexnet.data.preprocess import enlarge
from alexnet.errors import InputError
from alexnet.numerics.forward import output
from alexnet.trained.stages import Maps
from alexnet.weights import store
from alexnet.weights.store import Arrays

Floats = NDArray[np.float32]
Ask = Callable[[Floats], Floats]
"""Pictures as a network reads them, (n, size, size, channels), to its probabilities, (n, classes)."""

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.75)
"""Of the picture's pixels that the deletion test covers, step by step."""


def grad_cam(maps: Maps, slopes: Maps, size: int) -> Floats:
    """Where a layer's maps speak for a class: Selvaraju et al., "Grad-CAM" (ICCV 2017), equations 1 and 2.

    Each map is weighted with the mean of its slopes; of the sum over all maps of both towers what is above 0.

    Args:
        maps: Each tower's responses to one picture, (1, height, width, maps).
        slopes: How the class's score changes with each response, of the same shapes.
        size: Pixels along each side of the result.

    Returns:
        (size, size), 0 to 1; all 0 where nothing speaks for the class.
    """
    parts = [
        (tower[0] * slope[0].mean(axis=(0, 1))).sum(axis=-1)
        for tower, slope in zip(maps, slopes, strict=True)
    ]
    return _whole(np.maximum(np.sum(parts, axis=0), 0), size)


def occlusion(ask: Ask, picture: Floats, index: int, *, windows: int = 7) -> Floats:
    """How much a class's probability falls when a part of the picture is covered.

    A window of the picture's own mean colour moves over it; each pixel gets the mean over the windows that
    covered it. After Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (ECCV 2014).

    Args:
        ask: The network.
        picture: As it reads it, (size, size, channels).
        index: Of the class.
        windows: Positions along each side; each window is two steps wide.

    Returns:
        (size, size), in probability: 0.3 where it falls by 30 points, below 0 where covering helps the class.
    """
    size = len(picture)
    edges = np.rint(np.linspace(0, size, windows + 2)).astype(int)
    places = [
        (slice(edges[row], edges[row + 2]), slice(edges[column], edges[column + 2]))
        for row in range(windows)
        for column in range(windows)
    ]
    mean = picture.mean(axis=(0, 1))
    covered = np.repeat(picture[None], len(places), axis=0)
    for one, place in zip(covered, places, strict=True):
        one[place] = mean
    answers = ask(np.concatenate([picture[None], covered]))[:, index]
    falls, times = np.zeros((size, size), np.float32), np.zeros((size, size), np.float32)
    for fall, place in zip(answers[0] - answers[1:], places, strict=True):
        falls[place] += fall
        times[place] += 1
    return falls / times


def saliency(gradient: Floats) -> Floats:
    """How strongly a class's score hangs on each pixel: Simonyan, Vedaldi and Zisserman (2014), section 3.

    Args:
        gradient: Of the score by the picture, (size, size, channels).

    Returns:
        (size, size), 0 to 1: of the three colours' slopes the largest, without its sign.
    """
    strongest = np.abs(gradient).max(axis=-1)
    highest = float(strongest.max())
    return np.asarray(strongest / highest if highest > 0 else strongest, np.float32)


def likeness(first: Floats, second: Floats) -> float:
    """Spearman's rank correlation of two maps of importance, -1 to 1; 0 where one is the same everywhere.

    Adebayo et al., "Sanity Checks for Saliency Maps" (NeurIPS 2018), compare a trained network's map with
    that from randomized weights in this way: where both are alike, the map does not tell what was learned.
    """
    from scipy.stats import spearmanr  # takes a third of a second to load

    if first.min() == first.max() or second.min() == second.max():
        return 0.0
    return float(spearmanr(first.ravel(), second.ravel()).statistic)


def shuffled(weights: Arrays, seed: int = 0) -> Arrays:
    """Randomized weights: the numbers of every kernel laid anew by chance; biases and all else stay."""
    draw = np.random.default_rng(seed)
    return {
        path: draw.permuted(array.reshape(-1)).reshape(array.shape) if path.endswith("/kernel") else array
        for path, array in weights.items()
    }


def contributions(maps: Maps, slopes: Maps) -> list[NDArray[np.float64]]:
    """What each map of a layer adds to a class's score, to first order: its responses times their slopes.

    Args:
        maps: Each tower's responses to one picture, (1, height, width, maps).
        slopes: How the score changes with each, of the same shapes.

    Returns:
        Of each tower (maps,).
    """
    return [
        (tower[0].astype(np.float64) * slope[0]).sum(axis=(0, 1))
        for tower, slope in zip(maps, slopes, strict=True)
    ]


def without_map(
    network: Network, file: Path, picture: Floats, layer: str, tower: int, number: int
) -> NDArray[np.float64]:
    """What a network answers with one map muted: all that its layer passes on of it is 0.

    Args:
        network: Its rows.
        file: Of its weights.
        picture: As it reads it, (size, size, channels).
        layer: The name of a convolution's row; batch normalization behind it belongs to it.
        tower: 1 or 2.
        number: Of the map in its tower, from 1.

    Returns:
        Probabilities, (classes,).

    Raises:
        InputError: no_such_map.
        DataError: As ``store.read`` and ``forward.output``.
    """
    weights, before = store.read(file), ""
    streams = [picture.astype(np.float64)]
    muted = False
    for row, after in zip_longest(network.rows, network.rows[1:]):
        streams = output(row, streams, weights, network.rounding)
        here = row.name == layer and not isinstance(after, BatchNormalization)
        if here or (isinstance(row, BatchNormalization) and before == layer):
            if not 1 <= tower <= len(streams) or not 1 <= number <= streams[tower - 1].shape[-1]:
                raise InputError("no_such_map", layer=layer, tower=tower, number=number)
            streams[tower - 1] = streams[tower - 1].copy()
            streams[tower - 1][..., number - 1] = 0
            muted = True
        before = row.name
    if not muted:
        raise InputError("no_such_map", layer=layer, tower=tower, number=number)
    return np.concatenate(streams, axis=-1)


def deletion(ask: Ask, picture: Floats, index: int, importance: Sequence[Floats]) -> NDArray[np.float64]:
    """A class's probability as the picture's pixels are covered, the most important first.

    After Petsiuk et al., "RISE" (BMVC 2018): the sooner it falls, the better the map names what counts.

    Args:
        ask: The network.
        picture: As it reads it, (size, size, channels).
        index: Of the class.
        importance: Maps, each (size, size); where two pixels are alike the upper left one comes first.

    Returns:
        (maps, steps): a probability for each of ``SHARES``.
    """
    size = len(picture)
    mean = picture.mean(axis=(0, 1))
    asked = []
    for one in importance:
        order = np.argsort(-one, axis=None, kind="stable")
        for share in SHARES:
            covered = picture.reshape(size * size, -1).copy()
            covered[order[: round(share * size * size)]] = mean
            asked.append(covered.reshape(picture.shape))
    return np.asarray(ask(np.stack(asked))[:, index], np.float64).reshape(len(importance), len(SHARES))


def mean_probability(curve: NDArray[np.float64]) -> float:
    """A curve of the deletion test as one number: its mean over the covered shares, the lower the better."""
    return float(np.trapezoid(curve, SHARES) / (SHARES[-1] - SHARES[0]))


def by_chance(count: int, cells: int, size: int, seed: int = 0) -> list[Floats]:
    """Maps of importance that know nothing, as coarse as those that they are compared with.

    Args:
        count: How many.
        cells: Along each side; the map between them is smooth.
        size: Pixels along each side.
        seed: The same gives the same maps.

    Returns:
        Each (size, size), 0 to 1.
    """
    draw = np.random.default_rng(seed)
    return [_whole(draw.random((cells, cells), np.float32), size) for _ in range(count)]


def without_tower(network: Network, weights: Arrays, picture: Floats, tower: int) -> NDArray[np.float64]:
    """What a network answers with one tower switched off: all that its layers pass on is 0.

    Args:
        network: Its rows.
        weights: All its weights.
        picture: As it reads it, (size, size, channels).
        tower: 1 or 2.

    Returns:
        Probabilities, (classes,).

    Raises:
        InputError: no_such_tower; the network has fewer.
        DataError: As ``forward.output``.
    """
    if not 1 <= tower <= network.towers or network.towers == 1:
        raise InputError("no_such_tower", tower=tower, towers=network.towers)
    streams = [picture.astype(np.float64)]
    for row in network.rows:
        streams = output(row, streams, weights, network.rounding)
        if len(streams) > 1:
            streams[tower - 1] = np.zeros_like(streams[tower - 1])
    return np.concatenate(streams, axis=-1)


def each_alone(
    network: Network, file: Path, picture: Floats
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What tower 1 answers with tower 2 switched off, and the other way round. As ``without_tower``.

    Args:
        network: Its rows, of two towers.
        file: Of its weights.
        picture: As it reads it, (size, size, channels).
    """
    weights = store.read(file)
    second, first = (without_tower(network, weights, picture, off) for off in (1, 2))
    return first, second


def _whole(coarse: NDArray[np.floating], size: int) -> Floats:
    """A coarse map at the size of the picture, its highest value 1."""
    grown = enlarge(coarse.astype(np.float32)[None, :, :, None], size)[0, :, :, 0]
    highest = float(grown.max())
    return np.asarray(grown / highest if highest > 0 else np.zeros_like(grown), np.float32)
