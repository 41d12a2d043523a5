"""A race: several networks in one run, on the same batches in turn, resumed exactly, one failing alone."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, Convolution, Dense, with_start
from alexnet.errors import AlexNetError
from alexnet.runs import run
from alexnet.runs.config import Config, check
from alexnet.runs.estimate import estimate
from alexnet.runs.export import export
from alexnet.runs.lane import Lane
from alexnet.runs.metrics_log import Curves, Lines
from alexnet.runs.run import Run
from alexnet.training import learner, metrics_writer
from alexnet.training.trainer import Trainer
from alexnet.weights import store
from tests.training.small import small, train, waiting_again

LANES = (Lane("zeros"), Lane("random_normal", 0.01), Lane("he_normal"), Lane("he_normal", rate=10.0))
WILD = 4  # the lane whose loss is soon not finite


def race(*lanes: Lane, **changes: object) -> Config:
    return replace(small(**changes), lanes=lanes or LANES)


def created(config: Config) -> Run:
    return run.create(config, one_each=False)


def curves(one: Run, lane: int | None = None) -> Lines:
    found = Curves(one.metrics_file)
    found.update()
    return found if lane is None else found.lane(lane)


def without_clock(lines: list) -> list[dict[str, object]]:
    return [
        {name: value for name, value in line.items() if name not in ("time", "seconds", "images_per_second")}
        for line in lines
    ]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory):
    """A race of three that nobody disturbs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(metrics_writer, "STEP_LINES", 0.0)
        one = created(race(*LANES[:3]))
        assert train(one) == 0
    return one


def test_a_race_is_one_run_with_a_curve_for_each_lane(finished):
    assert (finished.state().state, finished.state().step) == ("finished", 8)
    for lane in (1, 2, 3):
        found = curves(finished, lane)
        assert [line["step"] for line in found.steps] == list(range(1, 9))
        assert [line["epoch"] for line in found.epochs] == [1, 2]
        assert np.sum(found.test["confusion"]) == 64 and found.failed is None
    assert len(curves(finished).steps) == 24 and curves(finished).damaged == 0
    assert finished.snapshots() == () and not finished.weights("last").exists()


def test_a_lane_learns_what_its_network_would_learn_alone(finished, monkeypatch):
    monkeypatch.setattr(metrics_writer, "STEP_LINES", 0.0)
    alone = created(replace(small(), initializer="he_normal"))
    assert train(alone) == 0
    expected, received = curves(alone), curves(finished, 3)
    for kind in ("steps", "epochs"):
        lines = without_clock(getattr(received, kind))
        assert [line.pop("lane") for line in lines] == [3] * len(lines)
        assert lines == without_clock(getattr(expected, kind))
    states = [store.read(one.path / "state" / "last.safetensors") for one in (alone, finished)]
    for name, array in states[0].items():
        if name.startswith(("weights/", "optimizer/")):
            assert array.tobytes() == states[1][f"lane3/{name}"].tobytes(), name


def test_zeros_stay_where_they_are_and_tell_nothing(finished):
    losses = [line["validation_loss"] for line in curves(finished, 1).epochs]
    np.testing.assert_allclose(losses, np.log(2), rtol=0.02)
    kernel = store.read(finished.path / "state" / "last.safetensors")["lane1/weights/conv2_tower1/kernel"]
    assert np.ptp(kernel, axis=-1).max() == 0  # all maps still alike


def test_a_race_stopped_within_an_epoch_and_resumed_is_bitwise_the_undisturbed_one(finished):
    one = created(race(*LANES[:3]))
    trainer = Trainer(one)
    control, asked = trainer.control, []

    def until_the_seventh() -> object:
        asked.append(None)
        if len(asked) == 7:
            trainer.terminate()
        return control()

    trainer.control = until_the_seventh  # type: ignore[method-assign]
    assert trainer.train() == 0
    assert (one.state().state, one.state().step) == ("stopped", 6)
    waiting_again(one)
    assert train(one) == 0
    expected, received = (store.read(each.path / "state" / "last.safetensors") for each in (finished, one))
    assert expected.keys() == received.keys()
    for name in expected.keys() - {"place/seconds"}:
        assert expected[name].tobytes() == received[name].tobytes(), name
    assert without_clock(curves(finished).epochs) == without_clock(curves(one).epochs)


def test_a_lane_that_is_no_number_any_more_says_when_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(metrics_writer, "STEP_LINES", 0.0)
    steps = learner.Learner.step

    def wild(self, images, labels, rate):
        loss, right = steps(self, images, labels, rate)
        return (float("nan"), right) if rate > 1 and self.optimizer.iterations == 3 else (loss, right)

    monkeypatch.setattr(learner.Learner, "step", wild)
    one = created(race(*LANES[2:], warmup=0.0))
    assert train(one) == 0
    assert one.state().state == "finished"
    calm, failed = curves(one, 1), curves(one, 2)
    assert (failed.failed["step"], failed.failed["epoch"]) == (3, 1) and failed.failed["rate"] > 1
    assert [line["step"] for line in failed.steps] == [1, 2] and not failed.epochs and failed.test is None
    assert len(calm.steps) == 8 and len(calm.epochs) == 2 and calm.test is not None and calm.failed is None


def test_a_race_of_which_no_lane_is_left_fails():
    hot = replace(LANES[2], rate=10.0)
    one = created(race(hot, hot, warmup=0.0, cycles=(30,)))
    run.control(one, rate=10.0)
    assert train(one) == 1
    assert (one.state().state, one.state().reason) == ("failed", "loss_not_finite")
    assert all(curves(one, lane).failed is not None for lane in (1, 2))


def test_settings_of_a_race_survive_their_file_and_older_files_have_none():
    original = race()
    content = json.loads(json.dumps(original.to_json()))
    assert Config.from_json(content) == original
    del content["lanes"]
    assert Config.from_json(content) == replace(original, lanes=())


def test_the_lanes_differ_in_nothing_but_what_they_say():
    config = race(*LANES[:3], replace(LANES[3], activation="tanh"))
    each = config.each
    assert [one.recipe.rate for one in each] == [0.02, 0.02, 0.02, 10.0]
    assert {one.seed for one in each} == {config.seed}
    starts = [
        {(row.initializer, row.std) for row in one.rows.rows if isinstance(row, Convolution | Dense)}
        for one in each
    ]
    assert starts == [{(lane.initializer, lane.std)} for lane in LANES]
    assert {row.activation for row in each[3].rows.rows if isinstance(row, Convolution)} == {"tanh"}
    assert with_start(CLASSROOM, "he_normal") != with_start(CLASSROOM, "zeros")


@pytest.mark.parametrize(
    "lanes",
    [
        LANES[:1],
        LANES + LANES[:1],
        (Lane("xavier"), LANES[0]),
        (Lane("zeros", 0.01), LANES[0]),
        (Lane("random_normal", 0.0), LANES[0]),
        (Lane("zeros", activation="softmax"), LANES[0]),
        (Lane("zeros", rate=0.0), LANES[0]),
    ],
)
def test_a_race_that_cannot_be_run_is_refused(lanes):
    with pytest.raises(AlexNetError):
        check(race(*lanes))


@pytest.mark.parametrize("lanes", [3, ["zeros"], [{"initializer": 3}], [{"name": "zeros"}], [{}],
                                   [{"initializer": "zeros", "rate": "fast"}] * 2])  # fmt: skip
def test_a_damaged_lane_is_a_damaged_file(lanes):
    with pytest.raises(AlexNetError, match="config_damaged"):
        Config.from_json(race().to_json() | {"lanes": lanes})


def test_a_race_takes_as_many_times_as_it_has_lanes():
    single, three = (estimate(config, 100.0) for config in (small(), race(*LANES[:3])))
    assert three.seconds == pytest.approx(3 * single.seconds)
    assert single.memory < three.memory < 3 * single.memory


def test_a_race_is_exported_with_the_events_of_each_lane(finished, tmp_path):
    export(finished, tmp_path / "race.zip")
    with zipfile.ZipFile(tmp_path / "race.zip") as archive:
        names = archive.namelist()
    for lane in (1, 2, 3):
        for part in ("train", "validation"):
            assert any(f"/events/lane{lane}/{part}/" in name for name in names)
