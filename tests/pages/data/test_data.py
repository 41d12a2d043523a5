"""The Data page, through app.py: what is in a set, how one is made, who sees it, how it is deleted."""

from __future__ import annotations

import hashlib
import io
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st

from alexnet.data.catalogue import STARTER
from alexnet.data.own import collecting, inspecting, store
from alexnet.data.own.archive import Archive
from alexnet.errors import InputError
from alexnet.language import LANGUAGES, text
from alexnet.recipes import Recipe
from alexnet.runs import run
from alexnet.runs.config import new
from alexnet.ui.runs import entries
from alexnet.ui.server import set_making
from alexnet.ui.server.teacher import LOCK
from tests.data.own.photographs import files, packed, photograph, unpacked

TOKEN = "0123456789abcdef" * 2
ME = hashlib.sha256(TOKEN.encode()).hexdigest()[:16]


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    monkeypatch.setattr("alexnet.ui.server.viewer.secrets", SimpleNamespace(token_hex=lambda _: TOKEN))
    st.cache_resource.clear()
    entries.forget()
    yield
    set_making._making.clear()
    entries.forget()
    LOCK.close(ME)


def made(given=None, viewer=ME, name="pets"):
    data = packed(given or files(8))
    return collecting.make(Archive(io.BytesIO(data), "pets.zip"), viewer, name)


def words(at) -> str:
    blocks = (
        at.main.markdown,
        at.main.caption,
        at.main.info,
        at.main.warning,
        at.main.error,
        at.main.success,
    )
    return "\n".join(block.value for kind in blocks for block in kind)


def en(key: str, **values: object) -> str:
    return text(f"data.{key}", "en", **values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_with_the_starter_set_and_what_is_in_it(open_page, language):
    at = open_page("data", language)
    assert at.title[0].value == text("data.title", language)
    assert not at.error and not at.exception
    counted = text(
        "data.counts_drawn", language, all=12_000, classes=2, train=9_000, validation=1_000, test=2_000
    )
    assert counted in words(at)
    assert text("data.balanced", language, share=0.5) in words(at)
    # The half-minute network's parameters on the 9,000 pictures, as the Training page counts them.
    assert text("data.each", language, parameters=136_386, images=9_000, each=136_386 / 9_000) in words(at)


def test_the_starter_sets_duplicates_are_what_comparing_pixels_says(open_page):
    inside = inspecting.of_ours(STARTER)
    flat = inside.small.reshape(len(inside.small), -1)
    _, counts = np.unique(flat, axis=0, return_counts=True)
    assert len(inside.duplicates) == (counts > 1).sum()
    np.testing.assert_allclose(inside.mean_images[0], flat[inside.parts == 0].mean(axis=0).reshape(32, 32, 3))


def test_an_own_set_is_shown_first_with_its_classes_broken_files_and_duplicates(open_page):
    twice = photograph("cat", 500)
    given = files(8) | {
        "dog/note.txt": b"no",
        "cat/again.jpg": twice,
        "cat/twice.jpg": twice,
        "dog/cat.jpg": twice,
    }
    one = made(given)
    at = open_page("data")
    assert not at.error
    assert at.selectbox(key="data_class").options == [en("class_all"), "cat", "dog"]
    said = words(at)
    assert en("counts", all=19, classes=2, train=one.train, validation=one.validation, test=one.test) in said
    assert en("unbalanced", large="cat", many=10, small="dog", few=9, share=10 / 19) in said
    assert en("duplicates_some", count=1, pictures=3) in said and en("duplicates_mixed", count=1) in said
    assert "**dog / note\\.txt**" in said.replace("\\/", "/")
    at.selectbox(key="data_class").set_value("class_02").run()
    assert at.query_params["class"] == "class_02" and not at.error


def test_pictures_that_are_learned_from_and_tested_on_are_counted():
    twice = photograph("cat", 500)
    given = {f"train/{name}": data for name, data in files(6).items()}
    given |= {f"validation/{name}": photograph("dog", 100 + n) for n, name in enumerate(files(3))}
    given |= {"train/cat/one.jpg": twice, "validation/cat/two.jpg": twice}
    inside = inspecting.of_own(made(given))
    assert len(inside.across_parts()) == 1 == len(inside.duplicates)


def test_the_gallery_shows_all_classes_and_draws_others_at_a_click(open_page, monkeypatch):
    shown = []
    monkeypatch.setattr("pages.data.gallery.tile_sheet.show", lambda sheet, key: shown.append(sheet))
    made(files(40))
    at = open_page("data")
    first = list(shown[0].ids)
    assert sorted(shown[0].captions) == ["cat"] * 12 + ["dog"] * 12
    at.button(key="data_others").click().run()
    assert set(shown[-1].ids) != set(first)
    at.selectbox(key="data_class").set_value("class_01").run()
    assert set(shown[-1].captions) == {"cat"} and len(shown[-1].ids) == 24


def upload(at, given):
    """Drop files as a browser hands them over."""
    key = next(one.proto.id for one in at.get("file_uploader"))
    assert key
    at.get("file_uploader")[0].set_value(
        [(name, data, "application/octet-stream") for name, data in given.items()]
    )
    return at.run()


def wait(at):
    end = time.monotonic() + 60
    while not (one := set_making.of(ME)).ended.is_set():
        assert time.monotonic() < end
        time.sleep(0.05)
    return one


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_zip_that_is_dropped_becomes_a_set_that_leads_to_a_training(open_page, language):
    at = open_page("data", language, view="make")
    assert text("data.mine_none", language) in words(at)
    upload(at, {"pets.zip": packed(files(8) | {"cat/x.jpg": b"no"})})
    one = wait(at).made
    assert (one.name, one.classes, one.viewer) == ("pets", ("cat", "dog"), ME)
    at.run()
    said = words(at)
    assert text("data.made_broken", language, count=1) in said and "pets" in said
    assert not at.error


def test_photographs_whose_names_begin_with_their_class_become_a_set(open_page):
    at = open_page("data", view="make")
    at.text_input(key="data_name").set_value("Our **pets**")
    upload(at, {name.replace("/", " "): data for name, data in files(4).items()})
    one = wait(at).made
    assert (one.name, one.classes) == ("Our pets", ("cat", "dog"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_with_a_zip_is_said_and_the_way_to_another_stays(open_page, language):
    at = open_page("data", language, view="make")
    upload(at, {"bad.zip": packed({"../x.jpg": b"x"})})
    wait(at)
    at.run()
    assert len(at.error) == 1 and "bad" in at.error[0].value
    assert at.get("file_uploader") and store.sets() == []


def test_a_fault_of_ours_is_told_and_logged(open_page, caplog):
    def broken(progress):
        raise RuntimeError("no")

    set_making.start(ME, broken)
    wait(None)
    at = open_page("data", view="make")
    assert "RuntimeError" in at.error[0].value and "making a data set" in caplog.text


def test_while_it_is_made_the_page_says_how_far_and_a_second_start_gets_the_same(open_page):
    import threading

    go = threading.Event()

    def work(progress):
        progress(3, 10)
        go.wait(30)
        raise InputError("set_empty")

    one = set_making.start(ME, work)
    assert set_making.start(ME, work) is one
    while not one.of:
        time.sleep(0.01)
    at = open_page("data", view="make")
    assert not at.get("file_uploader")
    assert at.get("progress")[0].proto.text == en("making", done=3, of=10)
    go.set()
    wait(None)


def test_a_folder_on_the_server_is_for_the_teacher_and_the_servers_own_browser(
    open_page, monkeypatch, tmp_path
):
    monkeypatch.setattr("pages.data.make.at_the_server", lambda: False)
    at = open_page("data", view="make")
    assert en("from_server") not in at.get("button_group")[-1].options
    assert en("server_only") in words(at)
    at = open_page("data", view="make", **{"from": "server"})
    assert not [field for field in at.text_input if field.key == "data_path"]
    LOCK.try_pin(LOCK.pin, ME, None, 0.0)
    at = open_page("data", view="make", **{"from": "server"})
    at.text_input(key="data_path").set_value(str(unpacked(tmp_path / "pets", files(4)))).run()
    at.button(key="data_read").click().run()
    assert wait(at).made.name == "pets"


def test_sets_are_listed_with_the_quota_and_deleted_by_their_owner(open_page, monkeypatch):
    one, other = made(), made(viewer="somebody else")
    at = open_page("data", view="make")
    keys = [button.key for button in at.button]
    assert f"data_delete_{one.id}" in keys and f"data_delete_{other.id}" not in keys
    assert "500.0 MB" in words(at)
    at.button(key=f"data_delete_{one.id}").click().run()
    assert en("deleted", name="pets") in words(at)
    assert [each.id for each in store.sets()] == [other.id]


def test_a_set_that_was_just_made_is_deleted_and_another_can_be_made(open_page):
    at = open_page("data", view="make")
    upload(at, {"pets.zip": packed(files(4))})
    one = wait(at).made
    at.run()
    at.button(key=f"data_delete_{one.id}").click().run()
    assert not at.error and en("deleted", name="pets") in words(at)
    assert at.get("file_uploader") and set_making.of(ME) is None


def test_a_set_that_a_training_learns_from_stays_and_afterwards_leaves_its_names(open_page):
    one = made()
    config = new(ME, "classroom", Recipe("x", (1,), batch=4), data=one.id)
    active = run.create(config)
    at = open_page("data", view="make")
    at.button(key=f"data_delete_{one.id}").click().run()
    assert at.error and store.sets()
    run.write_status(active.path, replace(active.status(), state="finished"))
    at.button(key=f"data_delete_{one.id}").click().run()
    assert not store.sets()
    assert [each.name("en") for each in run.find(config.id).config().data_set.classes] == ["cat", "dog"]


def test_anybody_may_look_at_a_set_by_its_link_and_nobody_at_one_that_is_gone(open_page):
    one = made(viewer="somebody else", name="theirs")
    assert "theirs" not in str(open_page("data").selectbox(key="data_data").options)
    at = open_page("data", data=one.id)
    assert "theirs" in str(at.selectbox(key="data_data").options) and not at.error
    store.delete(one, keep_record=True)
    at = open_page("data", data=one.id)
    assert len(at.error) == 1 and "theirs" in at.error[0].value
    assert at.selectbox(key="data_data").value == STARTER.id


def label(at, name, given):
    """Name a class, and choose photographs of it."""
    at.text_input(key="data_label").set_value(name).run()
    return upload(at, given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_photographs_are_labelled_class_by_class(open_page, language):
    at = open_page("data", language, view="make", **{"from": "labelled"})
    assert text("data.labelled_first", language) in words(at)
    assert not at.get("file_uploader")
    label(at, "**cup**", {f"IMG_{n}.jpg": photograph("cat", n) for n in range(4)} | {"x.jpg": b"no"})
    assert text("data.labelled_has", language, label="cup", count=4) in words(at)
    assert "x" in at.warning[0].value
    assert at.button(key="data_labelled_make").disabled
    label(at, "고양이", {f"IMG_{n}.jpg": photograph("dog", n) for n in range(2)})
    at.button(key="data_labelled_make").click().run()
    assert (
        "고양이" in at.error[0].value and store.sets() == []
    )  # two pictures are too few, and nothing is lost
    label(at, "고양이", {f"IMG_{n}.jpg": photograph("dog", n) for n in range(5, 8)})
    at.button(key="data_labelled_undo").click().run()
    at.text_input(key="data_name").set_value("desk").run()
    at.button(key="data_labelled_make").click().run()
    (one,) = store.sets()
    assert (one.name, one.classes, one.viewer) == ("desk", ("cup", "고양이"), ME)
    assert one.train + one.validation + one.test == 4 + 4
    assert at.success and not at.error


def test_what_was_labelled_is_forgotten_at_a_click(open_page, home_folder):
    at = open_page("data", view="make", **{"from": "labelled"})
    label(at, "cup", {"1.jpg": photograph("cat", 1)})
    assert len(list((home_folder / "datasets").iterdir())) == 1
    at.button(key="data_labelled_discard").click().run()
    assert not list((home_folder / "datasets").iterdir())
    assert "data_labelled_make" not in [button.key for button in at.button]


def test_over_plain_http_the_camera_is_replaced_by_its_reason(open_page, monkeypatch):
    monkeypatch.setattr("pages.data.labelled.camera_allowed", lambda: False)
    at = open_page("data", view="make", by="camera", **{"from": "labelled"})
    at.text_input(key="data_label").set_value("cup").run()
    assert at.warning[0].value == text("photograph.camera_not_here", "en")
