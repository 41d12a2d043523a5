"""Ten crops on the Prediction page."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.data import preprocess
from alexnet.data.samples import SAMPLES, sample
from alexnet.language import text
from alexnet.trained import catalogue, crops, predictor


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_mean_of_the_ten_and_the_spread_over_offsets_are_said(open_page, lang):
    at = open_page("prediction", lang, view="crops")
    assert not at.error and not at.exception
    network = predictor.load(catalogue.trained())
    picture = preprocess.reduce(preprocess.square(sample(SAMPLES[0].id).pixels), 32)
    mean = crops.ask(network, crops.ten(picture, 28)).mean(axis=0)
    spread = 100 * crops.crop_map(network, picture, 28)[..., int(mean.argmax())].std()
    words = " ".join(one.value for one in at.markdown)
    assert text(f"classes.{network.classes[int(mean.argmax())].id}", lang) in words
    assert f"{mean.max():.1%}" in words
    assert f"{spread:.1f}" in words


def test_the_link_says_how_large_a_crop_is_and_which_class_is_mapped(open_page):
    at = open_page("prediction", view="crops", side="24", **{"class": "dog"}, sample="kitten")
    words = " ".join(one.value for one in at.markdown)
    assert "81 offsets “dog”" in words
    assert any("24x24" in one.value for one in at.caption)
    at.slider(key="prediction_side").set_value(30).run()
    assert at.query_params["side"] == "30"
    assert "9 offsets" in " ".join(one.value for one in at.markdown)


def test_without_a_picture_of_ones_own_the_page_says_so(open_page):
    at = open_page("prediction", "ko", view="crops", **{"from": "upload"})
    assert text("prediction.empty", "ko") in [one.value for one in at.caption]
    assert np.all([not at.error, not at.exception])
