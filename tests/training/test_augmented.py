"""Trainings with an augmentation of their own: settings, exact resumption, and the middle of pictures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alexnet.data.augmentation import Augmentation
from alexnet.errors import DataError, InputError
from alexnet.runs import run, trained_run
from alexnet.runs.config import Config
from alexnet.training.loop import Loop
from tests.training.small import small, train, waiting_again
from tests.training.test_trainer import assert_same_training

OWN = Augmentation(rotation=10, shift_x=0.1, zoom=0.1, flip_x=True, crop=28, colour=0.1, erase=6)


def test_settings_survive_their_file_and_those_of_before_have_none():
    made = replace(small(), augmentation=OWN)
    content = json.loads(json.dumps(made.to_json()))
    assert Config.from_json(content) == made
    del content["augmentation"]
    assert Config.from_json(content).augmentation is None


@pytest.mark.parametrize("wrong", [{"rotation": 400}, {"crop": 40}, {"fill": "mirror"}, {"erase": -1}])
def test_settings_that_cannot_be_are_refused(wrong):
    with pytest.raises(InputError):
        run.create(replace(small(), augmentation=replace(OWN, **wrong)))
    content = replace(small(), augmentation=OWN).to_json()
    with pytest.raises(DataError):
        Config.from_json(content | {"augmentation": content["augmentation"] | wrong})


def test_who_learns_from_crops_is_asked_about_the_middle():
    assert replace(small(), augmentation=OWN).preparation.crop == 28
    assert replace(small(), augmentation=replace(OWN, crop=0)).preparation.crop is None
    assert replace(small(), augmentation=replace(OWN, crop=36, margin=2)).preparation.crop is None


def test_a_run_broken_off_in_an_epoch_goes_on_exactly(monkeypatch):
    config = replace(small(cycles=(2,)), augmentation=OWN)
    whole = run.create(config, one_each=False)
    broken = run.create(replace(config, id=config.id[:-6] + "0" * 6), one_each=False)
    assert train(whole) == 0
    learned, steps = Loop._step, []

    def stop_at_six(self: Loop, *given: object) -> None:
        steps.append(1)
        learned(self, *given)
        if len(steps) == 6:
            run.control(broken, "stop")

    with monkeypatch.context() as patch:
        patch.setattr(Loop, "_step", stop_at_six)
        assert train(broken) == 0
    assert broken.state().state == "stopped"
    waiting_again(broken)
    assert train(broken) == 0
    assert_same_training(whole, broken)
    assert trained_run.trained(whole).preparation.crop == 28
