"""The data folder, and files that are complete or absent."""

from __future__ import annotations

import os

import pytest
from platformdirs import user_data_path

from alexnet import home
from alexnet.errors import ChoiceError, DataError
from alexnet.language import LANGUAGES, explain
from alexnet.runs import run


def test_the_environment_names_the_data_folder(home_folder):
    assert home.home() == home_folder
    assert home.folder("runs") == home_folder / "runs"
    assert (home_folder / "runs").is_dir()


@pytest.mark.parametrize("unset", [None, "", "  "])
def test_without_it_the_users_data_folder_of_the_platform_is_taken(monkeypatch, unset):
    if unset is None:
        monkeypatch.delenv("ALEXNET_HOME")
    else:
        monkeypatch.setenv("ALEXNET_HOME", unset)
    assert home.home() == user_data_path("alexnet-explorer", appauthor=False)


def test_the_users_own_folder_may_be_written_as_a_tilde(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("ALEXNET_HOME", "~/class")
    assert home.home() == tmp_path / "class"


def test_a_usable_data_folder_is_made_and_nothing_is_left_in_it(home_folder):
    assert home.trouble() is None
    assert home_folder.is_dir() and not list(home_folder.iterdir())


@pytest.mark.parametrize("below", [".", "in/it"])
def test_a_file_in_its_place_or_above_it_is_said(home_folder, monkeypatch, below):
    home_folder.write_bytes(b"")
    monkeypatch.setenv("ALEXNET_HOME", str(home_folder / below))
    found = home.trouble()
    assert found is not None and found.id == "home_is_file"
    with pytest.raises(DataError, match="home_is_file"):
        home.folder("runs")
    assert run.runs() == []
    with pytest.raises(ChoiceError, match="run_unknown"):
        run.find("20261124-130843-a1b2c3")


def test_a_file_in_the_place_of_one_of_its_folders_is_said(home_folder):
    home_folder.mkdir()
    (home_folder / "runs").write_bytes(b"")
    assert home.trouble() is None
    with pytest.raises(DataError, match="home_not_made"):
        home.folder("runs")


def test_a_tilde_that_leads_nowhere_is_said_and_makes_no_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ALEXNET_HOME", "~nobody-of-this-name/class")
    found = home.trouble()
    assert found is not None and found.id == "home_nowhere"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("tried", "id"), [("mkdir", "home_not_made"), ("TemporaryFile", "home_read_only")])
def test_a_disk_that_refuses_is_said_with_its_reason(monkeypatch, home_folder, tried, id):
    def refused(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(home.Path if tried == "mkdir" else home.tempfile, tried, refused)
    found = home.trouble()
    assert found is not None and found.id == id
    for language in LANGUAGES:
        said = explain(found, language)
        assert str(home_folder) in said and "Read-only file system" in said and "ALEXNET_HOME" in said


def test_text_is_written_as_utf8_with_the_folders_above_it(tmp_path):
    path = tmp_path / "나의 학습" / "설정.json"
    home.write_text(path, "고양이\n개\n")
    assert path.read_bytes() == "고양이\n개\n".encode()


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "status.json"
    home.write_bytes(path, b"old")
    home.write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_place_of_a_file_gives_way_and_is_kept(tmp_path):
    path = tmp_path / "status.json"
    path.mkdir()
    (path / "note.txt").write_text("mine", encoding="utf-8")
    home.write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    (kept,) = tmp_path.glob(".status.json.*.aside/status.json/note.txt")
    assert kept.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, failing):
    path = tmp_path / "status.json"
    home.write_bytes(path, b"old")

    def full(*arguments):
        raise OSError("No space left on device")

    monkeypatch.setattr(os if failing == "fsync" else home.Path, failing, full)
    with pytest.raises(OSError, match="No space left"):
        home.write_bytes(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_bytes_are_on_the_disk_before_the_name_points_at_them(tmp_path, monkeypatch):
    steps = []
    fsync, replace = os.fsync, home.Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (steps.append("fsync"), fsync(handle)))
    monkeypatch.setattr(
        home.Path, "replace", lambda self, target: (steps.append("replace"), replace(self, target))
    )
    home.write_bytes(tmp_path / "a", b"1")
    assert steps == ["fsync", "replace"]


def test_a_reader_that_holds_the_old_file_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    refused = []
    replace = home.Path.replace

    def held(self, target):
        if len(refused) < 3:
            refused.append(target)
            raise PermissionError("The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(home, "_PAUSE", 0.0)
    monkeypatch.setattr(home.Path, "replace", held)
    home.write_bytes(tmp_path / "status.json", b"new")
    assert len(refused) == 3
    assert (tmp_path / "status.json").read_bytes() == b"new"


def test_a_file_that_stays_refused_is_reported_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def held(self, target):
        raise PermissionError("The process cannot access the file")

    monkeypatch.setattr(home, "_PAUSE", 0.0)
    monkeypatch.setattr(home.Path, "replace", held)
    with pytest.raises(PermissionError):
        home.write_bytes(tmp_path / "status.json", b"new")
    assert not list(tmp_path.iterdir())
