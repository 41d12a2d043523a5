"""The Convolution page, through app.py."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from alexnet.data.catalogue import CIFAR_10
from alexnet.data.preprocess import reduce, scale, square
from alexnet.data.samples import sample
from alexnet.kernels.classical import CLASSICAL, to_link
from alexnet.language import LANGUAGES, text
from alexnet.numerics import operations
from alexnet.quiz import asked
from alexnet.quiz.convolution import questions
from alexnet.trained import shipped
from alexnet.ui.choices import model_choice
from alexnet.ui.choices.photograph import FIRST
from alexnet.ui.pages import PAGES
from alexnet.weights import store
from pages.convolution import kernels
from pages.convolution.after import ALPHAS
from pages.convolution.slide import TRIES
from tests.pages.sent import sent as all_sent

VIEWS = ("slide", "pooling", "neighbours", "colour", "dense", "order", "quiz")


def sent(at):
    """The header and the arrays that go to the browser."""
    (one,) = all_sent(at)
    return one


def said(at):
    return " ".join(element.value for element in at.main.markdown)


def sentence_of(at):
    (one,) = [block.value for block in at.main.markdown if ":material/arrow_right_alt:" in block.value]
    return one


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_in_both_languages_and_says_how_large_the_map_becomes(open_page, language):
    at = open_page("convolution", lang=language)
    assert at.title[0].value == text("convolution.title", language)
    assert not at.main.error
    assert any("62 × 62" in block.value for block in at.main.markdown)


def test_it_opens_with_nine_digits_of_a_kernel_and_plays(open_page):
    header, arrays = sent(open_page("convolution"))
    assert {key: header["along"][key] for key in ("input", "kernel", "stride", "output")} == {
        "input": 64,
        "kernel": 3,
        "stride": 1,
        "output": 62,
    }
    assert header["plays"] is True
    np.testing.assert_array_equal(arrays["kernel"].reshape(3, 3, 3), CLASSICAL["edge_vertical"])


def test_the_second_step_is_the_papers_first_layer(open_page):
    header, arrays = sent(open_page("convolution").button(key="convolution_second_step").click().run())
    assert header["plays"] is False
    assert {key: header["along"][key] for key in ("input", "kernel", "stride", "output")} == {
        "input": 227,
        "kernel": 11,
        "stride": 4,
        "output": 55,
    }
    np.testing.assert_array_equal(
        arrays["levels"].reshape(227, 227, 3), reduce(square(sample(FIRST).pixels), 227)
    )
    assert arrays["bank"].size == 48 * 11 * 11 * 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_opens_in_both_languages_with_its_sources(open_page, view, language):
    at = open_page("convolution", lang=language, view=view)
    assert not at.main.error
    assert text(f"convolution.lead_{view}", language) in said(at)
    labels = [expander.label for expander in at.main.get("expander")]
    assert labels.count(text("common.source", language)) == 1
    if view != "quiz":
        header, _ = sent(at)
        assert header["view"] == view
        assert header["texts"]["output"] == text("convolution.js_output", language)
        # The views on colour and neighbours say their sentence in the browser, where it is computed.
        assert (":material/arrow_right_alt:" in said(at)) is (view not in ("colour", "neighbours"))


def test_the_sentence_says_where_the_strongest_answer_of_numpy_lies(open_page):
    at = open_page("convolution", kernel="tower2", number="26", relu="0")
    weights = store.read(shipped.file(shipped.DEFAULT, shipped.WEIGHTS))
    map_ = operations.convolution(
        scale(reduce(square(sample(FIRST).pixels), 227).astype(np.float32), CIFAR_10.preparation()),
        weights["conv1_tower2/kernel"][..., [25]],
        weights["conv1_tower2/bias"][[25]],
        stride=4,
    )[..., 0]
    row, column = np.unravel_index(np.abs(map_).argmax(), map_.shape)
    assert f"{map_[row, column]:.3f}, in row {row + 1}, column {column + 1}" in said(at)
    assert "1,098,075" in said(at)  # 55 x 55 x 11 x 11 x 3


def test_the_2012_codes_windows_hang_over_the_edge(open_page):
    at = open_page("convolution").button(key="convolution_button_try_overhang").click().run()
    header, _ = sent(at)
    assert header["along"]["output"] == 55 and header["along"]["overhang"] == 3
    assert "3 pixels over the right and bottom edge" in said(at)
    assert at.query_params == {
        "lang": "en",
        "kernel": "tower1",
        "size": "224",
        "rounding": "up",
    }


def test_what_the_reader_left_alone_follows_the_kernel(open_page):
    at = open_page("convolution", kernel="tower1")
    assert at.number_input(key="convolution_stride").value == 4
    at.selectbox(key="convolution_kernel").set_value("blur").run()
    assert at.number_input(key="convolution_stride").value == 1
    assert at.number_input(key="convolution_bias").value == 0
    at.selectbox(key="convolution_kernel").set_value("tower1").run()
    at.segmented_control(key="convolution_detail").set_value("network").run()
    assert at.number_input(key="convolution_stride").value == 2
    assert at.selectbox(key="convolution_padding").value == "5"
    header, _ = sent(at)
    assert header["along"]["output"] == 32


def test_the_link_holds_every_choice_and_opens_them_again(open_page):
    choices = {
        "image": "shapes",
        "size": "50",
        "kernel": "edge_horizontal",
        "stride": "3",
        "padding": "same",
        "rounding": "up",
        "bias": "0.5",
        "relu": "0",
    }
    at = open_page("convolution", lang="ko", **choices)
    assert at.query_params == {"lang": "ko", **choices}
    header, arrays = sent(at)
    assert header["along"]["output"] == 17 and header["bias"] == 0.5 and header["relu"] is False
    np.testing.assert_array_equal(arrays["kernel"].reshape(3, 3, 3), CLASSICAL["edge_horizontal"])


def test_a_kernel_larger_than_the_picture_is_explained(open_page):
    at = open_page("convolution", kernel="tower1", size="5")
    assert "11" in at.main.error[0].value and not at.get("bidi_component")
    at.selectbox(key="convolution_padding").set_value("3").run()
    assert not at.main.error and at.get("bidi_component")


def test_a_kernel_in_the_link_is_the_readers_own(open_page):
    kernel = np.arange(27, dtype=np.float32).reshape(3, 3, 3)
    at = open_page("convolution", kernel="own", weights=to_link(kernel))
    header, arrays = sent(at)
    assert header["editable"] is True
    np.testing.assert_array_equal(arrays["kernel"], kernel)
    assert at.query_params["weights"] == to_link(kernel)


def test_any_kernel_can_be_taken_up_and_changed(open_page):
    at = open_page("convolution", kernel="tower2", number="3", size="60")
    _, before = sent(at)
    at.button(key="convolution_make_own").click().run()
    assert at.selectbox(key="convolution_kernel").value == "own"
    header, after = sent(at)
    np.testing.assert_array_equal(after["kernel"], before["kernel"])
    assert header["editable"] and header["along"]["stride"] == 4
    assert at.query_params["weights"] == to_link(before["kernel"].reshape(11, 11, 3))


@pytest.mark.parametrize(("kernel", "scaling"), [("tower2", "standardized"), ("edge_vertical", "unit")])
def test_a_kernel_that_is_taken_up_unchanged_answers_as_before_here_and_through_its_link(
    open_page, kernel, scaling
):
    at = open_page("convolution", kernel=kernel, size="60")
    before = sentence_of(at)
    assert text(f"convolution.summary_scaled_{scaling}", "en") in before
    at.button(key="convolution_make_own").click().run()
    assert sentence_of(at) == before
    assert sentence_of(open_page("convolution", **at.query_params)) == before


@pytest.mark.parametrize("weights", ["!", "AAAA", "한글", "<script>", "A" * 5000])
def test_a_damaged_kernel_in_the_link_is_explained_and_the_page_goes_on(open_page, weights):
    at = open_page("convolution", kernel="own", weights=weights)
    assert at.main.error[0].value == text("errors.kernel_link_damaged", "en")
    _, arrays = sent(at)
    np.testing.assert_array_equal(arrays["kernel"].reshape(3, 3, 3), CLASSICAL["edge_vertical"])


def test_a_picture_of_ones_own_is_asked_for_and_used(open_page):
    at = open_page("convolution", image="upload", kernel="blur")
    assert not at.get("bidi_component")
    assert any(text("convolution.no_image", "en") == block.value for block in at.main.caption)
    pixels = np.random.default_rng(0).integers(0, 256, (300, 260, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    at.main.get("file_uploader")[0].set_value(("<b>mine</b>.png", buffer.getvalue(), "image/png")).run()
    header, arrays = sent(at)
    assert header["names"]["image"] == "b>.png"  # the last part of what it calls itself, as text
    np.testing.assert_array_equal(arrays["levels"].reshape(64, 64, 3), reduce(pixels, 64))


def test_a_file_that_is_no_picture_says_so(open_page):
    at = open_page("convolution", image="upload")
    at.main.get("file_uploader")[0].set_value(("a.txt", b"hello", "text/plain")).run()
    assert "a\\.txt" in at.main.error[0].value


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {"side": 4, "weights": [0.0] * 48},
        {"side": 3, "weights": [0.0] * 26},
        {"side": 3, "weights": ["1"] * 27},
        {"side": 3, "weights": [float("nan")] * 27},
        {"side": 3, "weights": [1e9] * 27},
        {"side": True, "weights": [1.0] * 3},
    ],
)
def test_nonsense_from_the_browser_changes_no_kernel(monkeypatch, value):
    monkeypatch.setattr(kernels.st, "session_state", kept := {})
    kernels.keep(value)
    assert "_convolution_kernel" not in kept


def test_a_map_too_small_for_pooling_says_what_to_change(open_page):
    at = open_page("convolution", view="pooling", size="11")
    assert not at.main.error and not at.get("bidi_component")
    assert at.main.info[0].value == text("convolution.map_too_small", "en", count=1, window=3)
    at.number_input(key="convolution_size").set_value(19).run()
    assert sent(at)[0]["overlapping"]["output"] == 1


def test_neighbours_stay_inside_the_tower(open_page):
    at = open_page("convolution", view="neighbours", kernel="tower2", number="1")
    header, arrays = sent(at)
    assert (header["first"], header["middle"], len(header["biases"])) == (1, 0, 3)
    weights = store.read(shipped.file(shipped.DEFAULT, shipped.WEIGHTS))["conv1_tower2/kernel"]
    np.testing.assert_array_equal(arrays["kernels"].reshape(3, 11, 11, 3)[1], weights[..., 1])
    assert text("convolution.few_neighbours", "en", tower=2) in said(at)
    assert float(ALPHAS[2]) == header["alpha"]


def test_the_dense_neuron_is_at_first_the_networks_answer(open_page):
    at = open_page("convolution", view="dense", image="cat_face")
    assert at.selectbox(key="convolution_neuron").value == "cat"
    header, arrays = sent(at)
    total = float(arrays["inputs"].astype(float) @ arrays["weights"].astype(float)) + header["bias"]
    assert total == pytest.approx(header["logits"][header["chosen"]], abs=1e-4)
    assert f"{total:.3f}" in said(at)


def test_a_question_is_answered_and_worked_out(open_page):
    question = asked(questions(), 5)
    at = open_page("convolution", view="quiz", question="5")
    at.number_input(key="convolution_quiz_given_5").set_value(question.answer)
    at.button(key="convolution_quiz_given_5_commit").click().run()
    assert len(at.success) == 1


def test_the_language_switch_keeps_every_choice(open_page):
    at = open_page("convolution", lang="ko", view="pooling", kernel="outline", size="60")
    at.sidebar.segmented_control(key="language").set_value("en").run()
    assert at.query_params == {"lang": "en", "view": "pooling", "kernel": "outline", "size": "60"}


def test_try_this_sets_only_choices_that_the_page_has(open_page):
    at = open_page("convolution")
    kinds = (at.selectbox, at.number_input, at.segmented_control, at.pills, at.toggle)
    keys = {widget.key for kind in kinds for widget in kind} | {model_choice.KEY}  # where there is a choice
    assert all(set(choices) <= keys for choices in TRIES.values())


def test_it_stands_after_layers_and_has_its_share_of_the_lesson():
    ids = [page.id for page in PAGES]
    assert ids.index("convolution") == ids.index("layers") + 1


def test_convolution_never_imports_tensorflow():
    script = """
import sys
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest
PagesManager.uses_pages_directory = False
at = AppTest.from_file("app.py", default_timeout=120).run()
at.switch_page("pages/convolution/page.py").run()
for view in ("dense", "colour", "neighbours"):
    at.pills(key="convolution_view").set_value(view).run()
    assert at.get("bidi_component"), view
print(sorted(name for name in ("tensorflow", "keras") if name in sys.modules))
"""
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1] == "[]"
