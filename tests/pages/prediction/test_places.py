"""Where an answer of 1,000 classes stands, in words."""

from __future__ import annotations

from alexnet.data import imagenet
from alexnet.data.classes import CIFAR10
from alexnet.trained.answers import Guess
from pages.prediction import card


def guesses(*numbers):
    known = imagenet.classes()
    return [Guess(known[number], 0.5 / place) for place, number in enumerate(numbers, start=1)]


def test_the_first_answer_and_its_neighbours_are_placed(monkeypatch):
    monkeypatch.setattr(
        card, "t", lambda key, **values: f"{key} {values}" if values else key.partition(".")[2]
    )
    monkeypatch.setattr(card, "current_language", lambda: "en")
    first, near = card.places(guesses(182, 162, 281, 207, 404))
    assert "Border terrier" in first and "mammal › dog › terrier" in first
    assert "'count': 3" in near and "'place': 'dog'" in near
    assert f"{0.5 + 0.25 + 0.125}" in near
    assert len(card.places(guesses(182, 404))) == 1


def test_the_apps_own_ten_classes_have_no_place():
    assert card.places([Guess(CIFAR10[5], 1.0)]) == []


def test_korean_names_of_our_own_are_said_in_korean_only(monkeypatch):
    known = imagenet.classes()
    monkeypatch.setattr(card, "t", lambda key, **values: str(values))
    for language, said in (("en", False), ("ko", True)):
        monkeypatch.setattr(card, "current_language", lambda language=language: language)
        assert bool(card.own_korean(known)) is said
        assert card.own_korean(CIFAR10) == ""
