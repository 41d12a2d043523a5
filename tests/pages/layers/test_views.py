"""The other views of the Layers page, through app.py: five answers, side by side, two GPUs, questions."""

from __future__ import annotations

import re
from html import unescape

import pytest

from alexnet.architecture import NETWORKS, Dense, Rounding
from alexnet.architecture.kinds import KINDS
from alexnet.architecture.rounding_rules import answers
from alexnet.architecture.shapes import step, windows
from alexnet.language import text
from pages.layers import compare, two_gpus
from pages.layers.compare import COMPARED

TWO_TOWERS = [network for network in NETWORKS if network.towers == 2]


def said(at):
    assert not at.exception
    return " ".join(element.value for kind in (at.markdown, at.caption) for element in kind)


def bare(markup):
    return unescape(re.sub(r"<[^>]*>", " ", markup))


def compared(at):
    """The comparison as rows of texts."""
    markup = next(element.proto.body for element in at.get("html") if "compare-box" in element.proto.body)
    rows = re.findall(r"<tr.*?</tr>", markup, re.DOTALL)
    return [[bare(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("view", ["table", "answers", "compare", "towers", "note", "quiz"])
def test_every_view_opens_by_its_link_in_both_languages(open_page, language, view):
    at = open_page("layers", lang=language, view=view)
    assert not at.exception and not at.error
    assert at.pills(key="layers_view").value == view
    assert at.query_params.get("view", "table") == view
    assert text(f"layers.lead_{view}", language) in said(at)


@pytest.mark.parametrize("view", ["compare", "towers"])
def test_what_a_button_of_a_view_sets_stands_in_the_link(open_page, view):
    tries = {"compare": compare, "towers": two_gpus}[view].TRIES
    for key, choices in tries.items():
        at = open_page("layers", view=view)
        at.button(key=f"layers_button_{key.partition('.')[2]}").click().run()
        assert not at.error
        kept = at.session_state["_kept"]
        assert {name: kept[name] for name in choices} == dict(choices)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_that_has_parameters_or_does_products_is_in_the_totals(kind):
    shape = (64,) if isinstance(kind.preset, Dense) else (8, 8, 4)
    layer = step(kind.preset, shape, 1, Rounding())
    counts = layer.parameters + layer.multiply_accumulates
    assert not counts or kind.group in compare.GROUPS


def test_256_images_at_a_time_are_too_many_for_one_gpu(open_page):
    at = open_page("layers", view="towers")
    at.button(key="layers_button_try_large_batch").click().run()
    assert text("layers.reason_memory", "en") in [header.value for header in at.subheader]
    alone = re.search(r"([\d,]+) MiB on one GPU", said(at))
    assert alone and int(alone[1].replace(",", "")) > 3072


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.id)
@pytest.mark.parametrize("view", ["compare", "towers", "quiz"])
def test_every_network_can_stand_in_every_view(open_page, entry, view):
    at = open_page("layers", view=view, network=entry.id)
    assert not at.exception and not at.error


@pytest.mark.parametrize("view", ["compare", "towers", "quiz"])
def test_a_network_that_does_not_fit_is_explained_in_every_view(open_page, view):
    at = open_page("layers", view=view, size="40")
    assert len(at.error) == 1 and at.error[0].value.startswith("pool5: ")


def test_one_question_has_five_answers_with_their_keras_lines(open_page):
    at = open_page("layers", view="answers")
    assert [metric.value for metric in at.metric] == ["54", "55", "56", "55", "55"]
    assert [code.value for code in at.code] == [answer.keras for answer in answers()]
    assert "54, 55, 56" in said(at) and "3 px over the edge" in said(at)


def test_other_numbers_have_other_answers(open_page):
    at = open_page("layers", view="answers")
    at.button(key="layers_button_try_exact").click().run()
    assert [metric.value for metric in at.metric] == ["55", "55", "57", "55", "55"]
    assert at.query_params["answer_size"] == "227"
    at.number_input(key="layers_answer_kernel").set_value(64).run()
    at.number_input(key="layers_answer_size").set_value(20).run()
    assert len(at.error) == 1 and not at.metric
    at.button(key="layers_button_try_paper").click().run()
    assert not at.error and at.metric[0].value == "54"


def test_side_by_side_names_published_totals_and_shares(open_page):
    at = open_page("layers", view="compare")
    found = {row[0]: row[1:] for row in compared(at)}
    assert len(found["Layer"]) == len(COMPARED)
    assert found["parameters"][:2] == ["60,965,224", "60,965,224"]
    assert found["parameters"][2] == "≠  61,100,840"
    assert "96% of the parameters" in said(at) and "92% of the multiply-accumulates" in said(at)
    assert found["conv1"][2].startswith("≠  55 × 55 × 64")


def test_side_by_side_says_that_the_papers_227_is_not_what_it_prints(open_page):
    at = open_page("layers", view="compare")
    (note,) = [one.value for one in at.main.caption if "prints 224 pixels" in one.value]
    assert "gets 55 places" in note and "227 pixels, as here, give the same 55" in note
    assert "torchvision's network (one tower, 2014) too has 224" in note
    assert {windows(227, 11, 4, 0, way).output for way in ("up", "down")} == {55}
    assert windows(224, 11, 4, 0, "up").output == 55 != windows(224, 11, 4, 0, "down").output


@pytest.mark.parametrize(("network", "notes"), [("paper_2012", 1), ("study_note", 0)])
def test_the_table_says_it_of_the_papers_network_alone(open_page, network, notes):
    at = open_page("layers", "en", network=network, guessed="shown")
    assert sum("prints 224 pixels" in one.value for one in at.main.caption) == notes


def test_a_changed_network_stands_first_beside_all_others(open_page):
    at = open_page("layers", view="compare", size="224")
    found = {row[0]: row[1:] for row in compared(at)}
    assert len(found["Layer"]) == len(COMPARED) + 1
    assert found["image"][0] == "224 × 224 × 3" and found["image"][1].startswith("≠")


def test_memory_follows_the_batch_and_the_optimizer(open_page):
    at = open_page("layers", view="compare")
    assert "at least 2,078 MiB" in said(at)
    at.segmented_control(key="layers_optimizer").set_value("adam").run()
    assert "at least 2,310 MiB" in said(at)  # another 60,965,224 numbers of four bytes
    at.number_input(key="layers_batch").set_value(1).run()
    assert "a batch of 1: at least" in said(at) and "at least 941 MiB" in said(at)


@pytest.mark.parametrize("show", ["settings", "parameters", "products", "fans", "field", "memory"])
def test_every_quantity_can_be_shown(open_page, show):
    at = open_page("layers", view="compare", show=show)
    assert len(compared(at)) > 16
    assert text(f"layers.compare_{show}_note", "en", batch=128) in said(at)


def test_two_gpus_have_three_reasons_with_their_numbers(open_page):
    at = open_page("layers", view="towers")
    assert [header.value.split(":")[0] for header in at.subheader] == ["Reason 1", "Reason 2", "Reason 3"]
    words = said(at)
    assert "conv3 43,264, fc6 9,216, fc7 4,096, fc8 2,048" in words
    assert "1.57 times fewer" in words and "2,078 MiB on one GPU" in words
    assert "364,251,408" in words and "360,155,408" in words


def test_the_switches_change_the_numbers(open_page):
    at = open_page("layers", view="towers")
    at.segmented_control(key="layers_wiring").set_value("never").run()
    assert "fc8 2,048; 2,048 in all" in said(at) and "1.82 times fewer" in said(at)
    at.segmented_control(key="layers_wiring").set_value("all").run()
    assert "conv2 69,984" in said(at) and "as one tower of the same widths: 1,135,256,096" in said(at)
    assert at.query_params["wiring"] == "all"


@pytest.mark.parametrize("entry", TWO_TOWERS, ids=lambda entry: entry.id)
@pytest.mark.parametrize("wiring", ["own", "never", "all"])
def test_every_two_tower_network_can_be_rewired(open_page, entry, wiring):
    at = open_page("layers", view="towers", network=entry.id, wiring=wiring)
    assert not at.exception and not at.error and len(at.subheader) == 3


def test_one_tower_is_told_that_it_cannot_be_split(open_page):
    at = open_page("layers", view="towers", network="one_weird_trick")
    assert len(at.info) == 1 and not at.subheader


def test_questions_are_about_the_network_on_screen(open_page):
    at = open_page("layers", view="quiz", network="classroom", question="7")
    assert text("common.network_classroom", "en") in said(at)
    assert not at.button(key="layers_quiz_given_7_commit").disabled
