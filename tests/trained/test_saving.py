"""What is saved predicts as the app does, in a process that has no library of ours."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import keras
import numpy as np
import pytest

from alexnet.architecture import CLASSROOM
from alexnet.data import preprocess, samples, uploads
from alexnet.data.catalogue import STARTER
from alexnet.data.preparation import Preparation
from alexnet.network import build
from alexnet.trained import catalogue, saving
from alexnet.trained.predictor import load
from alexnet.weights import store

DRIVER = """
import importlib.util, json, runpy, sys
assert importlib.util.find_spec("alexnet") is None
answers = {}
for folder in json.loads(sys.argv[1]):
    sys.path.insert(0, folder)
    scope = runpy.run_path(folder + "/predict.py")
    answers[folder] = [float(one) for one in scope["predict"](sys.argv[2])]
    sys.path.remove(folder)
    sys.modules.pop("network", None), sys.modules.pop("layers", None)
print(json.dumps(answers))
"""
ODD = Preparation(
    48, (100.0, 110.0, 120.0), (1.0, 1.0, 1.0), crop=40, scaling="centred", channel_order="bgr", mirrored=True
)


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """The shipped one, and one of a size at which pooling windows hang over, read in another way."""
    folder = tmp_path_factory.mktemp("weights")
    network = replace(CLASSROOM, size=70)
    keras.utils.set_random_seed(1)
    path = folder / "weights.safetensors"
    store.write(path, store.of(build(network)))
    shipped = catalogue.trained()
    odd = replace(shipped, id="odd", network=network, weights=path, classes=STARTER.classes, preparation=ODD)
    return [shipped, odd]


def test_every_format_gives_the_apps_probabilities_without_the_app(networks, tmp_path):
    photograph = samples.FOLDER / "shepherd_dog.webp"
    folders = {}
    for one in networks:
        for format in saving.FORMATS:
            saving.pack(one, format, "en", tmp_path / "saved.zip")
            folder = tmp_path / f"{one.id}_{format}"
            with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
                archive.extractall(folder)
            folders[str(folder)] = one
    done = subprocess.run(
        [sys.executable, "-I", "-c", DRIVER, json.dumps(list(folders)), str(photograph)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    square = preprocess.square(uploads.decode(photograph.read_bytes(), photograph.name).pixels)
    for folder, one in folders.items():
        expected = load(one).probabilities(one.reads([square]))[0]
        np.testing.assert_allclose(answers[folder], expected, rtol=1e-4, atol=1e-6, err_msg=folder)


def test_another_process_makes_the_same_files(networks, tmp_path):
    made = tmp_path / "made.zip"
    made.write_bytes(saving.save(networks[0], "onnx", "ko"))
    with zipfile.ZipFile(made) as archive:
        assert set(archive.namelist()) == {"README.txt", "labels.txt", "predict.py", "model.onnx"}
        assert archive.read("README.txt").decode() == saving.readme(networks[0], "onnx", "ko")
        assert archive.read("labels.txt").decode().splitlines()[3] == "cat (고양이)"


@pytest.mark.parametrize("format", saving.FORMATS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_readme_says_how_a_photograph_is_prepared(networks, format, language):
    said = saving.readme(networks[1], format, language)
    for word in ("48x48", "40x40", "70x70", "100, 110, 120", "255, 255, 255", "BGR", f"model.{format}"):
        assert word in said
    assert "(n, 70, 70, 3)" in said and "return answers(both)" in said
