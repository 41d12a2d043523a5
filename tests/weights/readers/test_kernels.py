"""First-layer kernels alone, as NumPy saves them."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from alexnet.errors import DataError
from alexnet.weights.readers import kernels

KERNELS = np.random.default_rng(0).normal(size=(96, 11, 11, 3)).astype(np.float32)


def refused(path) -> str:
    with pytest.raises(DataError) as caught:
        kernels.read([path])
    return caught.value.id


@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f8", "<f2"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_what_numpy_saves_is_read(dtype, order, tmp_path):
    array = np.asarray(KERNELS, dtype, order=order)
    np.save(tmp_path / "a.npy", array)
    np.savez(tmp_path / "a.npz", kernels=array, bias=array[:, 0, 0, 0])
    np.savez_compressed(tmp_path / "b.npz", kernels=array)
    assert (kernels.read([tmp_path / "a.npy"])["a.npy"] == array).all()
    assert kernels.read([tmp_path / "a.npz"]).keys() == {"kernels", "bias"}
    assert (kernels.read([tmp_path / "b.npz"])["kernels"] == array).all()


def test_a_text_of_numbers_is_read_as_one_row(tmp_path):
    np.savetxt(tmp_path / "a.txt", KERNELS.reshape(96, -1), delimiter=",", fmt="%.9g")
    assert (kernels.read([tmp_path / "a.txt"])["a.txt"] == KERNELS.ravel()).all()


def test_pickles_in_place_of_numbers_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.array([{"a": 1}], object), allow_pickle=True)
    np.savez(tmp_path / "a.npz", np.array([{"a": 1}], object))
    assert refused(tmp_path / "a.npy") == refused(tmp_path / "a.npz") == "foreign_code"


def test_a_huge_declared_shape_is_refused(tmp_path):
    path = tmp_path / "a.npy"
    with path.open("wb") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": (2**20, 2**20)}
        np.lib.format.write_array_header_1_0(file, header)
    assert refused(path) == "foreign_too_large"


def test_a_zip_that_unpacks_to_much_and_one_of_ten_thousand_arrays_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kernels.npy", bytes(48 * 2**20))
    assert refused(tmp_path / "a.npz") == "foreign_too_large"
    one = io.BytesIO()
    np.save(one, np.ones(1, np.float32))
    with zipfile.ZipFile(tmp_path / "b.npz", "w") as archive:
        for number in range(10_000):
            archive.writestr(f"{number}.npy", one.getvalue())
    assert refused(tmp_path / "b.npz") == "foreign_too_many"


@pytest.mark.parametrize("share", [0.0001, 0.3, 0.999])
@pytest.mark.parametrize("name", ["a.npy", "a.npz"])
def test_a_file_that_is_cut_off_is_refused(share, name, tmp_path):
    path = tmp_path / name
    (np.savez if name.endswith("z") else np.save)(path, KERNELS)
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    assert refused(path) == "foreign_damaged"


def test_whole_numbers_and_pictures_are_refused(tmp_path):
    np.save(tmp_path / "a.npy", np.arange(10))
    assert refused(tmp_path / "a.npy") == "foreign_damaged"
    (tmp_path / "b.npy").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert refused(tmp_path / "b.npy") == "foreign_damaged"
