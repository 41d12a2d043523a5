"""Files that want to run code, take memory, or are not what they say: refused with a message, nothing run."""

from __future__ import annotations

import os
import pickle
import struct
import tracemalloc
import zipfile

import numpy as np
import pytest

from alexnet.errors import DataError
from alexnet.weights.readers import caffemodel, numbers, pickles, pth, toronto
from tests.weights import foreign

SMALL = {"conv1": (np.ones((4, 3, 2, 2), np.float32), np.ones(4, np.float32))}


class Runs:
    """Pickled, it calls ``os.system``."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


@pytest.fixture
def memory():
    """At most 64 MB are taken for a small file, whatever it declares."""
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 2**20


def refused(read, *paths) -> str:
    with pytest.raises(DataError) as caught:
        read(paths)
    return caught.value.id


def npy(path, content: bytes):
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "|O", "fortran_order": False, "shape": ()})
        file.write(content)
    return path


def zipped(path, content: bytes, storage: bytes = b"", compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("archive/data.pkl", content)
        archive.writestr("archive/data/0", storage)
    return path


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_that_calls_the_system_is_refused_before_it_does(protocol, tmp_path):
    witness = tmp_path / "witness"
    content = pickle.dumps(Runs(f"touch {witness}"), protocol)
    assert refused(toronto.read, npy(tmp_path / "a.npy", content)) == "foreign_code"
    assert refused(pth.read, zipped(tmp_path / "a.pth", content)) == "foreign_code"
    head = [0x1950A86A20F9469CFC6C, 1001, {}]
    row = tmp_path / "old.pth"
    row.write_bytes(b"".join(pickle.dumps(one, 2) for one in head) + content + pickle.dumps([], 2))
    assert refused(pth.read, row) == "foreign_code"
    assert not witness.exists()


@pytest.mark.parametrize("name", ["builtins.eval", "numpy.load", "torch.load", "codecs.open", "os.remove"])
def test_no_other_name_is_ever_found(name, tmp_path):
    module, _, attribute = name.rpartition(".")
    content = f"c{module}\n{attribute}\n(V1+1\ntR.".encode()
    assert refused(toronto.read, npy(tmp_path / "a.npy", content)) == "foreign_code"


def test_a_memo_of_two_thousand_million_places_is_refused(tmp_path, memory):
    content = b"\x80\x02Nr" + struct.pack("<I", 2**31 - 1) + b"."
    assert refused(toronto.read, npy(tmp_path / "a.npy", content)) == "foreign_damaged"


def test_a_pickle_of_endless_steps_is_refused(tmp_path, memory):
    content = b"\x80\x02" + b"N0" * pickles.MOST_STEPS + b"N."
    assert refused(toronto.read, npy(tmp_path / "a.npy", content)) == "foreign_damaged"


def test_lists_within_lists_that_grow_by_doubling_are_no_arrays(tmp_path, memory):
    bomb: list = ["x"]
    for _ in range(40):
        bomb = [bomb, bomb]
    assert refused(toronto.read, npy(tmp_path / "a.npy", pickle.dumps(bomb, 2))) == "foreign_damaged"
    assert refused(pth.read, zipped(tmp_path / "a.pth", pickle.dumps(bomb, 2))) == "foreign_damaged"


def test_huge_declared_shapes_take_no_memory(tmp_path, memory):
    huge = b"".join(foreign._varint(number << 3) + foreign._varint(2**30) for number in range(1, 5))
    layer = foreign._field(4, b"conv1") + foreign._field(6, huge + foreign._field(5, bytes(8)))
    path = tmp_path / "a.caffemodel"
    path.write_bytes(foreign._field(2, layer))
    assert refused(caffemodel.read, path) == "foreign_too_large"

    class Huge(np.ndarray):
        def __reduce__(self):
            make, arguments, state = super().__reduce__()
            return make, (np.ndarray, *arguments[1:]), (state[0], (2**20, 2**20), *state[2:])

    one = np.ones(4, np.float32).view(Huge)
    content = pickle.dumps({"conv1": [one, one]}, 2)
    assert refused(toronto.read, npy(tmp_path / "a.npy", content)) == "foreign_too_large"


def test_a_zip_that_unpacks_to_much_is_refused(tmp_path, memory):
    bomb = bytes(48 * 2**20)
    path = zipped(tmp_path / "a.pth", pickle.dumps({}, 2), bomb, zipfile.ZIP_DEFLATED)
    assert path.stat().st_size < 2**20
    good = foreign.pth(tmp_path / "good.pth", {"a": np.ones(4, np.float32)})
    with zipfile.ZipFile(good) as archive:
        content = archive.read("archive/data.pkl")
    path = zipped(tmp_path / "b.pth", content, bytes(2**20), zipfile.ZIP_DEFLATED)
    assert refused(pth.read, path) == "foreign_damaged"


def test_ten_thousand_tensors_are_refused(tmp_path, memory):
    many = {f"layer{number}": SMALL["conv1"] for number in range(5_000)}
    assert refused(caffemodel.read, foreign.caffemodel(tmp_path / "a.caffemodel", many)) == "foreign_too_many"
    named = {f"{number}": np.ones(1, np.float32) for number in range(10_000)}
    assert refused(pth.read, foreign.pth(tmp_path / "a.pth", named)) == "foreign_too_many"
    assert refused(toronto.read, foreign.toronto(tmp_path / "a.npy", many)) in (
        "foreign_too_many",
        "foreign_damaged",  # so many steps already
    )


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.7, 0.999])
def test_a_file_that_is_cut_off_is_refused(share, tmp_path):
    weights = {"conv1": (np.ones((8, 3, 11, 11), np.float32), np.ones(8, np.float32))}
    named = {"features.0.weight": weights["conv1"][0], "features.0.bias": weights["conv1"][1]}
    for read, path in (
        (caffemodel.read, foreign.caffemodel(tmp_path / "a.caffemodel", weights)),
        (toronto.read, foreign.toronto(tmp_path / "a.npy", weights)),
        (pth.read, foreign.pth(tmp_path / "a.pth", named)),
        (pth.read, foreign.pth(tmp_path / "b.pth", named, zipped=False)),
    ):
        content = path.read_bytes()
        assert read([path])
        path.write_bytes(content[: int(share * len(content))])
        assert refused(read, path) == "foreign_damaged"


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    for reader in (caffemodel, numbers, pth, toronto):
        assert refused(reader.read, path) == "foreign_damaged"


def test_a_file_that_is_not_there_is_named(tmp_path):
    for reader in (caffemodel, numbers, pth, toronto):
        assert refused(reader.read, tmp_path / "nothing") == "weights_missing"


def test_words_among_the_numbers_are_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("0.5, 1.5, import os", encoding="ascii")
    assert refused(numbers.read, path) == "foreign_damaged"
