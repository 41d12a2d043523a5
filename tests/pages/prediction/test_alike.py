"""Nearest neighbours on the Prediction page."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data.samples import SAMPLES
from alexnet.language import text
from alexnet.trained import catalogue, predictor
from alexnet.ui.choices import photograph
from tests.pages.prediction.waiting import finished


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_sheets_show_the_closest_training_pictures(open_page, few, lang, monkeypatch):
    drawn = {}
    monkeypatch.setattr("pages.prediction.alike.show", lambda sheet, key: drawn.update({key: sheet}))
    at = finished(open_page("prediction", lang, view="alike"))
    assert not at.error and not at.exception
    assert at.title[0].value == text("prediction.title_alike", lang)
    model = catalogue.trained()
    network = predictor.load(model)
    learned = few("train")
    square = photograph.sample_shot(SAMPLES[0].id).square
    _, units = network.activations().hidden(model.reads([square, *learned.images]))
    distances = np.linalg.norm(units[1:] - units[0], axis=1)
    closest = np.argsort(distances)[:12]
    found = drawn["prediction_alike_hidden"]
    assert found.ids[0] == f"hidden{closest[0]}"
    assert {*found.ids} == {f"hidden{one}" for one in closest}
    assert found.captions[0] == model.classes[learned.labels[closest[0]]].name(lang)
    assert len(drawn["prediction_alike_pixels"].ids) == 12


def test_the_index_is_there_before_a_picture_of_ones_own_is(open_page, few):
    at = finished(open_page("prediction", "en", view="alike", **{"from": "upload"}))
    assert text("prediction.empty", "en") in [one.value for one in at.caption]
    assert not at.error
