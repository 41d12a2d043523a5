"""Every bad upload has its error in two languages, and every good one shows what it shows elsewhere."""

import contextlib
import json
import subprocess
import sys
import threading
import time
import unicodedata
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from alexnet.data import apart, decoding, headers, uploads
from alexnet.data.uploads import decode, explain_note, shown_name
from alexnet.errors import ImageError
from alexnet.language import LANGUAGES, explain, keys
from tests import pictures
from tests.pictures import BAD, BLUE, GOOD, GREEN, HEIGHT, RED, WIDTH, saved, scene


def opened(name: str) -> uploads.Picture:
    return decode(GOOD[name](), name)


def notes(picture: uploads.Picture) -> list[str]:
    return [note.id for note in picture.notes]


def close(pixels: np.ndarray, colour: tuple[int, int, int], within: int = 8) -> bool:
    return bool(np.abs(pixels.astype(int) - colour).max() <= within)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_upload_raises_its_error_and_is_explained_in_both_languages(name: str) -> None:
    make, expected = BAD[name]
    with pytest.raises(ImageError) as caught:
        decode(make(), name)
    assert caught.value.id == expected
    for language in LANGUAGES:
        assert name in explain(caught.value, language)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_upload_becomes_plain_rgb(name: str) -> None:
    picture = opened(name)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.shape == ((1, 1, 3) if name == "one_pixel.png" else (HEIGHT, WIDTH, 3))
    assert picture.pixels.flags.c_contiguous


@pytest.mark.parametrize("name", ["picture.webp", "picture.bmp", "sixteen_bit_rgb.png", "animation.gif"])
def test_lossless_formats_show_the_scene_exactly(name: str) -> None:
    assert np.array_equal(opened(name).pixels, scene())


@pytest.mark.parametrize("name", ["photograph.jpg", "cmyk.jpg", "turned.jpg", "picture.heic", "picture.avif"])
def test_photographs_show_the_scene_upright_and_in_its_colours(name: str) -> None:
    pixels = opened(name).pixels
    assert close(pixels[4:12, 4:12], GREEN)
    assert close(pixels[4:28, 24:], RED)
    assert close(pixels[36:, :], BLUE)


def test_a_turned_photograph_and_inks_carry_their_notes() -> None:
    assert notes(opened("turned.jpg")) == ["turned"]
    assert notes(opened("cmyk.jpg")) == ["cmyk"]
    assert notes(opened("photograph.jpg")) == []


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_turns_as_pillows_own_does(orientation: int) -> None:
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(Image.fromarray(scene()), "PNG", exif=exif)
    expected = ImageOps.exif_transpose(Image.open(BytesIO(data)))
    assert np.array_equal(decode(data, "a.png").pixels, np.asarray(expected))


# Pillow warns of the damage; the app ignores it, and pytest makes it an error.
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_damaged_exif_leaves_the_picture_as_it_lies() -> None:
    data = saved(Image.fromarray(scene()), "JPEG", quality=95, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert notes(decode(data, "a.jpg")) == []


def test_sixteen_bit_grey_is_scaled_and_not_clipped() -> None:
    picture = opened("sixteen_bit_grey.png")
    ramp = np.rint(np.linspace(0, 65_535, WIDTH).round() * 255 / 65_535)
    assert np.array_equal(picture.pixels[0, :, 0], ramp)
    assert notes(picture) == ["sixteen_bit"]


def test_sixteen_bit_colour_has_its_note() -> None:
    assert notes(opened("sixteen_bit_rgb.png")) == ["sixteen_bit"]


def test_transparent_grey_of_sixteen_bits_lies_on_white() -> None:
    lines = b"\0" + np.array([500, 0], ">u2").tobytes()
    data = pictures.png(2, 1, 16, 0, lines, ((b"tRNS", (500).to_bytes(2, "big")),))
    picture = decode(data, "a.png")
    assert picture.pixels[0, :, 0].tolist() == [255, 0]
    assert notes(picture) == ["sixteen_bit", "alpha_on_white"]


def test_the_first_frame_of_an_animation_is_taken_with_a_note() -> None:
    assert notes(opened("animation.gif")) == ["first_frame"]


@pytest.mark.parametrize("format", ["WEBP", "PNG"])
def test_other_animations_give_their_first_frame_too(format: str) -> None:
    frames = [Image.fromarray(scene()), Image.new("RGB", (WIDTH, HEIGHT))]
    data = saved(frames[0], format, save_all=True, append_images=frames[1:], lossless=True)
    picture = decode(data, "a")
    assert np.array_equal(picture.pixels, scene())
    assert notes(picture) == ["first_frame"]


@pytest.mark.parametrize("name", ["transparent.png", "transparent_palette.png"])
def test_transparent_parts_lie_on_white(name: str) -> None:
    picture = opened(name)
    assert close(picture.pixels[HEIGHT // 2 :], (255, 255, 255), 0)
    assert close(picture.pixels[20:30, 20:], RED, 0)
    assert notes(picture) == ["alpha_on_white"]


def test_half_transparent_black_on_white_is_middle_grey() -> None:
    data = saved(Image.new("RGBA", (2, 2), (0, 0, 0, 128)), "PNG")
    assert close(decode(data, "a.png").pixels, (127, 127, 127), 0)


def test_an_alpha_channel_that_hides_nothing_needs_no_note() -> None:
    data = saved(Image.fromarray(scene()).convert("RGBA"), "PNG")
    picture = decode(data, "a.png")
    assert np.array_equal(picture.pixels, scene())
    assert notes(picture) == []


def test_greyscale_has_three_equal_channels() -> None:
    pixels = opened("greyscale.jpg").pixels
    assert np.array_equal(pixels[..., 0], pixels[..., 1])
    assert np.array_equal(pixels[..., 0], pixels[..., 2])


def test_one_bit_a_pixel_becomes_black_and_white() -> None:
    pixels = opened("black_and_white.png").pixels
    assert close(pixels[: HEIGHT // 2], (0, 0, 0), 0)
    assert close(pixels[HEIGHT // 2 :], (255, 255, 255), 0)


def test_inks_with_a_profile_that_cannot_be_used_are_converted_without_it() -> None:
    image = Image.fromarray(scene()).convert("CMYK")
    plain = decode(saved(image, "JPEG", quality=95), "a.jpg")
    profiled = decode(saved(image, "JPEG", quality=95, icc_profile=b"not a profile"), "a.jpg")
    assert np.array_equal(plain.pixels, profiled.pixels)


def test_a_hangul_name_in_pieces_is_shown_composed() -> None:
    assert opened(pictures.HANGUL_DECOMPOSED).name == "우리집 고양이.jpg"
    assert unicodedata.is_normalized("NFC", shown_name(pictures.HANGUL_DECOMPOSED))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\cat.png", "cat.png"),
        ("a\x00b\nc.png", "abc.png"),
        ("\u202egpj.exe", "gpj.exe"),
        ("x" * 300, "x" * 79 + "…"),
        ("broken\udc80.png", "broken.png"),
        ("a%22b%.jpg", 'a"b%.jpg'),
        ("a%0D%0Ab%41.jpg", "ab%41.jpg"),
        ("👩\u200d🔬👁\ufe0f\u200d🗨.jpg", "👩\u200d🔬👁\ufe0f\u200d🗨.jpg"),
        ("a\u200db\u200d👩.jpg", "ab👩.jpg"),
    ],
)
def test_a_name_is_shown_without_folders_and_control_characters(given: str, shown: str) -> None:
    assert shown_name(given) == shown


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_without_its_end_mark_or_with_stray_bytes_opens_with_a_note(options: dict[str, bool]) -> None:
    whole = saved(Image.fromarray(scene()), "JPEG", quality=95, **options)
    expected = decode(whole, "a.jpg").pixels
    second = 4 + int.from_bytes(whole[4:6], "big")  # where the second segment begins
    for odd in (whole[:-2], whole[:second] + bytes(3) + whole[second:]):
        picture = decode(odd, "a.jpg")
        assert np.array_equal(picture.pixels, expected)
        assert notes(picture) == ["irregular"]


@pytest.mark.parametrize("missing", [3, 8, 30, 300])
def test_a_jpeg_that_lacks_pixels_is_not_taken_for_one_that_lacks_its_end_mark(missing: int) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 96, 3), np.uint8)
    whole = saved(Image.fromarray(noise), "JPEG", quality=95)
    with pytest.raises(ImageError, match="image_truncated"):
        decode(whole[: -2 - missing], "a.jpg")


def test_a_file_of_too_many_bytes_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    with pytest.raises(ImageError) as caught:
        decode(pictures.one_pixel(), "a.png")
    assert caught.value.id == "image_bytes_too_many"
    for language in LANGUAGES:
        assert "a.png" in explain(caught.value, language)


def test_twenty_five_million_pixels_are_the_limit() -> None:
    def declared(width: int, height: int) -> str:
        with pytest.raises(ImageError) as caught:
            decode(pictures.png(width, height, 8, 0, b""), "a.png")
        return caught.value.id

    assert declared(5000, 5000) == "image_truncated"  # the size is allowed; the pixels are missing
    assert declared(5000, 5001) == "image_too_large"


@pytest.mark.parametrize("format", headers.READABLE)
def test_a_picture_too_large_is_refused_before_pillow_sees_it(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = saved(Image.new("RGB", (300, 200)), format)
    monkeypatch.setattr(uploads, "MAX_PIXELS", 59_999)
    monkeypatch.setattr(uploads, "MAX_PHOTOGRAPH", 59_999)
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("opened"))
    with pytest.raises(ImageError) as caught:
        decode(data, "a")
    assert caught.value.id == "image_too_large"
    assert (caught.value.values["width"], caught.value.values["height"]) == (300, 200)


@pytest.mark.parametrize(
    ("side", "id"),
    # more than our limit, and more than Pillow's own, which tells no width
    [(6_000, "image_too_large"), (60_000, "image_pixels_hidden")],
)
def test_a_gif_whose_frame_is_larger_than_its_screen_is_refused_by_the_frame_s_size(
    side: int, id: str
) -> None:
    data = bytearray(saved(Image.new("P", (8, 8)), "GIF"))
    frame = data.index(b"\x2c")
    data[frame + 5 : frame + 9] = side.to_bytes(2, "little") * 2
    with pytest.raises(ImageError) as caught:
        decode(bytes(data), "a.gif")
    assert caught.value.id == id
    for language in LANGUAGES:
        said = explain(caught.value, language)
        assert f"{side * side:,}" in said and f"{uploads.MAX_PIXELS:,}" in said


@pytest.mark.parametrize("over", [1, 5000])
def test_a_refusal_never_says_that_the_limit_is_over_the_limit(
    over: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImageError) as pixels:
        decode(pictures.png(uploads.MAX_PIXELS + over, 1, 8, 0, b""), "a.png")
    monkeypatch.setattr(uploads, "MAX_BYTES", 2**20)
    with pytest.raises(ImageError) as size:
        decode(bytes(2**20 + over), "a.png")
    for language in LANGUAGES:
        said = explain(pixels.value, language)
        assert f"{uploads.MAX_PIXELS + over:,}" in said and f"{uploads.MAX_PIXELS:,}" in said
        assert "1.1 MB" in explain(size.value, language)


@pytest.mark.parametrize("format", headers.READABLE)
@pytest.mark.parametrize("size", [(1, 1), (300, 7), (1025, 511)])
def test_headers_tell_the_size_that_pillow_tells(format: str, size: tuple[int, int]) -> None:
    data = saved(Image.new("RGB", size), format)
    assert headers.kind(data) == format
    told = headers.size(data)
    assert told is not None
    if format == "HEIC":  # whole blocks of the encoder, of which the picture is a part
        assert all(0 <= block - side < 64 for block, side in zip(told, size, strict=True))
    else:
        assert told == size


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": b"Exif\0\0"}, {"quality": 50}])
def test_every_kind_of_webp_tells_its_size(options: dict[str, object]) -> None:
    assert headers.size(saved(Image.new("RGB", (333, 77)), "WEBP", **options)) == (333, 77)


def test_a_progressive_jpeg_with_exif_tells_its_size() -> None:
    exif = Image.Exif()
    exif[0x010E] = "x" * 20_000
    assert headers.size(saved(Image.new("RGB", (333, 77)), "JPEG", progressive=True, exif=exif)) == (333, 77)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_damage_anywhere_gives_a_picture_or_an_image_error_and_nothing_else(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "decode", decoding.decode)  # sixty processes would take their time
    whole = GOOD[name]()
    random = np.random.default_rng(11)
    for _ in range(60):
        damaged = bytearray(whole[: random.integers(1, len(whole) + 1)])
        for position in random.integers(0, len(damaged), 4):
            damaged[position] = random.integers(0, 256)
        with contextlib.suppress(ImageError):
            assert decode(bytes(damaged), name).pixels.ndim == 3


def test_every_note_has_a_sentence_in_both_languages() -> None:
    ids = {"first_frame", "alpha_on_white", "sixteen_bit", "cmyk", "turned", "irregular"}
    for language in LANGUAGES:
        assert keys("uploads", language) == {f"uploads.{id}" for id in ids}
        assert all(explain_note(uploads.Note(id), language) for id in ids)


LARGEST = {
    "avif": ("AVIF", (8000, 6000), {"speed": 10}),
    "heic": ("HEIC", (8000, 6000), {"quality": 50, "enc_params": {"preset": "ultrafast"}}),
    "webp": ("WEBP", (5000, 5000), {"method": 0}),
    "progressive": ("JPEG", (8000, 6000), {"progressive": True}),
    "baseline": ("JPEG", (8000, 6000), {}),
}
"""A telephone's largest photograph in each kind, and the largest WebP."""

PEAK = """
import json, sys
from pathlib import Path
from alexnet.data.decoding import decode

sizes = [decode(Path(file).read_bytes(), kind, 50_000_000, "a")[0].shape
         for kind, file in zip(sys.argv[1::2], sys.argv[2::2])]
if sys.platform == "linux":  # getrusage would count what this process was before it became Python
    peak = 1024 * int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
elif sys.platform == "win32":
    import psutil
    peak = psutil.Process().memory_info().peak_wset
else:
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([sizes, peak]))
"""


def test_the_largest_photographs_are_decoded_in_half_a_gigabyte_and_by_the_process_apart(
    tmp_path: Path,
) -> None:
    files = []
    for name, (format, size, options) in LARGEST.items():
        data = saved(Image.new("RGB", size, RED), format, **options)
        (tmp_path / name).write_bytes(data)
        files += [format, str(tmp_path / name)]
        picture = decode(data, name)
        height, width, depth = picture.pixels.shape
        assert 1_000_000 < height * width <= 4_000_000 and depth == 3
        assert close(picture.pixels[0, 0], RED)
    done = subprocess.run([sys.executable, "-c", PEAK, *files], capture_output=True, text=True, check=True)
    _, peak = json.loads(done.stdout)
    assert peak < 2**29


def test_a_reduced_photograph_shows_the_scene_upright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_ENOUGH", 2000)
    for kind, name in (
        ("JPEG", "turned.jpg"),
        ("HEIC", "picture.heic"),
        ("AVIF", "picture.avif"),
        ("WEBP", "picture.webp"),
        ("PNG", "transparent.png"),
    ):
        pixels, _ = decoding.decode(GOOD[name](), kind, 10**6, "a")
        assert pixels.shape in ((32, 48, 3), (16, 24, 3))
        assert close(pixels[4:6, pixels.shape[1] // 2 :], RED, 20)


def segments(*parts: bytes) -> bytes:
    """A small JPEG with something put in after its first two bytes."""
    whole = saved(Image.fromarray(scene()), "JPEG", quality=95)
    return whole[:2] + b"".join(parts) + whole[2:]


def scans(count: int, *, progressive: bool) -> bytes:
    """A JPEG that goes over its picture again and again, ten bytes at a time."""
    whole = saved(Image.fromarray(scene()), "JPEG", progressive=progressive)
    again = b"\xff\xda\0\x08\1\1\0" + (b"\1\x3f\0" if progressive else b"\0\x3f\0")
    return whole[:-2] + again * (count - headers.jpeg(whole).scans) + whole[-2:]


@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_of_many_scans_is_refused_with_their_number_before_it_is_decoded(
    progressive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "decode", lambda *_: pytest.fail("decoded"))
    monkeypatch.setattr(apart, "decode", lambda *_: pytest.fail("decoded"))
    for count in (101, 24_000, 300_000):
        with pytest.raises(ImageError) as caught:
            decode(scans(count, progressive=progressive), "a.jpg")
        assert caught.value.id == "image_scans_too_many"
        for language in LANGUAGES:
            said = explain(caught.value, language)
            assert f"{count:,}" in said and str(uploads.MAX_SCANS) in said


def test_scans_of_a_preview_and_of_a_film_behind_the_picture_are_not_its_own() -> None:
    scan = b"\xff\xda\0\x08\1\1\0\0\x3f\0"
    preview = b"\xff\xe1" + (2 + 200 * len(scan)).to_bytes(2, "big") + 200 * scan
    assert headers.jpeg(segments(preview) + 200 * scan).scans == 1
    progressive = saved(Image.fromarray(scene()), "JPEG", progressive=True)
    assert headers.jpeg(progressive).scans == 10


@pytest.mark.parametrize("kind", ["HEIC", "AVIF", "scans", "bytes", "pixels", "metadata"])
def test_what_may_take_long_is_decoded_apart_and_shows_the_same(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = b"\xff\xfe\xff\xff" + bytes(0xFFFD)
    data = {
        "HEIC": GOOD["picture.heic"],
        "AVIF": GOOD["picture.avif"],
        "scans": lambda: saved(Image.fromarray(scene()), "JPEG", quality=95, progressive=True),
        "bytes": lambda: segments(*8 * [comment]),
        "pixels": lambda: saved(Image.fromarray(scene()).resize((2500, 2000)), "PNG"),
        "metadata": lambda: segments(comment),
    }[kind]()
    apart_, asked = apart.decode, []
    monkeypatch.setattr(apart, "decode", lambda *given: asked.append(given) or apart_(*given))
    there = decode(data, "a")
    assert len(asked) == 1
    here, notes = decoding.decode(*asked[0])
    assert np.array_equal(there.pixels, here)
    assert tuple(note.id for note in there.notes) == notes


WORK = """
import sys
from pathlib import Path
from alexnet.data import headers

data, steps = Path(sys.argv[1]).read_bytes(), [0]

def count(frame, event, argument):
    steps[0] += 1
    return count

sys.settrace(count)
headers.jpeg(data)
sys.settrace(None)
print(steps[0])
"""


@pytest.mark.parametrize("piece", [b"\xff", b"\0", b"\xff\0", b"\xff\xd0", b"\xff\xfe\0\2", b"\xff\xda\0\2"])
def test_no_jpeg_makes_python_go_through_its_header_byte_by_byte(piece: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(segments(piece * (2**20 // len(piece))))
    done = subprocess.run(
        [sys.executable, "-c", WORK, str(tmp_path / "a.jpg")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 100_000  # lines of Python, for a million bytes


def test_all_small_files_that_are_made_to_take_long_are_done_in_seconds() -> None:
    def chunk(name: bytes, content: bytes, times: int) -> bytes:
        return pictures.png(1, 1, 8, 0, b"\0\0", times * ((name, content),))

    small = uploads._SMALL_BYTES
    gif = saved(Image.new("P", (8, 8)), "GIF")
    frame = gif.index(b"\x2c")
    profile = b"a\0\0" + zlib.compress(bytes(2**20 - 10), 9)
    crafted = [
        chunk(b"teXt", b"", small // 12 - 10),
        chunk(b"iCCP", profile, small // (len(profile) + 12) - 1),
        gif[:frame] + b"\x21\xfe" + b"\x01a" * (small // 2 - 1000) + b"\0" + gif[frame:],
    ]
    began = time.process_time()
    for data in crafted:
        assert len(data) <= small
        assert decode(data, "a").pixels.shape in ((1, 1, 3), (8, 8, 3))
    assert time.process_time() - began < 10  # 2 on an ordinary processor


def test_at_most_two_small_pictures_are_decoded_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, running, most = decoding.decode, [], []
    pair = threading.Barrier(2, timeout=20)  # two really are at it together

    def watched(data: bytes, kind: str, pixels: int, name: str) -> tuple[decoding.Pixels, tuple[str, ...]]:
        running.append(kind)
        most.append(len(running))
        pair.wait()
        running.remove(kind)
        return whole(data, kind, pixels, name)

    monkeypatch.setattr(decoding, "decode", watched)
    content = pictures.photograph()
    students = [threading.Thread(target=decode, args=(content, f"{number}.jpg")) for number in range(6)]
    for student in students:
        student.start()
    for student in students:
        student.join(20)
    assert len(most) == 6 and max(most) == 2
