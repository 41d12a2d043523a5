"""What travels to the browser is a safetensors file: the library reads it, and finds what was given."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors import safe_open

from alexnet.ui.browser.tensors import as_bytes
from tests.pages.sent import read


@pytest.mark.parametrize("text", ["", "a", "커널", "\u2028", '"</script>', "\\", "\x00"])
def test_values_and_arrays_come_back_whatever_their_lengths(text):
    arrays = {
        "one": np.arange(5, dtype=np.uint8),
        "two": np.linspace(-1, 1, 6, dtype=np.float32).reshape(1, 2, 3),
        "none": np.empty((0, 4), np.float32),
    }
    values, found = read(as_bytes({"text": text, "number": 0.1, "list": [True, None]}, arrays))
    assert values == {"text": text, "number": 0.1, "list": [True, None]}
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_any_reader_of_the_format_finds_the_values_in_the_metadata(tmp_path):
    path = tmp_path / "sent.safetensors"
    path.write_bytes(as_bytes({"한글": 1}, {"one": np.zeros(1, np.uint8)}))
    with safe_open(path, "numpy") as file:
        assert file.metadata() == {"values": '{"한글": 1}'}


@pytest.mark.parametrize(
    "view",
    [
        np.arange(6, dtype=np.float32).reshape(2, 3).T,
        np.moveaxis(np.arange(24, dtype=np.uint8).reshape(2, 3, 4), 2, 0),
        np.arange(9, dtype=np.float32)[::-2],
        np.arange(6, dtype=">f4"),
    ],
    ids=["turned", "moved", "backwards", "big-endian"],
)
def test_a_view_of_an_array_is_written_in_its_own_order(view):
    _, found = read(as_bytes({}, {"view": view}))
    assert found["view"].tolist() == view.tolist()


@pytest.mark.parametrize("type", ["float64", "int64", "bool"])
def test_numbers_that_the_browser_would_not_read_are_refused(type):
    with pytest.raises(TypeError, match=type):
        as_bytes({}, {"other": np.zeros(3, type)})


def test_the_same_gives_the_same_bytes():
    # The browser leaves what it shows as it is where the same bytes come again.
    arrays = {name: np.arange(3, dtype=np.uint8) for name in ("b", "a", "c")}
    assert as_bytes({"text": "a"}, arrays) == as_bytes({"text": "a"}, dict(arrays))
