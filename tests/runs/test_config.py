"""A run's settings: what may be chosen, and what a damaged file gives."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.architecture import CLASSROOM, one_tower
from alexnet.architecture.document import write
from alexnet.architecture.shapes import least_size
from alexnet.errors import AlexNetError, InputError
from alexnet.recipes import RACING, RECIPES, recipe
from alexnet.runs.config import RUN_ID, Config, check, new, with_choices

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def config(**changes: object) -> Config:
    return replace(new("mina", "classroom", RACING), **changes)


def test_settings_survive_their_file():
    original = config(name="우리 반", seed=7, initializer="he_normal", limit=256, test=False)
    assert Config.from_json(json.loads(json.dumps(original.to_json()))) == original


def test_ids_sort_by_time_and_carry_no_path():
    assert RUN_ID.fullmatch(config().id)
    assert new("a", "classroom", RECIPES[0]).id != new("a", "classroom", RECIPES[0]).id


def test_the_last_layer_gets_one_unit_for_each_class():
    assert config(network="paper_2012").rows.classes == len(config().data_set.classes) == 2


def test_all_of_cifar10_has_ten_classes_and_longer_epochs():
    ten = config(data="cifar10")
    check(ten)
    assert ten.rows.classes == len(ten.data_set.classes) == 10
    assert ten.steps_per_epoch == (50_000 - 1000) // 128


def test_the_images_may_have_another_size_down_to_the_least_that_fits():
    assert config().rows.size == 64
    least = least_size(config().rows)
    check(config(size=least))
    with pytest.raises(InputError):
        check(config(size=least - 1))


def test_an_epoch_has_whole_batches_of_what_validation_leaves():
    assert config().steps_per_epoch == 9000 // 128 == 70
    assert config(limit=256, recipe=replace(RACING, batch=64)).steps_per_epoch == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"network": "vgg"},
        {"initializer": "magic"},
        {"data": "imagenet"},
        {"recipe": replace(RECIPES[0], precision="float16")},
        {"seed": -1},
        {"limit": 4},
        {"limit": 9001},
        {"validation": 0},
        {"validation": 10_000},
        {"name": "x" * 81},
        {"id": "../../etc"},
        {"size": 14},
        {"size": 513},
        {"recipe": replace(RECIPES[0], optimizer="lion")},
        {"recipe": replace(RECIPES[0], resize="lanczos")},
        {"recipe": replace(RECIPES[0], scaling="none")},
        {"recipe": replace(RECIPES[0], schedule=None)},
        {"recipe": replace(RECIPES[0], cycles=())},
        {"recipe": replace(RECIPES[0], cycles=(0, 3))},
        {"recipe": replace(RECIPES[0], rate=float("nan"))},
        {"recipe": replace(RECIPES[0], rate=0.0)},
        {"recipe": replace(RECIPES[0], batch=2000)},
        {"limit": 64, "recipe": replace(RECIPES[0], batch=128)},
    ],
)
def test_what_cannot_be_trained_is_refused(changes):
    with pytest.raises(InputError):
        check(config(**changes))


def test_own_epochs_shorten_the_warm_up_and_leave_the_recipe_alone():
    mine = with_choices(recipe("five_minutes"), epochs=2, batch=64, rate=0.01)
    assert (mine.epochs, mine.batch, mine.rate, mine.warmup) == (2, 64, 0.01, 0.5)
    assert with_choices(recipe("five_minutes")) == recipe("five_minutes")


@given(st.dictionaries(st.sampled_from(sorted(config().to_json())), JSON))
def test_any_change_of_the_file_is_read_or_refused_as_damaged(changes):
    content = json.loads(json.dumps(config().to_json())) | changes
    try:
        assert Config.from_json(content).recipe.epochs >= 1
    except AlexNetError as error:
        refused = error.id
    else:
        refused = "config_damaged"
    assert refused == "config_damaged"


@given(JSON)
def test_whatever_the_file_holds_it_is_settings_or_damaged(content):
    with pytest.raises(AlexNetError, match="config_damaged"):
        Config.from_json(content)


def test_a_network_of_ones_own_travels_with_the_run_and_survives_its_file():
    own = replace(one_tower(CLASSROOM), id="narrow", size=48)
    original = new("mina", own, RACING)
    assert (original.network, original.rows) == ("narrow", own)
    again = Config.from_json(json.loads(json.dumps(original.to_json())))
    assert again.rows == own


@pytest.mark.parametrize("document", [{}, {"alexnet_network": 1, "rows": []}, {"alexnet_network": 2}])
def test_a_document_that_holds_no_network_is_refused(document):
    with pytest.raises(InputError):
        check(config(document=document))


def test_the_networks_id_is_that_of_its_document():
    with pytest.raises(InputError, match="network_unknown"):
        check(config(document=write(CLASSROOM), network="paper_2012"))
