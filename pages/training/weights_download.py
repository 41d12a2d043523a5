"""Buttons that hand out a run's weights, and what predicts with them at home."""

from __future__ import annotations

import filecmp
from pathlib import Path
from typing import Literal

import streamlit as st

from alexnet.runs import trained_run
from alexnet.runs.run import Run
from alexnet.ui.choices import saving, take_home
from alexnet.ui.language import t

Which = Literal["last", "best"]


def button(one: Run) -> None:
    """A button for the last weights, and one for the best where these are others; or why there is none.

    The file is read when somebody clicks, and by the browser's own download, so the page stays quick with a
    network of any size.
    """
    last, best = one.weights("last"), one.weights("best")
    if _size(last) is None and _size(best) is None:
        st.caption(t("models.weights_none"))
        return
    with st.container(horizontal=True):
        if (size := _size(last)) is not None:
            _offer(one, "last", last, size)
        if (size := _size(best)) is not None and not _same(last, best):
            _offer(one, "best", best, size)
        if _size(last) is not None:
            take_home.button(trained_run.trained(one))
    if _size(last) is None:
        st.caption(t("models.weights_last_missing"))
    else:
        saving.row(trained_run.trained(one))


def file_name(run_id: str, which: Which) -> str:
    """The name of the file in the reader's downloads: ``alexnet-20261124-130843-a1b2c3-last.safetensors``."""
    return f"alexnet-{run_id}-{which}.safetensors"


def _offer(one: Run, which: Which, path: Path, size: int) -> None:
    st.download_button(
        t(f"models.weights_{which}", size=_written(size)),
        data=path.read_bytes,
        file_name=file_name(one.id, which),
        mime="application/octet-stream",
        key=f"weights_{which}_{one.id}",
        help=t("models.weights_help"),
        on_click="ignore",
        icon=":material/download:",
    )


def _size(path: Path) -> int | None:
    """Bytes; None where there is no such file."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def _same(last: Path, best: Path) -> bool:
    # filecmp remembers what it has compared as long as both files stay as they are.
    try:
        return filecmp.cmp(last, best, shallow=False)
    except OSError:
        return False


def _written(size: int) -> str:
    """Bytes as a person reads them: 640 KB, 1.7 MB, 244 MB."""
    if size < 10**6:
        return f"{max(1, round(size / 1000)):,} KB"
    return f"{size / 10**6:.1f} MB" if size < 10**7 else f"{size / 10**6:,.0f} MB"
