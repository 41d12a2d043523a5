"""A photograph is uploaded and predicted in a real Chromium, and bad files are explained."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from alexnet.architecture import PAPER_2012, one_tower
from alexnet.architecture.document import to_text
from alexnet.data.samples import FOLDER
from alexnet.language import text
from tests.pictures import BAD
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser


def file_input(page: Page):
    return page.get_by_test_id("stFileUploader").locator("input[type=file]")


def test_an_uploaded_photograph_is_predicted(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=en&from=upload")
    file_input(page).set_input_files(FOLDER / "kitten.webp")
    expect(page.locator("strong", has_text="kitten.webp")).to_be_visible()
    expect(page.get_by_text(re.compile(r"First answer|The network is unsure"))).to_be_visible()
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(5)


def test_bad_files_are_explained_and_a_good_one_still_works(server: str, page: Page, tmp_path: Path):
    paths = []
    for name, (make, _) in BAD.items():
        path = tmp_path / name
        path.write_bytes(make())
        paths.append(path)
    page.goto(f"{server}/prediction?lang=ko&from=upload")
    file_input(page).set_input_files([*paths, FOLDER / "duck.webp"])
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(len(BAD))
    expect(page.locator("strong", has_text="duck.webp")).to_be_visible()
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(5)


def test_a_network_goes_home_as_onnx(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=en")
    wait_until_idle(page)
    choice = page.get_by_role("combobox", name=text("models.save_as", "en")).first
    # The event of scrolling comes with the next frame, and closes a list that a click has opened before it.
    choice.scroll_into_view_if_needed()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    choice.click()
    page.get_by_role("option", name="ONNX").click()
    page.get_by_role("button", name=text("models.save_prepare", "en")).first.click()
    name = "alexnet-shipped-onnx.zip"
    button = page.get_by_role("button", name=text("models.save_download", "en", file=name)).first
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == name
    with zipfile.ZipFile(download.value.path()) as archive:
        assert set(archive.namelist()) == {"README.txt", "labels.txt", "predict.py", "model.onnx"}


NAMES = (
    "www.evil.test", "WWW.evil.test.png", "(www.evil.test)", "a@evil.test", "a.b+c@evil.test.",
    "mailto:a@evil.test", "xmpp:a@evil.test", "https:evil.test", ":smile: :+1: :material",
    ":red[x] :red-badge[x]", "a -- b -> c <-> d >= e", "~= <- ->", "<b>x", "<a href=evil>",
    "[a](evil)", "![a](evil)", "<evil@evil.test>", "$x$ $$y$$", "`x`", "~~x~~", "*x* __x__", "1. a",
    "- a", "# a", "> a", "|a|b|", "&amp; &#64;", "[^1]", "a\\*b", "고양이 www.evil.test 사진.jpg",
)  # fmt: skip
"""Names in which Markdown would find something."""


def test_a_name_is_text_and_never_a_link(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=en&from=upload")
    file_input(page).set_input_files(
        [{"name": name, "mimeType": "image/png", "buffer": b""} for name in NAMES]
    )
    boxes = page.get_by_test_id("stAlertContentError")
    expect(boxes).to_have_count(len(NAMES))
    for box, name in zip(boxes.all(), NAMES, strict=True):
        shown = name.rpartition("\\")[2]  # the last part of a path
        said = box.get_by_test_id("stMarkdownContainer").last.inner_text().replace("\u2060", "")
        assert said == text("errors.image_empty", "en", name=shown)
        assert box.locator("a, b, em, strong, del, code, img, li, h1, blockquote, .katex").count() == 0
    for asked in ("https://evil.test/a", "www.evil.test", "a@evil.test"):
        page.goto(f"{server}/training?lang=en&view=runs&run={quote(asked, safe='')}")
        expect(boxes.first).to_contain_text("There is no run")
        assert asked in boxes.first.inner_text().replace("\u2060", "")
        assert boxes.locator("a").count() == 0


def kept(server: str) -> int:
    """Bytes of uploaded files in the server's memory, as Streamlit counts them every five seconds."""
    with urllib.request.urlopen(f"{server}/_stcore/metrics", timeout=30) as answer:
        lines = answer.read().decode().splitlines()
    return sum(int(line.split()[-1]) for line in lines if "UploadedFileManager" in line)


def put(url: str, content: bytes, headers: dict[str, str]) -> int:
    """The status of the answer to a request that uploads a file."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    body = head + content + b"\r\n--x--\r\n"
    request = urllib.request.Request(url, body, headers | kind, method="PUT")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_of_uploads_nothing_stays_in_the_server_s_memory_and_what_comes_past_the_page_has_a_limit(
    fresh_server: str, page: Page, tmp_path: Path
):
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    page.goto(f"{fresh_server}/prediction?lang=en&from=upload")
    names = ("kitten", "duck", "cow", "moose", "horses", "coffee")
    file_input(page).set_input_files([FOLDER / f"{name}.webp" for name in names])
    expect(page.locator("strong", has_text="coffee.webp")).to_be_visible()
    assert len(sent) == len(names)
    document = tmp_path / "mine.json"
    document.write_text(to_text(one_tower(PAPER_2012)), encoding="utf-8")
    page.goto(f"{fresh_server}/layers?lang=en&view=editor")
    file_input(page).set_input_files(document)
    expect(page.get_by_role("button", name=text("editor.undo", "en"))).to_be_enabled()
    assert len(sent) == len(names) + 1
    # The same requests without a widget.
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    headers = {"Cookie": cookies, "X-Xsrftoken": sent[-1].headers.get("x-xsrftoken", "")}
    address, _, _ = sent[-1].url.rpartition("/")
    answers = [put(f"{address}/{number}", bytes(39 * 2**20), headers) for number in range(7)]
    assert answers == 5 * [204] + 2 * [413]
    assert kept(fresh_server) == 5 * 39 * 2**20  # of what the page has read, nothing


def test_a_sample_is_chosen_by_click_and_stands_in_the_link(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=ko")
    page.get_by_role("radio", name=text("samples.coffee", "ko")).or_(
        page.get_by_role("button", name=text("samples.coffee", "ko"), exact=True)
    ).first.click()
    expect(page).to_have_url(re.compile("sample=coffee"))
    expect(page.get_by_text(text("prediction.outside", "ko")[:20])).to_be_visible()


def test_a_tile_opens_its_picture_and_then_a_cell_of_the_matrix_its_pictures(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=en&view=test")
    sheet = page.get_by_role("listbox", name=text("prediction.test_sheet", "en"))
    expect(sheet.get_by_role("option")).to_have_count(48, timeout=120_000)
    second = sheet.get_by_role("option").nth(1)
    second.click()
    expect(page).to_have_url(re.compile("number="))
    expect(second).to_have_attribute("aria-selected", "true")
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    table.scroll_into_view_if_needed()
    wait_until_idle(page, 90)  # a canvas that is drawn anew loses a click
    box = table.bounding_box()
    assert box is not None
    # A cell of the third class's row. The grid loses a click of a pointer that it has not seen before, but
    # no hand jumps onto it and presses within the same frame.
    at = (box["x"] + box["width"] * 0.5, box["y"] + 35 * 3.5)
    page.mouse.move(*at)
    page.wait_for_timeout(100)
    page.mouse.click(*at)
    expect(page).to_have_url(re.compile("truth=bird"))
    expect(page).to_have_url(re.compile("which=all"))


def test_the_bars_follow_a_slider(server: str, page: Page):
    page.goto(f"{server}/prediction?lang=ko&view=fool")
    expect(page.get_by_text(text("prediction.fool_picture", "ko"))).to_be_visible()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page).to_have_url(re.compile("step=0.5"))
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(10)
