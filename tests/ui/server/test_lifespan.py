"""What happens at the server's start, and what the terminal shows."""

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from alexnet.language import LANGUAGES, text
from alexnet.ui.server import lifespan
from alexnet.ui.server.lifespan import say, spare_keras


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "PIN 선생님 123456\n"), ("cp1252", "PIN ??? 123456\n")]
)
def test_a_terminal_without_hangul_still_shows_the_pin(monkeypatch, encoding, shown):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, newline="\n"))
    say("PIN 선생님 123456")
    assert written.getvalue().decode(encoding) == shown


@pytest.mark.parametrize("usable", [True, False])
def test_a_data_folder_that_cannot_be_used_is_said_once_below_the_pin_in_both_languages(
    monkeypatch, capsys, home_folder, usable
):
    @asynccontextmanager
    async def nobody():
        yield

    monkeypatch.setattr(lifespan, "helpers", nobody)
    monkeypatch.setattr(lifespan, "spare_keras", lambda: None)
    monkeypatch.setattr(lifespan.outbox, "drop_with_blocks", lambda: None)
    monkeypatch.setattr(lifespan.warm_up, "server_started", lambda: None)
    if not usable:
        home_folder.write_bytes(b"")

    async def serve() -> None:
        async with lifespan.lifespan(None):
            pass

    asyncio.run(serve())
    printed = capsys.readouterr().out
    said = [text("errors.home_is_file", language, folder=home_folder) for language in LANGUAGES]
    assert [printed.count(line) for line in said] == [not usable] * 2
    assert printed.index("PIN") < min(
        (printed.index(line) for line in said if line in printed), default=10**6
    )


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
