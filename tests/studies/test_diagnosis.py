"""Curves made by hand, and what they must be said to show."""

from __future__ import annotations

import pytest

from alexnet.language import LANGUAGES, text
from alexnet.studies.diagnosis import diagnose
from alexnet.studies.guessing import Guessing


def epochs(*rows: tuple[float, float, float, float]) -> list[dict[str, float]]:
    """Rows of loss, accuracy, validation loss, validation accuracy."""
    names = ("loss", "accuracy", "validation_loss", "validation_accuracy")
    return [
        {"epoch": number} | dict(zip(names, row, strict=True)) for number, row in enumerate(rows, start=1)
    ]


def ids(lines: list[dict[str, float]], classes: int = 2, **options: object) -> list[str]:
    return [finding.id for finding in diagnose(lines, Guessing(classes, 1000), **options)]


LEARNING = epochs(
    (0.69, 0.53, 0.68, 0.56), (0.66, 0.60, 0.65, 0.62), (0.63, 0.64, 0.62, 0.66), (0.6, 0.68, 0.6, 0.69)
)
FLAT = epochs(*[(0.5, 0.75, 0.52, 0.74)] * 6)
STUCK = epochs(*[(0.694, 0.50, 0.693, 0.51)] * 4)
OVERFITTING = epochs(
    (0.6, 0.66, 0.6, 0.66), (0.45, 0.78, 0.55, 0.72), (0.2, 0.92, 0.75, 0.72), (0.05, 0.99, 1.2, 0.71)
)
DIVERGING = epochs((0.8, 0.5, 0.9, 0.5), (4.0, 0.5, 9.0, 0.5))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (LEARNING, ["learning_well", "still_improving"]),
        (FLAT, ["learning_well", "levelled_off"]),
        (STUCK, ["stuck_at_chance"]),
        (OVERFITTING, ["overfitting"]),
        (DIVERGING, ["diverging"]),
        (LEARNING[:1], ["too_early"]),
        ([], ["too_early"]),
    ],
)
def test_each_kind_of_curve_is_told(lines, expected):
    assert ids(lines) == expected


def test_a_loss_that_is_no_number_is_diverging_even_without_an_epoch():
    assert ids([], reason="loss_not_finite") == ["diverging"]
    assert ids(LEARNING, reason="loss_not_finite") == ["diverging"]


def test_a_first_loss_above_guessing_that_falls_is_not_diverging():
    assert ids(epochs((5.0, 0.5, 3.0, 0.5), (2.0, 0.55, 1.5, 0.56))) == ["too_early"]


def test_two_epochs_make_no_trend():
    assert ids(epochs((0.7, 0.55, 0.68, 0.56), (0.6, 0.66, 0.6, 0.65))) == ["learning_well"]


def test_one_lucky_epoch_of_guessing_is_guessing_still():
    lines = epochs(*[(0.693, 0.50, 0.693, accuracy) for accuracy in (0.506, 0.533, 0.498, 0.496)])
    (finding,) = diagnose(lines, Guessing(2, 1000))
    assert finding.id == "stuck_at_chance" and finding.values["accuracy"] == 0.496


def test_on_six_images_neither_learning_nor_guessing_can_be_told():
    lines = epochs(*[(0.1, 0.95, 0.3, 5 / 6)] * 5, (0.1, 0.95, 0.3, 4 / 6))
    (finding,) = diagnose(lines, Guessing(2, 6))
    assert finding.id == "too_few_images" and finding.values["images"] == 6
    (finding,) = diagnose(epochs(*[(0.69, 0.5, 0.69, 0.5)] * 5), Guessing(2, 6))
    assert finding.id == "stuck_at_chance"


def test_overfitting_names_where_the_validation_loss_was_lowest():
    (finding,) = diagnose(OVERFITTING, Guessing(2, 1000))
    assert finding.values["epoch"] == 2
    assert finding.values["gap"] == pytest.approx(0.28)


def test_chance_depends_on_the_number_of_classes():
    lines = epochs(*[(2.0, 0.4, 2.0, 0.4)] * 6)
    assert ids(lines, classes=10) == ["learning_well", "levelled_off"]


@pytest.mark.parametrize("lines", [LEARNING, FLAT, STUCK, OVERFITTING, DIVERGING, []])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(lines, language):
    for finding in diagnose(lines, Guessing(2, 1000)):
        assert text(f"training.finding_{finding.id}", language, **finding.values)
