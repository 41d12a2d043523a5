"""kill -9 of the trainer, of the worker, of the app: real processes, one seeded moment each.

``make soak`` does it fifty times at moments drawn from a run's whole life; see tools/soak.py.
"""

from __future__ import annotations

import pytest

from tools import kills
from tools.kills import Kill


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The weights of a run that nobody kills."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        return kills.undisturbed()


def test_a_run_whose_trainer_is_killed_goes_on_to_the_same_weights(expected):
    outcome = kills.survive(Kill("trainer", 2, 0.1), expected)
    assert outcome.problems == ()
    assert outcome.hit and outcome.resumed
    assert (outcome.state, outcome.reason) == ("lost", "killed_for_memory")


def test_a_run_whose_worker_is_killed_is_trained_to_its_end_and_found_by_the_next(expected):
    outcome = kills.survive(Kill("worker", 1, 0.05), expected)
    assert outcome.problems == ()
    assert outcome.hit and not outcome.resumed
    assert outcome.state == "finished"


def test_a_run_whose_app_is_killed_is_found_by_the_next_app(expected):
    outcome = kills.survive(Kill("app", 1, 0.2), expected)
    assert outcome.problems == ()
    assert outcome.hit and outcome.state == "finished"


def test_kills_are_drawn_from_a_runs_whole_life():
    drawn = [kills.random_kill(seed) for seed in range(200)]
    assert {one.victim for one in drawn} == set(kills.VICTIMS)
    assert {one.epoch for one in drawn} == set(range(-1, kills.EPOCHS + 1))
    assert kills.random_kill(7) == kills.random_kill(7)
    assert kills.random_kill(7, "app").victim == "app"
