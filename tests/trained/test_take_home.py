"""What is taken home predicts there as the app does, without the app."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import keras
import numpy as np
import pytest
from PIL import Image

from alexnet.architecture import CLASSROOM, NETWORKS
from alexnet.data import preprocess, samples, uploads
from alexnet.data.catalogue import CIFAR_10, STARTER
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.network import build
from alexnet.recipes import recipe
from alexnet.trained import catalogue, take_home
from alexnet.trained.predictor import load
from alexnet.weights import store

FIVE_MINUTES = recipe("five_minutes")
FITTED = next(one for one in NETWORKS if one.id == "fitted_small")
ODD = Preparation(
    48, (100.0, 110.0, 120.0), (1.0, 1.0, 1.0), crop=40, resize="nearest", scaling="unit", channel_order="bgr"
)
MADE = {
    "classroom": (CLASSROOM, STARTER.preparation()),
    "five_minutes": (
        FITTED,
        STARTER.preparation(FIVE_MINUTES.resize, FIVE_MINUTES.scaling, mirrored=FIVE_MINUTES.mirrored),
    ),
    "odd": (replace(CLASSROOM, size=70), ODD),
}
DRIVER = """
import importlib.util, json, runpy, sys
assert importlib.util.find_spec("alexnet") is None
answers = {}
for folder in json.loads(sys.argv[1]):
    sys.path.insert(0, folder)
    scope = runpy.run_path(folder + "/predict.py")
    answers[folder] = [[float(one) for one in scope["predict"](photograph)] for photograph in sys.argv[2:]]
    sys.path.remove(folder)
    del sys.modules["network"]
print(json.dumps(answers))
"""


def trained(id, folder):
    """A network with random weights: batch normalization's and the biases too, so that answers differ."""
    network, preparation = MADE[id]
    generator = np.random.default_rng(1)
    keras.utils.set_random_seed(1)
    arrays = {
        path: np.float32(array + generator.uniform(0, 0.2, array.shape))
        if path.rpartition("/")[2] != "kernel"
        else array
        for path, array in store.of(build(network)).items()
    }
    folder.mkdir()
    store.write(folder / "weights.safetensors", arrays)
    return replace(
        catalogue.trained(),
        id=id,
        network=network,
        weights=folder / "weights.safetensors",
        classes=STARTER.classes,
        preparation=preparation,
    )


@pytest.fixture(scope="module")
def photographs(tmp_path_factory):
    """A large photograph, a small one that is cut out, and one lying on its side with 600 pixels."""
    folder = tmp_path_factory.mktemp("photographs")
    dog = samples.FOLDER / "shepherd_dog.webp"
    generator = np.random.default_rng(2)
    with Image.open(dog) as image:
        shape = (image.height, image.width, 1)
        alpha = np.full(shape, 255, np.uint8)
        alpha[:, : shape[1] // 2] = 90
        clear = Image.fromarray(np.concatenate([np.asarray(image.convert("RGB")), alpha], axis=2))
    clear.resize((90, 61)).save(folder / "clear.png")
    noise = generator.integers(0, 256, (40, 60, 3), dtype=np.uint8)
    turned = Image.fromarray(noise).resize((900, 600))
    exif = turned.getexif()
    exif[0x0112] = 6
    turned.save(folder / "turned.jpg", exif=exif)
    return [dog, folder / "clear.png", folder / "turned.jpg"]


def test_it_gives_the_apps_probabilities_for_every_network_and_photograph(tmp_path, photographs):
    networks = [catalogue.trained(), *(trained(id, tmp_path / id) for id in MADE)]
    folders = {}
    for one in networks:
        folder = tmp_path / f"home_{one.id}"
        with zipfile.ZipFile(io.BytesIO(take_home.pack(one))) as archive:
            archive.extractall(folder)
        folders[str(folder)] = one
    done = subprocess.run(
        [sys.executable, "-I", "-c", DRIVER, json.dumps(list(folders)), *map(str, photographs)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    squares = [preprocess.square(uploads.decode(path.read_bytes(), path.name).pixels) for path in photographs]
    for folder, one in folders.items():
        expected = load(one).probabilities(one.reads(squares))
        np.testing.assert_allclose(answers[folder], expected, atol=1e-4, err_msg=one.id)
        assert np.ptp(expected, axis=0).max() > 1e-3  # the photographs are told apart


def test_the_readme_says_the_same_in_both_languages_and_names_every_file():
    one = catalogue.trained()
    said = take_home.readme(one)
    with zipfile.ZipFile(io.BytesIO(take_home.pack(one))) as archive:
        names = set(archive.namelist()) - {"README.txt"}
    assert all(said.count(name) >= 2 for name in names)
    assert said.count("  3  cat (고양이)") == 2


def test_a_class_of_ones_own_cannot_leave_its_quotes():
    name = 'a"]; import os  # "'
    one = replace(catalogue.trained(), classes=(Class("mine", {"ko": name, "en": name}),) * 10)
    code = take_home.predict_source(one)
    compile(code, "predict.py", "exec")
    assert json.dumps(name) in code


@pytest.mark.parametrize("preparation", [ODD, CIFAR_10.preparation(), MADE["five_minutes"][1]])
def test_predict_has_no_line_over_88_characters(preparation):
    code = take_home.predict_source(replace(catalogue.trained(), preparation=preparation))
    assert max(map(len, code.splitlines())) <= 88
