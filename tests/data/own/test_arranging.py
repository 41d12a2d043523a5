"""Folders say which class and which part a picture belongs to."""

from __future__ import annotations

import pytest

from alexnet.data.own.arranging import Place, arrange, ignored


def paths(text: str) -> list[tuple[str, ...]]:
    return [tuple(line.split("/")) for line in text.split()]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("cat/1.jpg dog/2.jpg", ["cat", "dog"]),
        ("pets/cat/1.jpg pets/dog/2.jpg pets/readme.txt", ["cat", "dog", None]),
        ("a/b/cat/1.jpg a/b/dog/old/2.jpg", ["cat", "dog"]),
        ("cat/1.jpg cat/2.jpg", ["cat", "cat"]),
        ("cat.0.jpg dog_12.jpg 고양이(3).png 7.jpg", ["cat", "dog", "고양이", None]),
        ("train/1.jpg cat/2.jpg", ["train", "cat"]),
        ("pets/0.jpg pets/cat/1.jpg pets/dog/2.jpg", [None, "cat", "dog"]),  # one was left beside the folders
        ("cat/0.jpg cat/1.jpg cat/old/2.jpg cat/new/3.jpg", ["cat", "cat", "cat", "cat"]),
        ("cat/0.jpg cat/old/1.jpg cat/old/2.jpg", ["cat", "cat", "cat"]),
        ("notes/a.txt cat/1.jpg dog/2.jpg 3.jpg", ["notes", "cat", "dog", None]),
    ],
)
def test_a_class_is_a_folder_or_what_stands_before_the_number(given, found):
    assert arrange(paths(given)) == [None if one is None else Place(one) for one in found]


def test_files_that_lie_far_outside_the_parts_belong_nowhere():
    given = paths("a/readme.txt a/b/0.jpg a/b/train/cat/1.jpg a/b/train/dog/2.jpg a/b/val/cat/3.jpg")
    placed = [Place("cat", "train"), Place("dog", "train"), Place("cat", "validation")]
    assert arrange(given) == [None, None, *placed]


@pytest.mark.parametrize("around", ["", "pets/"])
@pytest.mark.parametrize(
    ("named", "part"),
    [("Validation", "validation"), ("val", "validation"), ("테스트", "test")],
)
def test_parts_that_somebody_has_made_are_known_by_their_names(around, named, part):
    given = [f"{around}train/cat/1.jpg", f"{around}train/dog/1.jpg", f"{around}{named}/cat/2.jpg"]
    assert arrange([tuple(path.split("/")) for path in given]) == [
        Place("cat", "train"),
        Place("dog", "train"),
        Place("cat", part),
    ]


def test_what_an_operating_system_adds_is_ignored():
    given = paths("__MACOSX/cat/._1.jpg cat/.DS_Store cat/Thumbs.db .git/x.jpg cat/1.jpg")
    assert [ignored(path) for path in given] == [True, True, True, True, False]
