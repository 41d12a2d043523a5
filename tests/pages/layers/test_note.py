"""The study note's code on the Layers page: it runs, and a line lights up what it makes."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from alexnet.architecture import STUDY_NOTE
from alexnet.architecture.shapes import trace
from alexnet.language import text
from pages.layers.note import LINES

ROWS = [row.name for row in STUDY_NOTE.rows]


def code_and_table(at):
    assert not at.exception
    return [
        json.loads(element.proto.mixed.json or element.proto.json)["markup"]
        for element in at.get("bidi_component")
    ]


def lit(markup):
    """What the rows that are marked begin with."""
    found = re.findall(r'<tr class="[^"]*\bchosen\b[^"]*".*?</tr>', markup, re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", " ", row)).strip() for row in found]


def test_the_code_runs_and_every_layer_has_the_shape_of_its_row():
    scope = {}
    exec("\n".join(line.code for line in LINES), scope)
    model = scope["model"]
    assert [line.id for line in LINES if line.id in ROWS] == ROWS
    shapes = [tuple(layer.output.shape[1:]) for layer in model.layers]
    assert shapes == [shape.output for shape in trace(STUDY_NOTE)]
    assert model.count_params() == 62_380_346
    assert model.loss == "categorical_crossentropy"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_line_says_what_it_makes_and_where_the_note_needs_care(open_page, language):
    at = open_page("layers", lang=language, view="note")
    for line in LINES if language == "en" else [line for line in LINES if line.slips]:
        at.selectbox(key="layers_line").set_value(line.id).run()
        code, table = code_and_table(at)
        (shown,) = lit(code)
        assert shown.lstrip("+! ") == line.code.strip()
        marked = lit(table)
        if line.id in ROWS:
            assert [row.split()[0] for row in marked] == [line.id]
        else:
            assert len(marked) == (line.id == "image")
        assert [one.value for one in at.warning] == [
            text(f"layers.note_slip_{slip}", language) for slip in line.slips
        ]
        assert [one.value for one in at.info] == [text("layers.note_ours", language)] * line.ours


def test_the_notes_slips_stand_at_their_lines():
    slips = {line.id: set(line.slips) for line in LINES if line.slips}
    assert slips == {
        "class": {"subclassing"},
        "image": {"tensor", "image_row", "order"},
        "fc8": {"two_ends"},
        "output": {"two_ends"},
    }


def test_the_first_convolution_is_worked_out(open_page):
    at = open_page("layers", lang="en", view="note")
    said = " ".join(element.value for element in at.markdown)
    assert "**conv1** makes 55 × 55 × 96 of 227 × 227 × 3. Parameters: 34,944." in said
    assert "62,380,346" in said


def test_the_lines_that_the_note_leaves_out_are_marked_as_ours():
    ours = [line.id for line in LINES if line.ours]
    assert ours == ["image", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5", "model"]
