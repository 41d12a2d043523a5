"""The editor of the Layers page, through app.py, and the edited network in the other lessons."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from alexnet.architecture import (
    CLASSROOM,
    FIVE_MINUTES,
    PAPER_2012,
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    editing,
)
from alexnet.architecture.document import from_link, to_link, to_text
from alexnet.architecture.kinds import KINDS
from alexnet.architecture.shapes import parameters
from alexnet.errors import InputError
from alexnet.facts import PAPER_STD
from alexnet.language import text
from alexnet.runs import run
from alexnet.ui.choices import networks
from alexnet.ui.runs import entries
from pages.layers.editor.files import parse
from pages.layers.editor.weights import NORMAL

MINE = replace(editing.change(CLASSROOM, "conv1", maps=48), id="mine_too")


def edited(at):
    """The network of the page's link; the paper's where it carries none."""
    assert not at.exception
    net = at.query_params.get("net")
    return from_link(net[0] if isinstance(net, list) else net) if net else PAPER_2012


def said(at):
    return " ".join(element.value for element in at.markdown)


def rows(at):
    """The table: the name of each row to its cells."""
    markup = next(
        json.loads(element.proto.json)["markup"]
        for element in at.get("bidi_component")
        if "layers-box" in element.proto.json
    )
    found = {}
    for row in re.findall(r"<tr.*?</tr>", markup, re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        name, *rest = (unescape(re.sub(r"<[^>]*>", " ", cell)).strip() for cell in cells)
        found[name] = rest
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_editor_begins_with_the_papers_network(open_page, language):
    at = open_page("layers", lang=language, view="editor")
    assert edited(at) == PAPER_2012 and not at.error
    assert "60,965,224" in said(at)
    assert at.button(key="editor_undo").disabled and at.button(key="editor_reset").disabled


def test_a_changed_setting_is_in_totals_and_link_and_can_be_undone(open_page):
    at = open_page("layers", view="editor")
    at.number_input(key="editor_maps").set_value(48).run()
    made = edited(at)
    assert made.row("conv1").maps == 48 and made.id == networks.OWN_ID
    assert f"{parameters(made):,} parameters" in said(at)
    at.selectbox(key="layers_row").select("conv2").run()
    at.number_input(key="editor_kernel").set_value(3).run()
    assert edited(at).row("conv2").kernel == 3
    at.button(key="editor_undo").click().run()
    assert edited(at) == made
    at.button(key="editor_redo").click().run()
    assert edited(at).row("conv2").kernel == 3
    at.button(key="editor_reset").click().run()
    assert edited(at) == PAPER_2012 and "60,965,224" in said(at)
    at.button(key="editor_undo").click().run()
    assert edited(at).row("conv2").kernel == 3


def test_rows_are_inserted_duplicated_moved_and_removed(open_page):
    at = open_page("layers", view="editor", row="conv5")
    at.selectbox(key="editor_kind").select("dropout").run()
    at.button(key="editor_insert").click().run()
    names = [row.name for row in edited(at).rows]
    new = at.selectbox(key="layers_row").value
    assert names[names.index("conv5") + 1] == new == "drop8"  # the paper's network has drop6 and drop7
    at.number_input(key="editor_rate").set_value(0.25).run()
    assert edited(at).row(new).rate == 0.25
    at.button(key="editor_up").click().run()
    moved = [row.name for row in edited(at).rows]
    assert moved.index(new) == moved.index("conv5") - 1
    at.button(key="editor_duplicate").click().run()
    assert at.selectbox(key="layers_row").value == "drop9" and edited(at).row("drop9").rate == 0.25
    at.button(key="editor_remove").click().run()
    assert at.selectbox(key="layers_row").value == "conv5"
    assert [row.name for row in edited(at).rows] == moved


def test_a_row_of_every_kind_can_be_inserted_and_shows_its_settings(open_page):
    at = open_page("layers", view="editor")
    for kind in KINDS.values():
        at.selectbox(key="editor_kind").select(kind.id).run()
        at.button(key="editor_insert").click().run()
        new = at.selectbox(key="layers_row").value
        assert new.startswith(kind.stem) and edited(at).row(new) == kind.new(new)
        shown = {field.key for group in (at.text_input, at.number_input, at.selectbox) for field in group}
        hidden = {"std"}  # as long as an initializer is chosen
        assert {f"editor_{field}" for field in vars(kind.preset) if field not in hidden} <= shown


def test_the_row_that_is_moved_stays_the_chosen_one_also_where_it_was_the_first(open_page):
    at = open_page("layers", view="editor")
    at.button(key="editor_down").click().run()
    assert [row.name for row in edited(at).rows[:2]] == ["lrn1", "conv1"]
    for step in ("undo", "redo", "reset", "undo"):
        assert at.selectbox(key="layers_row").value == "conv1"
        at.button(key=f"editor_{step}").click().run()
    assert at.selectbox(key="layers_row").value == "conv1"
    assert edited(at).rows[1].name == "conv1"


def test_what_fits_can_be_taken_home_in_five_forms_and_what_does_not_as_json_alone(open_page):
    def offered(at):
        buttons = at.main.get("download_button")
        return [button.label for button in buttons if not button.disabled]

    at = open_page("layers", view="editor")
    tables = [text(f"layers.download_{name}", "en") for name in ("csv", "markdown", "towers")]
    own = [text("editor.download_json", "en"), text("layers.download_keras", "en")]
    assert offered(at) == [*own, *tables]
    at.button(key="layers_button_try_impossible").click().run()
    assert offered(at) == own[:1]


def test_a_row_can_be_renamed_and_another_ones_name_is_refused(open_page):
    at = open_page("layers", view="editor")
    at.text_input(key="editor_name").set_value("first").run()
    assert edited(at).rows[0].name == "first" and at.selectbox(key="layers_row").value == "first"
    at.text_input(key="editor_name").set_value("conv2").run()
    assert "conv2" in at.error[0].value and edited(at).rows[0].name == "first"
    assert at.text_input(key="editor_name").value == "first"
    at.text_input(key="editor_network_id").set_value("tiny").run()
    assert edited(at).id == "tiny" and not at.error


def test_same_padding_towers_and_rounding_are_chosen(open_page):
    at = open_page("layers", view="editor")
    at.toggle(key="editor_same").set_value(True).run()
    assert edited(at).row("conv1").padding == "same" and at.number_input(key="editor_padding").disabled
    at.toggle(key="editor_same").set_value(False).run()
    at.selectbox(key="editor_towers").select(1).run()
    at.selectbox(key="editor_network_pooling").select("up").run()
    made = edited(at)
    assert made.row("conv1").padding == 0 and made.row("conv1").towers == 1
    assert made.rounding.pooling == "up"


def test_how_weights_and_biases_begin_is_chosen_row_by_row(open_page):
    at = open_page("layers", view="editor", row="conv3")
    assert at.selectbox(key="editor_initializer").value == NORMAL
    assert at.number_input(key="editor_std").value == PAPER_2012.row("conv3").std
    at.number_input(key="editor_std").set_value(0.2).run()
    at.number_input(key="editor_bias").set_value(0.5).run()
    made = edited(at).row("conv3")
    assert (made.std, made.bias) == (0.2, 0.5)
    at.selectbox(key="editor_initializer").select("glorot_uniform").run()
    made = edited(at).row("conv3")
    assert (made.std, made.initializer, made.bias) == (None, "glorot_uniform", 0.5)
    assert not at.error and "editor_std" not in [field.key for field in at.number_input]
    at.selectbox(key="editor_initializer").select(NORMAL).run()
    assert edited(at).row("conv3").std == PAPER_STD
    at.selectbox(key="layers_row").select("pool1").run()
    assert "editor_initializer" not in [field.key for field in at.selectbox]


def test_batch_normalization_shows_its_momentum_and_epsilon(open_page):
    at = open_page("layers", view="editor", net=to_link(FIVE_MINUTES), row="bn2")
    assert at.number_input(key="editor_momentum").value == 0.9
    assert at.number_input(key="editor_epsilon").value == 0.001
    at.number_input(key="editor_momentum").set_value(0.99).run()
    at.number_input(key="editor_epsilon").set_value(0.01).run()
    assert edited(at).row("bn2") == BatchNormalization("bn2", momentum=0.99, epsilon=0.01)


def test_an_impossible_row_says_why_and_those_above_keep_their_numbers(open_page):
    at = open_page("layers", view="editor")
    at.button(key="layers_button_try_impossible").click().run()
    table = rows(at)
    assert "kernel is larger than its input" in table["pool5"][0]
    assert "55 × 55 × 96" in table["conv1"] and set(table["fc6"]) == {"–"}
    assert "total" not in table and "pool5 does not fit" in said(at)
    assert at.info[0].value == text("editor.obstacle_misfit", "en")
    assert at.button(key="editor_undo").disabled is False
    at.selectbox(key="layers_row").select("conv2").run()
    at.number_input(key="editor_stride").set_value(1).run()
    assert rows(at)["total"][-2] == "60,965,224"


def test_another_network_is_a_new_beginning(open_page):
    at = open_page("layers", view="editor", start="classroom")
    at.button(key="editor_begin").click().run()
    assert edited(at) == CLASSROOM
    at.button(key="editor_remove").click().run()
    at.button(key="editor_reset").click().run()
    assert edited(at) == CLASSROOM


def test_a_link_opens_its_network_and_a_damaged_one_is_explained(open_page):
    at = open_page("layers", view="editor", net=to_link(MINE))
    assert edited(at) == MINE and f"{parameters(MINE):,}" in said(at)
    at = open_page("layers", view="editor", net=to_link(MINE)[:-9])
    assert at.error[0].value == text("errors.document_link_damaged", "en")
    assert edited(at) == PAPER_2012


def test_a_file_brings_its_network_back():
    assert parse(to_text(MINE).encode()) == MINE
    assert parse(b"\xef\xbb\xbf" + to_text(MINE).encode()) == MINE


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "document_not_json"),
        (b"\n\xff\xfe", "document_not_json"),
        (b"[]", "document_not_one"),
        (b'{"alexnet_network": 1, "size": 9, "rows": []}', "document_too_many_rows"),
        (b" " * 100_000, "document_too_long"),
        (b"[" * 60_000, "document_not_json"),
    ],
)
def test_a_file_that_is_no_network_is_refused(content, error):
    with pytest.raises(InputError, match=error):
        parse(content)


def test_an_uploaded_file_becomes_the_network_and_a_bad_one_changes_nothing(open_page):
    at = open_page("layers", view="editor")
    at.file_uploader[0].set_value(("net.json", to_text(MINE).encode(), "application/json"))
    at.run()
    assert edited(at) == MINE and not at.error
    at.file_uploader[0].set_value(("net.json", b"{", "application/json")).run()
    assert at.error[0].value == text("errors.document_not_json", "en", line=1) and edited(at) == MINE
    at.button(key="editor_undo").click().run()
    assert edited(at) == PAPER_2012


@pytest.mark.parametrize("view", ["table", "compare", "towers", "quiz"])
def test_the_edited_network_stands_in_the_other_views(open_page, view):
    at = open_page("layers", view=view, network="mine", net=to_link(MINE))
    assert at.selectbox(key="layers_network").value == "mine" and not at.error
    assert edited(at) == MINE
    at.pills(key="layers_view").set_value("editor").run()
    assert edited(at) == MINE


@pytest.mark.parametrize("page", ["training", "initializers"])
def test_the_edited_network_is_taken_up_by_the_lesson_of_a_link(open_page, page):
    at = open_page(page, network="mine", net=to_link(MINE))
    assert at.selectbox(key=f"{page}_network").value == "mine" and not at.error
    assert edited(at) == MINE
    at = open_page(page, network="mine")
    assert at.selectbox(key=f"{page}_network").value != "mine" and not at.error


ODD = {
    "first_row_fails": (Dense("fc1", 4), Dropout("drop1")),
    "nothing_to_compute": (Dropout("drop1"),),
    "dense_only": (Flatten(), Dense("fc1", 2, towers=2), Dense("fc2", 2, activation="softmax")),
    "average": (
        Convolution("conv1", 6, 3, padding=4, towers=2),
        GlobalAveragePooling(),
        BatchNormalization("batch_norm1", activation=None),
        Dense("fc1", 2, activation="softmax"),
    ),
    "sixty_rows": (
        *(LocalResponseNormalization(f"lrn{n}", reads="all") for n in range(57)),
        Convolution("conv1", 4, 64, stride=32, padding="same"),
        Flatten(),
        Dense("fc1", 2, activation="softmax"),
    ),
}


@pytest.mark.parametrize("id", ODD)
def test_odd_networks_are_shown_and_every_row_can_be_chosen(open_page, id):
    odd = Network("odd", ODD[id], 9)
    at = open_page("layers", lang="ko", view="editor", net=to_link(odd))
    for row in (odd.rows[0], odd.rows[-1]):
        at.selectbox(key="layers_row").set_value(row.name).run()
        assert edited(at) == odd and not at.error
    for view in ("table", "compare", "towers", "quiz"):
        at = open_page("layers", lang="ko", view=view, network="mine", net=to_link(odd))
        assert not at.error and (at.selectbox(key="layers_network").value == "mine") == (
            editing.obstacle(odd) is None
        )


def test_a_run_carries_the_edited_network_and_gives_it_back(open_page):
    entries.forget()
    at = open_page("training", network="mine", net=to_link(MINE))
    assert f"{parameters(MINE):,}" in said(at)
    at.button(key="training_start").click().run()
    (one,) = run.runs()
    assert one.config().known == MINE and one.config().network == "mine_too"
    assert not at.main.error and any("mine_too" in caption.value for caption in at.main.caption)
    run.write_status(one.path, replace(one.status(), state="stopped"))
    entries.forget()
    fresh = open_page("training", view="runs", run=one.id)
    fresh.button(key="training_again").click().run()
    assert fresh.selectbox(key="training_network").value == "mine"
    assert edited(fresh) == MINE
    entries.forget()


def test_what_cannot_be_trained_is_not_offered(open_page):
    headless = editing.remove(MINE, MINE.rows[-1].name)
    at = open_page("training", network="mine", net=to_link(headless))
    assert at.selectbox(key="training_network").value == "fitted_quick" and not at.error
    at = open_page("layers", view="editor", net=to_link(headless))
    assert at.info[0].value == text("editor.obstacle_no_softmax", "en")
