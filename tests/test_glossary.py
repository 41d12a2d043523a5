"""The glossary: complete in both languages, and nothing in it that the app does not say."""

from __future__ import annotations

import re

import pytest

from alexnet import glossary
from alexnet.figures.glossary import PICTURES
from alexnet.glossary import TERMS, entries, found
from alexnet.language import LANGUAGES, catalogue, keys, prose, sections, template
from alexnet.studies.ladder import RUNGS
from alexnet.ui.pages import PAGES

IDS = [term.id for term in TERMS]


def whole_app(language):
    """Every text of the app but the glossary's own; 0.5 stands where a number comes."""
    folder = catalogue.FOLDER / language
    said = [
        template(key, language)
        for path in folder.glob("*.po")
        if path.stem != "glossary"
        for key in keys(path.stem, language)
    ]
    said += [
        prose(path.stem, name, language)
        for path in folder.glob("*.md")
        for name in sections(path.stem, language)
    ]
    return re.sub(r"\{[^}]*\}", "0.5", "\n".join(said))


def test_the_terms_stand_once_each_in_the_order_of_their_ids():
    assert sorted(set(IDS)) == IDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_term_and_no_other(language):
    texts = keys("glossary", language)
    for kind in ("word", "forms", "says"):
        assert {key for key in texts if key.startswith(f"glossary.{kind}_")} == {
            f"glossary.{kind}_{id}" for id in IDS
        }
    assert {key.partition("use_")[2] for key in texts if key.startswith("glossary.use_")} <= set(IDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_somewhere_in_the_app(language):
    assert set(IDS) - found(whole_app(language), language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_short_and_its_word_is_found_in_a_text(language):
    for entry in entries(language):
        assert 15 <= len(entry.says) <= 200, entry.says
        assert entry.term.id in found(re.sub(r"\(.*\)", "", entry.word), language) or entry.term.id == "rms"


def test_what_is_measured_says_what_to_do_with_its_number():
    for language in LANGUAGES:
        advised = {entry.term.id for entry in entries(language) if entry.use}
        assert advised >= {"accuracy", "loss", "auc", "p_value", "colour_index", "fan_in", "rms", "norm"}


@pytest.mark.parametrize(
    ("id", "numbers"),
    [
        ("stride", ("4", "227", "55")),
        ("fan_in", ("11×11×3 = 363",)),
        ("fan_out", ("11×11×48 = 5,808",)),
        ("parameter", ("60,965,224",)),
        ("multiply_accumulate", ("724,406,816",)),
        ("pooling", ("3×3", "27×27")),
        ("padding", ("2", "27×27")),
        ("receptive_field", ("11×11", "163×163")),
        ("tower", ("48", "96", "conv3, fc6, fc7, fc8")),
        ("dense_layer", ("4,096", "9,216")),
        ("batch", ("128",)),
        ("local_response_normalization", ("5",)),
    ],
)
def test_the_examples_are_the_papers_own_numbers(id, numbers):
    for language in LANGUAGES:
        (says,) = [entry.says for entry in entries(language) if entry.term.id == id]
        assert all(number in says for number in numbers)


def test_the_advice_names_what_guessing_reaches():
    (loss,) = [entry.use for entry in entries("en") if entry.term.id == "loss"]
    assert "0.69" in loss and "6.91" in loss  # ln 2 and ln 1000
    (fan_in,) = [entry.use for entry in entries("en") if entry.term.id == "fan_in"]
    assert "0.074" in fan_in  # the square root of 2 / 363


@pytest.mark.parametrize(
    ("language", "said", "ids"),
    [
        ("ko", "커널마다 배치 정규화를 넣어요.", {"kernel", "batch_normalization"}),
        ("ko", "배치는 128장이에요.", {"batch"}),
        ("ko", "시드니에서 찍은 채널링", set()),
        ("ko", "AUC 0.70, p 0.0012", {"auc", "p_value"}),
        ("ko", "채워진 점(p < 0.01)", {"p_value"}),
        ("ko", "최대 %p 올랐어요", set()),
        ("ko", "테스트 시 증강", set()),
        ("ko", "완전연결층에서는 데이터 증강으로", {"dense_layer", "augmentation"}),
        ("en", "Kernels and a Feature map", {"kernel", "feature_map"}),
        ("en", "Batch normalization, then a batch", {"batch_normalization", "batch"}),
        ("en", "unbiased kernelling, weightless", set()),
        ("en", "AUC 0.70, p 0.0012", {"auc", "p_value"}),
        ("en", "work it out step by step", set()),
    ],
)
def test_a_term_is_found_as_a_word_with_its_particles_and_endings(language, said, ids):
    assert found(said, language) == ids


def test_a_dictionary_is_in_the_order_of_its_language():
    words = [entry.word for entry in entries("ko")]
    assert words.index("가중치") < words.index("배치") < words.index("커널") < words.index("활성화 함수")
    assert words[0] == "AUC"
    words = [entry.word.casefold() for entry in entries("en")]
    assert words == sorted(words)


def test_a_word_is_looked_for_in_either_language_and_in_its_explanation():
    (stride,) = [entry for entry in entries("ko") if entry.term.id == "stride"]
    assert (
        stride.holds("") and stride.holds("스트라") and stride.holds(" STRIDE ") and stride.holds("227픽셀")
    )
    assert not stride.holds("padding")


def test_every_link_leads_to_a_page_and_a_view_that_are_there():
    listed = {page.id for page in PAGES}
    rungs = {rung.id for rung in RUNGS}
    for term in TERMS:
        assert term.page in listed
        for parameter, value in term.choices.items():
            if parameter == "view":
                assert f"{term.page}.view_{value}" in keys(term.page, "en"), term
            else:
                assert (parameter == "rung" and value in rungs) or (parameter, value) == ("padding", "2")


def test_the_most_used_terms_have_a_picture_and_no_picture_is_left_over():
    assert set(PICTURES) <= set(IDS) and len(PICTURES) >= 20
    assert all(bool(entry.picture) == (entry.term.id in PICTURES) for entry in entries("ko"))


def test_the_pattern_is_one_that_browsers_read_too():
    for language in LANGUAGES:
        expression, ids = glossary.pattern(language)
        assert sorted(ids) == IDS
        # What JavaScript has not: inline flags, Python's named groups, possessive quantifiers, \Z.
        assert not re.search(r"\(\?[aiLmsux-]+|\(\?P|[*+?]\+|\\[AZ]", expression)
