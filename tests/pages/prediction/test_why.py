"""Why this answer: the page's reasons, in both languages."""

from __future__ import annotations

import pytest

from alexnet.data.samples import SAMPLES
from alexnet.language import text
from alexnet.trained import catalogue, explanations, predictor
from alexnet.ui.choices import photograph
from alexnet.ui.choices.unit import parsed


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


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_map_is_muted_and_randomized_weights_are_compared(open_page, lang):
    at = open_page("prediction", lang, why="1")
    assert not at.exception and not at.error
    choice = at.selectbox(key="prediction_mute")
    other = choice.options[2]
    model = catalogue.trained()
    read = model.reads([photograph.sample_shot(SAMPLES[0].id).square])[0]
    choice.set_value(choice.options[2]).run()
    unit = parsed(at.query_params["mute"])
    assert unit is not None and other
    answer = explanations.without_map(model.network, model.weights, read, "conv5", unit.tower, unit.number)
    words = " ".join(one.value for one in at.markdown)
    assert f"{answer[3]:.1%}" in words  # a cat
    network, shuffled = predictor.load(model), predictor.load_shuffled(model)
    maps = [
        explanations.grad_cam(*one.activations().slopes(read, 3)["conv5"], 64) for one in (network, shuffled)
    ]
    alike = explanations.likeness(*maps)
    case = "alike" if alike >= 0.5 else "differ"
    assert text(f"prediction.why_random_{case}", lang, alike=alike) in words
