"""An edited network to take home (JSON, plain Keras code, table, picture), and to bring back from a file."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import streamlit as st

from alexnet.architecture import Network
from alexnet.architecture.document import MOST_TEXT, from_text, to_text
from alexnet.architecture.shapes import LayerShape
from alexnet.errors import InputError
from alexnet.ui.choices import networks
from alexnet.ui.language import t
from alexnet.ui.server.uploads import let_go
from pages.layers import downloads as layer_downloads
from pages.layers.controls import Asked
from pages.layers.editor.inputs import act

_TURN = "_editor_upload_turn"


def downloads(asked: Asked, layers: Sequence[LayerShape], *, fits: bool) -> None:
    """The buttons; code, table and picture are offered only where every row fits.

    Args:
        asked: The edited network.
        layers: Its layers as far as they fit.
        fits: Whether all do.
    """
    edited = asked.network
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('editor.take_away')}**", width="content")
        st.download_button(
            t("editor.download_json"),
            to_text(edited),
            f"{edited.id}.json",
            "application/json",
            key="editor_json",
            icon=":material/data_object:",
            on_click="ignore",
        )
        layer_downloads.keras_code(edited, fits=fits)
        if fits:
            layer_downloads.buttons(asked, layers)


def upload() -> None:
    """Take a network's file; a good one becomes the edited network, of a bad one is said what is wrong."""
    key = f"editor_file_{st.session_state.setdefault(_TURN, secrets.randbelow(2**32))}"

    def taken() -> None:
        file = st.session_state.get(key)
        if file is not None:
            # Another widget, so that the file is let go; and no browser knows it from a session that is gone.
            st.session_state[_TURN] = secrets.randbelow(2**32)
            let_go([file])
            act(lambda: networks.edit(parse(file.getvalue())))

    st.file_uploader(
        t("editor.upload"),
        type=["json"],
        key=key,
        on_change=taken,
        max_upload_size=1,  # megabyte, the least there is
        help=t("editor.upload_help"),
    )


def parse(content: bytes) -> Network:
    """The network of an uploaded file.

    Raises:
        InputError: document_too_long, document_not_json, or those of ``document.read``.
    """
    if len(content) > MOST_TEXT:
        raise InputError("document_too_long", most=MOST_TEXT, received=len(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("document_not_json", line=line) from error
    return from_text(text)
