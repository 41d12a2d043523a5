"""Whatever a zip holds and however it is damaged: a data set of what is readable, or one of our errors."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alexnet.data.own import collecting, store
from alexnet.data.own.archive import Archive
from alexnet.data.own.naming import LONGEST, harmless
from alexnet.errors import AlexNetError
from tests.data.own.photographs import files, packed, photograph

GOOD = packed(files(3))
names = st.text(min_size=1, max_size=12).filter(lambda name: name[0] != "\0")  # which zipfile cannot write
contents = st.one_of(
    st.binary(max_size=40), st.sampled_from([photograph("cat", n, "PNG", (9, 7)) for n in range(6)])
)
trees = st.dictionaries(st.lists(names, min_size=1, max_size=3).map("/".join), contents, max_size=12)
careful = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def made(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a set of a zip in a folder of its own; what is refused leaves nothing behind."""
    with tempfile.TemporaryDirectory() as home, monkeypatch.context() as patch:
        patch.setenv("ALEXNET_HOME", home)
        try:
            one = collecting.make(Archive(io.BytesIO(data), "any.zip"), "mina", "any")
        except AlexNetError:
            assert not store.sets()
            assert not list(Path(home).glob("datasets/*"))
        else:
            assert 2 <= len(one.classes) <= 100 and all(harmless(name) == name for name in one.classes)
            pictures = store.load(one, 32)
            assert len(pictures.train_labels) == one.train + one.validation
        outside = [path for path in Path(home).rglob("*") if path.is_symlink()]
        assert not outside


@careful
@given(trees)
def test_any_names_and_contents(monkeypatch, tree):
    made(packed(tree), monkeypatch)


@careful
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_bytes_of_a_good_zip_changed(monkeypatch, changes):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    made(bytes(data), monkeypatch)


@careful
@given(st.integers(0, len(GOOD)))
def test_a_good_zip_cut_off_anywhere(monkeypatch, length):
    made(GOOD[:length], monkeypatch)


@given(st.text(max_size=200))
def test_a_name_is_harmless_once_and_for_all(name):
    shown = harmless(name)
    assert harmless(shown) == shown and len(shown) <= LONGEST
    assert not set(shown) & set('*_`[]()<>#~|\\:$@&!{}=^"\n\r\t/')
