"""What a reader sees of the connection in a real Chromium: refused cookies, proxies, a server come back."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Route, expect

from alexnet.data.samples import FOLDER, SAMPLES
from alexnet.language import LANGUAGES, template, text
from tests.browser.conftest import SECONDS
from tests.browser.proxy import under_path
from tools.browsing import free_port, running_app, wait_until_idle

pytestmark = pytest.mark.browser

STATE = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"
COOKIES, ANEW = ".st-key-cookies_refused", ".st-key-new_session"


def plain(key: str, language: str) -> str:
    """A text without its Markdown."""
    return text(key, language).replace("**", "")


def upload(page: Page, name: str) -> None:
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(FOLDER / f"{name}.webp")


def uploaded(page: Page, name: str) -> None:
    # For a moment Streamlit keeps the last run's element beside the new one.
    expect(page.locator("strong", has_text=f"{name}.webp").first).to_be_visible()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A visitor whose errors on the console are part of the test."""
    contexts = []

    def visitor(locale: str) -> BrowserContext:
        contexts.append(browser.new_context(locale=locale, viewport={"width": 1280, "height": 900}))
        contexts[-1].set_default_timeout(SECONDS * 1000)
        return contexts[-1]

    expect.set_options(timeout=SECONDS * 1000)
    yield visitor
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def platform() -> Iterator[tuple[str, dict[str, str]]]:
    """A learning platform at ``localhost``, a site other than the app's ``127.0.0.1``; its one page."""
    page: dict[str, str] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(page["html"].encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' output is theirs."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}", page
        server.shutdown()


@pytest.fixture(scope="module")
def embedded(platform) -> Iterator[str]:
    """The address of a server that the platform may show inside its page."""
    with contextlib.ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:  # for this server's start alone
            patch.setenv("ALEXNET_EMBED", platform[0])
            address = stack.enter_context(running_app(seconds=120))
        yield address


def inside(platform, address: str, visitor: BrowserContext, link: str) -> FrameLocator:
    """The app inside the platform's page."""
    platform[1]["html"] = f'<iframe src="{address}/{link}" width="1200" height="800"></iframe>'
    tab = visitor.new_page()
    tab.goto(platform[0])
    return tab.frame_locator("iframe")


@pytest.mark.parametrize("language", LANGUAGES)
def test_inside_a_page_of_another_site_the_app_says_what_does_not_work_and_offers_a_tab_of_its_own(
    platform, embedded, visit, language
):
    visitor = visit("ko-KR")
    frame = inside(platform, embedded, visitor, f"prediction?lang={language}&from=upload")
    notice = frame.locator(COOKIES)
    expect(notice).to_contain_text(plain("connection.cookies_refused", language))
    with visitor.expect_page() as opened:
        notice.get_by_role("link", name=text("connection.cookies_open", language)).click()
    alone = opened.value
    expect(alone).to_have_url(re.compile(rf"^{embedded}/prediction\?(?=.*lang={language})(?=.*from=upload)"))
    upload(alone, "kitten")
    uploaded(alone, "kitten")
    expect(alone.locator(COOKIES)).to_have_count(0)


def test_a_site_that_the_teacher_has_not_named_shows_nothing_of_the_app(platform, server, visit):
    visitor = visit("ko-KR")
    refused: list[str] = []
    visitor.on("console", lambda message: refused.append(message.text))
    frame = inside(platform, server, visitor, "prediction")
    visitor.pages[0].wait_for_timeout(1500)
    expect(frame.get_by_test_id("stApp")).to_have_count(0)
    assert any("frame-ancestors" in said for said in refused)


def test_a_first_visit_and_one_after_it_show_no_notice(server, page):
    for link in ("", "prediction?from=upload"):
        page.goto(f"{server}/{link}")
        wait_until_idle(page)
        expect(page.locator(f"{COOKIES}, {ANEW}")).to_have_count(0)


def refusing(status: int) -> Callable[[Route], None]:
    """An answer that a proxy gives in the server's stead; 0 cuts the connection."""

    def answer(route: Route) -> None:
        if status:
            route.fulfill(status=status)
        else:
            route.abort("connectionreset")

    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_upload_that_a_proxy_refuses_is_explained_where_it_was_chosen(server, visit, language):
    tab = visit("ko-KR").new_page()
    tab.goto(f"{server}/prediction?lang={language}&from=upload")
    said = tab.get_by_test_id("stFileChip").get_by_role("alert")
    refusals = {413: "upload_too_large", 403: "upload_cookies", 502: "upload_failed", 0: "upload_cut"}
    for number, (status, key) in enumerate(refusals.items()):
        tab.route("**/_stcore/upload_file/**", refusing(status))
        upload(tab, SAMPLES[number].id)
        sentence = template(f"connection.{key}", language).replace("{status}", str(status))
        expect(said.nth(number)).to_have_text(sentence)
        assert said.nth(number).bounding_box()["width"] > 100  # Streamlit hides it
        tab.unroute_all()
    upload(tab, "duck")
    uploaded(tab, "duck")


def test_behind_a_proxy_the_class_is_shown_the_address_that_the_browser_asked_for(server, visit):
    tab = visit("en-GB").new_page()
    with under_path(server) as port:
        address = f"http://lab.localhost:{port}/alexnet"
        tab.goto(f"{address}/kernels")
        tab.get_by_test_id("stSidebarNavLink").filter(has_text=text("common.page_classroom", "en")).click()
        expect(tab.locator(".st-key-classroom_address code")).to_have_text(address)
        wait_until_idle(tab)
        expect(tab.locator(COOKIES)).to_have_count(0)
        tab.goto(f"{address}/prediction?lang=en&from=upload")
        upload(tab, "kitten")
        uploaded(tab, "kitten")


def test_a_server_that_comes_back_says_what_is_gone_and_takes_the_first_upload(visit):
    tab, port = visit("ko-KR").new_page(), free_port()
    with running_app(port, seconds=120) as address:
        tab.goto(f"{address}/prediction?lang=ko&from=upload")
        upload(tab, "kitten")
        uploaded(tab, "kitten")
    expect(tab.get_by_test_id("stConnectionStatus")).to_have_text(text("connection.connecting", "ko"))
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text(text("connection.lost_title", "ko"))
    expect(dialog).to_contain_text(text("connection.lost_body", "ko"))
    with running_app(port, seconds=120):
        tab.wait_for_function(f"({STATE}) === 'CONNECTED'", polling=10)
        upload(tab, "duck")  # into the page of the session that is gone
        notice = tab.locator(ANEW)
        expect(notice).to_contain_text(plain("connection.new_session", "ko"))
        expect(dialog).to_have_count(0)
        # TensorFlow is new to this server.
        expect(tab.locator("strong", has_text="duck.webp").first).to_be_visible(timeout=90_000)
        expect(tab.locator("strong", has_text="kitten.webp")).to_have_count(0)
        expect(tab).to_have_url(re.compile(r"from=upload"))
        notice.get_by_role("button", name=text("connection.new_session_seen", "ko")).click()
        expect(notice).to_have_count(0)
        uploaded(tab, "duck")
