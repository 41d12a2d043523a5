"""Own pictures become a data set: what goes in, what is kept, what is refused, who may delete it."""

from __future__ import annotations

import io
import os
import time

import numpy as np
import pytest
from PIL import Image

import alexnet.data
from alexnet.data import preprocess
from alexnet.data.catalogue import data_set
from alexnet.data.own import collecting, making, store
from alexnet.data.own.archive import Archive
from alexnet.data.own.collecting import Collector
from alexnet.data.own.making import from_files, from_path
from alexnet.errors import DataError, InputError, LimitError
from alexnet.language import LANGUAGES
from tests.data.own.photographs import COLOURS, files, packed, photograph, unpacked


def made(given: dict[str, bytes], viewer: str = "mina", **settings: object):
    return collecting.make(Archive(io.BytesIO(packed(given)), "class.zip"), viewer, "My set", **settings)


def test_a_zip_becomes_a_data_set_that_the_catalogue_knows():
    one = made(files(20))
    data = data_set(one.id)
    assert [entry.name("ko") for entry in data.classes] == ["cat", "dog"]
    assert (data.train, data.validation, data.test) == (34, 6, 6) == (one.train + 6, 6, 6)
    small = data.finer(32)
    pictures = small.load()
    assert pictures.train_images.shape == (34, 32, 32, 3) and len(pictures.validation) == 6
    assert list(np.bincount(pictures.train_labels[pictures.validation])) == [3, 3]
    for label, name in enumerate(("cat", "dog")):
        mean = pictures.train_images[pictures.train_labels == label].mean(axis=(0, 1, 2))
        np.testing.assert_allclose(mean, COLOURS[name], atol=3)


def test_its_pictures_are_the_photographs_squares_and_its_numbers_those_of_what_it_learns_from():
    given = files(6)
    one = made(given)
    items = store.index(one).items
    kept = store.pictures(one, list(range(len(items))), 32)
    learned = []
    for item, picture in zip(items, kept, strict=True):
        name = item.name.replace(" / ", "/")
        pixels = np.asarray(Image.open(io.BytesIO(given[name])))
        expected = preprocess.reduce(pixels, 32)
        assert np.abs(expected.astype(int) - picture).mean() < 1.5
        assert (item.width, item.height) == (60, 40)
        if item.part == 0:
            learned.append(preprocess.square(pixels).astype(np.float64))
    learned = np.stack(learned)
    np.testing.assert_allclose(one.mean, learned.mean(axis=(0, 1, 2)), atol=1e-3)
    np.testing.assert_allclose(one.deviation, learned.std(axis=(0, 1, 2)), atol=1e-3)
    np.testing.assert_array_equal(store.thumbs(one).shape, (len(items), 32, 32, 3))


def test_at_most_256_pixels_are_kept_upright_and_nothing_of_the_metadata(home_folder):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    wide = Image.new("RGB", (900, 600), (10, 200, 30))
    wide.paste((250, 0, 0), (0, 0, 900, 300))  # the upper half; on its side it is the right one
    target = io.BytesIO()
    wide.save(target, "JPEG", exif=exif)
    one = made(files(3) | {"cat/turned.jpg": target.getvalue()})
    place = next(n for n, item in enumerate(store.index(one).items) if item.name == "cat / turned.jpg")
    item = store.index(one).items[place]
    assert (item.width, item.height) == (600, 900)
    picture = store.pictures(one, [place], 256)[0]
    assert picture[:, 200:, 0].mean() > 240 and picture[:, :50, 0].mean() < 20
    content = (home_folder / "datasets" / one.id / "pictures.bin").read_bytes()
    assert b"SecretCamera" not in content and b"Exif" not in content
    with Image.open(io.BytesIO(content[item.offset : item.offset + item.length])) as kept:
        assert kept.size == (256, 256)


def test_bmp_files_named_jpg_go_in_whole():
    given = {f"train/{name}": data for name, data in files(12, kind="BMP").items()}
    given |= {f"validation/{name}": data for name, data in files(4, ("dog", "cat"), "BMP").items()}
    one = made(given)
    assert (one.train, one.validation, one.test) == (24, 4, 4)
    assert store.index(one).broken == ()


def test_files_that_are_no_pictures_are_named_with_the_reason_and_skipped():
    given = files(4) | {
        "cat/half.jpg": photograph("cat", 9)[:200],
        "dog/note.txt": b"hello",
        "dog/empty.png": b"",
        "readme.md": b"# hi",
    }
    one = made(given)
    assert {broken.name: broken.id for broken in store.index(one).broken} == {
        "readme.md": "file_without_class",
        "cat / half.jpg": "image_truncated",
        "dog / note.txt": "not_an_image",
        "dog / empty.png": "image_empty",
    }
    assert one.train + one.validation + one.test == 8


def test_names_are_harmless_in_every_language():
    given = {
        f"{name}/{number}.jpg": photograph("cat", number) for number in range(4) for name in ("**a**", "<b>")
    }
    one = made(given)
    assert one.classes == ("a", "b")
    assert all(entry.name(language) in "ab" for entry in data_set(one.id).classes for language in LANGUAGES)


@pytest.mark.parametrize(
    ("given", "error", "kind"),
    [
        (files(5, ("cat",)), "set_classes_few", InputError),
        ({"readme.txt": b"x"}, "set_classes_few", InputError),
        ({}, "set_empty", InputError),
        (files(5) | files(1, ("pear",)), "set_class_short", InputError),
        ({f"class{n}x/1.jpg": b"" for n in range(101)}, "set_classes_many", LimitError),
        (files(4) | {"pear/1.jpg": b"no", "dog/x.jpg": b""}, None, None),
    ],
)
def test_what_cannot_be_learned_is_refused_and_leaves_nothing_behind(home_folder, given, error, kind):
    if error is None:
        assert made(given).classes == ("cat", "dog")  # a class without a picture is none
        return
    with pytest.raises(kind, match=error):
        made(given)
    assert list((home_folder / "datasets").iterdir()) == []


def test_a_hundred_classes_go_in():
    small = {
        f"kind{label:02}x/{number}.png": photograph("x", 3 * label + number, "PNG", (8, 8))
        for label in range(100)
        for number in range(3)
    }
    one = made(small)
    assert len(one.classes) == 100 and (one.train, one.validation, one.test) == (100, 100, 100)


def test_dropped_files_say_their_class_by_folder_or_name_and_a_zip_comes_alone():
    given = files(3)
    one = from_files([*given.items()], "mina", "")
    assert one.classes == ("cat", "dog") and one.name == "cat dog"
    flat = {name.replace("/", "."): data for name, data in given.items()}
    assert from_files([*flat.items()], "mina", "").classes == ("cat", "dog")
    alone = from_files([("class.zip", packed(given))], "mina", "")
    assert store.data_set(alone).train == store.data_set(one).train
    with pytest.raises(InputError, match="archive_alone"):
        from_files([*given.items(), ("more.zip", packed(given))], "mina", "")


def test_a_folder_is_read_once_links_are_not_followed_and_a_change_is_seen(tmp_path):
    folder = unpacked(tmp_path / "pets", files(4))
    (folder / "cat" / "link.jpg").symlink_to(folder / "dog" / "000.jpg")
    (folder / "linked").symlink_to(folder / "dog")
    first = from_path(folder, "notebook")
    assert (first.name, first.classes, first.train + first.validation + first.test) == (
        "pets",
        ("cat", "dog"),
        8,
    )
    assert from_path(folder, "notebook") == first
    assert from_path(folder, "notebook", seed=1).id != first.id
    (folder / "cat" / "new.jpg").write_bytes(photograph("cat", 77))
    assert from_path(folder, "notebook").id != first.id


def test_a_notebook_gets_a_data_set_from_a_folder_or_a_zip(tmp_path):
    data = alexnet.data.from_folder(unpacked(tmp_path / "pets", files(5)), resolution=48)
    assert data.load().train_images.shape[1:] == (48, 48, 3)
    (tmp_path / "pets.zip").write_bytes(packed(files(5)))
    assert alexnet.data.from_folder(str(tmp_path / "pets.zip")).name("en") == "pets"
    with pytest.raises(InputError, match="folder_missing"):
        alexnet.data.from_folder(tmp_path / "nowhere")


def test_a_viewers_sets_take_no_more_than_their_share_while_they_are_made_too(monkeypatch):
    monkeypatch.setenv("ALEXNET_VIEWER_DATA_GB", "0.0001")  # 100 kB
    monkeypatch.setattr(collecting, "_SAVED", 10_000)
    with pytest.raises(LimitError, match="sets_full_viewer"):
        made(files(40))
    assert store.sets() == []
    one = made(files(40), "joon", limited=False)
    assert store.taken()["joon"] == store.size(one) > 100_000
    with pytest.raises(LimitError, match="sets_full_viewer"):
        Collector("joon")
    monkeypatch.setenv("ALEXNET_DATA_GB", "0.0001")
    with pytest.raises(LimitError, match="sets_full_server"):
        Collector("mina")


def test_one_is_deleted_with_its_pictures_and_trainings_keep_the_names_of_its_classes(home_folder):
    one, other = made(files(4)), made(files(4))
    assert [each.id for each in store.sets()] == sorted((one.id, other.id), reverse=True)
    store.delete(one)
    assert not (home_folder / "datasets" / one.id).exists()
    store.delete(other, keep_record=True)
    assert store.sets() == []
    assert [entry.name("en") for entry in data_set(other.id).classes] == ["cat", "dog"]
    with pytest.raises(DataError, match="set_deleted"):
        data_set(other.id).load()
    with pytest.raises(InputError, match="data_unknown"):
        data_set(one.id)


@pytest.mark.parametrize(
    ("viewer", "teacher", "may"), [("mina", False, True), ("joon", False, False), ("joon", True, True)]
)
def test_its_owner_and_a_teacher_may_delete_it(viewer, teacher, may):
    assert store.may_change(made(files(3)), viewer, teacher=teacher) is may


@pytest.mark.parametrize("name", ["set.json", "index.json", "pictures.bin", "thumbs.npy"])
def test_a_damaged_set_is_called_so(home_folder, name):
    one = made(files(3))
    (home_folder / "datasets" / one.id / name).write_bytes(b"")
    read = store.thumbs if name == "thumbs.npy" else lambda one: data_set(one.id).load()
    with pytest.raises(DataError, match="set_damaged"):
        read(one)


@pytest.mark.parametrize("id", ["set-../../etc", "set-20261124-130843-a1b2c3", "../x"])
def test_an_id_never_becomes_a_path(id):
    with pytest.raises(InputError, match="data_unknown"):
        data_set(id)


def test_what_was_begun_and_never_finished_is_swept_after_a_day(home_folder):
    begun = Collector("mina")
    store.sweep()
    assert begun.folder.exists()
    past = time.time() - 2 * 24 * 3600
    os.utime(begun.folder, (past, past))
    store.sweep()
    assert not begun.folder.exists()
    begun.discard()


def test_progress_counts_every_file():
    seen: list[tuple[int, int]] = []
    made(files(5) | {"x.txt": b""}, progress=lambda done, all: seen.append((done, all)))
    assert seen[-1] == (11, 11) and [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_the_same_seed_makes_the_same_parts():
    parts = [[item.part for item in store.index(made(files(10), seed=seed)).items] for seed in (0, 0, 1)]
    assert parts[0] == parts[1] != parts[2]


def test_too_many_files_that_take_all_their_time_end_it(monkeypatch):
    from alexnet.errors import ImageError

    def slow(data, name):
        raise ImageError("image_too_slow", name=name, seconds=20.0)

    monkeypatch.setattr(making.collecting.uploads, "decode", slow)
    with pytest.raises(LimitError, match="set_too_slow"):
        made(files(5))
