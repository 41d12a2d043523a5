"""The one way to give a page a photograph: a sample, an upload, or the camera.

The pictures that a viewer brings are the same on every page, see ``alexnet.ui.choices.album``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast
from urllib.parse import urlsplit

import streamlit as st

from alexnet.data.samples import SAMPLES, sample, sample_name
from alexnet.data.uploads import MAX_BYTES
from alexnet.ui import state
from alexnet.ui.choices import album
from alexnet.ui.choices.album import Shot
from alexnet.ui.components import problem
from alexnet.ui.language import current_language, t

Origin = Literal["sample", "upload", "camera"]
ORIGINS: tuple[Origin, ...] = ("sample", "upload", "camera")


def ask_origin(page: str) -> Origin:
    """Where the picture comes from; ``page`` is the page's id, before which its choices are named."""
    chosen = state.choice(
        f"{page}_from",
        ORIGINS,
        label=t("photograph.from"),
        default=ORIGINS[0],
        name=lambda id: t(f"photograph.from_{id}"),
        kind="segmented",
    )
    return cast(Origin, chosen)


def ask_sample(page: str, first: str, kind: Literal["select", "pills"] = "select") -> Shot:
    """One of the sample photographs; ``first`` stands there at first."""
    chosen = state.choice(
        f"{page}_sample",
        [entry.id for entry in SAMPLES],
        label=t("photograph.sample"),
        default=first,
        name=lambda id: sample_name(id, current_language()),
        kind=kind,
    )
    return sample_shot(chosen)


def ask_own(page: str) -> Shot | None:
    """The newest of the viewer's own pictures, or another one of them; None while there is none."""
    shots = {shot.id: shot for shot in album.pictures()}
    if not shots:
        return None
    chosen = state.choice(
        f"{page}_shot",
        list(shots),
        label=t("photograph.which"),
        default=next(iter(shots)),
        name=lambda id: shots[id].name,
    )
    return shots[chosen]


def take(page: str, origin: Origin) -> None:
    """Where the viewer uploads or takes pictures, and why some could not be read; nothing for samples."""
    if origin == "sample":
        return
    if origin == "upload":
        st.file_uploader(
            t("photograph.upload", limit=album.LIMIT),
            accept_multiple_files=True,
            max_upload_size=MAX_BYTES // 2**20,
            key=album.widget_key(f"{page}_upload"),
            on_change=album.taker(f"{page}_upload"),
            help=t("photograph.upload_help"),
        )
    elif camera_allowed():
        st.camera_input(
            t("photograph.camera"),
            key=album.widget_key(f"{page}_camera"),
            on_change=album.taker(f"{page}_camera"),
        )
    else:
        st.warning(t("photograph.camera_not_here"), icon=":material/no_photography:")
    for failed in album.problems():
        problem(failed)


def camera_allowed() -> bool:
    """Whether a browser lends its camera to a page of this address: over https, or from the same machine."""
    address = urlsplit(st.context.url or "")
    return address.scheme == "https" or address.hostname in ("localhost", "127.0.0.1", "::1")


def sample_shot(id: str) -> Shot:
    """A sample photograph under its name in the reader's language."""
    return replace(_sample_shot(id), name=sample_name(id, current_language()))


@st.cache_resource(show_spinner=False)
def _sample_shot(id: str) -> Shot:
    (known,) = (entry for entry in SAMPLES if entry.id == id)
    return replace(album.shot(sample(id)), sample=known)
