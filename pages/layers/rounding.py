"""One question, five answers: the same three numbers under five rules."""

from __future__ import annotations

import streamlit as st

from alexnet.architecture.rounding_rules import KERNEL, SIZE, STRIDE, Answer, answers
from alexnet.errors import ShapeError
from alexnet.figures import edge, windows
from alexnet.figures.theme import LAYER_COLOURS
from alexnet.ui import state
from alexnet.ui.components import picture, problem, sentence, source, svg, try_this
from alexnet.ui.language import t

_PHONE = 360.0  # pixels of a picture that is drawn for a phone
_COLOUR = LAYER_COLOURS["convolution"]
_TRIES = {
    "layers.try_paper": (SIZE, KERNEL, STRIDE),
    "layers.try_exact": (227, KERNEL, STRIDE),
    "layers.try_small": (32, 5, 3),
}


def draw() -> None:
    """The view."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        numbers = [
            _number(name, default, low, high)
            for name, default, low, high in (
                ("size", SIZE, 1, 512),
                ("kernel", KERNEL, 1, 64),
                ("stride", STRIDE, 1, 32),
            )
        ]
    size, kernel, stride = numbers
    try:
        found = answers(size, kernel, stride)
    except ShapeError as error:
        problem(error)
        _tries()
        return
    st.markdown(t("layers.answers_question", size=size, kernel=kernel, stride=stride))
    span = (
        min(-answer.along.begin for answer in found),
        max(answer.along.input + answer.along.end + answer.along.overhang for answer in found),
    )
    for answer in found:
        _shown(answer, span)
    outputs = {answer.output for answer in found}
    listed = ", ".join(str(output) for output in sorted(outputs))
    sentence(t("layers.answers_said", count=len(outputs), outputs=listed))
    _tries()
    source("layers", "answers")


def _tries() -> None:
    names = ("layers_answer_size", "layers_answer_kernel", "layers_answer_stride")
    try_this("layers", {key: dict(zip(names, values, strict=True)) for key, values in _TRIES.items()})


def _number(name: str, default: int, low: int, high: int) -> int:
    with st.container(width=150):
        label = t(f"layers.answers_{name}")
        return int(state.number(f"layers_answer_{name}", label=label, default=default, low=low, high=high))


def _shown(answer: Answer, span: tuple[int, int]) -> None:
    """One answer: its number and rule, its windows to scale, its edge, its Keras line, who does so."""
    along = answer.along
    said = t(f"layers.answer_{answer.rule}_said", **_values(answer))
    with st.container(border=True):
        number, drawn = st.columns((1, 5), vertical_alignment="top")
        with number:
            st.metric(t(f"layers.answer_{answer.rule}"), f"{answer.output:,}")
            st.caption(t(f"layers.answer_{answer.rule}_who"))
        with drawn:
            title = t("layers.answer_windows", rule=t(f"layers.answer_{answer.rule}"))
            words = windows.Words(
                title,
                said,
                t("layers.window"),
                t("layers.column_padding"),
                t("layers.overhang", pixels=along.overhang),
                t("layers.unused", pixels=along.unused),
            )
            picture(
                windows.windows_picture(along, words, _COLOUR, span=span),
                narrow=windows.windows_picture(along, words, _COLOUR, span=span, width=_PHONE),
            )
            sentence(said)
            near = edge.Words(
                t("layers.answer_edge", rule=t(f"layers.answer_{answer.rule}")),
                said,
                t("layers.window"),
                t("layers.answer_zero"),
                t("layers.answer_outside"),
            )
            svg(edge.edge_picture(along, near, _COLOUR))
            st.code(answer.keras, language="python", wrap_lines=True)


def _values(answer: Answer) -> dict[str, object]:
    along = answer.along
    return {
        "input": along.input,
        "kernel": along.kernel,
        "stride": along.stride,
        "begin": along.begin,
        "end": along.end,
        "quotient": f"{float(along.quotient):.2f}".rstrip("0").rstrip("."),
        "output": along.output,
        "overhang": along.overhang,
        "unused": along.unused,
    }
