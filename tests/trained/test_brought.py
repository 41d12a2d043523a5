"""Files that somebody brings, from the upload to a trained network, in the limited process."""

from __future__ import annotations

import io

import numpy as np
import pytest
import safetensors.numpy

from alexnet.architecture import SHIPPED
from alexnet.errors import ChoiceError, DataError
from alexnet.home import folder, place
from alexnet.trained import brought, shipped
from alexnet.weights import store
from alexnet.weights.recognizing import Said

KERNELS = np.random.default_rng(0).normal(size=(96, 11, 11, 3)).astype(np.float32)


def npy(array) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def bring(content, name, viewer="mina", said=Said()):  # noqa: B008 -- it has no state
    return brought.bring(content, name, viewer, brought.known(), said, "en")


def test_kernels_alone_become_a_network_that_can_be_looked_at_and_not_asked():
    id = bring(npy(KERNELS[..., ::-1]), "mine.npy", said=Said(blue_first=True))
    one = brought.find(id, "en")
    assert one.first_only and one.name("en") == "File: mine.npy" and brought.of_viewer("mina") == [id]
    shown = np.concatenate(one.first_kernels(), axis=-1)
    np.testing.assert_array_equal(shown, KERNELS.transpose(1, 2, 3, 0))  # red first
    facts = one.provenance().facts["en"]
    assert any("kernels alone" in fact for fact in facts)
    assert (one.history().kernels(1) == shown).all()


def test_a_whole_network_answers_as_the_one_that_it_was_saved_from():
    original = shipped.trained()
    id = bring(original.weights.read_bytes(), "saved.safetensors")
    one = brought.find(id, "ko")
    assert one.network == SHIPPED and not one.first_only
    assert one.classes == original.classes and one.preparation == original.preparation
    mine, theirs = store.read(one.weights), store.read(original.weights)
    assert all((mine[name] == array).all() for name, array in theirs.items())


def test_a_file_in_the_data_folder_is_found_by_itself_and_read_anew_when_it_changes():
    path = folder("weights") / "laid here.npy"
    path.write_bytes(npy(KERNELS))
    (folder("weights") / "notes.md").write_text("no weights", encoding="utf-8")
    (folder("weights") / "bvlcalexnet-12.onnx").write_bytes(b"of the catalogue")
    ((id, found),) = brought.dropped().items()
    assert found == path and brought.name_of(id) == "laid here.npy"
    first = brought.find(id, "en").first_kernels()[0]
    path.write_bytes(npy(2 * KERNELS))
    np.testing.assert_array_equal(brought.find(id, "en").first_kernels()[0], 2 * first)
    path.unlink()
    assert not brought.dropped()


def test_what_cannot_be_read_leaves_nothing_behind():
    with pytest.raises(DataError, match=r"foreign_no_kernels.*mine.npy"):
        bring(npy(KERNELS[:, :5]), "mine.npy")  # and names the file as its reader does
    with pytest.raises(DataError, match=r"foreign_damaged.*mine.npy"):
        bring(b"\x93NUMPY", "mine.npy")
    with pytest.raises(DataError, match=r"foreign_not_finite.*mine.npy.*count=363"):
        bring(npy(np.where(np.arange(96)[:, None, None, None] == 3, np.nan, KERNELS)), "mine.npy")
    with pytest.raises(DataError, match="foreign_upload_too_large"):
        bring(bytes(brought.MOST_BYTES + 1), "mine.npy")
    assert not list((place("weights") / "brought").iterdir())


def test_the_message_about_a_network_that_is_not_there_names_the_closest_one_as_people_do():
    content = safetensors.numpy.save({"conv1_tower1/kernel": np.ones((11, 11, 3, 48), np.float32)})
    with pytest.raises(DataError) as caught:
        bring(content, "mine.safetensors")
    names = [one.name("en") for one in brought.known()]
    assert caught.value.values["network"] in names


def test_the_oldest_uploads_of_a_viewer_give_way_and_nobody_elses():
    other = bring(npy(KERNELS), "other.npy", viewer="theo")
    ids = [bring(npy(KERNELS + number), "mine.npy") for number in range(brought.MOST_OF_VIEWER + 1)]
    assert brought.of_viewer("mina") == ids[:0:-1]
    assert brought.of_viewer("theo") == [other]
    with pytest.raises(ChoiceError):
        brought.find(ids[0], "en")


def test_weights_that_are_no_numbers_are_read_with_a_warning():
    arrays = store.read(shipped.trained().weights)
    arrays["fc8/bias"] = np.full_like(arrays["fc8/bias"], np.nan)
    one = brought.find(bring(safetensors.numpy.save(dict(arrays)), "nan.safetensors"), "en")
    assert one.provenance().not_finite == arrays["fc8/bias"].size


def test_ids_are_told_from_those_of_runs_and_paths():
    assert brought.is_brought("file_0123456789ab")
    assert not any(
        map(brought.is_brought, ("file_", "shipped", "file_../../../etc", "20991231-000000-aaaaaa"))
    )
