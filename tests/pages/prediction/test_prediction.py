"""The Prediction page, through app.py."""

from __future__ import annotations

import re
import unicodedata

import pytest
import streamlit as st
from PIL import Image

from alexnet.data.samples import SAMPLES
from alexnet.language import text
from tests.pictures import BAD, GOOD, HANGUL_DECOMPOSED, saved


def upload(at, *names):
    files = [
        (name, GOOD[name]() if name in GOOD else BAD[name][0](), "application/octet-stream") for name in names
    ]
    return at.file_uploader[0].set_value(files).run()


def shown_names(at) -> list[str]:
    return [html.proto.body for html in at.get("html") if "<strong" in html.proto.body]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_page_names_the_ten_classes_and_nothing_is_wrong(open_page, lang):
    at = open_page("prediction", lang)
    assert at.title[0].value == text("prediction.title", lang)
    assert text("classes.frog", lang) in at.info[0].value
    assert not at.error


def test_every_sample_is_answered(open_page):
    at = open_page("prediction")
    for entry in SAMPLES:
        at.query_params["sample"] = entry.id
        at.run()
        assert not at.error
        assert entry.credit.author in " ".join(caption.value for caption in at.caption)


def test_a_link_opens_its_sample(open_page):
    at = open_page("prediction", "en", sample="cow")
    assert "Dohduhdah" in " ".join(caption.value for caption in at.caption)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_bad_upload_is_explained_by_name_and_the_page_lives(open_page, lang):
    at = upload(open_page("prediction", lang, **{"from": "upload"}), *BAD)
    assert len(at.error) == len(BAD)
    for error, name in zip(at.error, BAD, strict=True):
        assert name in error.value.replace("\\", "")
    upload(at, "photograph.jpg")
    assert not at.error
    assert len(shown_names(at)) == 1


def test_good_uploads_are_all_answered_the_newest_first(open_page):
    at = upload(open_page("prediction", "en", **{"from": "upload"}), "photograph.jpg", "sixteen_bit_grey.png")
    assert not at.error
    assert [("photograph" in name, "sixteen" in name) for name in shown_names(at)] == [
        (False, True),
        (True, False),
    ]


def test_a_bad_file_among_good_ones_costs_only_itself(open_page):
    at = upload(
        open_page("prediction", "en", **{"from": "upload"}), "photograph.jpg", "letter.jpg", "cmyk.jpg"
    )
    assert len(at.error) == 1
    assert len(shown_names(at)) == 2


def test_a_hangul_name_is_shown_composed(open_page):
    at = upload(open_page("prediction", "ko", **{"from": "upload"}), HANGUL_DECOMPOSED)
    assert unicodedata.normalize("NFC", HANGUL_DECOMPOSED) in shown_names(at)[0]


def test_a_file_name_is_never_markup(open_page):
    at = open_page("prediction", "en", **{"from": "upload"})
    at.file_uploader[0].set_value([("<img src=x onerror=alert(1)>.jpg", GOOD["photograph.jpg"](), "")]).run()
    assert "<img" not in shown_names(at)[0]
    at.file_uploader[0].set_value([("**bold** [link](x).jpg", b"no picture", "")]).run()
    assert r"\*\*bold\*\*" in at.error[0].value
    at.file_uploader[0].set_value([(":smile: :material_home:.jpg", b"no picture", "")]).run()
    assert not re.search(r":[\w+-]+:", at.error[0].value.replace("\\", ""))


def test_removed_pictures_come_back(open_page):
    at = upload(open_page("prediction", "en", **{"from": "upload"}), "photograph.jpg", "cmyk.jpg")
    at.button(key="prediction_remove_all").click().run()
    assert shown_names(at) == []
    assert text("prediction.empty", "en") in [caption.value for caption in at.caption]
    at.button(key="prediction_put_back").click().run()
    assert len(shown_names(at)) == 2


def test_pictures_stay_when_the_language_is_switched(open_page):
    at = upload(open_page("prediction", "en", **{"from": "upload"}), "photograph.jpg")
    at.sidebar.segmented_control(key="language").set_value("ko").run()
    assert at.title[0].value == text("prediction.title", "ko")
    assert len(shown_names(at)) == 1


def test_the_uploaded_file_itself_is_let_go(open_page):
    at = upload(open_page("prediction", "en", **{"from": "upload"}), "photograph.jpg")
    assert not at.file_uploader[0].value


def test_over_plain_http_the_camera_is_replaced_by_its_reason(open_page, monkeypatch):
    monkeypatch.setattr("alexnet.ui.choices.photograph.camera_allowed", lambda: False)
    at = open_page("prediction", "ko", **{"from": "camera"})
    assert at.warning[0].value == text("photograph.camera_not_here", "ko")


def test_a_missing_model_is_explained(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr("alexnet.trained.shipped.FOLDER", tmp_path)
    st.cache_resource.clear()
    try:
        at = open_page("prediction", "en")
        assert len(at.error) == 1
    finally:
        st.cache_resource.clear()


def test_only_of_a_photograph_that_is_not_square_the_caption_says_that_the_rest_is_faded(open_page):
    at = open_page("prediction", "en", **{"from": "upload"})
    square = saved(Image.new("RGB", (64, 64), "red"), "PNG")
    at.file_uploader[0].set_value(
        [("square.png", square, ""), ("photograph.jpg", GOOD["photograph.jpg"](), "")]
    )
    at.run()
    captions = [words for image in at.main.get("image") for words in image.captions]
    assert [words for words in captions if words.startswith("The photograph.")] == [
        text("prediction.photograph", "en"),
        text("prediction.photograph_square", "en"),
    ]
