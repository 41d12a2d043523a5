"""How a real Chromium reads the arrays that the app sends."""

from __future__ import annotations

import json

import numpy as np
import pytest

from alexnet.home import ASSETS
from alexnet.ui.browser.tensors import as_bytes

pytestmark = pytest.mark.browser

READ = """([code, numbers, shift]) => {
    // The bytes lie somewhere in a longer row, as those of a message do.
    const row = new Uint8Array(shift + numbers.length);
    row.set(numbers, shift);
    const { arrays, ...values } = new Function(`${code}; return unpack;`)()(row.subarray(shift));
    const plain = Object.entries(arrays).map(([name, array]) => [name, [array.constructor.name, [...array]]]);
    return [values, Object.fromEntries(plain)];
}"""


@pytest.fixture
def read(page):
    def read_(data, shift=0):
        code = (ASSETS / "components" / "shared" / "arrays.js").read_text(encoding="utf-8")
        return page.evaluate(READ, [code, list(data), shift])

    return read_


@pytest.mark.parametrize("shift", range(5))
def test_values_and_arrays_are_those_that_were_sent(read, shift):
    given = {
        "levels": np.arange(250, 257).astype(np.uint8),
        "kernel": np.random.default_rng(1).normal(size=(3, 1, 3)).astype(np.float32),
        "none": np.empty(0, np.float32),
    }
    values, arrays = read(as_bytes({"name": "커널 “1”", "along": {"stride": 4}}, given), shift)
    assert values == {"name": "커널 “1”", "along": {"stride": 4}}
    assert arrays == {
        "levels": ["Uint8Array", given["levels"].tolist()],
        "kernel": ["Float32Array", given["kernel"].ravel().tolist()],
        "none": ["Float32Array", []],
    }


def test_numbers_after_an_odd_count_of_bytes_are_read(read):
    # The format allows it; the library sorts tensors so that it does not come about.
    numbers = np.array([0.5, -2], "<f4")
    header = {
        "__metadata__": {"values": "{}"},
        "odd": {"dtype": "U8", "shape": [3], "data_offsets": [0, 3]},
        "floats": {"dtype": "F32", "shape": [2], "data_offsets": [3, 11]},
    }
    text = json.dumps(header).encode()
    _, arrays = read(len(text).to_bytes(8, "little") + text + bytes([1, 2, 3]) + numbers.tobytes())
    assert arrays == {"odd": ["Uint8Array", [1, 2, 3]], "floats": ["Float32Array", [0.5, -2]]}
