"""Why this answer: the page's reasons, in both languages."""

from __future__ import annotations

import pytest

from alexnet.language import text


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_reasons_are_given_when_asked_for(open_page, lang):
    at = open_page("prediction", lang)
    assert not at.subheader
    at.toggle(key="prediction_why").set_value(True).run()
    assert not at.exception and not at.error
    assert at.subheader[0].value == text("prediction.why", lang)
    words = " ".join(one.value for one in at.markdown)
    assert "91.5%" in words  # the first sample is a cat to the shipped network, by its card on this page
    assert text("prediction.why_towers", lang) in words
    table = at.dataframe[0].value
    assert next(iter(table[text("prediction.why_first", lang)])) == text("classes.cat", lang)
    assert len(table) == 3


def test_the_link_asks_for_another_class_and_an_earlier_layer(open_page):
    at = open_page("prediction", why="1", layer="conv3")
    at.query_params["class"] = "dog"
    at.run()
    assert at.selectbox(key="prediction_class").value == "dog"
    assert not at.exception and not at.error
    assert any("“dog”" in one.value for one in at.markdown)
