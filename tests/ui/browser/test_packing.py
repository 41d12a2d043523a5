"""What is packed can be read again, byte by byte, as the browser reads it."""

from __future__ import annotations

import json

import numpy as np
import pytest

from alexnet.ui.browser.packing import pack


def unpacked(data):
    length = int.from_bytes(data[:4], "little")
    header = json.loads(data[4 : 4 + length].decode("utf-8"))
    begin = 4 + length
    arrays = {}
    for name, place in header.pop("arrays").items():
        offset = begin + place["offset"]
        assert offset % 8 == 0
        arrays[name] = np.frombuffer(data, f"<{np.dtype(place['dtype']).str[1:]}", place["count"], offset)
    return header, arrays


@pytest.mark.parametrize("text", ["", "a", "커널", "\u2028", '"</script>'])
def test_header_and_arrays_come_back_whatever_their_lengths(text):
    given = {
        "one": np.arange(5, dtype=np.uint8),
        "two": np.linspace(-1, 1, 7, dtype=np.float32),
        "none": np.empty(0, np.float32),
    }
    header, arrays = unpacked(pack({"text": text, "number": 0.1}, given))
    assert header == {"text": text, "number": 0.1}
    for name, array in given.items():
        np.testing.assert_array_equal(arrays[name], array)


def test_a_view_of_an_array_is_written_in_its_own_order():
    turned = np.arange(6, dtype=np.float32).reshape(2, 3).T
    _, arrays = unpacked(pack({}, {"turned": turned}))
    assert arrays["turned"].tolist() == [0, 3, 1, 4, 2, 5]


def test_numbers_that_the_browser_would_read_wrongly_are_refused():
    with pytest.raises(TypeError, match="float64"):
        pack({}, {"wide": np.zeros(3)})
