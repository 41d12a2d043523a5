"""The one way to give a page a photograph: a sample, an upload, or the camera.

The pictures that a viewer brings are the same on every page, see ``alexnet.ui.choices.album``.
"""

from __future__ import annotations

from collections.abc import Mapping
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
FIRST = "kingfisher"
"""The sample that stands on a page at first: it has edges and strong colours."""

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
        label_hidden=True,  # the three say what they are
    )
    return cast(Origin, chosen)


def ask_sample(page: str, first: str = FIRST, kind: Literal["select", "pills"] = "select") -> Shot:
    """One of the sample photographs; ``first`` stands there at first."""
    return sample_shot(
        ask_name(f"{page}_sample", t("photograph.sample"), first, kind=kind, bare=kind == "pills")
    )


def ask_name(
    key: str,
    label: str,
    first: str = FIRST,
    more: Mapping[str, str] = {},
    *,
    kind: Literal["select", "pills"] = "select",
    help: str | None = None,
    bare: bool = False,
) -> str:
    """The id of a sample photograph, or of something else that a page offers beside them.

    Args:
        key: ``<page>_<name>``.
        label: What is chosen, in the reader's language.
        first: Stands there at first.
        more: What else there is, with its names in the reader's language.
        kind: How it is chosen.
        help: A line behind a question mark.
        bare: The label is only for screen readers.
    """
    names = {entry.id: sample_name(entry.id, current_language()) for entry in SAMPLES} | dict(more)
    return state.choice(
        key,
        list(names),
        label=label,
        default=first,
        name=names.__getitem__,
        kind=kind,
        help=help,
        label_hidden=bare,
    )


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
    held: object = None
    if origin == "upload":
        held = st.file_uploader(
            t("photograph.upload", limit=album.LIMIT),
            accept_multiple_files=True,
            max_upload_size=MAX_BYTES // 2**20,
            key=album.widget_key(f"{page}_upload"),
            on_change=album.taker(f"{page}_upload"),
            help=t("photograph.upload_help"),
        )
    elif camera_allowed():
        held = st.camera_input(
            t("photograph.camera"),
            key=album.widget_key(f"{page}_camera"),
            on_change=album.taker(f"{page}_camera"),
        )
    else:
        st.warning(t("photograph.camera_not_here"), icon=":material/no_photography:")
    if held:  # it came while this page was not drawn yet, so that nobody was called
        album.taker(f"{page}_{origin}")()
        st.rerun()
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
