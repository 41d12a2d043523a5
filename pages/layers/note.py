"""The study note's code, line by line: what each line makes, and where the note needs care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from alexnet.architecture import STUDY_NOTE, Flatten
from alexnet.architecture.kinds import kind_of
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.figures import layer_formula as formula
from alexnet.figures.layer_table import IMAGE, STYLE, times
from alexnet.figures.theme import LAYER_COLOURS
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.components import sentence, source, try_this
from alexnet.ui.language import t
from pages.layers.controls import Asked
from pages.layers.rows import rows
from pages.layers.table import table

LINE = "layers_line"


@dataclass(frozen=True)
class Line:
    """A statement of the code.

    Attributes:
        id: The name of the row that it makes, or of its text ``layers.note_said_<id>``.
        code: One line, or several.
        ours: The note has "..." there, or says nothing.
        slips: What the note says about it that needs care: texts ``layers.note_slip_<id>``.
    """

    id: str
    code: str
    ours: bool = False
    slips: tuple[str, ...] = ()


def _add(layer: str) -> str:
    return f"        self.add({layer})"


def _convolution(settings: str) -> str:
    start = 'activation="relu", kernel_initializer="he_normal"'
    return _add(f"Conv2D({settings},\n            {start})")


LINES = (
    Line(
        "import",
        "from keras import Input, Sequential\n"
        "from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D\n"
        "from keras.optimizers import Adam",
    ),
    Line("class", "class AlexNet(Sequential):", slips=("subclassing",)),
    Line("init", "    def __init__(self, input_shape, num_classes):\n        super().__init__()"),
    Line(IMAGE, _add("Input(input_shape)"), ours=True, slips=("tensor", "image_row", "order")),
    Line("conv1", _convolution('96, 11, strides=4, padding="valid"')),
    Line("pool1", _add("MaxPooling2D(3, 2)")),
    Line("conv2", _convolution('256, 5, padding="same"'), ours=True),
    Line("pool2", _add("MaxPooling2D(3, 2)"), ours=True),
    Line("conv3", _convolution('384, 3, padding="same"'), ours=True),
    Line("conv4", _convolution('384, 3, padding="same"'), ours=True),
    Line("conv5", _convolution('256, 3, padding="same"'), ours=True),
    Line("pool5", _add("MaxPooling2D(3, 2)"), ours=True),
    Line("flatten", _add("Flatten()")),
    Line("fc6", _add('Dense(4096, activation="relu")')),
    Line("fc7", _add('Dense(4096, activation="relu")')),
    Line("fc8", _add('Dense(1000, activation="relu")'), slips=("two_ends",)),
    Line("output", _add('Dense(num_classes, activation="softmax")'), slips=("two_ends",)),
    Line("model", "model = AlexNet((227, 227, 3), 2)", ours=True),
    Line(
        "compile",
        'model.compile(optimizer=Adam(0.001),\n    loss="categorical_crossentropy", metrics=["accuracy"])',
    ),
)
"""The note's program in our own formatting."""

_TRIES = {f"layers.try_note_{id}": {LINE: id} for id in ("class", IMAGE, "output")}

_CODE_STYLE = """<style>
.layers-box.note-code td{text-align:left;white-space:pre;font-family:"Source Code Pro",monospace;
font-size:.75rem;line-height:1.4;padding:.2rem .4rem;border-bottom:0}
.layers-box.note-code tbody th{width:1.2rem;text-align:center;vertical-align:top;font-weight:600;
padding:.2rem .3rem;border-bottom:0}
.layers-box.note-code button{display:block;width:100%;text-decoration:none}
</style>"""


def draw() -> None:
    """The view: code and the chosen line in words, the table with its row lit, the formula."""
    shapes = {shape.row.name: shape for shape in trace(STUDY_NOTE)}
    asked = Asked(STUDY_NOTE, STUDY_NOTE, networks.name(STUDY_NOTE.id))
    code, words = st.columns((3, 2), gap="medium")
    with words:
        id = state.choice(
            LINE, [line.id for line in LINES], label=t("layers.note_line"), default="conv1", name=_name
        )
        line = next(line for line in LINES if line.id == id)
        _said(line, shapes.get(id))
    with code:
        rows(_code(id), LINE, key="layers_note_code")
        st.caption(t("layers.note_signs"))
    try_this("layers", _TRIES)
    table(asked, list(shapes.values()), None, id, names=list(shapes), choice=LINE)
    sentence(t("layers.note_total", parameters=sum(shape.parameters for shape in shapes.values())))
    source("layers", "note")


def _name(id: str) -> str:
    """A line in the list: its row's name and how its code begins."""
    (line,) = (line for line in LINES if line.id == id)
    begins = line.code.strip().split("\n")[0]
    if begins.startswith("self.add("):
        begins = begins.removeprefix("self.add(")
        begins = begins if "\n" in line.code else begins[:-1]
    return f"{id}: {begins}" if any(row.name == id for row in STUDY_NOTE.rows) else begins


def _said(line: Line, shape: LayerShape | None) -> None:
    """The chosen line in words: what it makes, its formula, what the note left out, what needs care."""
    if shape is None:
        st.markdown(t(f"layers.note_said_{line.id}"))
    else:
        st.markdown(
            t(
                "layers.note_made",
                layer=line.id,
                input=times(shape.input),
                output=times(shape.output),
                parameters=shape.parameters,
            )
        )
        for latex in _formulas(shape):
            st.markdown(f"$\\displaystyle {latex}$")
    if line.ours:
        st.info(t("layers.note_ours"), icon=":material/add:")
    for slip in line.slips:
        st.warning(t(f"layers.note_slip_{slip}"), icon=":material/priority_high:")


def _formulas(shape: LayerShape) -> Sequence[str]:
    if isinstance(shape.row, Flatten):
        return [formula.flatten_line(shape)]
    size = formula.size_lines(shape, "down")
    parameters = formula.parameter_line(shape)
    return [*size, *([] if parameters is None else [parameters])]


def _code(chosen: str) -> str:
    """The code as rows that can be chosen."""
    title = escape(t("layers.note_code"))
    body = "".join(_row(line, chosen) for line in LINES)
    return (
        f'{STYLE}{_CODE_STYLE}<div class="layers-box note-code" role="region" tabindex="0" '
        f'aria-label="{title}"><table><caption>{title}</caption><tbody>{body}</tbody></table></div>'
    )


def _row(line: Line, chosen: str) -> str:
    row = next((row for row in STUDY_NOTE.rows if row.name == line.id), None)
    colour = "transparent" if row is None else LAYER_COLOURS[kind_of(row).group]
    signs = "".join(
        f'<span role="img" aria-label="{escape(t(f"layers.note_sign_{id}"))}" '
        f'title="{escape(t(f"layers.note_sign_{id}"))}">{sign}</span>'
        for id, sign, there in (("ours", "+", line.ours), ("slip", "!", bool(line.slips)))
        if there
    )
    pressed, mark = ("true", "chosen") if line.id == chosen else ("false", "")
    return (
        f'<tr class="choosable {mark}" style="--kind:{colour}"><th scope="row">{signs}</th>'
        f'<td><button type="button" data-layer="{line.id}" aria-pressed="{pressed}" '
        f'title="{escape(t("layers.note_line"))}">{escape(line.code)}</button></td></tr>'
    )
