"""Zips that nobody should be given: each is refused with its reason, and honest ones are read."""

from __future__ import annotations

import io
import stat
import struct
import unicodedata
import zipfile

import pytest

from alexnet.data.own import archive
from alexnet.data.own.archive import Archive
from alexnet.data.uploads import MAX_BYTES
from alexnet.errors import InputError, LimitError
from tests.data.own.photographs import files, packed


def opened(data: bytes) -> Archive:
    return Archive(io.BytesIO(data), "class.zip")


def read_all(data: bytes) -> dict[str, bytes]:
    found = opened(data)
    return {"/".join(entry.path): found.read(entry) for entry in found}


def named(name: bytes) -> bytes:
    """A zip of one entry with these very bytes for its name."""
    placeholder = "x" * len(name)
    return packed({placeholder: b"content"}, zipfile.ZIP_STORED).replace(placeholder.encode(), name)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_honest_zip_is_read(method):
    given = files(3)
    assert read_all(packed(given, method)) == given


@pytest.mark.parametrize(
    "name", ["../cat/1.jpg", "/etc/cat/1.jpg", "cat/../../1.jpg", "C:/cat/1.jpg", "..\\1.jpg"]
)
def test_a_path_that_leads_outside_is_refused(name):
    with pytest.raises(InputError, match="archive_outside"):
        opened(packed({"cat/0.jpg": b"x", name: b"x"}))


def test_a_link_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        link = zipfile.ZipInfo("cat/1.jpg")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="archive_link"):
        opened(target.getvalue())


def test_an_entry_with_a_password_is_refused():
    data = bytearray(packed({"cat/1.jpg": b"secret"}, zipfile.ZIP_STORED))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(InputError, match="archive_encrypted"):
        opened(bytes(data))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_takes_the_memory_it_asks_for_is_refused(method):
    with pytest.raises(InputError, match="archive_method"):
        opened(packed({"cat/1.jpg": b"x" * 100}, method))


@pytest.mark.parametrize(
    "inner", [packed({"a.jpg": b"x"}), b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"]
)
def test_an_archive_in_the_archive_is_refused(inner):
    with pytest.raises(InputError, match="archive_nested"):
        read_all(packed({"cat/1.jpg": inner}))


def test_a_bomb_is_refused_while_it_is_read_whatever_it_says_of_itself(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 3 * 2**20)
    bomb = packed({f"cat/{number}.jpg": bytes(2**20) for number in range(8)})
    assert len(bomb) < 2**14
    with pytest.raises(LimitError, match="archive_bomb"):
        read_all(bomb)


def test_of_an_entry_that_is_too_large_no_more_is_read_than_tells_so():
    data = packed({"cat/1.jpg": bytes(MAX_BYTES + 2**20)})
    assert MAX_BYTES < len(read_all(data)["cat/1.jpg"]) <= MAX_BYTES + 2**16


def test_more_than_ten_thousand_entries_are_refused():
    with pytest.raises(LimitError, match="archive_crowded"):
        opened(packed({f"cat/{number}.jpg": b"" for number in range(archive.MOST_FILES + 1)}))


def test_a_list_of_entries_that_would_fill_the_memory_is_not_read():
    directory = 400 * 2**20  # bytes that the end of the file declares for it
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, directory, 0, 0)
    file = io.BytesIO()
    file.read = lambda size=-1: (_ for _ in ()).throw(AssertionError(size)) if size > 2**23 else real(size)
    real = io.BytesIO.read.__get__(file)
    file.seek(directory)  # a file with a hole, which takes the room of its end
    file.write(end)
    with pytest.raises(LimitError, match="archive_crowded"):
        Archive(file, "class.zip")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", packed({"a": b"x"})[:-30]])
def test_what_is_no_whole_zip_is_called_damaged(data):
    with pytest.raises(InputError, match="archive_damaged"):
        opened(data)


def test_a_damaged_entry_is_called_damaged():
    data = bytearray(packed({"cat/1.jpg": bytes(range(256)) * 10}, zipfile.ZIP_STORED))
    data[100] ^= 0xFF
    with pytest.raises(InputError, match="archive_damaged"):
        read_all(bytes(data))


@pytest.mark.parametrize(("encoding", "form"), [("utf-8", "NFC"), ("utf-8", "NFD"), ("cp949", "NFC")])
def test_hangul_is_read_from_names_without_a_mark(encoding, form):
    name = unicodedata.normalize(form, "고양이/하나.jpg").encode(encoding)
    assert list(read_all(named(name))) == ["고양이/하나.jpg"]


def test_hangul_is_read_from_names_with_a_mark():
    assert list(read_all(packed({"고양이/하나.jpg": b"x"}))) == ["고양이/하나.jpg"]


@pytest.mark.parametrize("name", [b"\0at/1.jpg", b"cat/\0.jpg", b"\0"])
def test_a_name_with_a_zero_byte_is_a_name(name):
    assert list(read_all(named(name))) == [name.decode()]


def test_folders_and_what_systems_add_are_no_entries():
    data = packed({"cat/": b"", "cat/1.jpg": b"x", "__MACOSX/cat/._1.jpg": b"x", "cat/.DS_Store": b"x"})
    assert list(read_all(data)) == ["cat/1.jpg"]


def test_a_name_is_shown_as_text():
    entry = next(iter(opened(packed({"cat\x1b[2J/\u202egpj.exe": b"x"}))))
    assert entry.name == "cat[2J / gpj.exe"
