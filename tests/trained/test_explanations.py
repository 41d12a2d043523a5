"""Explanations find what was planted, and a tower that is switched off is a tower set to zero by hand."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, Convolution, Dense, GlobalAveragePooling, Network, one_tower
from alexnet.data.samples import SAMPLES, sample
from alexnet.errors import InputError
from alexnet.network import build
from alexnet.trained import apart, catalogue, explanations
from alexnet.trained.activations import Activations
from alexnet.trained.apart import Apart
from alexnet.trained.explanations import SHARES
from alexnet.trained.predictor import load
from alexnet.weights import store

SIZE = 32
RED = Network(
    "red",
    (Convolution("conv1", 1, 4, 2), GlobalAveragePooling(), Dense("fc2", 2, activation="softmax")),
    SIZE,
)
"""One map that responds to red, and two classes: the first is the one with more of it."""

PATCH = slice(4, 12), slice(20, 28)


@pytest.fixture(scope="module")
def red_model():
    model = build(RED, initializer="zeros")
    kernel = np.zeros((4, 4, 3, 1), np.float32)
    kernel[..., 0, 0], kernel[..., 1, 0] = 1 / 16, -1 / 16
    store.assign(
        model,
        {
            "conv1/kernel": kernel,
            "conv1/bias": np.zeros(1, np.float32),
            "fc2/kernel": np.array([[60, 0]], np.float32),
            "fc2/bias": np.array([0, 0.5], np.float32),
        },
    )
    return model


@pytest.fixture(scope="module")
def planted():
    picture = np.random.default_rng(5).uniform(0.4, 0.5, (SIZE, SIZE, 3)).astype(np.float32)
    picture[..., 0] -= 0.1
    picture[PATCH] = (1, 0, 0)
    return picture


@pytest.fixture(scope="module")
def shipped():
    return catalogue.trained()


@pytest.fixture(scope="module")
def cat(shipped):
    return shipped.reads([sample(SAMPLES[0].id).pixels])[0]


def inside(importance):
    """The share of the map that lies in the patch."""
    kept = np.maximum(importance, 0)
    return kept[PATCH].sum() / kept.sum()


def test_grad_cam_lights_the_planted_patch_for_its_class_and_nothing_for_the_other(red_model, planted):
    watched = Activations(red_model, RED)
    maps, slopes = watched.slopes(planted, 0)["conv1"]
    lit = explanations.grad_cam(maps, slopes, SIZE)
    assert inside(lit) > 0.7  # at the edges of the patch the map is enlarged by interpolation
    assert lit.max() == 1
    row, column = np.unravel_index(lit.argmax(), lit.shape)
    assert 4 <= row < 12 and 20 <= column < 28
    maps, slopes = watched.slopes(planted, 1)["conv1"]
    assert not explanations.grad_cam(maps, slopes, SIZE).any()


def test_occlusion_lights_the_planted_patch(red_model, planted):
    falls = explanations.occlusion(lambda inputs: np.asarray(red_model(inputs)), planted, 0)
    assert falls.max() > 0.05
    assert inside(falls) > 0.4  # a window is a quarter of the picture wide
    row, column = np.unravel_index(falls.argmax(), falls.shape)
    assert 4 <= row < 12 and 20 <= column < 28


def test_a_fall_is_the_probability_before_less_that_after_covering_by_hand(planted):
    def ask(inputs):
        bright = inputs[:, 0, 0, 0]
        return np.stack([bright, 1 - bright], axis=1)

    falls = explanations.occlusion(ask, planted, 0, windows=3)
    # Only the window in the upper left corner covers that pixel: half of each side, as steps are quarters.
    by_hand = planted[0, 0, 0] - planted.mean(axis=(0, 1))[0]
    np.testing.assert_allclose(falls[:8, :8], by_hand, rtol=1e-5)
    np.testing.assert_allclose(falls[:8, 8:16], by_hand / 2, rtol=1e-5)
    np.testing.assert_array_equal(falls[16:], 0)


def test_deletion_covers_the_most_important_pixels_first():
    picture = np.zeros((10, 10, 1), np.float32)
    picture[2, 3] = 1
    knows, knows_not = np.zeros((10, 10), np.float32), np.zeros((10, 10), np.float32)
    knows[2, 3], knows_not[9] = 1, 1
    curves = explanations.deletion(lambda inputs: inputs[:, 2, 3], picture, 0, [knows, knows_not])
    assert list(curves[0]) == [1, *[pytest.approx(0.01)] * (len(SHARES) - 1)]
    assert list(curves[1][:3]) == [1, 1, 1]  # its last row, and then the first one
    assert explanations.mean_probability(curves[0]) < explanations.mean_probability(curves[1])


def test_the_mean_of_a_straight_line_is_its_middle():
    assert explanations.mean_probability(1 - np.array(SHARES)) == pytest.approx(1 - SHARES[-1] / 2)


def test_maps_of_chance_are_the_same_for_a_seed_and_differ_among_each_other():
    first, second = explanations.by_chance(2, 4, 16, seed=1)
    np.testing.assert_array_equal(first, explanations.by_chance(1, 4, 16, seed=1)[0])
    assert first.max() == 1 and (first != second).any()


def test_slopes_are_those_of_small_steps(red_model, planted):
    """The score is a straight line of the map: fc2 weighs its mean by 60 against 0."""
    _, (slopes,) = Activations(red_model, RED).slopes(planted, 0)["conv1"]
    np.testing.assert_allclose(slopes, 60 / 2 / slopes[0, ..., 0].size, rtol=1e-3)


def test_slopes_of_two_towers_say_how_the_score_moves(shipped, cat):
    """Against a step of the picture itself: the slopes of the first map's responses add up to it."""
    network = load(shipped)
    at = int(network.softmax(cat[None])[0].argmax())
    for name, (maps, slopes) in network.activations().slopes(cat, at).items():
        assert len(maps) == len(slopes) == 2, name
        for one, of_it in zip(maps, slopes, strict=True):
            assert one.shape == of_it.shape
            assert np.isfinite(of_it).all() and of_it.any()


def test_another_process_gives_the_same_slopes(shipped, cat):
    here, there = load(shipped).activations().slopes(cat, 3), Apart(shipped).slopes(cat, 3)
    assert list(here) == list(there)
    for name in here:
        for one, other in zip(here[name][1], there[name][1], strict=True):
            np.testing.assert_allclose(other, one, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("tower", [1, 2])
def test_switching_a_tower_off_is_setting_its_weights_to_zero(shipped, cat, tower):
    weights = store.read(shipped.weights)
    model = build(shipped.network, initializer="zeros")
    silent = {path: 0 * array if f"_tower{tower}/" in path else array for path, array in weights.items()}
    store.assign(model, silent)
    expected = np.asarray(model(cat[None], training=False))[0]
    found = explanations.without_tower(shipped.network, weights, cat, tower)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-7)
    assert np.abs(found - load(shipped).softmax(cat[None])[0]).max() > 0.01


@pytest.mark.parametrize(("network", "tower"), [(one_tower(CLASSROOM), 1), (CLASSROOM, 3), (CLASSROOM, 0)])
def test_a_tower_that_is_not_there_cannot_be_switched_off(network, tower):
    with pytest.raises(InputError, match="no_such_tower"):
        explanations.without_tower(network, {}, np.zeros((64, 64, 3), np.float32), tower)


def test_each_alone_is_the_other_tower_switched_off_and_the_same_in_another_process(
    shipped, cat, monkeypatch
):
    weights = store.read(shipped.weights)
    first, second = apart.each_alone(shipped, cat)
    np.testing.assert_array_equal(first, explanations.without_tower(shipped.network, weights, cat, 2))
    np.testing.assert_array_equal(second, explanations.without_tower(shipped.network, weights, cat, 1))
    monkeypatch.setattr(apart, "belongs_apart", lambda network: True)
    for here, there in zip((first, second), apart.each_alone(shipped, cat), strict=True):
        np.testing.assert_allclose(there, here, rtol=1e-9)


def test_saliency_lights_the_planted_patch_s_colour_everywhere_alike(red_model, planted):
    """Where the map responds the score is a straight line of red less green; elsewhere ReLU holds it back."""
    gradient = Activations(red_model, RED).gradient(planted, 0)
    lit = explanations.saliency(gradient)
    assert lit.max() == 1 and lit.shape == (SIZE, SIZE)
    np.testing.assert_allclose(lit * np.abs(gradient).max(), np.abs(gradient).max(axis=-1), rtol=1e-5)
    row, column = np.nonzero(lit)  # a window that touches the patch reaches three pixels beyond it
    assert row.min() >= 1 and row.max() < 15 and column.min() >= 17 and column.max() < 31
    assert inside(lit) > 0.6
    assert not explanations.saliency(np.zeros((4, 4, 3), np.float32)).any()


def test_likeness_is_one_for_the_same_order_and_nothing_for_a_flat_map():
    first = np.arange(16, dtype=np.float32).reshape(4, 4)
    assert explanations.likeness(first, first**3) == pytest.approx(1)
    assert explanations.likeness(first, -first) == pytest.approx(-1)
    assert explanations.likeness(first, np.zeros((4, 4), np.float32)) == 0


def test_shuffled_weights_are_the_same_numbers_elsewhere(shipped):
    weights = store.read(shipped.weights)
    other = explanations.shuffled(weights)
    assert other.keys() == weights.keys()
    for path, array in weights.items():
        np.testing.assert_array_equal(np.sort(other[path], axis=None), np.sort(array, axis=None))
        assert (other[path] != array).any() == path.endswith("/kernel"), path


@pytest.mark.parametrize(("layer", "path"), [("conv1", "conv1_tower2"), ("conv3", "bn3_tower2")])
def test_muting_a_map_is_setting_its_own_numbers_to_zero(shipped, cat, layer, path):
    weights = dict(store.read(shipped.weights))
    for part in ("kernel", "bias") if layer == "conv1" else ("gamma", "beta"):
        changed = weights[f"{path}/{part}"].copy()
        changed[..., 4] = 0
        weights[f"{path}/{part}"] = changed
    model = build(shipped.network, initializer="zeros")
    store.assign(model, weights)
    expected = np.asarray(model(cat[None], training=False))[0]
    found = explanations.without_map(shipped.network, shipped.weights, cat, layer, 2, 5)
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(("layer", "tower", "number"), [("conv9", 1, 1), ("conv1", 3, 1), ("conv1", 1, 999)])
def test_a_map_that_is_not_there_cannot_be_muted(shipped, cat, layer, tower, number):
    with pytest.raises(InputError, match="no_such_map"):
        explanations.without_map(shipped.network, shipped.weights, cat, layer, tower, number)


def test_another_process_mutes_the_same_map(shipped, cat, monkeypatch):
    here = apart.without_map(shipped, cat, ("conv5", 1, 3))
    monkeypatch.setattr(apart, "belongs_apart", lambda network: True)
    np.testing.assert_allclose(apart.without_map(shipped, cat, ("conv5", 1, 3)), here, rtol=1e-9)


def test_what_a_map_adds_foretells_what_muting_a_small_one_does(red_model, planted):
    maps, slopes = Activations(red_model, RED).slopes(planted, 0)["conv1"]
    ((added,),) = explanations.contributions(maps, slopes)
    probabilities = np.asarray(red_model(planted[None]))[0].astype(np.float64)
    score = (np.log(probabilities[0]) - np.log(probabilities[1])) / 2
    silent = (0 - 0.5) / 2  # only fc2's biases are left
    assert added == pytest.approx(score - silent, rel=1e-3)  # the score is a straight line of the map
