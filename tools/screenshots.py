"""Take pictures of the app's pages in a real Chromium.

    python tools/screenshots.py --out pictures
    python tools/screenshots.py --out pictures --pages layers --languages en --query size=224

starts a server of its own, opens every page in each language, theme and width asked for, waits until the app
is idle, and writes ``<page>-<language>-<theme>-<width>.png``. The whole page is on the picture unless
``--height`` is given. Under each file stands what is wrong with it: a page that scrolls sideways or never
comes to rest, an error box, an error in the browser's console, a request to another server. The exit status
is 1 when anything was.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

sys.path.insert(
    0, str(Path(__file__).resolve().parents[1])
)  # run as a script, the folder above is not on the path

from alexnet.language import LANGUAGES
from alexnet.ui.pages import PAGES
from tools.browsing import chromium, listen, running_app, wait_until_idle

LOCALES = {"ko": "ko-KR", "en": "en-GB"}
# Home shows the server's address on its network; on a picture that is an example, not where it was taken.
EXAMPLE_ADDRESS = ("--browser.serverAddress", "192.168.0.20")
WEBP_QUALITIES = (90, 80, 70, 60, 50)

# Streamlit scrolls inside its main container, not the window: the window must grow to hold all of it.
_CONTENT_HEIGHT = """() => Math.max(...["stMain", "stSidebarContent"].map(id => {
    const element = document.querySelector(`[data-testid="${id}"]`);
    return element && element.getBoundingClientRect().right > 0 ? element.scrollHeight : 0;
}))"""
_SIDEWAYS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return Math.max(main.scrollWidth - main.clientWidth,
                    document.documentElement.scrollWidth - document.documentElement.clientWidth);
}"""


def photograph(page: Page, height: int | None) -> bytes:
    """The page as PNG: whole, or its first ``height`` pixels."""
    if height is None:
        for _ in range(3):  # charts may grow with the window
            wanted = max(int(page.evaluate(_CONTENT_HEIGHT)), 600)
            size = page.viewport_size
            if size is None or wanted <= size["height"]:
                break
            page.set_viewport_size({"width": size["width"], "height": wanted})
            page.wait_for_timeout(500)
    return page.screenshot(animations="disabled")


def faults(page: Page) -> Iterator[str]:
    """What a look at the page finds wrong."""
    sideways = int(page.evaluate(_SIDEWAYS))
    if sideways > 0:
        yield f"scrolls sideways by {sideways} pixels"
    for kind in ("stException", "stAlertContentError"):
        for box in page.get_by_test_id(kind).all():
            yield f"error box: {box.inner_text()[:400]}"
    if page.get_by_role("dialog").count():
        yield f"dialog: {page.get_by_role('dialog').first.inner_text()[:200]}"


def encoded(png: bytes, kilobytes: int) -> bytes:
    """The picture as WebP of at most ``kilobytes``, as good as that allows.

    Raises:
        ValueError: Even the lowest quality is larger.
    """
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in WEBP_QUALITIES:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() <= kilobytes * 1000:
            return buffer.getvalue()
    raise ValueError(f"more than {kilobytes} kB at quality {WEBP_QUALITIES[-1]}")


def take(browser: Browser, address: str, look: tuple[str, str, int], options: argparse.Namespace) -> int:
    """Every page asked for in one language, theme and width; returns how many faults were found."""
    language, theme, width = look
    settings: dict[str, Any] = {
        "locale": LOCALES[language],
        "color_scheme": theme,
        "device_scale_factor": options.scale,
        "reduced_motion": "reduce",  # what would unfold is there at once
    }
    found = 0
    for entry in (entry for entry in PAGES if entry.id in options.pages):
        context = browser.new_context(viewport={"width": width, "height": options.height or 900}, **settings)
        page = context.new_page()
        page.set_default_timeout(options.seconds * 1000)
        heard = listen(page, address)
        query = urlencode([("lang", language), *(pair.split("=", 1) for pair in options.query)])
        page.goto(f"{address}/{entry.path}?{query}")
        try:
            wait_until_idle(page, options.seconds)
        except TimeoutError as error:
            heard.append(str(error))
        png = photograph(page, options.height)
        path = options.out / f"{options.name or entry.id}-{language}-{theme}-{width}.{options.format}"
        path.write_bytes(png if options.format == "png" else encoded(png, options.kilobytes))
        wrong = [*faults(page), *heard]
        found += len(wrong)
        print(path, *wrong, sep="\n    ", flush=True)
        context.close()
    return found


@contextmanager
def served(url: str | None, port: int | None) -> Iterator[str]:
    """The address to look at: one that is running already, or a server of our own."""
    if url is not None:
        yield url.rstrip("/")
        return
    with running_app(port, options=EXAMPLE_ADDRESS) as address:
        yield address


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Take pictures of the app's pages in a real Chromium.")
    known = [entry.id for entry in PAGES]
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument(
        "--pages", nargs="+", choices=known, default=known, metavar="ID", help=", ".join(known)
    )
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--themes", nargs="+", choices=("light", "dark"), default=["light", "dark"])
    parser.add_argument("--widths", nargs="+", type=int, default=[1280, 390], metavar="PIXELS")
    parser.add_argument(
        "--height", type=int, metavar="PIXELS", help="only the top of each page (default: all of it)"
    )
    parser.add_argument(
        "--query", nargs="+", action="extend", default=[], metavar="NAME=VALUE", help="for the URL"
    )
    parser.add_argument(
        "--name", help="what the files are called instead of the one page, as editor for a view"
    )
    parser.add_argument("--format", choices=("png", "webp"), default="png")
    parser.add_argument("--kilobytes", type=int, default=200, help="largest WebP file")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels per CSS pixel")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long a page may take")
    server = parser.add_mutually_exclusive_group()
    server.add_argument("--url", help="a server that is running already")
    server.add_argument("--port", type=int, help="port of the server to start (default: a free one)")
    options = parser.parse_args(words)
    if options.name and len(options.pages) != 1:
        parser.error("--name goes with one page")
    return options


def main(words: Sequence[str] | None = None) -> int:
    """Take the pictures; 1 when something on them is wrong."""
    options = arguments(words)
    options.out.mkdir(parents=True, exist_ok=True)
    looks = product(options.languages, options.themes, options.widths)
    with served(options.url, options.port) as address, chromium() as browser:
        return 1 if sum(take(browser, address, look, options) for look in looks) else 0


if __name__ == "__main__":
    raise SystemExit(main())
