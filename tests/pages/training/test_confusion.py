"""The confusion matrix in words, in both languages."""

from __future__ import annotations

import textwrap

import pytest
from streamlit.testing.v1 import AppTest

from alexnet.language import text

SCRIPT = textwrap.dedent(
    """
    import streamlit as st
    from pages.training import confusion

    confusion.draw({"confusion": st.session_state["counts"]}, st.session_state["ids"], "matrix")
    """
)


def drawn(counts, lang="en", ids=("cat", "dog")):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    at.query_params["lang"] = lang
    at.session_state["counts"], at.session_state["ids"] = counts, ids
    at.run()
    assert not at.exception
    return at


def words(at):
    return "\n".join(block.value for block in at.markdown)


def test_it_says_how_often_each_class_is_right_and_which_mistake_is_the_more_frequent():
    at = drawn([[712, 288], [366, 634]])
    assert len(at.get("plotly_chart")) == 1
    assert "1,346 of 2,000 test images got the right answer (67.3%)" in words(at)
    assert "cat 712 of 1,000 (71.2%), dog 634 of 1,000 (63.4%)" in words(at)
    assert "The most frequent mistake is dog called cat, 366 times; the next is cat called dog, 288" in words(
        at
    )


def test_it_says_the_same_in_korean():
    at = drawn([[712, 288], [366, 634]], "ko")
    assert "고양이 1,000장 중 712장(71.2%), 개 1,000장 중 634장(63.4%)" in words(at)
    assert "정답 개, 답 고양이" in words(at)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_network_that_always_answers_one_class_is_said_to_do_so(lang):
    said = words(drawn([[0, 1000], [0, 1000]], lang))
    name = text("classes.dog", lang)
    assert text("models.confusion_always", lang, name=name, accuracy=0.5) in said


def test_nearly_always_one_class_is_said_as_well_and_a_balanced_network_is_left_in_peace():
    assert "For 98.0% of the images it answers cat" in words(drawn([[100, 0], [96, 4]]))
    assert "**" not in words(drawn([[712, 288], [366, 634]]))


def test_no_mistake_one_kind_of_mistake_and_equal_ones_have_their_own_words():
    assert text("models.confusion_no_mistakes", "en") in words(drawn([[5, 0], [0, 5]]))
    assert "equally frequent, 7 times each" in words(drawn([[3, 7], [7, 3]]))
    assert "The only mistake is cat called dog, 7 times." in words(drawn([[3, 7], [0, 10]]))


def test_of_many_classes_only_the_best_and_the_worst_are_named():
    table = [[10 if row == column else 0 for column in range(4)] for row in range(4)]
    table[2] = [4, 0, 6, 0]
    said = words(drawn(table, ids=("cat", "dog", "frog", "ship")))
    assert "The best and the worst known class: " in said
    assert "frog 6 of 10 (60.0%)" in said
    assert "dog 10 of 10" not in said or "ship 10 of 10" not in said


def test_a_table_of_other_classes_is_explained_and_an_empty_one_too():
    assert len(drawn([[1]]).error) == 1
    assert text("models.confusion_empty", "en") in [note.value for note in drawn([[0, 0], [0, 0]]).caption]
