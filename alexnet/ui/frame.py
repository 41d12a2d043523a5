"""What stands around every page: navigation, language, the teacher's lock, and a net under the page."""

from __future__ import annotations

import streamlit as st

from alexnet.home import ASSETS
from alexnet.ui import components, language, net, pages, state, terms
from alexnet.ui.language import t
from alexnet.ui.server import notices, streamlit_words, teacher, turns, warm_up


def _read(*names: str) -> str:
    return "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


_STYLE = f"<style>{_read('frame.css', 'terms.css')}</style>"
"""What the theme has no setting for: see there."""
_SCRIPT = _read("frame.js", "streamlit_words.js", "terms.js")


def draw() -> None:
    """Draw the frame and the chosen page in it, when it is this script run's turn."""
    with turns.turn():
        _draw()


def _draw() -> None:
    language.begin()
    net.under_callbacks()
    # Before the navigation, which else fetches the page's own icon for the browser's tab from the internet.
    st.set_page_config(page_icon=pages.ICON, layout="wide")
    current = st.navigation(pages.sections(), expanded=True)
    # Each page its own title: for tabs, bookmarks, the browser's history, and readers who hear it.
    st.set_page_config(page_title=f"{current.title} · {t('common.app')}")
    page = pages.shown(current)
    state.begin(page.id)
    # The button that opens the navigation on a phone is an arrow; it says what it opens.
    st.html(f'{_STYLE}<style>:root {{ --menu: "{t("common.menu")}"; }}</style>')
    said = "\n".join((notices.words(), streamlit_words.words(), terms.words()))
    st.html(f"<script>{said}\n{_SCRIPT}</script>", unsafe_allow_javascript=True)
    with st.sidebar:
        language.switch()
        choices = st.container()
        teacher.lock()
    components.room_for_notices()
    net.caught()
    notices.show()
    try:
        if page.shows_model:
            from alexnet.ui.choices import (
                model_choice,  # and with it the runs, which the first page does not wait for
            )

            with choices:
                model_choice.choose()
        current.run()
        components.what_is_next(page.id)
    except Exception as error:  # noqa: BLE001 -- whatever a page does, the app stays up and the log has it
        # Pages catch the errors that they expect; one that reaches the frame is still explained in words.
        net.say(error, f"page {page.id}")
    state.finish()
    warm_up.page_sent()
