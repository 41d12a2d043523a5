"""The viewer's pictures: what is kept of a file, and what is left out."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace

import pytest
from PIL import Image
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState

from alexnet.data import uploads
from alexnet.errors import ImageError
from alexnet.ui import state
from alexnet.ui.choices import album
from tests.pictures import BAD, photograph, saved


class Upload:
    """A file as Streamlit hands it over."""

    def __init__(self, name, content):
        self.name, self.content = name, content

    def getvalue(self):
        return self.content


@pytest.fixture(autouse=True)
def session(monkeypatch):
    """A browser tab of its own."""
    state = {}
    monkeypatch.setattr(album, "st", SimpleNamespace(session_state=state))
    return state


def test_of_files_good_and_bad_nothing_stays_in_memory_but_what_the_page_shows():
    files = [Upload(name, make()) for name, (make, _) in BAD.items()] + [Upload("good.jpg", photograph())]
    held = [weakref.ref(file) for file in files]
    album.add(files)
    assert [error.id for error in album.problems()] == [id for _, id in BAD.values()]
    assert [shot.name for shot in album.pictures()] == ["good.jpg"]
    del files
    gc.collect()
    assert [file() for file in held if file() is not None] == []


def test_what_has_no_room_is_left_out_by_name():
    def picture(number):
        return Upload(f"{number}.png", saved(Image.new("RGB", (8, 8), (number, 0, 0)), "PNG"))

    album.add([picture(number) for number in range(15)])
    (error,) = album.problems()
    assert (error.id, error.values["names"]) == ("images_left_out", "12.png, 13.png, 14.png")
    assert [shot.name for shot in album.pictures()] == [f"{number}.png" for number in reversed(range(12))]
    album.add([picture(20)])
    assert album.problems()[0].values["names"] == "0.png"
    album.remove()
    album.add([picture(30)])
    assert album.problems() == []


def test_an_upload_widget_is_never_one_of_a_session_that_is_gone(session):
    first = album.widget_key("maps_upload")
    assert album.widget_key("maps_upload") == first
    session.clear()  # the server was restarted
    assert album.widget_key("maps_upload") != first


@pytest.fixture
def browser_shows(monkeypatch):
    """A browser with an upload widget, and the files that the server has of this session."""

    def shows(key, files=(), there=()):
        held = [UploadedFileInfo(file_id=file) for file in files]
        widgets = [
            WidgetState(id="$$ID-0f-language", string_array_value={"data": ["en"]}),
            WidgetState(id=f"$$ID-0f-{key}", file_uploader_state_value={"uploaded_file_info": held}),
        ]
        context = SimpleNamespace(
            session_id="new",
            session_state=SimpleNamespace(get_widget_states=lambda: widgets),
            uploaded_file_mgr=SimpleNamespace(
                get_files=lambda session, ids: [id for id in ids if id in there and session == "new"]
            ),
        )
        monkeypatch.setattr(state, "get_script_run_ctx", lambda: context)

    return shows


def test_an_upload_that_began_while_the_server_came_back_finds_its_widget_again(session, browser_shows):
    browser_shows("maps_upload_77")
    assert album.widget_key("maps_upload") == "maps_upload_77"
    browser_shows("maps_upload_88")
    assert album.widget_key("maps_upload") == "maps_upload_77"
    session.clear()
    browser_shows("maps_upload_88", files=["a", "b"], there=["a", "b"])
    assert album.widget_key("maps_upload") == "maps_upload_88"
    album.empty_widgets()
    assert album.widget_key("maps_upload") != "maps_upload_88"


@pytest.mark.parametrize(
    ("key", "files"),
    [("maps_upload_77", ["lost with the server"]), ("maps_upload_x", []), ("maps_upload_" + "7" * 30, [])],
)
def test_a_widget_with_files_that_are_gone_or_of_another_kind_is_not_taken_over(browser_shows, key, files):
    browser_shows(key, files)
    assert album.widget_key("maps_upload") != key


def test_after_a_file_that_used_up_its_time_the_rest_waits_for_another_upload(monkeypatch):
    def decode(data, name):
        if name == "slow.jpg":
            raise ImageError("image_too_slow", name=name, seconds=15)
        return whole(data, name)

    whole = uploads.decode
    monkeypatch.setattr(uploads, "decode", decode)
    album.add([Upload(name, photograph()) for name in ("a.jpg", "slow.jpg", "b.jpg", "c.jpg")])
    assert [shot.name for shot in album.pictures()] == ["a.jpg"]
    slow, rest = album.problems()
    assert (slow.id, rest.id, rest.values["names"]) == ("image_too_slow", "images_after_slow", "b.jpg, c.jpg")
