"""What enters the network, on the Prediction page; and many pictures as a table."""

from __future__ import annotations

import pytest

from alexnet.data.samples import SAMPLES
from alexnet.data.ways import WAYS, cut
from alexnet.language import text
from alexnet.trained import catalogue, predictor
from alexnet.ui.choices import photograph
from tests.pages.prediction.test_prediction import upload


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_way_has_its_answer_and_the_numbers_are_told(open_page, lang):
    at = open_page("prediction", lang, view="enters", sample="kitten")
    assert not at.error and not at.exception
    model = catalogue.trained()
    square = photograph.sample_shot("kitten").square
    table = at.dataframe[0].value
    network = predictor.load(model)
    usual = network.probabilities(model.reads([square]))[0]
    column = text("prediction.column_usual", lang)
    assert table[column].iloc[0] == pytest.approx(100 * usual.max(), abs=0.01)
    assert list(table.iloc[:, 0]) == [text(f"prediction.way_{id}", lang) for id in WAYS]
    captions = [words for image in at.main.get("image") for words in image.captions]
    low, high = (
        float(one) for one in (model.reads([square])[0][..., 0].min(), model.reads([square])[0][..., 0].max())
    )
    assert any(f"{low:.2f}" in one and f"{high:.2f}" in one for one in captions)


def test_a_part_that_is_cut_and_turned_is_what_is_asked(open_page):
    at = open_page("prediction", view="enters", turn="90", cut_side="50", cut_right="0", cut_down="100")
    model = catalogue.trained()
    part = cut(photograph.sample_shot(SAMPLES[0].id).square, 90, 0.5, 0, 1)
    usual = predictor.load(model).probabilities(model.reads([part]))[0]
    assert f"{usual.max():.1%}" in " ".join(one.value for one in at.markdown)
    assert at.query_params["cut_side"] == "50"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_samples_stand_in_one_table(open_page, lang):
    at = open_page("prediction", lang, view="many")
    assert not at.error and not at.exception
    table = at.dataframe[0].value
    assert len(table) == len(SAMPLES)
    assert table[text("prediction.column_answer", lang)].iloc[0] == text("classes.cat", lang)
    assert table[text("prediction.column_unlike", lang)].notna().all()


def test_ones_own_pictures_stand_there_too_and_none_is_said(open_page):
    at = open_page("prediction", "en", view="many", **{"from": "upload"})
    assert text("prediction.empty", "en") in [one.value for one in at.caption]
    upload(at, "photograph.jpg", "sixteen_bit_grey.png")
    assert len(at.dataframe[0].value) == 2
