"""The Maps page, through app.py."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from alexnet.architecture import CLASSROOM, FIVE_MINUTES, Convolution, never_talking, one_tower
from alexnet.data import preprocess
from alexnet.data.catalogue import CIFAR_10, STARTER
from alexnet.data.classes import CATS_AND_DOGS
from alexnet.data.colours import grey
from alexnet.data.samples import SAMPLES, sample
from alexnet.language import text
from alexnet.network import build
from alexnet.trained import catalogue, predictor
from alexnet.trained.stages import stages
from alexnet.ui.choices import models
from alexnet.weights import store
from pages.maps import best as maps_best
from pages.maps import responses as maps_responses
from tests.pages.prediction.test_prediction import upload


def with_tanh(network):
    """The same with answers below zero."""
    rows = [replace(row, activation="tanh") if isinstance(row, Convolution) else row for row in network.rows]
    return replace(network, id="tanh", rows=tuple(rows))


KINGFISHER = preprocess.reduce(preprocess.square(sample("kingfisher").pixels), 32)


@pytest.fixture(scope="module")
def network():
    return predictor.load(catalogue.trained()).activations()


@pytest.fixture
def sheets(monkeypatch):
    """The sheets that the page has drawn, by key, the newest of each."""
    drawn = {}

    def show(sheet, key, *, chosen="", picked=None):
        drawn[key] = (sheet, chosen, picked)

    monkeypatch.setattr("pages.maps.layers.show", show)
    monkeypatch.setattr("pages.maps.best.show", show)
    return drawn


@pytest.fixture
def few(monkeypatch):
    """A small data set in the starter's place, and searches that nobody has made yet."""
    pictures = np.random.default_rng(3).integers(0, 256, (30, 32, 32, 3), dtype=np.uint8)
    monkeypatch.setattr(maps_best, "_data", lambda: (pictures, CATS_AND_DOGS * 15))
    maps_best.jobs.clear()
    yield pictures
    maps_best.jobs.clear()


def words(at) -> str:
    return "\n".join(block.value for block in at.main.markdown)


def answers(network, layer, levels=KINGFISHER):
    """Each tower's strongest answers, computed without the page."""
    inputs = preprocess.input_of(levels[None], 64, CIFAR_10.preparation())
    towers = network.of(inputs)[layer]
    return [tower[0].reshape(-1, tower.shape[-1]).max(axis=0) for tower in towers]


def finished(at, seconds=60):
    """Run until the search for the best pictures has come to its end."""
    end = time.monotonic() + seconds
    while text("maps.best_working", "en", share=0, count=30, data=STARTER.name("en")).split(":")[
        0
    ] in progress(at):
        assert time.monotonic() < end
        time.sleep(0.1)
        at.run()
    return at


def progress(at) -> str:
    return "\n".join(one.proto.text for one in at.get("progress"))


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("view", ["picture", "colour", "deeper"])
def test_every_view_opens_in_both_languages(open_page, few, lang, view):
    at = open_page("maps", lang, view=view)
    title = "maps.title" if view == "picture" else f"maps.title_{view}"
    assert at.title[0].value == text(title, lang)
    assert not at.error and not at.exception
    finished(at) if lang == "en" else None


def test_both_towers_maps_are_there_the_strongest_first(open_page, network, sheets):
    open_page("maps", "en")
    for tower, peaks in enumerate(answers(network, "conv1"), start=1):
        sheet, _, _ = sheets[f"maps_sheet_{tower}"]
        order = np.argsort(-peaks, kind="stable")
        assert sheet.captions == [str(number + 1) for number in order if peaks[number] > 0]
        assert f"{peaks.max():.3g}" in sheet.labels[0]


def test_the_unit_of_a_click_stands_in_the_link_and_is_explained(open_page, network, sheets):
    at = open_page("maps", "en", unit="2-17")
    assert at.query_params["unit"] == "2-17"
    assert "**Map 17 of tower 2**" in words(at)
    assert f"strongest activation, {answers(network, 'conv1')[1][16]:.3g}," in words(at)
    assert sheets["maps_sheet_2"][1] == "2-17"


def test_a_unit_is_forgotten_with_its_layer(open_page, few):
    at = finished(open_page("maps", "en", view="deeper", layer="conv2", unit="2-17"))
    assert "**Map 17 of tower 2**" in words(at)
    at.select_slider(key="maps_layer").set_value("conv3").run()
    assert "unit" not in at.query_params
    assert "**Map 17 of tower 2**" not in words(at)


@pytest.mark.parametrize("unit", ["3-1", "1-49", "1-0", "x", "2-", "٣-١", "1-99999999999999"])
def test_a_unit_that_does_not_exist_gives_way_to_the_strongest(open_page, network, unit):
    at = open_page("maps", "en", unit=unit)
    first, second = answers(network, "conv1")
    tower, peaks = (1, first) if first.max() > second.max() else (2, second)
    assert f"**Map {peaks.argmax() + 1} of tower {tower}**" in words(at)
    assert "unit" not in at.query_params


@pytest.mark.parametrize(
    "network",
    [one_tower(CLASSROOM), FIVE_MINUTES, with_tanh(CLASSROOM), never_talking(CLASSROOM)],
    ids=["one tower", "five minutes", "tanh", "never talking"],
)
def test_any_network_has_its_views(open_page, few, monkeypatch, tmp_path, network):
    arrays = store.of(build(network))
    path = tmp_path / "weights.safetensors"
    store.write(path, arrays)
    planted = replace(
        catalogue.trained(),
        network=network,
        weights=path,
        classes=CATS_AND_DOGS,
        preparation=CIFAR_10.preparation(scaling="unit"),
    )
    monkeypatch.setattr(models, "find", lambda id: planted)
    for view in ("picture", "colour"):
        at = open_page("maps", "en", view=view)
        assert not at.error and not at.exception
    first, _, third, *_, last = stages(network)
    for stage in (first, third, last):
        at = finished(open_page("maps", "en", view="deeper", layer=stage.name))
        assert not at.error and not at.exception
        assert "The strongest activation is" in words(at) or text("maps.best_silent", "en") in [
            caption.value for caption in at.caption
        ]


def test_one_tower_alone_can_be_shown(open_page, sheets):
    open_page("maps", "en", towers="2")
    assert "maps_sheet_2" in sheets and "maps_sheet_1" not in sheets


def test_every_sample_and_an_upload_have_their_maps(open_page):
    at = open_page("maps", "en")
    seen = set()
    for entry in SAMPLES[:3]:
        at.query_params["sample"] = entry.id
        at.run()
        assert not at.error
        seen.add(words(at))
    at = upload(open_page("maps", "en", **{"from": "upload"}), "photograph.jpg")
    assert not at.error
    assert "has the strongest activation" in words(at)
    assert words(at) not in seen and len(seen) == 3


def test_a_bad_upload_is_explained_and_without_a_picture_the_page_says_so(open_page):
    at = open_page("maps", "en", **{"from": "upload"})
    assert text("prediction.empty", "en") in [caption.value for caption in at.caption]
    upload(at, "letter.jpg")
    assert len(at.error) == 1


def test_the_tower_that_is_hurt_more_in_grey_is_computed(open_page, network):
    inputs = preprocess.input_of(np.stack([KINGFISHER, grey(KINGFISHER)]), 64, CIFAR_10.preparation())
    moved = [np.linalg.norm(one[1] - one[0]) / np.linalg.norm(one[0]) for one in network.first(inputs)]
    more = int(np.argmax(moved)) + 1
    at = open_page("maps", "en", view="colour")
    assert f"those of tower {3 - more} by {min(moved):.0%}: tower {more} is hurt more." in words(at)


def test_hues_that_are_not_turned_change_nothing(open_page):
    at = open_page("maps", "en", view="colour", hue="0")
    assert "**With its hues turned by 0°**, the activations stay as they are." in words(at)
    assert at.query_params["hue"] == "0"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([0.1, 0.6], "tower 2 is hurt more"),
        ([0.6, 0.1], "tower 1 is hurt more"),
        ([0.50, 0.52], "both towers are hurt about equally"),
        ([0.3], "only tower change by 30%"),
        ([float("nan"), 0.3], "does not respond to this picture at all"),
        ([0.001, 0.0], "the activations stay as they are"),
    ],
)
def test_the_verdict_is_that_of_the_numbers(monkeypatch, changes, sentence):
    monkeypatch.setattr("pages.maps.colour.t", lambda key, **values: text(key, "en", **values))
    from pages.maps.colour import verdict

    assert sentence in verdict("grey", changes)


def test_the_last_layer_shows_the_classes_by_name(open_page, few, sheets, network):
    finished(open_page("maps", "en", view="deeper", layer="fc8"))
    sheet, _, _ = sheets["maps_sheet_1"]
    (probabilities,) = answers(network, "fc8")
    best = CIFAR_10.class_ids[int(probabilities.argmax())]
    assert sheet.captions[0] == text(f"classes.{best}", "en")


def test_the_pictures_that_excite_a_unit_most_are_found_and_kept(
    open_page, few, sheets, network, home_folder
):
    at = finished(open_page("maps", "en", view="deeper", layer="conv2", unit="2-5"))
    sheet, _, picked = sheets["maps_best"]
    inputs = preprocess.input_of(few, 64, CIFAR_10.preparation())
    peaks = network.of(inputs)["conv2"][1][..., 4].max(axis=(1, 2))
    order = np.argsort(-peaks, kind="stable")[:9]
    assert sheet.ids == [str(number) for number in order]
    assert picked is None
    assert f"The strongest activation is {peaks.max():.3g};" in words(at)
    assert len(list((home_folder / "activations").glob("*.safetensors"))) == 1
    # Another server finds them on the disk, and looks at no picture again.
    maps_best.jobs.clear()
    sheets.clear()
    open_page("maps", "en", view="deeper", layer="conv2", unit="2-5")
    assert sheets["maps_best"][0].ids == sheet.ids


@pytest.mark.expects_page_error
def test_a_search_that_breaks_off_is_said_and_another_one_starts(open_page, few, monkeypatch):
    def broken(*arguments):
        raise ValueError("no such thing")

    with monkeypatch.context() as patch:
        patch.setattr("alexnet.trained.top_images.search", broken)
        at = open_page("maps", "en", view="deeper")
        end = time.monotonic() + 20
        while not at.error and time.monotonic() < end:
            at.run()
        assert at.error[0].value == text("maps.best_failed", "en")
    at.button(key="maps_again").click().run()
    assert not finished(at).error


def test_a_view_travels_in_less_than_300_kilobytes(open_page, sheets):
    for contrast in ("own", "shared"):
        open_page("maps", "en", contrast=contrast)
        assert sum(len(sheet.picture) for sheet, _, _ in sheets.values()) < 300_000


def test_pictures_that_are_kept_are_not_asked_for_again_and_the_oldest_are_forgotten(monkeypatch):
    asked = []

    def ask(batch):
        asked.append(len(batch))
        return {"conv1": (batch[..., :1] * 2, batch[..., :1] * 3)}

    def ask_all(batch):
        return {**ask(batch), "fc8": (batch[:, 0, 0],)}

    monkeypatch.setattr(maps_responses, "PICTURES", 2)
    kept = maps_responses.Kept()
    pictures = {("", 0, str(n)): np.full((4, 4, 3), n, np.float32) for n in range(3)}
    first, second, third = pictures
    both = kept.of({first: pictures[first], second: pictures[second]}, "conv1", ask)
    assert [both[key]["conv1"][1][0, 0, 0] for key in (first, second)] == [0, 3]
    kept.of({first: pictures[first]}, "conv1", ask)
    assert asked == [2]
    kept.of({third: pictures[third]}, "conv1", ask)  # the second was looked at longest ago
    kept.of({first: pictures[first], third: pictures[third]}, "conv1", ask)
    assert asked == [2, 1]
    assert kept.of(pictures, "conv1", ask)[second]["conv1"][0][0, 0, 0] == 2
    assert asked == [2, 1, 1]
    # The first layer's answers are no answers of the last one; all layers' hold the first one's.
    assert kept.of({second: pictures[second]}, "fc8", ask_all)[second]["fc8"][0][0] == 1
    kept.of({second: pictures[second]}, "conv1", ask)
    assert asked == [2, 1, 1, 1]
