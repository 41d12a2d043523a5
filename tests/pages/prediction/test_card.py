"""What the bars of a prediction say, in words."""

from __future__ import annotations

import pytest

from alexnet.data.classes import Class
from alexnet.data.samples import SAMPLES
from alexnet.language import text
from alexnet.trained import record
from alexnet.trained.answers import Guess
from pages.prediction import card

CAT, COW, HORSE = (next(one for one in SAMPLES if one.id == id) for id in ("kitten", "cow", "horses"))


def guesses(**probabilities):
    pairs = sorted(probabilities.items(), key=lambda pair: -pair[1])
    names = {id: {"en": id, "ko": id} if id.startswith("imagenet") else None for id, _ in pairs}
    return [Guess(Class(id, names[id]), value) for id, value in pairs]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setattr("alexnet.ui.language.current_language", lambda: "en")
    monkeypatch.setattr("pages.prediction.card.current_language", lambda: "en")


@pytest.mark.parametrize(
    ("answers", "unsure"),
    [
        ({"cat": 0.9, "dog": 0.1}, False),
        ({"cat": 0.61, "dog": 0.39}, False),
        ({"cat": 0.59, "dog": 0.41}, True),
        ({"cat": 0.49, "dog": 0.2, "frog": 0.31}, True),
        ({"cat": 0.52, "dog": 0.2, "frog": 0.28}, False),
    ],
)
def test_an_answer_that_another_one_comes_close_to_is_called_unsure(answers, unsure):
    assert card.verdict(guesses(**answers), None).startswith("The network is unsure") == unsure


def test_a_right_and_a_wrong_answer_are_told_apart_and_the_right_class_gets_its_place():
    assert "That is right." in card.verdict(guesses(cat=0.9, dog=0.1), CAT)
    assert "in place 2 with 10.0%" in card.verdict(guesses(cat=0.1, dog=0.9), CAT)


@pytest.mark.parametrize("known", [COW, HORSE])
def test_what_is_no_class_of_the_network_lies_outside_whatever_it_answers(known):
    assert text("prediction.outside", "en") in card.verdict(guesses(cat=0.9, dog=0.1), known)


def test_the_accuracy_stands_beside_what_guessing_gives():
    said = card.reliability(record.Tested(0.712, 2000), 2)
    assert "2,000 test images" in said and "71.2%" in said and "Guessing gives 50%." in said
    assert card.reliability(None, 2) == text("prediction.untested", "en")
    assert card.reliability(None, 1000, own=False) == text("prediction.unproven", "en")


def test_guessing_among_a_thousand_classes_is_not_rounded_to_nothing():
    assert "Guessing gives 0.1%." in card.reliability(record.Tested(0.571, 50_000), 1000)


@pytest.mark.parametrize("known", [CAT, COW, HORSE])
def test_a_network_of_other_classes_is_not_judged_by_the_samples_labels(known):
    said = card.verdict(guesses(imagenet_281=0.9, imagenet_999=0.1), known)
    assert said == card.verdict(guesses(imagenet_281=0.9, imagenet_999=0.1), None)


def test_of_a_thousand_classes_some_are_named_and_of_ten_all():
    thousand = card.classes([Class(f"c{at}", {"en": f"<{at}>", "ko": ""}) for at in range(1000)])
    assert "1,000 classes" in thousand and "<0>" in thousand and "<999>" in thousand
    assert thousand.count("<") == card.NAMED
    assert card.classes([Class("cat"), Class("dog")]).count("**cat, dog**") == 1
