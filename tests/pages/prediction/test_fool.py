"""Fooling the network on the Prediction page."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data.disturbance import Disturbance
from alexnet.data.samples import SAMPLES
from alexnet.trained import catalogue, predictor
from alexnet.ui.choices import photograph
from pages.prediction import fool


def words(at) -> str:
    return " ".join(one.value for one in at.markdown)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_step_fools_the_network_and_the_page_says_so(open_page, lang):
    at = open_page("prediction", lang, view="fool")
    assert not at.error and not at.exception
    before = words(at)
    at.slider(key="prediction_step").set_value(4.0).run()
    assert not at.exception
    model = catalogue.trained()
    network = predictor.load(model)
    start = fool.base(network, model, photograph.sample_shot(SAMPLES[0].id).square)
    found = fool.fool(network, model, start, Disturbance(), 4.0)
    assert found.before.argmax() != found.after.argmax()
    assert words(at) != before
    assert f"{found.after.max():.1%}" in words(at)


def test_the_link_holds_every_slider_and_one_button_puts_all_back(open_page):
    at = open_page("prediction", "en", view="fool", rotate="90", hue="120", cover="40", cover_x="20")
    assert at.slider(key="prediction_rotate").value == 90
    assert "Still" in words(at) or "Fooled" in words(at)
    at.slider(key="prediction_blur").set_value(3.0).run()
    assert at.query_params["blur"] == "3.0"
    at.button(key="prediction_button_try_reset").click().run()
    assert "Nothing is changed yet" in words(at)
    assert not {"rotate", "hue", "cover", "cover_x", "blur"} & {*at.query_params}


def test_undisturbed_the_answer_is_that_of_the_network():
    model = catalogue.trained()
    network = predictor.load(model)
    square = np.random.default_rng(1).integers(0, 256, (128, 128, 3), dtype=np.uint8)
    found = fool.fool(network, model, fool.base(network, model, square), Disturbance(), 0.0)
    np.testing.assert_allclose(found.before, network.probabilities(model.reads([square]))[0], atol=1e-5)
    np.testing.assert_allclose(found.after, found.before, atol=1e-6)
    assert found.seen.shape == (64, 64, 3)
