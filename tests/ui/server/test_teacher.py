"""The PIN: who has it, and how fast it can be guessed."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter

import pytest
from streamlit.runtime.context import ContextProxy, StreamlitHeaders

from alexnet.language import text
from alexnet.ui.server import teacher
from alexnet.ui.server.teacher import Lock


@pytest.fixture
def lock(monkeypatch):
    """A new server's lock, with a known PIN."""
    fresh = Lock("123456")
    monkeypatch.setattr(teacher, "LOCK", fresh)
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda self: "10.0.0.1"))
    monkeypatch.setattr(teacher, "monotonic", lambda: 1000.0)
    return fresh


def test_every_server_draws_six_digits_of_its_own():
    pins = {Lock().pin for _ in range(50)}
    assert all(len(pin) == 6 and pin.isascii() and pin.isdigit() for pin in pins)
    assert len(pins) > 45


def test_the_right_pin_opens_for_that_viewer_only(lock):
    assert lock.try_pin(" 123456 ", "viewer", "10.0.0.1", now=0)
    assert lock.is_open("viewer")
    assert not lock.is_open("another")
    lock.close("viewer")
    assert not lock.is_open("viewer")


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "123457", "１２３４５６", "선생님"])
def test_anything_else_does_not(lock, pin):
    assert not lock.try_pin(pin, "viewer", "10.0.0.1", now=0)
    assert not lock.is_open("viewer")


def test_after_five_wrong_tries_even_the_right_pin_waits_a_minute(lock):
    for second in range(5):
        assert not lock.try_pin("000000", "viewer", "10.0.0.1", now=second)
    assert lock.wait("10.0.0.1", now=5) == 55
    assert not lock.try_pin("123456", "another cookie", "10.0.0.1", now=5)
    assert lock.try_pin("123456", "viewer", "10.0.0.1", now=60.5)


def test_one_device_that_guesses_does_not_lock_out_another(lock):
    for _ in range(9):
        lock.try_pin("000000", "pupil", "10.0.0.1", now=0)
    assert lock.try_pin("123456", "teacher", "10.0.0.2", now=0)


def test_tries_at_the_same_moment_are_no_more_than_tries_one_by_one(lock, monkeypatch):
    compared = Counter()
    compare = secrets.compare_digest

    def slowly(one, other):
        compared["tries"] += 1
        time.sleep(0.01)  # as long as twenty threads need to come by
        return compare(one, other)

    monkeypatch.setattr(secrets, "compare_digest", slowly)
    together = threading.Barrier(20)

    def guess():
        together.wait()
        lock.try_pin("000000", "pupil", "10.0.0.1", now=0)

    pupils = [threading.Thread(target=guess) for _ in range(20)]
    for pupil in pupils:
        pupil.start()
    for pupil in pupils:
        pupil.join()
    assert compared["tries"] == 5


def test_the_servers_own_machine_is_never_locked_out(lock):
    for _ in range(9):
        assert not lock.try_pin("000000", "pupil", None, now=0)
    assert lock.wait(None, now=0) == 0
    assert lock.try_pin("123456", "teacher", None, now=0)


@pytest.mark.parametrize(
    ("seen", "sent", "locked"),
    [
        (None, {"Host": "localhost:8501"}, False),
        (None, {"Host": "127.0.0.1:8501"}, False),
        (None, {"Host": "lab.school.kr"}, True),  # by a proxy on the server's machine that names nobody
        (None, {"Host": "localhost", "X-Forwarded-For": "10.0.0.9"}, True),
        ("10.0.0.9", {"Host": "localhost:8501"}, True),
    ],
)
def test_who_comes_through_a_proxy_is_not_at_the_servers_own_machine(
    lock, open_page, monkeypatch, seen, sent, locked
):
    monkeypatch.setattr(ContextProxy, "ip_address", property(lambda self: seen))
    monkeypatch.setattr(ContextProxy, "headers", property(lambda self: StreamlitHeaders(sent.items())))
    at = open_page("home", lang="en")
    for _ in range(5):
        at.text_input(key="teacher_pin").set_value("000000").run()
    at.text_input(key="teacher_pin").set_value("123456").run()
    assert bool(at.sidebar.text_input) is locked


def test_the_sidebar_takes_the_pin_and_locks_again(lock, open_page):
    at = open_page("home", lang="ko")
    at.text_input(key="teacher_pin").set_value("000000").run()
    assert [box.value for box in at.sidebar.warning] == [text("common.teacher_wrong", "ko")]
    assert at.text_input(key="teacher_pin").value == ""
    at.text_input(key="teacher_pin").set_value("123456").run()
    assert not at.sidebar.warning and not at.sidebar.text_input
    assert text("common.teacher_open", "ko") in [block.value for block in at.sidebar.markdown]
    at.sidebar.button(key="teacher_close").click().run()
    assert at.sidebar.text_input


def test_the_sidebar_says_how_long_to_wait(lock, open_page):
    at = open_page("home", lang="en")
    for _ in range(5):
        at.text_input(key="teacher_pin").set_value("000000").run()
    assert at.sidebar.warning[0].value == text("common.teacher_wait", "en", seconds=60)
    at.text_input(key="teacher_pin").set_value("123456").run()
    assert at.sidebar.text_input and at.sidebar.warning
