"""How sure a network is and whether it should be, on the Prediction page."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st
from PIL import Image

from alexnet.language import text
from alexnet.runs import run
from alexnet.trained import shipped
from tests.pages.prediction.waiting import finished
from tests.pictures import saved
from tests.training.small import small, train


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_temperature_error_and_wrong_warnings_are_said(open_page, lang):
    at = open_page("prediction", lang, view="sure")
    assert not at.error and not at.exception
    found = shipped.sureness()
    words = " ".join(one.value for one in at.markdown)
    assert f"{found.temperature:.2f}" in words
    assert f"{found.false:.1%}" in words
    shares = at.table[0].value[text("prediction.column_warned", lang)].tolist()
    wanted = [found.false, *(found.caught[k] for k in ("noise", "scrambled", "stripes"))]
    assert shares == [f"{100 * share:.1f} %" for share in wanted]


def test_a_run_is_measured_here(open_page):
    st.cache_resource.clear()
    one = run.create(small())
    assert train(one) == 0
    at = open_page("prediction", "en", view="sure", model=one.id)
    for _ in range(3):  # training, validation and test pictures, one after another
        at = finished(at)
        at.run()
    assert not at.error
    assert any("64 test pictures" in one.value for one in at.markdown)
    at.query_params["view"] = "picture"
    at.run()
    assert not at.exception


def test_a_picture_far_from_all_classes_gets_a_warning_and_the_first_sample_none(open_page, monkeypatch):
    assert not open_page("prediction", "en").warning
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    found = shipped.sureness()
    monkeypatch.setattr("alexnet.trained.shipped.sureness", lambda id="shipped": found)
    at = open_page("prediction", "en", **{"from": "upload"})
    at.file_uploader[0].set_value([("noise.png", saved(Image.fromarray(pixels), "PNG"), "")]).run()
    object.__setattr__(found, "limit", 0.0)  # whatever it is, it is further than nothing
    at.run()
    assert f"{found.false:.1%}" in at.warning[0].value
    object.__setattr__(found, "limit", 2.0)
    at.run()
    assert not at.warning
