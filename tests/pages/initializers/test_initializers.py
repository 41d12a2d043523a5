"""The Initializers page, through app.py."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from alexnet.architecture import CLASSROOM, Convolution, Dense, GlobalAveragePooling, budget
from alexnet.architecture.document import to_link
from alexnet.language import explain, text
from alexnet.numerics.initializers import INITIALIZERS

ROOT = Path(__file__).resolve().parents[3]


def words(at) -> str:
    return "\n".join(block.value for block in at.markdown)


def plots(at):
    return at.main.get("plotly_chart")


def formulas(at) -> str:
    return "\n".join(block.value for block in at.latex)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_opens_in_both_languages_on_the_papers_conv1(open_page, language):
    at = open_page("initializers", lang=language)
    assert at.title[0].value == text("initializers.title", language)
    # He's deviation is guessed at: by hand sqrt(2 / 363), beside sqrt(1 / 363) and four times as much.
    assert "0.0742" not in words(at) and not at.latex
    ticks = [json.loads(chart.proto.spec)["layout"]["xaxis"]["showticklabels"] for chart in plots(at)]
    assert ticks == [False]
    assert at.pills(key="initializers_guess").options == ["0.01", "0.0525", "0.0742", "0.297"]
    at.pills(key="initializers_guess").set_value("lecun").run()
    at.button(key="initializers_guess_commit").click().run()
    assert text("common.guess_wrong", language, answer="0.0742", guess="0.0525") in words(at)
    assert "showticklabels" not in json.loads(plots(at)[0].proto.spec)["layout"]["xaxis"]
    assert r"11 \times 11 \times 3 = 363" in formulas(at)
    assert "0.0742" in words(at)  # He's rule, by hand: sqrt(2 / 363)


@pytest.mark.parametrize("row", INITIALIZERS, ids=[row.id for row in INITIALIZERS])
def test_every_initializer_shows_its_expected_and_measured_deviation(open_page, row):
    at = open_page("initializers", network="free", rules=row.id)
    if row.form == "point":
        assert f"200,000 weights, each {row.value:g}." in words(at)
        return
    by_hand = {
        "orthogonal": math.sqrt(1 / 1000),
        "random_uniform": 0.05 / math.sqrt(3),
        "random_normal": 0.05,
        "lecun": math.sqrt(1 / 1000),
        "glorot": math.sqrt(2 / 1200),
        "he": math.sqrt(2 / 1000),
    }
    expected = by_hand.get(row.id) or by_hand[row.id.split("_")[0]]
    assert f"200,000 weights drawn. Standard deviation expected {expected:.4f}, measured" in words(at)


def test_a_towers_conv2_counts_its_own_maps(open_page):
    at = open_page("initializers", layer="conv2", rules="glorot_uniform")
    assert r"5 \times 5 \times 128 = 3{,}200" in formulas(at)
    assert r"1{,}200 + 3{,}200" in formulas(at)
    # By hand: the square roots of 2 / (1,200 + 3,200) and of 2 / (1,200 + 6,400).
    assert "fan-out 3,200, and by Glorot’s rule σ = 0.0213" in words(at)
    assert "fan-out 6,400, σ = 0.0162" in words(at)
    assert "As one Keras layer with" not in words(open_page("initializers", layer="conv3"))


def test_six_rules_lie_over_each_other_and_a_seventh_of_a_link_is_left_out(open_page):
    ids = "zeros,constant,orthogonal,paper_2012,code_2012,he_normal,lecun_normal"
    at = open_page("initializers", layer="conv3", rules=ids)
    assert words(at).count("weights drawn. Standard deviation expected") == 4
    assert words(at).count("weights, each 0") == 2
    assert "Lecun" not in formulas(at)
    assert at.query_params["rules"] == ids.removesuffix(",lecun_normal")


def test_a_truncated_rule_says_where_it_is_cut_and_how_much_wider_it_was(open_page):
    at = open_page("initializers", network="free", rules="he_normal")
    # By hand: 2 * 0.044721 / 0.879626, and 0.044721 / 0.879626.
    assert "None lies beyond ±0.1017" in words(at)
    assert "deviation 0.0508, 1.1368 times as wide" in words(at)


@pytest.mark.parametrize("id", ["he_normal", "orthogonal", "constant", "paper_2012"])
def test_drawing_as_keras_does_gives_the_numbers_of_the_code_that_it_shows(open_page, id):
    import keras
    import numpy as np

    at = open_page("initializers", layer="conv1", rules=id, seed="5", keras="1")
    line = next(block.value for block in at.markdown if "begins with" in block.value)
    call = line.split("`")[1]
    expected = np.asarray(eval(call, {"keras": keras})).ravel()[:4]  # the page's own words, run as they stand
    assert ", ".join(f"{weight:.6g}" for weight in expected) in line


def test_another_choice_of_rules_stands_in_the_link_and_survives_the_language(open_page):
    at = open_page("initializers")
    at.multiselect(key="initializers_rules_list_en").set_value(["lecun_normal", "zeros"]).run()
    assert at.query_params["rules"] == "lecun_normal,zeros"
    at.sidebar.segmented_control(key="language").set_value("ko").run()
    assert at.multiselect(key="initializers_rules_list_ko").value == ["lecun_normal", "zeros"]


def test_a_typed_fan_in_changes_the_formula_and_the_link(open_page):
    at = open_page("initializers", network="free")
    at.number_input(key="initializers_in").set_value(50).run()
    assert r"\frac{2}{50}" in formulas(at)
    assert at.query_params["in"] == "50"


def test_draw_again_keeps_what_is_expected_and_changes_what_is_measured(open_page):
    at = open_page("initializers", guessed="shown", sample="100")
    before = words(at)
    at.button(key="initializers_again").click().run()
    after = words(at)
    assert before != after
    assert "100 weights drawn. Standard deviation expected 0.0742" in before
    assert "100 weights drawn. Standard deviation expected 0.0742" in after
    assert at.query_params["seed"] == "2"


def test_a_large_layer_says_how_many_of_its_weights_are_drawn(open_page):
    at = open_page("initializers", layer="fc6")
    names = at.segmented_control(key="initializers_sample").options
    assert names[0] == "200,000 of the layer's 18,874,368"  # 9216 * 2048


def test_what_the_network_really_begins_with_is_compared_with_the_rule(open_page):
    at = open_page("initializers", guessed="shown", layer="conv3")
    assert "conv3 really begins with a normal distribution of standard deviation 0.03" in words(at)
    assert "He normal is 0.98 times as wide" in words(at)  # 0.0295 / 0.03
    assert "really begins with He's rule" in words(
        open_page("initializers", network="study_note", guessed="he")
    )


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("try_note", r"1{,}000 + 200"),
        ("try_conv1", r"\sigma = 0.01"),
        ("try_conv3", r"\sigma = 0.03"),
    ],
)
def test_the_buttons_set_the_controls_from_wherever_they_stand(open_page, button, expected):
    at = open_page("initializers", network="classroom", layer="fc8", rules="zeros")
    at.button(key=f"initializers_button_{button}").click().run()
    assert expected in formulas(at)
    at.run()
    assert expected in formulas(at)


def test_an_unknown_initializer_in_a_link_falls_back(open_page):
    at = open_page("initializers", rules="xavier,he_uniform,<b>")
    assert at.multiselect(key="initializers_rules_list_en").value == ["he_uniform"]
    at = open_page("initializers", rules="xavier")
    assert at.multiselect(key="initializers_rules_list_en").value == ["he_normal"]


def test_inputs_are_kept_when_the_language_changes(open_page):
    at = open_page("initializers", layer="conv4", rules="lecun_uniform", seed="5")
    at.sidebar.segmented_control(key="language").set_value("ko").run()
    assert at.selectbox(key="initializers_layer").value == "conv4"
    assert at.number_input(key="initializers_seed").value == 5
    assert text("initializers.rule_lecun_uniform", "ko") in words(at)


def test_the_page_never_imports_tensorflow():
    script = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        "at = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "at.switch_page('pages/initializers/page.py').run()\n"
        "assert at.main.get('plotly_chart'), at.error\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_signals_of_two_rules_are_told_in_numbers(open_page):
    at = open_page("initializers", view="signal", network="classroom", rules="he_normal,zeros")
    assert not at.exception
    assert "**He normal**: the signal arrives." in words(at)
    assert "**Zeros**: in conv1, the layer of weights number 1, all units compute the same." in words(at)
    assert "theory expects" in words(at)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_he_before_he_compares_the_code_with_a_rule_that_came_later(open_page, language):
    at = open_page("initializers", view="history", lang=language)
    assert not at.exception
    assert "conv3" in words(at)
    assert "0.0295" in words(at)  # by hand: sqrt(2 / (3 * 3 * 256))
    assert "0.0742" in words(at)  # conv1, the furthest away: sqrt(2 / 363)


@pytest.mark.parametrize(
    ("button", "verdict"),
    [
        ("try_zeros", "all units compute the same"),
        ("try_huge", "the signal explodes"),
        ("try_tanh", "the signal dies"),
        ("try_sigmoid", "the signal dies"),
    ],
)
def test_what_breaks_is_concluded_from_the_measured_signal(open_page, button, verdict):
    at = open_page("initializers", view="signal", network="classroom")
    at.button(key=f"initializers_button_{button}").click().run(timeout=60)
    assert not at.exception
    assert verdict in words(at)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_recorded_race_is_guessed_at_and_then_watched(open_page, language):
    at = open_page("initializers", view="race", lang=language)
    assert not at.exception
    assert len(plots(at)) == 2  # it stands at its start
    assert "initializers_moment_play" not in {button.key for button in at.main.button}
    at.button_group(key="initializers_race_guess").set_value("0").run()
    at.button(key="initializers_race_guess_commit").click().run()
    assert not at.exception
    assert len(plots(at)) == 2
    zeros = text("initializers.rule_zeros", language)
    wrong = text("common.guess_wrong", language, guess=zeros, answer="|").partition("|")[2]
    assert at.slider(key="initializers_moment").value == 0
    assert wrong not in words(at)
    at.slider(key="initializers_moment").set_value(5).run()
    zeros = text("initializers.rule_zeros", language)
    assert text("race.lane_unchanged", language, name=zeros, step=350, epoch=5) in words(at)
    assert wrong in words(at)


def test_a_race_of_ones_own_names_what_failed_and_leads_to_its_run_on_training(open_page, monkeypatch):
    from tests.training.races import planted

    for module in ("listing", "actions"):
        monkeypatch.setattr(f"alexnet.ui.runs.{module}.viewer_id", lambda: "mina")
    one = planted("mina")
    at = open_page("initializers", view="race", race="own")
    assert not at.exception
    said = words(at)
    assert "He normal leads: 66.0% of the validation images are right, 6.0 percentage points" in said
    assert "**Zeros**: no change in 80 batches" in said
    assert "**Orthogonal** blew up: its loss is no number any more at batch 7." in said
    at = open_page("training", view="runs", run=one.id)
    assert not at.exception
    assert "**Orthogonal** blew up" in words(at)
    assert len(at.main.get("plotly_chart")) == 2


def test_a_race_is_set_up_with_its_expected_time_and_waits_for_its_turn(open_page):
    from alexnet.runs import run

    at = open_page("initializers", view="race", race="own")
    at.selectbox(key="initializers_lane4").set_value("none").run()
    at.selectbox(key="initializers_activation2").set_value("tanh").run()
    at.button(key="race_start").click().run()
    assert not at.exception
    (one,) = run.runs()
    lanes = one.config().lanes
    assert [(lane.initializer, lane.std, lane.activation, lane.rate) for lane in lanes] == [
        ("he_normal", None, "relu", None),
        ("glorot_uniform", None, "tanh", None),
        ("random_normal", 0.01, "relu", None),
    ]
    assert one.state().state == "queued"
    assert at.button(key="race_start").disabled


def test_a_race_that_cannot_be_trained_is_explained_beside_its_button_and_the_page_stays(
    open_page, monkeypatch
):
    from alexnet.runs import run

    at = open_page("initializers", view="race", race="own")
    monkeypatch.setattr("alexnet.runs.lane.MOST", 3)  # the page offers four
    at.button(key="race_start").click().run()
    said = text("errors.number_out_of_range", "en", name="lanes", low=2, high=3, value=4)
    assert [block.value for block in at.main.error] == [said] * 2  # for its costs, and for the start
    assert not at.button(key="race_start").disabled and run.runs() == []


def test_the_button_of_the_race_wakes_up_when_another_run_of_ones_own_is_over(open_page, monkeypatch):
    from alexnet.runs import run
    from alexnet.ui.runs import entries, start
    from tests.runs.watched import watched

    monkeypatch.setattr("alexnet.ui.runs.listing.viewer_id", lambda: "mina")
    other, look, busy = watched("mina", "running"), start._until_free, []
    entries.forget()

    def over() -> None:
        """The fragment's second look: in between the run has ended."""
        busy.append(start.listing.active())
        run.write_status(other.path, replace(other.status(), state="finished", pid=None))
        entries.forget()
        look()

    monkeypatch.setattr(start, "_until_free", over)
    at = open_page("initializers", view="race", race="own")
    assert [entry.run.id for entry in busy] == [other.id]
    assert not at.button(key="race_start").disabled


def test_two_who_watch_a_race_read_its_file_once(open_page, monkeypatch):
    from alexnet.ui.runs import entries
    from tests.runs.bytes_read import bytes_read
    from tests.training.races import planted

    for module in ("listing", "actions"):
        monkeypatch.setattr(f"alexnet.ui.runs.{module}.viewer_id", lambda: "mina")
    one = planted("mina")
    entries.forget()
    sizes = bytes_read(one.metrics_file, monkeypatch)
    here = open_page("initializers", view="race", race="own")
    there = open_page("training", view="runs", run=one.id)
    for at in (here, there, here.run()):
        assert "**Orthogonal** blew up" in words(at)
    assert sizes == [one.metrics_file.stat().st_size]


VAST = replace(
    CLASSROOM,
    id="vast",
    size=512,
    rows=(
        Convolution("conv1", 4096, 1),
        GlobalAveragePooling("average"),
        Dense("fc2", 2, activation="softmax"),
    ),
)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("view", ["signal", "distribution"])
def test_a_link_with_a_network_beyond_the_budget_says_so_with_the_number_and_builds_nothing(
    open_page, language, view
):
    at = open_page("initializers", lang=language, view=view, network="mine", net=to_link(VAST), rules="zeros")
    excess = budget.excess(VAST)
    expected = text("editor.obstacle_beyond", language, why=explain(excess, language))
    assert [one.value for one in at.info] == [expected] and f"{excess.values['needed']:,.1f} GiB" in expected
    assert not at.error and not at.exception


def test_keras_draws_of_a_large_layer_are_a_sample_and_not_the_layer(open_page):
    at = open_page(
        "initializers", network="free", **{"in": "100000", "out": "100000"}, keras="1", rules="he_normal"
    )
    assert not at.exception and "200,000" in words(at)


def test_an_orthogonal_matrix_beyond_the_budget_is_refused_with_its_number(open_page):
    at = open_page(
        "initializers", network="free", **{"in": "20000", "out": "20000"}, keras="1", rules="orthogonal"
    )
    (error,) = at.error
    assert f"{budget.orthogonal((20_000, 20_000)).memory / 2**30:,.1f} GiB" in error.value
