"""What people call their files and runs is text: nothing that reads Markdown gets it as it came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from alexnet.ui.runs import entries
from tests.pictures import photograph
from tests.runs.watched import watched

TOKEN = "0123456789abcdef" * 2
NAME = "www.evil.test :smile: <b>a@evil.test"

TEXT = {
    "selectbox",
    "multiselect",
    "html",
    "dataframe",
    "text_input",
    "bidi_component",
    "component_instance",
}
"""Kinds of elements that show text as it is; ``st.html`` gets it escaped, see the tests of its pages."""

UPLOADS = [
    ("prediction", {"from": "upload"}, photograph),
    ("prediction", {"from": "upload"}, bytes),  # which is no picture
    ("maps", {"from": "upload"}, photograph),
    ("convolution", {"image": "upload"}, photograph),
]
RUNS = [("queued", True), ("running", True), ("finished", True), ("lost", True), ("finished", False)]


def nodes(block) -> Iterator[object]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from nodes(child)


def as_it_came(at) -> list[str]:
    """The kinds of elements that hold the name as it came, though they read Markdown."""
    return [
        node.type
        for block in (at.main, at.sidebar)
        for node in nodes(block)
        if node.type not in TEXT and "www.evil" in str(getattr(node, "proto", ""))
    ]


def shown(at) -> bool:
    return any("evil" in str(getattr(node, "proto", "")) for node in nodes(at.main))


@pytest.mark.parametrize(("page", "link", "content"), UPLOADS)
def test_a_file_s_name(open_page, page, link, content):
    at = open_page(page, **link)
    at.file_uploader[0].set_value([(NAME, content(), "image/jpeg")]).run()
    assert not at.exception
    assert shown(at) and as_it_came(at) == []


@pytest.mark.parametrize(("state", "mine"), RUNS)
def test_a_run_s_name(open_page, monkeypatch, state, mine):
    monkeypatch.setattr("alexnet.ui.server.viewer.secrets", SimpleNamespace(token_hex=lambda _: TOKEN))
    entries.forget()
    viewer = hashlib.sha256(TOKEN.encode()).hexdigest()[:16] if mine else "another"
    one = watched(viewer, state, epochs=0 if state == "queued" else 2, name=NAME)
    watched(viewer, "stopped", name=NAME)  # a second one, so that there is a table
    at = open_page("training", view="runs", run=one.id)
    entries.forget()
    assert not at.exception
    assert shown(at) and as_it_came(at) == []
