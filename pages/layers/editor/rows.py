"""The editor's controls: the steps back and forth, the network's own settings, and those of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from alexnet.architecture import NETWORKS, Network, Row, Weighted, editing, network
from alexnet.architecture.editing import History
from alexnet.architecture.kinds import KINDS, kind_of
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.language import t
from pages.layers.editor import weights
from pages.layers.editor.inputs import act, choice, given, line, number

ROW = "layers_row"
"""The choice of the row whose settings are shown."""

_WIDTH = {"name": 150, "activation": 130, "towers": 100, "reads": 190, "same": 150, "momentum": 200}
_SYMBOLS = ("n", "k", "alpha", "beta", "epsilon")
_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "activation": (None, "relu", "tanh", "sigmoid", "softmax"),
    "towers": (1, 2),
    "reads": ("own", "all"),
    "rounding": (None, "down", "up"),
}


def steps() -> None:
    """Which network to start from; undo, redo, reset."""
    history = networks.history()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=300):
            chosen = state.choice(
                "layers_start",
                [entry.id for entry in NETWORKS],
                label=t("editor.start"),
                default=NETWORKS[0].id,
                name=networks.name,
            )
        _step(
            "begin",
            ":material/restart_alt:",
            lambda history: history.begin(network(chosen)),
            disabled=history.present == network(chosen),
        )
        _step("undo", ":material/undo:", History.undo, disabled=not history.past)
        _step("redo", ":material/redo:", History.redo, disabled=not history.future)
        _step("reset", ":material/first_page:", History.reset, disabled=history.present == history.start)


def _step(name: str, icon: str, taken: Callable[[History], History], *, disabled: bool) -> None:
    shown = state.requested(ROW)
    _row_button(
        name,
        icon,
        lambda: networks.keep(taken(networks.history())),
        disabled=disabled,
        **({} if shown is None else {ROW: shown}),
    )


def whole(edited: Network) -> None:
    """The network's name, what it is fed, and how sizes are rounded."""

    def set_(field: str) -> Callable[[], None]:
        def change() -> None:
            value = given(f"network_{field}")
            present = networks.history().present
            if field in ("convolution", "pooling"):
                rounding = vars(present.rounding) | {field: value}
                networks.edit(editing.configure(present, rounding=rounding))
            else:
                networks.edit(editing.configure(present, **{field: value}))

        return lambda: act(change)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=210):
            line("network_id", edited.id, t("editor.network_name"), set_("id"), t("editor.name_help"))
        with st.container(width=150):
            number("image", edited.size, t("layers.size"), set_("size"), "network_size")
        for field, value in vars(edited.rounding).items():
            with st.container(width="content"):
                label = t(f"layers.round_{field}")
                choice(f"network_{field}", value, ("down", "up"), label, _rounded, set_(field))


def _rounded(id: str) -> str:
    return t(f"layers.round_{id}")


def row(edited: Network) -> str:
    """One row: its settings, its place, and a new row below it; returns its name."""
    names = [entry.name for entry in edited.rows]
    with st.container(border=True, key="editor_row"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            kinds = {entry.name: t(f"editor.kind_{kind_of(entry).id}") for entry in edited.rows}
            with st.container(width=270):
                chosen = state.choice(
                    ROW,
                    names,
                    label=t("editor.row"),
                    default=names[0],
                    name=lambda id: f"{id} · {kinds[id]}",
                )
            one = edited.row(chosen)
            place = names.index(chosen)
            _move("up", chosen, -1, disabled=place == 0)
            _move("down", chosen, 1, disabled=place == len(names) - 1)
            _row_button("duplicate", ":material/content_copy:", lambda: _added(_twice(chosen)))
            rest = names[:place] + names[place + 1 :]
            near = rest[min(place, len(rest) - 1)] if rest else chosen
            _row_button(
                "remove",
                ":material/delete:",
                lambda: networks.edit(editing.remove(networks.history().present, chosen)),
                disabled=not rest,
                **{ROW: near},
            )
        _settings(one)
        _new(chosen)
    return chosen


def _new(above: str) -> None:
    """A row of a chosen kind, to stand below another one."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=270):
            kind = st.selectbox(
                t("editor.new"),
                list(KINDS),
                format_func={id: t(f"editor.kind_{id}") for id in KINDS}.__getitem__,
                key="editor_kind",
                persist_state="session",
            )
        _row_button(
            "insert",
            ":material/add:",
            lambda: _added(editing.insert(networks.history().present, above, kind)),
        )


def _twice(name: str) -> tuple[Network, str]:
    return editing.duplicate(networks.history().present, name)


def _added(made: tuple[Network, str]) -> None:
    networks.edit(made[0])
    state.set_choices(**{ROW: made[1]})


def _move(name: str, chosen: str, by: int, *, disabled: bool) -> None:
    _row_button(
        name,
        f":material/arrow_{name}ward:",
        lambda: networks.edit(editing.move(networks.history().present, chosen, by)),
        disabled=disabled,
        # Named: the first row is the choice's default, which it would follow to whatever row is first then.
        **{ROW: chosen},
    )


def _row_button(
    name: str, icon: str, action: Callable[[], object], *, disabled: bool = False, **choices: state.Value
) -> None:
    st.button(
        t(f"editor.{name}"),
        key=f"editor_{name}",
        icon=icon,
        disabled=disabled,
        on_click=act,
        args=(action,),
        kwargs=choices,
    )


def _settings(one: Row) -> None:
    """The settings of one row as inputs; each change is a step of the history."""

    def set_(field: str) -> Callable[[], None]:
        def change() -> None:
            value = given(field)
            if field == "same":
                field_, value = "padding", "same" if value else 0
            else:
                field_ = field
            networks.edit(editing.change(networks.history().present, one.name, **{field_: value}))
            if field == "name":
                state.set_choices(**{ROW: value})

        return lambda: act(change)

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=_WIDTH["name"]):
            line("name", one.name, t("editor.field_name"), set_("name"), t("editor.name_help"))
        for field, value in editing.settings(one).items():
            if field in weights.FIELDS:
                continue
            same = value == "same"
            label = field if field in _SYMBOLS else t(f"editor.field_{field}")
            with st.container(width=_WIDTH.get(field, 120)):
                if field in _CHOICES:
                    choice(field, value, _CHOICES[field], label, _namer(field), set_(field))
                else:
                    number(field, 0 if same else value, label, set_(field), field, disabled=same)
            if field == "padding":
                with st.container(width=_WIDTH["same"]):
                    st.session_state["editor_same"] = same
                    st.toggle(
                        t("editor.field_same"),
                        key="editor_same",
                        on_change=set_("same"),
                        help=t("editor.same_help"),
                    )
    if isinstance(one, Weighted):
        weights.draw(one)


def _namer(field: str) -> Callable[[Any], str]:
    if field == "activation":
        return lambda id: t("editor.no_activation") if id is None else t(f"layers.activation_{id}")
    if field == "rounding":
        return lambda id: t("editor.rounding_network") if id is None else _rounded(id)
    return lambda id: t(f"editor.{field}_{id}")
