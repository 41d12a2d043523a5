"""The pictures that a viewer has brought, for the life of the browser tab. All pages share them.

Of a photograph a small view and the square that networks read are kept, 1.3 MB at most. The file itself is
let go at once, since thirty photographs of a class would otherwise stay in the server's memory.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess, uploads
from alexnet.data.samples import Sample
from alexnet.errors import ImageError
from alexnet.figures.photographs import cropped_outline
from alexnet.ui import state
from alexnet.ui.server.uploads import let_go

LIMIT = 12
"""Pictures of one viewer; the oldest give way."""

_KEY = re.compile(r"[a-z]+_(?:upload|camera)_([0-9]{1,10})")
_PICTURES, _REMOVED, _PROBLEMS, _TURN = "_album", "_album_removed", "_album_problems", "_album_turn"


class File(Protocol):
    """An uploaded file, as Streamlit hands it over."""

    name: str

    def getvalue(self) -> bytes:
        """All of it."""


@dataclass(frozen=True, eq=False)
class Shot:
    """One picture.

    Attributes:
        id: From its pixels, so that the same picture is there once.
        view: For the screen, (height, width, 3).
        square: Its centre square, (side, side, 3), with at most ``preprocess.MOST`` pixels along each side,
            which each network reduces to its own resolution.
        notes: What was done to an upload.
        sample: Which sample photograph it is; None: the viewer's own.
    """

    id: str
    name: str
    view: NDArray[np.uint8]
    square: NDArray[np.uint8]
    notes: tuple[uploads.Note, ...] = ()
    sample: Sample | None = None


def shot(picture: uploads.Picture, name: str | None = None) -> Shot:
    """What is kept of a picture."""
    square = preprocess.square(picture.pixels)
    view = cropped_outline(picture.pixels)
    id = hashlib.sha256(square.tobytes() + view.tobytes()).hexdigest()[:12]
    return Shot(id, name or picture.name, view, square, picture.notes)


def pictures() -> list[Shot]:
    """The viewer's pictures, the newest first."""
    return cast("list[Shot]", st.session_state.setdefault(_PICTURES, []))


def problems() -> list[ImageError]:
    """What could not be read of the last upload, and what was left out."""
    return cast("list[ImageError]", st.session_state.get(_PROBLEMS, []))


def widget_key(name: str) -> str:
    """The key of an upload widget; it changes after each upload, which empties it and frees its files.

    After a restart of the server a browser still has the widget of its old session, and may be giving it a
    file: it stays what it is, but for one with files that are gone with the server.
    """
    if _TURN not in st.session_state:
        empty_widgets()
        if (known := _KEY.fullmatch(state.shown_upload() or "")) is not None:
            st.session_state[_TURN] = int(known[1])
    return f"{name}_{st.session_state[_TURN]}"


def taker(name: str) -> Callable[[], None]:
    """A callback for the upload widget of that name: decode what it holds, keep the pictures, empty it."""

    def take() -> None:
        held = st.session_state.get(widget_key(name))
        if held:
            files = held if isinstance(held, list) else [held]
            try:
                add(files)
            finally:
                let_go(files)
                empty_widgets()

    return take


def empty_widgets() -> None:
    """Let the upload widgets begin anew, which frees the files that they hold."""
    st.session_state[_TURN] = secrets.randbelow(2**32)


def add(files: Iterable[File]) -> None:
    """Decode files; those that cannot be read are named in ``problems`` and cost the others nothing.

    So are the files beyond ``LIMIT``, and the older pictures that give way. Where a file has used up the time
    that one may take, those after it are left out too, as the rest of the class is waiting.
    """
    failed: list[ImageError] = []
    before, taken, left, slow = pictures(), 0, [], False
    for file in files:
        if taken == LIMIT or slow:
            left.append(uploads.shown_name(file.name))
            continue
        try:
            new = shot(uploads.decode(file.getvalue(), file.name))
        except ImageError as error:
            slow = error.id == "image_too_slow"
            # Without its traceback, which would keep every file of this upload in memory.
            failed.append(ImageError(error.id, **error.values))
            continue
        taken += 1
        _set([new, *(other for other in pictures() if other.id != new.id)][:LIMIT])
    kept = {shot.id for shot in pictures()}
    left += [shot.name for shot in before if shot.id not in kept]
    if left:
        id = "images_after_slow" if slow else "images_left_out"
        failed.append(ImageError(id, names=", ".join(left), limit=LIMIT))
    st.session_state[_PROBLEMS] = failed


def remove(id: str | None = None) -> None:
    """Take one picture out, or all of them; ``put_back`` undoes it."""
    st.session_state[_REMOVED] = list(pictures())
    _set([kept for kept in pictures() if id is not None and kept.id != id])


def removed() -> bool:
    """Whether there is something to put back."""
    return bool(st.session_state.get(_REMOVED))


def put_back() -> None:
    """Undo the last ``remove``."""
    before = cast("list[Shot]", st.session_state.pop(_REMOVED, []))
    known = {kept.id for kept in before}
    _set([*(kept for kept in pictures() if kept.id not in known), *before][:LIMIT])


def _set(shots: list[Shot]) -> None:
    st.session_state[_PICTURES] = shots
