"""A data set, a trained network and a page, each added as CONTRIBUTING says, and met by a student.

A kind of layer is added in tests/architecture/test_kinds.py.
"""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import replace

import keras
import numpy as np
import pytest
import streamlit as st

from alexnet.architecture import CLASSROOM, one_tower, with_classes, with_size
from alexnet.data import catalogue as data_catalogue
from alexnet.data.classes import Class
from alexnet.data.dataset import DataSet, Pictures
from alexnet.data.preparation import Preparation
from alexnet.language import LANGUAGES, catalogue, text
from alexnet.network import build
from alexnet.recipes import Recipe
from alexnet.runs import run, trained_run
from alexnet.runs.config import new
from alexnet.trained import catalogue as trained_catalogue
from alexnet.trained.first_layer import names
from alexnet.trained.record import History, Provenance, Trained
from alexnet.ui import pages
from alexnet.ui.choices import photograph
from alexnet.ui.choices.unit import Unit
from alexnet.ui.pages import PAGES, Page
from alexnet.weights import store
from pages.kernels import first_layer, responses
from tests.training.small import train

FRUIT = (
    Class("apple", {"ko": "사과", "en": "apple"}),
    Class("pear", {"ko": "배", "en": "pear"}),
    Class("plum", {"ko": "자두", "en": "plum"}),
)
COLOURS = np.array([(220, 40, 40), (90, 200, 60), (80, 40, 160)], np.uint8)
SIDE = 48  # neither the starter data's resolution nor the network's


def drawn(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    labels = np.arange(count) % len(FRUIT)
    noise = generator.integers(0, 36, (count, SIDE, SIDE, 3), dtype=np.uint8)
    return COLOURS[labels][:, None, None] + noise, labels.astype(np.int64)


BASKET = DataSet(
    "basket",
    FRUIT,
    resolution=SIDE,
    mean=(147.0, 110.0, 104.0),
    deviation=(65.0, 76.0, 56.0),
    train=200,
    test=30,
    validation=20,
    load=lambda: Pictures(*drawn(200, 1), *drawn(30, 2)),
    names={"ko": "과일 바구니", "en": "a basket of fruit"},
)


@pytest.fixture
def basket(monkeypatch):
    monkeypatch.setattr(data_catalogue, "DATA_SETS", (*data_catalogue.DATA_SETS, BASKET))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The folder of a run that learned from the basket."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALEXNET_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setattr(data_catalogue, "DATA_SETS", (*data_catalogue.DATA_SETS, BASKET))
        one = run.create(
            new("somebody else", "classroom", Recipe("basket", (3,), batch=16, rate=0.005), data="basket")
        )
        assert train(one) == 0
        return one.path


@pytest.fixture
def one(finished, home_folder, basket):
    st.cache_resource.clear()
    shutil.copytree(finished, home_folder / "runs" / finished.name)
    return run.find(finished.name)


def words(at) -> str:
    return "\n".join(block.value for block in (*at.main.markdown, *at.main.info, *at.main.caption))


def test_a_run_learns_from_a_new_data_set_with_its_own_size_classes_and_validation(one):
    config, test = one.config(), one.state()
    assert (config.images, config.validation, config.rows.classes) == (180, 20, 3)
    assert test.state == "finished"
    result = trained_run.trained(one)
    assert result.preparation == BASKET.preparation()
    tested = result.provenance().tested
    assert tested.images == 30 and tested.accuracy > 0.9  # each class has a colour of its own


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_classes_have_their_names_in_both_languages(open_page, one, language):
    at = open_page("prediction", language, model=one.id, sample="kitten")
    assert FRUIT[2].names[language] in words(at)


def test_it_is_shown_on_every_page_that_shows_a_trained_network(open_page, one):
    for page, view in [("kernels", "sheets"), ("maps", "picture"), ("convolution", "slide")]:
        at = open_page(page, model=one.id, view=view)
        assert not at.exception and not at.error
    at = open_page("convolution", model=one.id, view="dense", image="cat_face", neuron="plum")
    assert at.selectbox(key="convolution_neuron").options == [each.name("en") for each in FRUIT]
    results = words(open_page("training", view="runs", run=one.id))
    assert all(each.name("en") in results for each in FRUIT)


@pytest.fixture
def published(tmp_path, monkeypatch):
    """A network that nobody here has trained: one tower, blue first, of 40 pixels in the middle of 48."""
    st.cache_resource.clear()
    network = replace(with_classes(with_size(one_tower(CLASSROOM), 40), 3), id="published")
    path = tmp_path / "weights.safetensors"
    store.write(path, store.of(build(network)))
    entry = Trained(
        "published",
        network,
        path,
        FRUIT,
        Preparation(SIDE, BASKET.mean, BASKET.deviation, crop=40, channel_order="bgr"),
        name={"ko": "받아 온 신경망", "en": "The published one"}.__getitem__,
        provenance=lambda: Provenance(
            None, "basket", "CC0", None, {"ko": ("장터에서.",), "en": ("From a market.",)}
        ),
        history=lambda: History(1, 1, 0, lambda epoch: np.concatenate(entry.first_kernels(), axis=-1)),
    )
    monkeypatch.setitem(trained_catalogue.ENTRIES, "published", lambda: entry)
    assert set(names(network)) <= set(store.read(path))
    return entry


def test_a_kernel_of_a_network_that_reads_blue_first_responds_as_keras_says(published):
    model = build(published.network, initializer="zeros")
    store.assign(model, store.read(published.weights))
    first = keras.Model(model.input, model.get_layer("conv1").output)
    picture = photograph.sample_shot("kitten").square
    expected = np.asarray(first(published.reads([picture]), training=False))[0, ..., 3]
    layer = first_layer.of(published)
    found = responses._responses("", 0, 1, Unit(1, 4), "kitten", layer).map
    np.testing.assert_allclose(np.maximum(found, 0), expected, atol=1e-4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_trained_network_is_offered_by_its_name(open_page, published, language):
    at = open_page("prediction", language, model="published", sample="kitten")
    assert published.name(language) in at.sidebar.selectbox(key="common_model").options
    assert FRUIT[0].names[language] in words(at)


def test_a_new_trained_network_is_shown_on_every_page(open_page, published):
    assert published.provenance().facts["en"][0] in words(open_page("kernels", model="published"))
    for page, view in [("kernels", "growth"), ("maps", "picture"), ("convolution", "slide")]:
        at = open_page(page, model="published", view=view)
        assert not at.exception and not at.error


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """A page, as CONTRIBUTING says: a line in the table, a folder with page.py, and its texts."""
    catalogues = tmp_path / "languages"
    shutil.copytree(catalogue.FOLDER, catalogues)
    for language in LANGUAGES:
        common = catalogues / language / "common.po"
        title = '\n\nmsgid "common.page_demo"\nmsgstr "Demo"\n'
        common.write_text(common.read_text(encoding="utf-8").rstrip() + title, encoding="utf-8")
        home = catalogues / language / "home.po"
        card = '\n\nmsgid "home.card_demo"\nmsgstr "A demo."\n'
        home.write_text(home.read_text(encoding="utf-8").rstrip() + card, encoding="utf-8")
        texts = '\n\nmsgid "demo.title"\nmsgstr "Why a demo?"\n\nmsgid "demo.lead"\nmsgstr "Look."\n'
        head = common.read_text(encoding="utf-8").partition("\n\n")[0]
        (catalogues / language / "demo.po").write_text(head + texts, encoding="utf-8")
    lessons = tmp_path / "pages"
    shutil.copytree(pages.FOLDER, lessons)
    (lessons / "demo").mkdir()
    (lessons / "demo" / "page.py").write_text(
        textwrap.dedent(
            '''
            """Demo: a page."""

            from alexnet.ui.components import header, sentence

            header("demo")
            sentence("It is there.")
            '''
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogue, "FOLDER", catalogues)
    monkeypatch.setattr(pages, "FOLDER", lessons)
    monkeypatch.setattr(pages, "PAGES", (*PAGES, Page("demo", "learn", ":material/star:")))
    catalogue._catalogue.cache_clear()
    yield
    catalogue._catalogue.cache_clear()


def test_a_new_page_is_a_line_a_folder_and_its_texts(open_page, demo, tmp_path):
    at = open_page("home")
    assert not at.exception and not at.error
    at.switch_page(str(tmp_path / "pages" / "demo" / "page.py"))
    at.run()
    assert [title.value for title in at.title] == ["Why a demo?"] == [text("demo.title", "ko")]
    assert any("It is there." in block.value for block in at.main.markdown)
