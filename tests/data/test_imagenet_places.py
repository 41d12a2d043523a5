"""The short hierarchy of the 1,000 classes, against what the classes are called."""

from __future__ import annotations

import pytest

from alexnet.data import imagenet
from alexnet.data.imagenet_places import place
from alexnet.language import LANGUAGES, text

NAMED = {one.name("en"): place(one.id) for one in imagenet.classes()}


@pytest.mark.parametrize(
    ("ending", "path"),
    [
        (" terrier", ("mammal", "dog", "terrier")),
        (" retriever", ("mammal", "dog", "gun_dog")),
        (" setter", ("mammal", "dog", "gun_dog")),
        (" wolf", ("mammal", "wild_dog")),
        (" fox", ("mammal", "fox")),
        (" beetle", ("insect", "beetle")),
        (" shark", ("fish",)),
        (" turtle", ("reptile", "turtle")),
        (" lizard", ("reptile", "lizard")),
        (" butterfly", ("insect", "butterfly")),
        (" elephant", ("mammal", "elephant")),
        (" truck", ("thing", "vehicle")),
        (" guitar", ("thing", "instrument")),
        (" boot", ("thing", "clothing")),
        (" squash", ("food", "vegetable")),
    ],
)
def test_classes_that_are_called_alike_stand_in_one_place(ending, path):
    exceptions = {"toy terrier"}  # WordNet counts it among the toy dogs
    found = {name: where for name, where in NAMED.items() if name.endswith(ending) and name not in exceptions}
    assert found and set(found.values()) == {path}


def test_every_animal_has_a_place_and_all_places_have_words():
    numbered = [place(f"imagenet_{number}") for number in range(1000)]
    assert all(numbered) and not any("thing" in path for path in numbered[:398])
    for id in {id for path in numbered for id in path}:
        assert all(text(f"places.{id}", language) for language in LANGUAGES)
    assert sum(path[:2] == ("mammal", "dog") for path in numbered) == 118  # ImageNet's breeds of dogs


def test_other_data_sets_have_no_places():
    assert place("cat") == place("imagenet_x") == ()


def test_the_number_of_korean_names_is_counted():
    known = imagenet.classes()
    hangul = sum(any("가" <= letter <= "힣" for letter in one.name("ko")) for one in known)
    assert imagenet.translated(known) == hangul >= 100
