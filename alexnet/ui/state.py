"""Choices that survive page changes and language switches, and stand in the link.

A widget's key is ``<page>_<name>``; in the link its parameter is ``<name>``. The link holds ids, never
labels, and only the choices of the shown page that differ from their default, so a link opens the same
picture in either language. ``begin`` and ``finish`` are called by the frame, once each around a page.

Who wins, the link or what is remembered?

* The first run of a browser tab, or a page change that brings parameters: the link.
* A page change without parameters (the navigation): what is remembered.
* The same page with a link other than the last one written and no widget touched (the browser's back button):
  the link, and what it does not name is at its default.

A browser sends the label of what is chosen, and a label may have changed since: with the language, or with
the state of a run. So every label that the tab has shown is kept, and is read as the id that it stood for.

A default may depend on another choice, as an image size on its network. A choice that stands at its default
then follows it, and one that was set stays: the link, which names only what was set, means the same in every
order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from alexnet.ui import language

Value = str | int | float | bool

_FORMER: Mapping[str, Mapping[str, str]] = {"training": {"show": "view"}}
"""Parameters of links that teachers may have kept, by page: what each is called now."""
Kind = Literal["select", "segmented", "pills", "slider"]

_KEPT = "_kept"  # key -> value, for the life of the tab; a widget's own state ends with the page
_SHOWN = "_shown"  # parameter -> text, of the non-default choices drawn in this run
_DRAWN = "_drawn"  # keys drawn in the last run
_WRITTEN = "_written"  # the link as this page last wrote it
_PAGE = "_page"  # the page of the last run
_LINK = "_link"  # the parameters that count as the reader's request in this run; None: none do
_STRICT = "_strict"  # the link is complete: what it does not name is at its default
_SHAPES = "_shapes"  # key -> what the widget was drawn with, to redraw it when that changes
_DEFAULTS = "_defaults"  # key -> the default that it was last drawn with
_LABELS = "_labels"  # key -> label -> the id that it stood for, of all that the tab has shown
_OFFERED = "_offered"  # key -> the ids that a choice was last drawn with
_LATER = "_later"  # key -> value, set at the beginning of the next run
_TOUCHED = "_touched"  # set_choices was called since the last run


def _kept() -> dict[str, Value]:
    return cast("dict[str, Value]", st.session_state.setdefault(_KEPT, {}))


def begin(page_id: str) -> None:
    """Decide, before the page draws, whether the link or the memory wins."""
    state = st.session_state
    language.adopt_link()
    former = _FORMER.get(page_id, {})
    given = st.query_params.to_dict().items()
    link = {former.get(name, name): value for name, value in given if name != language.PARAMETER}
    first, changed = _PAGE not in state, state.get(_PAGE) != page_id
    if first or (changed and link):
        state[_LINK], state[_STRICT] = link, first
    elif not changed and link != state.get(_WRITTEN, {}) and not _widget_changed():
        state[_LINK], state[_STRICT] = link, True
    else:
        state[_LINK], state[_STRICT] = None, False
    state[_PAGE], state[_SHOWN], state[_DRAWN], state[_TOUCHED] = page_id, {}, [], False
    if later := state.pop(_LATER, None):
        state[_LINK] = None
        set_choices(**later)


def finish() -> None:
    """Write the link of the page that was drawn."""
    _write(dict(st.session_state.get(_SHOWN, {})))


def _write(link: dict[str, str]) -> None:
    st.session_state[_WRITTEN], st.session_state[_LINK] = dict(link), None
    chosen = language.chosen_language()
    if chosen is not None:
        link[language.PARAMETER] = chosen
    if st.query_params.to_dict() != link:
        st.query_params.from_dict(link)


def _widget_changed() -> bool:
    state, kept = st.session_state, _kept()
    return bool(state.get(_TOUCHED)) or any(
        key in state and _held(key) != kept.get(key) for key in state.get(_DRAWN, [])
    )


def _held(key: str) -> Value | None:
    """What the widget holds. Streamlit hands over a label of earlier as if it were an id."""
    held = st.session_state[key]
    labels: dict[str, dict[str, str]] = st.session_state.setdefault(_LABELS, {})
    offered: dict[str, list[str]] = st.session_state.setdefault(_OFFERED, {})
    ids = offered.get(key, [])
    if held in ids or held not in labels.get(key, {}):
        return cast(Value, held)
    meant = labels[key][held]
    return meant if meant in ids else _kept().get(key)


def _start(key: str, default: Value, valid: Callable[[object], bool], read: Callable[[str], object]) -> None:
    """Put the value that counts into the widget's state, unless it is there already."""
    state, kept = st.session_state, _kept()
    _follow(key, default)
    shape = language.current_language()
    link = state.get(_LINK)
    if link is not None:
        name = key.partition("_")[2]
        asked = read(link[name]) if name in link else None
        if asked is not None and valid(asked):
            kept[key] = cast(Value, asked)
        elif state.get(_STRICT):
            kept[key] = default
        state[key] = kept.get(key, default)
    elif key in state and valid(held := _held(key)):
        kept[key] = state[key] = cast(Value, held)
    shapes = state.setdefault(_SHAPES, {})
    if key not in state or not valid(state[key]) or shapes.get(key) != shape:
        remembered = kept.get(key, default)
        state[key] = remembered if valid(remembered) else default
    shapes[key] = shape


def _follow(key: str, default: Value) -> None:
    """Where the default has changed, take a choice along that stands at it."""
    state, kept = st.session_state, _kept()
    defaults = cast("dict[str, Value]", state.setdefault(_DEFAULTS, {}))
    before = defaults.get(key, default)
    if before != default and (_held(key) if key in state else kept.get(key)) == before:
        kept.pop(key, None)
        state.pop(key, None)
    defaults[key] = default


def _end(key: str, value: Value, default: Value | None) -> None:
    """Remember the value, and note it for the link."""
    state = st.session_state
    _kept()[key] = value
    drawn = state.setdefault(_DRAWN, [])
    if key not in drawn:  # a fragment draws it again and again within one run
        drawn.append(key)
    shown = state.setdefault(_SHOWN, {})
    name = key.partition("_")[2]
    shown.pop(name, None)
    if value != default:
        shown[name] = _written(value)
    context = get_script_run_ctx()
    if context is not None and context.fragment_ids_this_run:
        _write(dict(shown))  # a fragment's rerun does not pass through the frame


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def choice(
    key: str,
    options: Sequence[str],
    *,
    label: str,
    default: str,
    name: Callable[[str], str],
    kind: Kind = "select",
    help: str | None = None,
    always_in_link: bool = False,
    label_hidden: bool = False,
) -> str:
    """One of some ids.

    Args:
        key: ``<page>_<name>``.
        options: The ids, in the order shown.
        label: What is chosen, in the reader's language.
        default: The id that stands when nothing was chosen; it does not appear in the link.
        name: An id's name in the reader's language.
        kind: A drop-down list, joined buttons, pills, or a slider from the first id to the last.
        help: A line behind a question mark.
        always_in_link: The link names it at its default too, as that is another one for another reader.
        label_hidden: The label is only for screen readers.

    Returns:
        An id of ``options``, whatever a link or an earlier page asked for.
    """
    ids = list(options)
    _start(key, default, lambda value: value in ids, str)
    names = {id: name(id) for id in ids}  # now, in the reader's language, not whenever Streamlit asks
    st.session_state.setdefault(_OFFERED, {})[key] = ids
    st.session_state.setdefault(_LABELS, {}).setdefault(key, {}).update(
        (label, id) for id, label in names.items()
    )
    seen: Literal["visible", "collapsed"] = "collapsed" if label_hidden else "visible"
    said = {"format_func": names.__getitem__, "key": key, "help": help, "label_visibility": seen}
    draw = {
        "select": st.selectbox,
        "segmented": st.segmented_control,
        "pills": st.pills,
        "slider": st.select_slider,
    }[kind]
    must = {"required": True} if kind in ("segmented", "pills") else {}
    value = cast("Callable[..., str | None]", draw)(label, ids, **said, **must)
    result = value if value in ids else default
    _end(key, result, None if always_in_link else default)
    return result


def still_wanted(waited: float) -> None:
    """End the script here if nobody needs it any more, as its reader has gone on or closed the page.

    For whoever waits without drawing, as ``alexnet.sandbox``; outside a script it does nothing.

    Args:
        waited: Seconds; not looked at.
    """
    if get_script_run_ctx(suppress_warning=True) is not None:
        st.session_state.get("_still_wanted")  # Streamlit looks at each call for a reason to end the script


def number(
    key: str,
    *,
    label: str,
    default: int | float,
    low: int | float,
    high: int | float,
    step: int | float = 1,
    help: str | None = None,
    kind: Literal["input", "slider"] = "input",
    format: str | None = None,
    always_in_link: bool = False,
) -> int | float:
    """A number from ``low`` to ``high``, both included; whole when ``default`` is an ``int``.

    Args:
        key: ``<page>_<name>``.
        label: What the number is, with its unit, in the reader's language.
        default: Stands when nothing was chosen; it does not appear in the link.
        low: The smallest allowed.
        high: The largest allowed.
        step: From one value to the next.
        help: A line behind a question mark.
        kind: A field to type in, or a slider.
        format: How it is written, as in C's ``printf``: ``"%.3f"``.
        always_in_link: The link names it at its default too, as that is another one for another reader.
    """
    whole = isinstance(default, int)
    cast_to: type[int] | type[float] = int if whole else float

    def valid(value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high

    def read(value: str) -> object:
        try:
            return cast_to(value)
        except ValueError:
            return None

    _start(key, default, valid, read)
    bounds = {"min_value": cast_to(low), "max_value": cast_to(high), "step": cast_to(step)}
    draw = cast("Callable[..., int | float | None]", st.slider if kind == "slider" else st.number_input)
    value = draw(label, key=key, help=help, format=format, **bounds)
    result = cast_to(value) if value is not None and valid(value) else default
    _end(key, result, None if always_in_link else default)
    return result


def toggle(key: str, *, label: str, default: bool = False, help: str | None = None) -> bool:
    """A switch; ``1`` or ``0`` in the link."""
    _start(key, default, lambda value: isinstance(value, bool), {"1": True, "0": False}.get)
    value = bool(st.toggle(label, key=key, help=help))
    _end(key, value, default)
    return value


def set_choices(**values: Value) -> None:
    """Set choices by key, from a button's callback; the link follows.

    A value that the widget does not offer falls back to that widget's default.
    """
    for key, value in values.items():
        _kept()[key] = value
        st.session_state[key] = value
        st.session_state.setdefault(_DEFAULTS, {}).pop(key, None)  # it was set, so it follows no default
    st.session_state[_TOUCHED] = True


def set_choices_and_rerun(**values: Value) -> None:
    """Set choices whose widgets are drawn already, and draw the page anew; never returns.

    A button's callback gets what its page showed, not what was typed since: where that counts, ask for the
    button's value, act, and end with this.
    """
    st.session_state[_LATER] = values
    st.rerun()


def requested(key: str) -> Value | str | None:
    """What the link asks for, else what is remembered; asked before the widget is drawn, whose options may
    depend on it. It comes from outside and need not be among them.
    """
    link = st.session_state.get(_LINK)
    name = key.partition("_")[2]
    if link is not None and name in link:
        return cast(str, link[name])
    return _held(key) if key in st.session_state else _kept().get(key)


def stands(key: str, default: Value, allowed: Callable[[str], bool]) -> str:
    """What a choice will stand at, as text, before it is drawn: for words that are shown above it.

    Args:
        key: ``<page>_<name>``.
        default: The choice's default, which it follows where it stands at it.
        allowed: Whether the choice offers this; what comes from a link may be anything.
    """
    _follow(key, default)
    asked = requested(key)
    found = _written(default if asked is None else asked)
    return found if allowed(found) else _written(default)


def forget(key: str) -> None:
    """Let a choice that is not drawn yet fall back to its default: what was asked for is not there."""
    _kept().pop(key, None)
    st.session_state.pop(key, None)


def handed(key: str) -> str | None:
    """What somebody hands over for a value that no widget draws: a link, or ``set_choices`` by a button.

    It comes from outside and may be anything. A complete link that does not name it gives ``""``; None says
    that there is nothing new.
    """
    link = st.session_state.get(_LINK)
    name = key.partition("_")[2]
    if link is not None and (name in link or st.session_state.get(_STRICT)):
        return str(link.get(name, ""))
    given = st.session_state.pop(key, None)
    return None if given is None else str(given)


def shown_upload() -> str | None:
    """The key of the upload widget that the browser shows, though it be of a session that is gone.

    None where there is none, or where it holds files that the server has lost with that session.
    """
    context = get_script_run_ctx()
    if context is None:
        return None
    for shown in context.session_state.get_widget_states():
        if shown.HasField("file_uploader_state_value"):
            files = [file.file_id for file in shown.file_uploader_state_value.uploaded_file_info]
            here = context.uploaded_file_mgr.get_files(context.session_id, files)
            return shown.id.split("-", 2)[-1] if len(here) == len(files) else None  # $$ID-<hash>-<key>
    return None


def carry(key: str, value: str) -> None:
    """Let the link carry a value that no widget draws; nothing where it is empty."""
    _end(key, value, "")
