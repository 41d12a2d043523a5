"""The editor's inputs: each shows a setting of the network, and a change of it is a step of the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from alexnet.architecture.document import LIMITS, WHOLE
from alexnet.errors import InputError
from alexnet.ui import state
from alexnet.ui.components import problem

_PROBLEM = "_editor_problem"
_STEPS = {
    "rate": 0.05,
    "k": 0.5,
    "alpha": 1e-5,
    "beta": 0.05,
    "n": 2,
    "momentum": 0.01,
    "epsilon": 1e-4,
    "std": 0.01,
    "bias": 0.1,
}


def act(change: Callable[[], object], **choices: state.Value) -> None:
    """Do something to the network from a widget's callback; what is refused is explained."""
    try:
        change()
    except InputError as error:
        st.session_state[_PROBLEM] = error
    else:
        # Also where it is empty: the reader has acted, and the address that the browser still shows is old.
        state.set_choices(**choices)


def explain() -> None:
    """Why the last change was refused, if it was."""
    error = st.session_state.pop(_PROBLEM, None)
    if error is not None:
        problem(error)


def given(field: str) -> Any:
    """What the reader has just put into an input."""
    return st.session_state[f"editor_{field}"]


def line(field: str, value: str, label: str, changed: Callable[[], None], help: str) -> None:
    """A field for a name."""
    key = f"editor_{field}"
    st.session_state[key] = value
    st.text_input(label, key=key, max_chars=24, on_change=changed, help=help)


def number(
    limit: str,
    value: Any,
    label: str,
    changed: Callable[[], None],
    field: str,
    *,
    disabled: bool = False,
    help: str | None = None,
) -> None:
    """A field for a number between the limits of that name in ``alexnet.architecture.document``."""
    low, high = LIMITS[limit]
    key = f"editor_{field}"
    as_: type[int] | type[float] = int if limit in WHOLE else float
    st.session_state[key] = as_(value)
    st.number_input(
        label,
        min_value=as_(low),
        max_value=as_(high),
        step=as_(_STEPS.get(field, 1 if as_ is int else 0.1)),
        format="%g" if as_ is float else None,
        key=key,
        on_change=changed,
        disabled=disabled,
        help=help,
    )


def choice(
    field: str,
    value: Any,
    options: Sequence[Any],
    label: str,
    name: Callable[[Any], str],
    changed: Callable[[], None],
    *,
    help: str | None = None,
) -> None:
    """A list of options."""
    key = f"editor_{field}"
    names = {option: name(option) for option in options}
    st.session_state[key] = value
    st.selectbox(label, options, format_func=names.__getitem__, key=key, on_change=changed, help=help)
