"""What stands around every page: navigation, language, the teacher's lock, and a net under the page."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui import components, language, pages, state, teacher, warm_up
from alexnet.ui.language import t

_LOG = logging.getLogger("alexnet.ui")


def draw() -> None:
    """Draw the frame and the chosen page in it."""
    st.set_page_config(page_title=t("common.app"), page_icon=pages.ICON, layout="wide")
    current = st.navigation(pages.sections(), expanded=True)
    page = pages.shown(current)
    state.begin(page.id)
    with st.sidebar:
        language.switch()
        teacher.lock()
    try:
        current.run()
    except AlexNetError as error:
        # Pages catch the errors that they expect; one that reaches the frame is still explained in words.
        _LOG.warning("page %s: %s", page.id, error, exc_info=error)
        components.problem(error)
    except Exception as error:  # the app stays up whatever a page does
        reference = secrets.token_hex(3)
        _LOG.exception("page %s, reference %s", page.id, reference, exc_info=error)
        st.error(t("errors.unexpected", reference=reference), icon=":material/error:")
    state.finish()
    warm_up.page_sent()
