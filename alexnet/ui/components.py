"""The parts that every page is made of, in the order in which a page shows them."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.language import explain, keys
from alexnet.runs.run import find
from alexnet.runs.words import run_name
from alexnet.ui import language, pages, state
from alexnet.ui.language import current_language, p, t

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from streamlit.delta_generator import DeltaGenerator


def header(page_id: str) -> None:
    """The title, which is a question, and a line that says what to do: ``<page>.title``, ``<page>.lead``."""
    st.title(t(f"{page_id}.title"), anchor=False)
    st.markdown(t(f"{page_id}.lead"))


def header_of_views(
    page_id: str, views: Sequence[str], *, titles: Callable[[str], str | None] = lambda view: None
) -> str:
    """The same for a page of several views: the chosen view's question, what to do in it, and the choice.

    Args:
        page_id: Texts are ``<page>.title``, the first view's question, and ``<page>.view``; of each view
            ``view_<id>``, ``lead_<id>``, and ``title_<id>`` where it has a question of its own.
        views: Their ids, the first of which stands when nothing was chosen.
        titles: A view's question where it is not always the same one; None: it is.

    Returns:
        The chosen view's id.
    """
    head = st.container()  # above the choice that it depends on
    with st.container(key="views"):
        view = state.choice(
            f"{page_id}_view",
            views,
            label=t(f"{page_id}.view"),
            default=views[0],
            name=lambda id: t(f"{page_id}.view_{id}"),
            kind="pills",
            label_hidden=True,  # for screen readers it is there
        )
    own = f"{page_id}.title_{view}"
    own = own if own in keys(page_id, current_language()) else f"{page_id}.title"
    head.title(titles(view) or t(own), anchor=False)
    head.markdown(t(f"{page_id}.lead_{view}"))
    return view


def settings(page_id: str, *said: str) -> DeltaGenerator:
    """The fold for all controls but one row of them; what they are set to stands in its label.

    Args:
        page_id: The page, for the fold's key.
        said: What is set, a few words each, as ``Padding 0``; see ``state.stands``.
    """
    label = " · ".join([t("common.settings"), *map(plain, said)])
    return st.expander(label, key=f"{page_id}_settings", icon=":material/tune:")


def what_is_next(page_id: str) -> None:
    """At a page's end the way to the page after it, in the order of the lesson; nothing after the last."""
    following = pages.after(page_id)
    if following is None:
        return
    with st.container(key="what_is_next", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('common.next')}**", width="content")
        chosen = language.chosen_language()
        st.page_link(
            pages.page(following),
            label=f"{t(f'common.page_{following}')}: {t(f'{following}.title')}",
            icon=":material/arrow_forward:",
            query_params={} if chosen is None else {language.PARAMETER: chosen},
        )


def chart(figure: go.Figure, key: str) -> None:
    """A plotly figure over the whole width, in the reader's light or dark theme.

    Its tool bar shows under a mouse, with the browser's own export of a picture: assets/frame.css keeps it
    out of the way of fingers and of the tab key. Wheel and touch scroll the page.
    """
    st.plotly_chart(
        figure,
        key=key,
        width="stretch",
        theme="streamlit",
        config={"displaylogo": False, "scrollZoom": False, "modeBarButtonsToRemove": ["select2d", "lasso2d"]},
    )


def svg(markup: str) -> None:
    """One of our own SVG pictures, in the page itself so that its text takes the theme's colour.

    ``st.html`` strips SVG. What comes here is built by alexnet/figures/svg.py, which escapes every text.
    """
    # A blank line would end the HTML block and let Markdown read the rest.
    st.markdown(f"<div>{''.join(markup.splitlines())}</div>", unsafe_allow_html=True)


def picture(wide: str, *, narrow: str) -> None:
    """A picture in two layouts, of which the screen's width shows one.

    Args:
        wide: Markup for a screen of at least 700 pixels.
        narrow: Markup for a phone.
    """
    # The layout that is not displayed is hidden from screen readers too.
    svg(f'<div class="picture-wide">{wide}</div><div class="picture-narrow">{narrow}</div>')


def pixels(png: bytes, caption: str, *, brief: bool = False) -> None:
    """A PNG of ours over the whole width, sent as it is.

    Args:
        png: The file.
        caption: Below it.
        brief: Another picture soon takes its place. Streamlit would remove its file then, often before the
            browser has asked for it; so it travels in the message itself, a third larger.
    """
    image = f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}" if brief else png
    # Streamlit would make a JPEG of it: blurred at the edges, and ten milliseconds for each viewer each time.
    st.image(image, caption=caption, width="stretch", output_format="PNG", alt=caption)


def sentence(text: str) -> None:
    """What the picture shows, in words computed from its numbers."""
    st.markdown(f":material/arrow_right_alt: {text}")


def data_table(
    rows: Sequence[Mapping[str, object]], *, formats: Mapping[str, str] | None = None, key: str | None = None
) -> None:
    """A table to sort and search, and its twin for the printer, which cannot draw the former.

    Args:
        rows: By the columns' names; every row has the same. None is an empty cell.
        formats: printf formats of numbers, by column.
        key: Of the widget, where two tables could be alike.
    """
    formats = formats or {}
    columns = {name: st.column_config.NumberColumn(format=format) for name, format in formats.items()}
    st.dataframe(list(rows), hide_index=True, width="stretch", column_config=columns, key=key)
    if not rows:
        return
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in rows[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{_printed(value, formats.get(name))}</td>' for name, value in row.items())}</tr>"
        for row in rows
    )
    st.html(f"<table class='print-only'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")


def _printed(value: object, format: str | None) -> str:
    if value is None:
        return ""
    return escape(format % value if format is not None else str(value))


def try_this(page_id: str, buttons: Mapping[str, Mapping[str, state.Value]]) -> None:
    """A row of buttons, each of which sets some choices and so the picture and the link.

    Args:
        page_id: The page, for the buttons' keys.
        buttons: Text key of each button's label to the choices that it sets, by widget key.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('common.try_this')}**", width="content")
        for key, choices in buttons.items():
            st.button(
                t(key),
                key=f"{page_id}_button_{key.partition('.')[2]}",
                on_click=state.set_choices,
                kwargs=dict(choices),
            )


def source(domain: str, section: str) -> None:
    """The last expander of a page: the formula, and where the facts come from."""
    with st.expander(t("common.source"), icon=":material/menu_book:"):
        st.markdown(p(domain, section))


_NOTICES = "_notices"


def room_for_notices() -> None:
    """Make the place above a page where ``notice`` writes; the frame does it once a run."""
    st.session_state[_NOTICES] = st.container()


def notice(words: str) -> None:
    """Say something about the page as a whole, above it, wherever the script stands."""
    with st.session_state.get(_NOTICES) or st.container():
        st.info(words, icon=":material/info:")


def problem(error: AlexNetError) -> None:
    """An error that we raised on purpose, explained: what was expected, what came, what to do.

    A run is named as people name it, where the error has its id.
    """
    # A file's name, or anything else that came from outside, is text and never Markdown.
    values = {
        name: plain(_run_name(value)) if isinstance(value, str) else value
        for name, value in error.values.items()
    }
    st.error(explain(type(error)(error.id, **values), current_language()), icon=":material/error:")


def _run_name(value: str) -> str:
    """The name of the run that has this id; anything else as it is."""
    try:
        return run_name(find(value).config(), current_language())
    except AlexNetError:
        return value


_GLUE = "\u2060"
"""The word joiner, which has no width and lets no line break: what it stands in is no longer looked for."""
_SIGNS = re.compile(
    r"""
    :(?=\S)                                     # emoji and icons, ":smile:"; addresses, "https://"
    | @(?=\S)                                   # mail
    | www(?=\.)
    | (?<!\S)[-<>~](?=(?:->|[->=])(?!\S))       # " -- " would become a dash, " -> " an arrow
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What Streamlit looks for after Markdown has dropped the backslashes."""


def plain(text: str) -> str:
    """Text from outside, such as the name of a file or a run, that Markdown shows as it is, in one line.

    Nothing in it becomes a link: else what one viewer calls a run would lead another one elsewhere.
    """
    one_line = re.sub(r"\s*[\r\n]\s*", " ", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", _SIGNS.sub(rf"\g<0>{_GLUE}", one_line))
