"""Right and wrong answers on the Prediction page, and the matrix that opens them."""

from __future__ import annotations

import io
import time

import numpy as np
import pandas as pd
import pytest

from alexnet.language import text
from alexnet.runs import run
from alexnet.runs.metrics_log import Curves
from alexnet.trained import answered, catalogue, predictor
from alexnet.ui.choices import models
from pages.prediction import graded
from tests.pages.prediction.waiting import finished
from tests.training.small import small, train


@pytest.fixture
def sheets(monkeypatch):
    """The sheets that the page has drawn, the newest last."""
    drawn = []
    monkeypatch.setattr(
        "pages.prediction.graded.show",
        lambda sheet, key, *, chosen="", picked=None: drawn.append((sheet, chosen, picked)),
    )
    return drawn


@pytest.fixture(scope="module")
def network():
    return predictor.load(catalogue.trained())


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_surest_mistakes_stand_first_and_the_sentence_counts_them(open_page, few, sheets, network, lang):
    at = finished(open_page("prediction", lang, view="test"))
    assert not at.error
    assert at.title[0].value == text("prediction.title_test", lang)
    test = few("test")
    row = network.probabilities(catalogue.trained().reads(list(test.images)))
    wrong = [n for n in range(len(row)) if row[n].argmax() != test.labels[n]]
    wrong.sort(key=lambda n: -row[n].max())
    sheet, chosen, _ = sheets[-1]
    assert list(sheet.ids) == [str(n) for n in wrong]
    assert chosen == sheet.ids[0]
    right = len(row) - len(wrong)
    assert any(f"{right / len(row):.1%}" in block.value for block in at.markdown)


def test_a_link_opens_a_cell_and_a_picture_of_it(open_page, few, sheets):
    at = finished(open_page("prediction", view="test", which="right", truth="ship", answer="ship"))
    ids = sheets[-1][0].ids
    assert {int(few("test").labels[int(id)]) for id in ids} == {8}
    at.query_params["number"] = ids[1]
    at.run()
    assert sheets[-1][1] == ids[1]
    assert at.query_params["number"] == ids[1]
    words = [words for image in at.main.get("image") for words in image.captions]
    assert any(str(int(ids[1]) + 1) in one for one in words)


def test_what_a_tile_tells_the_page_stands_in_the_link(open_page, few, sheets):
    at = finished(open_page("prediction", view="test", which="all"))
    sheet, _, picked = sheets[-1]
    assert picked is not None
    at.session_state["prediction_number"] = sheet.ids[3]
    at.run()
    assert sheets[-1][1] == sheet.ids[3]


def test_a_cell_without_pictures_says_so(open_page, few, sheets):
    at = finished(open_page("prediction", view="test", which="wrong", truth="ship", answer="frog"))
    assert not sheets and not at.error
    assert text("prediction.test_none", "en") in [one.value for one in at.caption]


def test_the_matrix_holds_every_picture(open_page, few, sheets):
    at = finished(open_page("prediction", "en", view="test"))
    table = at.dataframe[0].value
    assert int(table.to_numpy().sum()) == len(few("test").labels)
    assert table.to_numpy().sum(axis=1).tolist() == np.bincount(few("test").labels, minlength=10).tolist()
    assert list(table.index)[3] == text("classes.cat", "en")


def test_the_table_to_take_away_has_every_answer(few, network):
    test = few("test")
    found = answered.ask(network, test.images)
    names = [f"c{n}" for n in range(10)]
    rows = list(graded._table(test, found, np.arange(len(test.labels)), names))
    frame = pd.read_csv(io.StringIO("\n".join(",".join(map(str, row)) for row in rows)), header=None)
    assert len(frame) == len(test.labels)
    np.testing.assert_allclose(frame.iloc[:, 4:].sum(axis=1), 1, atol=0.001)


def test_a_run_s_own_matrix_is_the_one_that_it_was_tested_with(open_page, home_folder):
    one = run.create(small())
    assert train(one) == 0
    at = finished(open_page("prediction", "en", view="test", model=one.id))
    curves = Curves(one.metrics_file)
    curves.update()
    assert curves.test is not None
    assert at.dataframe[0].value.to_numpy().tolist() == curves.test["confusion"]
    assert models.find(one.id).pictures("test").labels.shape == (64,)


def test_a_network_without_pictures_says_what_to_do(open_page, monkeypatch):
    def none(part):
        raise models.InputError("no_pictures_of_network")

    monkeypatch.setattr("alexnet.trained.shipped.pictures", none)
    at = open_page("prediction", "ko", view="test")
    assert at.error[0].value == text("errors.no_pictures_of_network", "ko")
    assert at.title[0].value == text("prediction.title_test", "ko")


@pytest.mark.expects_page_error
def test_work_that_breaks_off_is_said_and_begun_again(open_page, few, sheets, monkeypatch):
    def broken(*arguments):
        raise ValueError("no such thing")

    with monkeypatch.context() as patch:
        patch.setattr("alexnet.trained.answered.ask", broken)
        at = open_page("prediction", "en", view="test")
        end = time.monotonic() + 60
        while not at.error and time.monotonic() < end:
            time.sleep(0.1)
            at.run()
        assert at.error[0].value == text("prediction.answers_failed", "en")
    at.button(key="prediction_answers_again_test").click().run()
    assert not finished(at).error
    assert sheets
