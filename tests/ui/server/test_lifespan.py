"""What happens at the server's start, and what the terminal shows."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from alexnet.ui.server.lifespan import say, spare_keras


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "PIN 선생님 123456\n"), ("cp1252", "PIN ??? 123456\n")]
)
def test_a_terminal_without_hangul_still_shows_the_pin(monkeypatch, encoding, shown):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline="\n"))
    say("PIN 선생님 123456")
    assert written.getvalue().decode(encoding) == shown


def test_streamlit_does_not_clear_keras_after_each_run_of_a_page(monkeypatch):
    cleared = []
    backend = SimpleNamespace(clear_session=lambda: cleared.append("again"))
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(backend=backend))
    monkeypatch.setattr(script_runner, "_clean_problem_modules", script_runner._clean_problem_modules)
    page = AppTest.from_string("import streamlit as st; st.write('page')").run()
    assert cleared == ["again"]  # else Streamlit has given it up, and spare_keras can go
    spare_keras()
    page.run()
    assert page.markdown[0].value == "page"
    assert cleared == ["again"]
