"""``python -m alexnet.training``: the same runs from a terminal. The trainers are stand-ins."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from types import SimpleNamespace

import pytest

from alexnet.data.own import store
from alexnet.language import text
from alexnet.network import build
from alexnet.recipes import fitted, recipe
from alexnet.runs import queue, run
from alexnet.runs.metrics_log import NUMBERS
from alexnet.runs.run import Run
from alexnet.runs.trained_run import trained
from alexnet.trained import take_home
from alexnet.training import __main__ as terminal
from alexnet.weights import store as weight_files
from tests.data.own.photographs import files, unpacked
from tests.training.small import small


@pytest.fixture
def trains_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def launch(one: Run) -> SimpleNamespace:
        epoch = {"kind": "epoch"} | dict.fromkeys(NUMBERS["epoch"], 0.5) | {"epoch": 1}
        test = {"kind": "test", "test_accuracy": 0.75, "confusion": [[3, 1], [1, 3]], "images": 8, "time": 1}
        one.metrics_file.write_text(json.dumps(epoch) + "\n" + json.dumps(test) + "\n", encoding="utf-8")
        run.write_status(one.path, replace(one.status(), state="finished", step=8))
        return SimpleNamespace(pid=1, returncode=0, poll=lambda: 0)

    monkeypatch.setattr(queue, "launch", launch)
    monkeypatch.setattr(terminal, "_GLANCE", 0.01)


@pytest.mark.usefixtures("trains_at_once")
def test_start_follows_a_run_to_its_end(capsys):
    given = ["start", "--epochs", "2", "--batch", "16", "--limit", "64", "--name", "first", "--seed", "5"]
    assert terminal.main(given) == 0
    (one,) = run.runs()
    config = one.config()
    assert (config.recipe.epochs, config.recipe.batch, config.limit, config.seed) == (2, 16, 64, 5)
    assert (config.name, config.viewer) == ("first", "terminal")
    said = capsys.readouterr().out
    assert one.id in said and "Epoch 1/2" in said and "75.0%" in said and "finished" in said


@pytest.mark.usefixtures("trains_at_once")
def test_start_learns_from_a_folder_of_class_folders_and_says_what_it_skipped(capsys, tmp_path):
    folder = unpacked(tmp_path / "pets", files(25) | {"cat/note.jpg": b"hello"})
    assert terminal.main(["start", "--data", str(folder), "--network", "fitted_quick"]) == 0
    config = run.runs()[0].config()
    (one,) = store.sets()
    assert (config.data, one.viewer, one.name) == (one.id, "terminal", "pets")
    assert config.recipe == replace(
        fitted(recipe("half_minute"), one.train), precision=config.recipe.precision
    )
    said = capsys.readouterr()
    assert "cat, dog" in said.out and "cat / note.jpg: " in said.err
    assert terminal.main(["start", "--data", one.id, "--epochs", "1"]) == 0
    assert run.runs()[0].config().data == one.id and len(store.sets()) == 1
    assert terminal.main(["start", "--data", str(tmp_path / "nowhere")]) == 1
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.usefixtures("trains_at_once")
def test_resume_goes_on_with_a_stopped_run(capsys):
    one = run.create(small())
    run.control(one, "stop")
    assert terminal.main(["resume", one.id]) == 0
    assert one.state().state == "finished"


def test_list_names_every_run_with_its_state_and_reason(capsys, monkeypatch):
    monkeypatch.setenv("ALEXNET_LANGUAGE", "ko")
    one, other = run.create(small("a")), run.create(small("b"))
    run.control(one, "stop")
    (other.path / "config.json").write_text("{}", encoding="utf-8")
    assert terminal.main(["list"]) == 0
    said = capsys.readouterr().out
    assert one.id in said and other.id in said
    assert all(
        text(f"training.{key}", "ko") in said
        for key in ("state_stopped", "state_lost", "reason_config_damaged")
    )


def test_an_error_is_a_sentence_and_a_failure(capsys):
    assert terminal.main(["resume", "../.."]) == 1
    assert "There is no run" in capsys.readouterr().err
    assert terminal.main(["start", "--rate", "99"]) == 1
    assert "rate must lie between" in capsys.readouterr().err
    assert run.runs() == []


def test_export_writes_all_but_the_viewer_and_the_state(tmp_path):
    one = run.create(small("secret-viewer"))
    one.metrics_file.write_text("", encoding="utf-8")
    for name in (
        "weights/best.safetensors",
        "kernels/000.npy",
        "state/last.safetensors",
        "kernels/.torn.npy",
    ):
        (one.path / name).parent.mkdir(exist_ok=True)
        (one.path / name).write_bytes(b"x")
    target = tmp_path / "run.zip"
    assert terminal.main(["export", one.id, str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        names = set(archive.namelist())
        content = b"".join(archive.read(name) for name in names)
    kept = ("config.json", "status.json", "metrics.jsonl", "weights/best.safetensors", "kernels/000.npy")
    assert names == {f"{one.id}/{name}" for name in kept}
    assert b"secret-viewer" not in content


def test_a_finished_runs_export_predicts_by_itself_and_a_damaged_one_is_exported_without(tmp_path):
    one = run.create(small())
    run.write_status(one.path, replace(one.status(), state="finished"))
    weight_files.write(one.weights("last"), weight_files.of(build(one.config().rows)))
    target = tmp_path / "run.zip"
    assert terminal.main(["export", one.id, str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        parts = {name for name in archive.namelist() if name.startswith(f"{one.id}/predict/")}
        expected = dict(take_home.files(trained(one)))
        assert parts == {f"{one.id}/predict/{name}" for name in expected}
        assert archive.read(f"{one.id}/predict/predict.py") == expected["predict.py"]
    one.weights("last").write_bytes(b"torn")
    assert terminal.main(["export", one.id, str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        assert not [name for name in archive.namelist() if "/predict/" in name]


def test_an_export_that_cannot_be_written_says_so(tmp_path, capsys):
    one = run.create(small())
    assert terminal.main(["export", one.id, str(tmp_path / "nowhere" / "run.zip")]) == 1
    assert "could not be written" in capsys.readouterr().err


@pytest.mark.usefixtures("trains_at_once")
def test_start_from_the_shipped_network_says_what_learns(capsys):
    assert terminal.main(["start", "--from", "shipped", "--freeze", "--limit", "385"]) == 0
    (one,) = run.runs()
    config = one.config()
    assert (config.network, config.limit) == ("shipped", 385)
    assert (config.beginning.source, config.beginning.frozen, config.beginning.anew) == (
        "shipped",
        True,
        ("fc8",),
    )
    said = capsys.readouterr().out
    assert "1,443,842 of 2,519,810" in said and "fc8" in said


@pytest.mark.parametrize(
    "given", [["--freeze"], ["--from", "vgg"], ["--from", "shipped", "--network", "classroom"]]
)
def test_a_beginning_that_cannot_be_is_explained_in_the_terminal(given, capsys):
    assert terminal.main(["start", *given]) == 1
    assert run.runs() == []
    assert len(capsys.readouterr().err) > 40
