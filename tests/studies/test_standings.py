"""How the lanes of a race stand: who leads, who never moved, who guesses, who blew up."""

from __future__ import annotations

import math

import pytest

from alexnet.studies.guessing import Guessing
from alexnet.studies.standings import PATIENCE, ranked, standing

GUESSING = math.log(2)


def steps(*losses: float) -> list[dict[str, float]]:
    return [{"step": number, "loss": loss} for number, loss in enumerate(losses, start=1)]


def epochs(*accuracies: float) -> list[dict[str, float]]:
    return [{"epoch": number, "validation_accuracy": one} for number, one in enumerate(accuracies, start=1)]


@pytest.mark.parametrize(
    ("losses", "accuracies", "verdict"),
    [
        ([GUESSING] * (PATIENCE - 1), [], "early"),
        ([GUESSING] * PATIENCE, [], "unchanged"),
        ([GUESSING * 1.005] * 80, [0.5, 0.51], "unchanged"),
        ([*[GUESSING] * 40, 0.66], [0.58], "learning"),
        ([0.8, *[GUESSING] * 79], [0.5, 0.53], "chance"),
        ([0.8, *[GUESSING] * 79], [0.5], "early"),
        ([0.8, *[0.6] * 79], [0.52, 0.66], "learning"),
    ],
)
def test_a_lane_is_judged_by_its_own_lines(losses, accuracies, verdict):
    found = standing(steps(*losses), epochs(*accuracies), None, Guessing(2, 1000))
    assert found.verdict == verdict
    assert (found.step, found.epoch) == (len(losses), len(accuracies))
    assert found.accuracy == (accuracies[-1] if accuracies else None)


def test_a_lane_that_failed_has_the_step_at_which_it_did_and_no_place():
    failed = standing(steps(0.7, 9.0), epochs(), {"step": 3, "epoch": 1, "rate": 1.0}, Guessing(2, 1000))
    assert (failed.verdict, failed.step, failed.accuracy) == ("failed", 3, None)
    others = [standing(steps(0.6), epochs(accuracy), None, Guessing(2, 1000)) for accuracy in (0.6, 0.7)]
    assert ranked([others[0], failed, others[1]]) == [2, 0]
