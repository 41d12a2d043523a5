"""Questions about layers: their answers against computations of their own, and their texts."""

from __future__ import annotations

import random
import re
from math import ceil, floor

import pytest

from alexnet.architecture import LESSONS, NETWORKS, PAPER_2012, Network, Rounding, all_connected
from alexnet.language import LANGUAGES, text
from alexnet.quiz import Question, asked
from alexnet.quiz.layers import (
    field,
    flattened,
    kernel_weights,
    most_parameters,
    questions,
    rounding,
    size,
)

SEEDS = range(40)


def many(maker, network: Network = PAPER_2012) -> list[Question]:
    return [maker(network, random.Random(seed)) for seed in SEEDS]


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS], ids=lambda network: network.id)
def test_every_kind_of_question_has_its_answer_and_its_texts_in_both_languages(network):
    for maker in questions(network):
        for seed in range(5):
            question = maker(random.Random(seed))
            assert question.right(question.answer)
            assert question.steps
            assert not question.options or question.answer in question.options
            for language in LANGUAGES:
                for phrase in (question.asks, *question.steps):
                    text(f"layers.quiz_{phrase.id}", language, **phrase.values)
                if question.names is not None:
                    for option in question.options:
                        text(f"layers.quiz_{question.names}_{option}", language)


def test_the_papers_network_is_asked_six_kinds_of_questions():
    assert len(questions(PAPER_2012)) == 6


def test_the_same_number_asks_the_same_question_and_others_ask_others():
    makers = questions(PAPER_2012)
    assert asked(makers, 7) == asked(makers, 7)
    assert len({repr(asked(makers, number)) for number in range(200)}) > 100


def test_sizes_are_those_of_the_formula_that_the_question_states():
    for network in (PAPER_2012, Network("up", PAPER_2012.rows, 224, rounding=Rounding("up", "up"))):
        for question in many(size, network):
            values, way = question.asks.values, question.asks.id.removeprefix("size_")
            quotient = (values["input"] - values["kernel"] + 2 * values["padding"]) / values["stride"]
            assert question.answer == {"down": floor, "up": ceil}[way](quotient) + 1


def test_sizes_under_same_padding_are_input_over_stride_rounded_up():
    note = next(network for network in NETWORKS if network.id == "study_note")
    found = [question for question in many(size, note) if question.asks.id == "size_same"]
    assert found
    for question in found:
        assert question.answer == ceil(question.asks.values["input"] / question.asks.values["stride"])


def test_a_kernel_has_side_times_side_times_the_maps_it_reads():
    reads = {"conv1": 3, "conv2": 48, "conv3": 256, "conv4": 192, "conv5": 192}
    for question in many(kernel_weights):
        values = question.asks.values
        assert question.answer == values["kernel"] ** 2 * reads[values["layer"]]


def test_a_kernel_that_reads_both_towers_says_so():
    assert {question.steps[0].id for question in many(kernel_weights)} == {"step_reads_own", "step_reads_all"}
    connected = many(kernel_weights, all_connected(PAPER_2012))
    assert {question.steps[0].id for question in connected} == {"step_reads_all"}


def test_the_rounding_asked_for_gives_the_stated_output_and_the_other_does_not():
    answers = set()
    for question in many(rounding):
        values = question.asks.values
        quotient = (values["input"] - values["kernel"] + 2 * values["padding"]) / values["stride"]
        ways = {"down": floor(quotient) + 1, "up": ceil(quotient) + 1}
        fitting = [way for way, output in ways.items() if output == values["output"]]
        assert question.answer == (fitting[0] if len(fitting) == 1 else "both")
        answers.add(question.answer)
    assert answers == {"down", "up", "both"}


def test_flattened_numbers_are_a_square_times_the_maps():
    for question in many(flattened):
        side = (question.answer / 256) ** 0.5
        assert side == int(side)


def test_most_parameters_lie_in_the_layer_whose_line_gives_the_largest_number():
    for question in many(most_parameters):
        counts = {
            step.values["layer"]: int(
                re.findall(r"mathbf\{(.*)\}", step.values["line"])[0].replace("{,}", "")
            )
            for step in question.steps
        }
        assert set(counts) == set(question.options)
        assert counts[question.answer] == max(counts.values())
        assert list(counts.values()).count(max(counts.values())) == 1


def test_receptive_fields_by_hand():
    # r = first kernel; then 2 steps of 4 for pool1, 4 of 8 for conv2, 2 of 8 for pool2, 2 of 16 for conv3.
    widening = {"pool1": 8, "conv2": 40, "pool2": 56, "conv3": 88}
    found = many(field)
    assert {question.asks.values["layer"] for question in found} == set(widening)
    for question in found:
        assert question.answer == question.asks.values["kernel"] + widening[question.asks.values["layer"]]
