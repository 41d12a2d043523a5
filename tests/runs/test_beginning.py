"""What a run may start from, what of it learns, and which rows are drawn anew."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alexnet.architecture import SHIPPED, network, with_classes, with_size
from alexnet.errors import AlexNetError, DataError, InputError
from alexnet.language import LANGUAGES
from alexnet.network.build import build
from alexnet.recipes import recipe
from alexnet.runs import run, trained_beginning, words
from alexnet.runs.beginning import Beginning, drawn_anew, frozen_rows, learning
from alexnet.runs.config import Config, new
from alexnet.runs.estimate import gain, measured_speed
from alexnet.runs.lane import Lane
from alexnet.runs.trained_beginning import source
from alexnet.training.recorder import Recorder

TWO = with_classes(SHIPPED, 2)
FROZEN = Beginning("shipped", frozen=True, anew=("fc8",))


def from_shipped(**changes: object) -> Config:
    begin = source("shipped")
    made = new("mina", begin.known, begin.fitted(recipe("half_minute")))
    return replace(made, beginning=replace(begin.beginning(made.rows), **changes))


@pytest.mark.parametrize("beginning", [None, FROZEN, replace(FROZEN, frozen=False)])
def test_the_parameters_that_learn_are_those_that_keras_trains(beginning):
    model = build(TWO, initializer="zeros")
    for layer in model.layers:
        layer.trainable = layer.name.split("_tower")[0] not in frozen_rows(TWO, beginning)
    count = sum(int(variable.value.shape.num_elements()) for variable in model.trainable_variables)
    assert learning(TWO, beginning) == count


def test_frozen_are_the_convolutions_and_what_normalizes_them():
    names = {"conv1", "conv2", "bn2", "conv3", "bn3", "conv4", "bn4", "conv5", "bn5"}
    assert frozen_rows(TWO, FROZEN) == names
    assert frozen_rows(TWO, None) == frozen_rows(TWO, replace(FROZEN, frozen=False)) == frozenset()


def test_other_classes_need_another_last_layer_and_another_size_another_first_dense_one():
    assert drawn_anew(SHIPPED, SHIPPED) == ()
    assert drawn_anew(SHIPPED, TWO) == ("fc8",)
    assert drawn_anew(SHIPPED, with_size(TWO, 96)) == ("fc6", "fc8")


def test_another_network_cannot_start_from_it():
    with pytest.raises(InputError) as caught:
        source("shipped").beginning(with_classes(network("study_note"), 2))
    assert caught.value.id == "beginning_of_another"


def test_a_beginning_survives_the_file_of_settings():
    original = from_shipped(frozen=True)
    assert original.beginning == FROZEN
    assert Config.from_json(json.loads(json.dumps(original.to_json()))) == original


def test_settings_of_a_run_from_before_there_were_beginnings_open_as_from_scratch():
    content = new("mina", "classroom", recipe("half_minute")).to_json()
    del content["beginning"]
    assert Config.from_json(content).beginning is None


@pytest.mark.parametrize(
    "changes", [{"source": "vgg"}, {"source": "../x"}, {"anew": ("fc9",)}, {"frozen": "yes"}]
)
def test_a_beginning_that_cannot_be_is_refused(changes):
    content = from_shipped().to_json()
    content["beginning"] |= changes
    with pytest.raises(DataError) as caught:
        Config.from_json(content)
    assert caught.value.id == "config_damaged"


def test_its_recipe_is_gentle_and_prepares_pictures_as_the_trained_network_knows_them():
    base, fitted = recipe("half_minute"), source("shipped").fitted(recipe("half_minute"))
    assert (base.scaling, fitted.scaling) == ("centred", "standardized")
    assert fitted.rate == pytest.approx(base.rate / 10)
    assert (fitted.epochs, fitted.batch, fitted.augment) == (base.epochs, base.batch, base.augment)


def test_a_run_that_is_not_finished_is_no_beginning_and_a_deleted_one_says_so():
    one = run.create(new("mina", "classroom", recipe("half_minute")))
    with pytest.raises(InputError) as caught:
        source(one.id)
    assert caught.value.id == "beginning_not_finished"
    gone = from_shipped(source="20261124-130843-a1b2c3")
    with pytest.raises(DataError) as caught:
        trained_beginning.weights(gone)
    assert caught.value.id == "beginning_gone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_in_words_tell_what_a_run_starts_from(language):
    plain = words.settings(replace(from_shipped(), beginning=None), language)
    for changes in ({}, {"frozen": True}, {"source": "20261124-130843-a1b2c3"}):
        said = words.settings(from_shipped(**changes), language)
        assert said.startswith(plain) and len(said) > len(plain)
    assert "2026-11-24" in said or "2026-11-25" in said


def test_a_race_has_no_beginning():
    with pytest.raises(AlexNetError) as caught:
        run.create(replace(from_shipped(), lanes=(Lane("he_normal"), Lane("zeros"))))
    assert caught.value.id == "beginning_in_a_race"


def test_frozen_convolutions_make_a_training_three_times_as_fast_and_no_other_slower():
    """Most of the work is in the convolutions, whose way back is two thirds of theirs."""
    frozen = from_shipped(frozen=True)
    assert 2.5 < gain(frozen) < 3
    assert gain(from_shipped()) == 1
    one = run.create(frozen)
    Recorder(one.path, one.status()).line(
        "step", step=1, epoch=1, loss=0.5, accuracy=0.5, rate=0.01, images_per_second=9999.0
    )
    assert measured_speed(frozen.rows) < 9999
