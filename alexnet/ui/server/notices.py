"""What a reader must be told about the connection: cookies that were refused, a session that is a new one."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from alexnet.language import template
from alexnet.ui.language import current_language, t
from alexnet.ui.server.viewer import refuses_cookies

_DAY = 24 * 3600  # seconds
_BEGUN_ANEW = "_begun_anew"

_IN_THE_BROWSER = (
    "connecting",
    "lost_body",
    "lost_title",
    "upload_cookies",
    "upload_cut",
    "upload_failed",
    "upload_too_large",
)


def show() -> None:
    """Draw what there is to tell, above the page."""
    if refuses_cookies():
        with st.container(key="cookies_refused"):
            st.warning(t("connection.cookies_refused"), icon=":material/cookie_off:")
            if (url := st.context.url) and url.startswith(("http://", "https://")):
                query = urlencode(st.query_params.to_dict())
                st.link_button(
                    t("connection.cookies_open"),
                    f"{url}?{query}" if query else url,
                    icon=":material/open_in_new:",
                )
    if st.session_state.setdefault(_BEGUN_ANEW, _had_another_session()):
        with st.container(key="new_session"):
            st.warning(t("connection.new_session"), icon=":material/restart_alt:")
            st.button(t("connection.new_session_seen"), key="new_session_seen", on_click=_seen)
    _ask_again_when_connected()


def words() -> str:
    """JavaScript that gives frame.js what it says in the reader's language."""
    said = {name: template(f"connection.{name}", current_language()) for name in _IN_THE_BROWSER}
    harmless = json.dumps(said).replace("<", "\\u003c")  # nothing in it ends the script
    return f"window.alexnetWords = {harmless};"


def _had_another_session() -> bool:
    """Whether this page, open in the browser, belonged to a session that the server no longer has.

    A browser that connects again asks for its session: the third of Streamlit's subprotocols.
    """
    asked = [part.strip() for part in st.context.headers.get("sec-websocket-protocol", "").split(",")]
    context = get_script_run_ctx()
    return context is not None and len(asked) > 2 and asked[2] not in ("", context.session_id)


def _seen() -> None:
    st.session_state[_BEGUN_ANEW] = False


@st.fragment(run_every=_DAY)
def _ask_again_when_connected() -> None:
    """Nothing to see, but a page on which something repeats itself.

    Only such a page does Streamlit's browser side ask for anew after a lost connection. Any other stays as it
    was, though its session may be gone, and what is pressed there first reaches nobody.
    """
