"""The Kernels page, through app.py, on planted kernels and on the shipped ones."""

from __future__ import annotations

import json

import numpy as np
import pytest
import streamlit as st
from safetensors.numpy import save_file

from alexnet.kernels.colour import analyse
from alexnet.language import text
from alexnet.trained import shipped
from pages.kernels.first_layer import CHANNELS
from tests.pages.shown_sheets import own_scale, sheets, weights, words

SHAPE = (11, 11, 3, 48)


def noise(seed):
    return np.random.default_rng(seed).normal(size=SHAPE).astype(np.float32)


def grey(seed):
    return np.repeat(noise(seed)[:, :, :1], 3, axis=2)


def coloured(seed):
    return noise(seed) - noise(seed).mean(axis=2, keepdims=True)


@pytest.fixture
def plant(tmp_path, monkeypatch):
    """Put two towers' kernels in the shipped model's place; what the page kept is forgotten around it."""

    def plant_(first, second):
        towers = {"conv1_tower1/kernel": first, "conv1_tower2/kernel": second}
        folder = tmp_path / shipped.DEFAULT
        folder.mkdir(exist_ok=True)
        save_file(
            {name: np.ascontiguousarray(tower) for name, tower in towers.items()}, folder / shipped.WEIGHTS
        )
        trained = np.concatenate([first, second], axis=3)
        start = np.random.default_rng(9).normal(0, 0.01, trained.shape)
        snapshots = {"000": start, "001": start, "002": trained}
        save_file(
            {name: array.astype(np.float16) for name, array in snapshots.items()},
            folder / shipped.SNAPSHOTS,
        )
        (folder / shipped.CARD).write_text(json.dumps({"test_accuracy": 0.8, "seed": 7}), encoding="utf-8")
        monkeypatch.setattr(shipped, "FOLDER", tmp_path)
        st.cache_resource.clear()
        st.cache_data.clear()

    yield plant_
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("view", ["sheets", "colour", "growth"])
def test_every_view_opens_in_both_languages(open_page, plant, language, view):
    plant(grey(1), coloured(2))
    at = open_page("kernels", lang=language, view=view, guessed="1")
    title = "kernels.title" if view == "sheets" else f"kernels.title_{view}"
    assert at.title[0].value == text(title, language)
    assert not at.error
    assert ":material/arrow_right_alt:" in words(at)
    assert len(at.get("download_button")) >= 2


def test_the_tiles_hold_the_weights_in_the_order_asked_for(open_page, plant):
    first, second = noise(1), coloured(2)
    plant(first, second)
    for (header, tiles), kernels in zip(sheets(open_page("kernels")), (first, second), strict=False):
        assert sorted(header["numbers"]) == list(range(48))
        assert header["numbers"] != list(range(48))
        captions = [float(caption) for caption in header["captions"]]
        assert captions == sorted(captions)
        expected = own_scale(kernels)[header["numbers"]]
        np.testing.assert_allclose(weights(tiles), expected, atol=0.5 / 127 + 1e-6)


def test_planted_grey_and_colour_kernels_score_zero_and_one(open_page, plant):
    plant(grey(1), coloured(2))
    (first, _), (second, _) = sheets(open_page("kernels"))[:2]
    assert set(first["captions"]) == {"0.00"}
    assert set(second["captions"]) == {"1.00"}


@pytest.mark.parametrize("channel", [1, 2, 3])
def test_one_channel_is_shown_in_greys(open_page, plant, channel):
    plant(noise(1), noise(2))
    at = open_page("kernels", channel=CHANNELS[channel], order="stored")
    (_, tiles), *_ = sheets(at)
    assert (tiles == tiles[..., :1]).all()
    expected = own_scale(noise(1))[..., channel - 1]
    np.testing.assert_allclose(weights(tiles)[..., 0], expected, atol=0.5 / 127 + 1e-6)


def test_one_contrast_for_all_keeps_weak_kernels_weak(open_page, plant):
    first = noise(1)
    first[..., :24] *= 0.1
    plant(first, noise(2))
    at = open_page("kernels", contrast="shared", order="norm")
    (header, tiles), *_ = sheets(at)
    assert set(header["numbers"][:24]) == set(range(24))
    assert np.abs(weights(tiles[:24])).max() < 0.2 < np.abs(weights(tiles[24:])).max()


@pytest.mark.parametrize("order", ["orientation", "frequency", "norm", "stored"])
def test_every_order_has_its_link_and_its_own_sheets(open_page, plant, order):
    plant(noise(1), coloured(2))
    at = open_page("kernels")
    before = [header["numbers"] for header, _ in sheets(at)[:2]]
    at.selectbox(key="kernels_order").set_value(order).run()
    assert not at.exception
    assert at.query_params["order"] == order
    after = [header["numbers"] for header, _ in sheets(at)[:2]]
    assert before[0] != after[0] and before[1] != after[1]


def test_the_untrained_network_is_the_one_that_the_training_began_with(open_page, plant):
    plant(grey(1), coloured(2))
    at = open_page("kernels")
    at.button(key="kernels_button_try_untrained").click().run()
    assert at.query_params["source"] == "untrained"
    start = np.random.default_rng(9).normal(0, 0.01, (11, 11, 3, 96))[..., :48]
    (header, tiles), *_ = sheets(at)
    expected = own_scale(start)[header["numbers"]]
    np.testing.assert_allclose(weights(tiles), expected, atol=0.5 / 127 + 2e-3)  # kept in half precision


@pytest.mark.parametrize(("towers", "colourful"), [((1, 2), "tower 2"), ((2, 1), "tower 1")])
def test_planted_towers_are_said_to_divide_and_the_colourful_one_is_computed(
    open_page, plant, towers, colourful
):
    planted = {1: grey(1), 2: coloured(2)}
    plant(*(planted[tower] for tower in towers))
    said = words(open_page("kernels", view="colour", guessed="shown"))
    assert (
        "**Yes, both.** Of 96 kernels 48 are greyer than 99 of 100 untrained ones (below 0.58, down" in said
    )
    assert f"in 100% of all pairs the one from {colourful} is the more colourful" in said
    assert f"{colourful} is the more colourful by this measure, too" in said


def test_which_tower_holds_more_colour_is_guessed_at_over_pictures_without_numbers(open_page, plant):
    plant(grey(1), coloured(2))
    at = open_page("kernels", view="colour")
    assert not at.main.get("plotly_chart") and not at.main.table
    (first, _), (second, _) = sheets(at)
    assert set(first["captions"]) == set(second["captions"]) == {""}
    at.pills(key="kernels_guess").set_value("1").run()
    at.button(key="kernels_guess_commit").click().run()
    assert "**Tower 2 (GPU 2).** You had guessed: Tower 1 (GPU 1)." in words(at)
    assert len(at.main.get("plotly_chart")) == 1
    plant(noise(3), noise(4))
    at = open_page("kernels", view="colour", guessed="neither")
    assert "**You guessed it: Neither: it may be chance.**" in words(at)


def test_untrained_towers_get_a_plain_no_to_both_questions(open_page, plant):
    plant(noise(3), noise(4))
    said = words(open_page("kernels", view="colour", guessed="shown"))
    assert "**No more than chance makes.**" in said
    assert "**Not shown at the 1% level.**" in said


def test_where_no_kernel_is_grey_the_sentence_says_none_and_names_the_greyest(open_page, plant):
    kernels = [0.7 * coloured(seed) + 0.35 * noise(seed) for seed in (1, 2)]
    plant(*kernels)
    lowest = analyse(*kernels).presence.lowest
    said = words(open_page("kernels", view="colour", guessed="shown"))
    assert (
        f"none is greyer than 99 of 100 untrained ones (the limit is 0.58, the greyest has {lowest:.2f})"
        in said
    )
    assert " 0 are" not in said


def test_where_strong_kernels_say_the_opposite_the_measures_are_said_to_disagree(open_page, plant):
    first, second = grey(1), coloured(2)
    first[..., :8] = 100 * coloured(3)[..., :8]
    second[..., :8] = 100 * grey(4)[..., :8]
    plant(first, second)
    said = words(open_page("kernels", view="colour", guessed="shown"))
    assert "from tower 2 is the more colourful" in said
    assert "it is tower 1 that is the more colourful, so the two measures disagree" in said


def test_towers_that_both_hold_grey_and_coloured_kernels_are_said_not_to_divide_them(open_page, plant):
    def both(seed):
        return np.concatenate([grey(seed)[..., :24], coloured(seed)[..., :24]], axis=3)

    plant(both(1), both(2))
    said = words(open_page("kernels", view="colour", guessed="shown"))
    assert "**Yes, both.**" in said
    assert "**Not shown at the 1% level.** Tower 1 has 24 kernels greyer and 24 more colourful" in said


def test_only_grey_or_only_coloured_kernels_are_named(open_page, plant):
    plant(grey(1), noise(2))
    assert "**Grey ones, yes; coloured ones, no.**" in words(
        open_page("kernels", view="colour", guessed="shown")
    )
    plant(noise(1), coloured(2))
    assert "**Coloured ones, yes; grey ones, no.**" in words(
        open_page("kernels", view="colour", guessed="shown")
    )


def test_the_table_of_colours_has_a_line_for_each_tower_and_the_untrained_kernels(open_page, plant):
    plant(grey(1), coloured(2))
    (table,) = open_page("kernels", view="colour", guessed="shown").table
    assert table.value["Median colour index"].tolist()[:2] == ["0.00", "1.00"]
    assert table.value["Greyer than untrained"].tolist()[:2] == ["48 (100%)", "0 (0%)"]
    assert table.value["Kernels of"].tolist()[2] == "Untrained"
    assert 0.6 < float(table.value["Weighted by energy"].tolist()[2]) < 0.72


def test_dead_kernels_are_counted_aloud_and_have_a_dash(open_page, plant):
    first = grey(1)
    first[..., [4, 9]] = 0
    plant(first, coloured(2))
    at = open_page("kernels", kernel="1-5")
    assert "Dead kernels: 2." in words(at)
    assert "This kernel is **dead**" in words(at)
    (header, tiles), *_ = sheets(at)
    assert sorted(header["numbers"][-2:]) == [4, 9] and header["captions"][-2:] == ["-", "-"]
    assert (tiles[-2:] == 127).all()
    assert "Of 94 kernels" in words(open_page("kernels", view="colour", guessed="shown"))


def test_before_training_there_is_nothing_to_find_and_the_link_keeps_the_epoch(open_page, plant):
    plant(grey(1), coloured(2))
    at = open_page("kernels", view="growth")
    assert at.slider(key="kernels_epoch").value == 2
    assert "At epoch 2 the towers **divide** colour" in words(at)
    at.button(key="kernels_button_try_start").click().run()
    assert "At epoch 0 a difference between the towers is **not shown at the 1% level**" in words(at)
    assert at.query_params["epoch"] == "0"
    at.button(key="kernels_button_try_first").click().run()
    assert at.query_params["order"] == "stored"
    assert "At epoch 1 a difference between the towers is **not shown at the 1% level**" in words(at)


def test_the_curves_hold_the_median_of_each_tower_and_mark_the_epoch(open_page, plant):
    plant(grey(1), coloured(2))
    (chart,) = open_page("kernels", view="growth", epoch="1").get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    assert [trace["name"] for trace in figure["data"]] == ["Tower 1 (GPU 1)", "Tower 2 (GPU 2)"]
    assert figure["layout"]["shapes"][0]["x0"] == 1


def test_a_kernel_keeps_its_place_through_the_film(plant):
    from alexnet.trained import catalogue
    from pages.kernels import first_layer

    plant(noise(1), coloured(2))
    layer = first_layer.of(catalogue.ENTRIES[shipped.DEFAULT]())
    look = first_layer.Look(of=layer.last)
    orders = [layer.order("tower1", epoch, look) for epoch in range(layer.first, layer.last + 1)]
    index = analyse(noise(1)).towers[0].colour_index
    assert all(order == np.argsort(index, kind="stable").tolist() for order in orders)
    assert layer.order("tower1", layer.first, first_layer.Look()) != orders[0]


def test_the_model_card_tells_the_accuracy(open_page, plant):
    plant(noise(1), noise(2))
    assert "80.0%" in words(open_page("kernels"))


def test_a_missing_model_is_explained_and_the_app_stays_up(open_page, tmp_path, monkeypatch):
    st.cache_resource.clear()
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    at = open_page("kernels", lang="ko")
    assert "safetensors" in at.error[0].value
    assert not at.exception


@pytest.mark.parametrize("language", ["ko", "en"])
def test_both_questions_are_answered_about_the_shipped_kernels(open_page, language):
    said = words(open_page("kernels", lang=language, view="colour", guessed="shown"))
    report = analyse(*shipped.trained().first_kernels())
    assert f"{report.presence.lowest:.2f}" in said
    assert f"{report.division.agreement:.0%}" in said
