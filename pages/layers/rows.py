"""The table of layers on a page: a click, Enter or the space bar on a row chooses its layer.

The markup is that of ``alexnet.figures.layer_table``, which escapes every text. Choosing goes through Python,
so that the link and the list of layers below follow.
"""

from __future__ import annotations

import streamlit as st

from alexnet.ui import state

_HTML = '<div class="layers-rows"></div>'

# What has changed is drawn anew; the keyboard's focus and the sideways scrolling stay where they were.
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".layers-rows");
  if (host.markup !== data.markup) {
    const active = document.activeElement;
    const focused = host.contains(active) ? active.dataset.layer : undefined;
    const left = host.querySelector(".layers-box")?.scrollLeft ?? 0;
    host.innerHTML = data.markup;
    host.markup = data.markup;
    host.querySelector(".layers-box").scrollLeft = left;
    if (focused) host.querySelector(`button[data-layer="${focused}"]`)?.focus({ preventScroll: true });
  }
  host.onclick = (event) => {
    const row = event.target.closest("tr.choosable");
    if (row) setTriggerValue("chosen", row.querySelector("button").dataset.layer);
  };
  host.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName !== "BUTTON") return;
    const buttons = [...host.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(event.target) + step];
    if (next) { event.preventDefault(); next.focus(); }
  };
}
"""

_table = st.components.v2.component("alexnet.layer_rows", html=_HTML, js=_JS, isolate_styles=False)


def rows(markup: str, choice: str = "layers_layer", *, key: str = "") -> None:
    """Show the table; the layer chosen in it becomes the choice of that key.

    Args:
        markup: The table.
        choice: The key of the choice.
        key: The table's own, where two of them lead to one choice.
    """
    key = key or f"{choice}_rows"

    def chosen() -> None:
        layer = st.session_state[key].chosen
        if isinstance(layer, str):
            state.set_choices(**{choice: layer})

    _table(data={"markup": markup}, key=key, on_chosen_change=chosen)
