"""The page table. A page is a line here, a folder ``pages/<id>/`` with its ``page.py``, and a title.

A section appears with its first page. Order here is order in the navigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from alexnet.home import ASSETS, ROOT
from alexnet.ui.language import t

FOLDER = ROOT / "pages"
ICON = str(ASSETS / "icon.svg")


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes:
        id: Names its folder, its texts' domain and, but for home, its path in the address.
        section: ``common.section_<section>`` is the heading it stands under.
        icon: A Material Symbol.
        shows_model: Whether it shows a trained network, which is chosen in the sidebar.
    """

    id: str
    section: Literal["learn", "do", "look_up", "history"]
    icon: str
    shows_model: bool = False

    @property
    def file(self) -> Path:
        """The page's script."""
        return FOLDER / self.id / "page.py"

    @property
    def path(self) -> str:
        """Its path in the address: ``""`` for home."""
        return "" if self.id == "home" else self.id


PAGES: tuple[Page, ...] = (
    Page("home", "learn", ":material/home:"),
    Page("layers", "learn", ":material/layers:"),
    Page("convolution", "learn", ":material/center_focus_strong:", shows_model=True),
    Page("kernels", "learn", ":material/grid_view:", shows_model=True),
    Page("maps", "learn", ":material/gradient:", shows_model=True),
    Page("towers", "learn", ":material/call_split:"),
    Page("initializers", "learn", ":material/bar_chart:"),
    Page("data", "do", ":material/photo_library:"),
    Page("training", "do", ":material/model_training:"),
    Page("prediction", "do", ":material/image_search:", shows_model=True),
    Page("classroom", "do", ":material/groups:"),
    Page("glossary", "look_up", ":material/dictionary:"),
)


def page(id: str) -> StreamlitPage:
    """Streamlit's page of that id, titled in the current language: for ``st.page_link``.

    Raises:
        KeyError: The table does not list it.
    """
    return {entry.id: _page(entry) for entry in PAGES if entry.id == id}[id]


def after(id: str) -> str | None:
    """The page that a lesson goes on to, in the table's order; None after the last and off it."""
    ids = [entry.id for entry in PAGES if entry.section in ("learn", "do")]
    return ids[ids.index(id) + 1] if id in ids[:-1] else None


def listed(id: str) -> bool:
    """Whether the table lists a page, for texts that lead there."""
    return any(entry.id == id for entry in PAGES)


def sections() -> Mapping[str, list[StreamlitPage]]:
    """The table as ``st.navigation`` takes it: heading to pages, in the current language."""
    table: dict[str, list[StreamlitPage]] = {}
    for entry in PAGES:
        table.setdefault(t(f"common.section_{entry.section}"), []).append(_page(entry))
    return table


def shown(current: StreamlitPage) -> Page:
    """The entry of the page that ``st.navigation`` returned."""
    return next(entry for entry in PAGES if entry.path == current.url_path)


def _page(entry: Page) -> StreamlitPage:
    # The path is named, home's too: every file is called page.py, from which Streamlit would make one path.
    return st.Page(
        entry.file,
        title=t(f"common.page_{entry.id}"),
        icon=entry.icon,
        url_path=entry.id,
        default=entry.path == "",
    )
