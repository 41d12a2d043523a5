"""A trained network as files that predict elsewhere: Keras code, weights, ``predict.py`` and a README.

Nothing in them imports this library. ``predict.py`` gives the probabilities that the app shows, whatever the
network: what it does to a photograph is written out from the record's preparation.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args

from alexnet.data import preprocess
from alexnet.language import LANGUAGES, prose
from alexnet.trained.record import Trained
from alexnet.weights import store

Format = Literal["weights.h5", "safetensors", "keras", "onnx"]
FORMATS: tuple[Format, ...] = get_args(Format)
"""In which a network can be saved."""

_PREDICT = '''"""Name what a photograph shows: python predict.py photograph.jpg"""

import sys
from pathlib import Path

{imports}

# One name for each output of the network, in order.
CLASSES = {classes}
SIZE = {size}  # pixels along each side of what the network reads
{constants}
{load}


def square(picture, side):
    """The centre square, reduced to so many pixels by Pillow's bilinear filter.

    Other filters leave another picture and may turn the answer round.
    """
    least = min(picture.size)
    left, top = (picture.width - least) // 2, (picture.height - least) // 2
    cut = picture.crop((left, top, left + least, top + least))
    return cut.resize((side, side), Image.Resampling.BILINEAR)


def enlarge(image):
{enlarge}


def predict(path):
    """The probability of each class."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    picture = Image.alpha_composite(white, picture).convert("RGB")
    picture = square(picture, min(*picture.size, {most}))  # as the app keeps it
    image = np.asarray(square(picture, {resolution}), np.float32)  # as in the training
{steps}


if __name__ == "__main__":
    for answer, name in sorted(zip(predict(sys.argv[1]), CLASSES), reverse=True):
        print(f"{{answer:.4f}} {{name}}")
'''

_LOADED: dict[Format, tuple[tuple[str, ...], str]] = {
    "weights.h5": (
        ("import numpy as np", "from network import model", "from PIL import Image, ImageOps"),
        """model.load_weights(Path(__file__).with_name("model.weights.h5"))


def answers(images):
    \"\"\"The probabilities for prepared images, (n, SIZE, SIZE, channels).\"\"\"
    return model.predict(images, verbose=0)""",
    ),
    "safetensors": (
        (
            "import numpy as np",
            "from network import model",
            "from PIL import Image, ImageOps",
            "from safetensors.numpy import load_file",
        ),
        """arrays = load_file(Path(__file__).with_name("model.safetensors"))
for variable in model.weights:
    variable.assign(arrays[variable.path])


def answers(images):
    \"\"\"The probabilities for prepared images, (n, SIZE, SIZE, channels).\"\"\"
    return model.predict(images, verbose=0)""",
    ),
    "keras": (
        (
            "import keras",
            "import own_layers  # registers what Keras does not have",
            "import numpy as np",
            "from PIL import Image, ImageOps",
        ),
        """model = keras.models.load_model(Path(__file__).with_name("model.keras"))


def answers(images):
    \"\"\"The probabilities for prepared images, (n, SIZE, SIZE, channels).\"\"\"
    return model.predict(images, verbose=0)""",
    ),
    "onnx": (
        ("import numpy as np", "import onnxruntime", "from PIL import Image, ImageOps"),
        """session = onnxruntime.InferenceSession(Path(__file__).with_name("model.onnx"))


def answers(images):
    \"\"\"The probabilities for prepared images, (n, SIZE, SIZE, channels).\"\"\"
    images = np.ascontiguousarray(images, np.float32)
    return session.run(["probabilities"], {"image": images})[0]""",
    ),
}
"""Of each format: what ``predict.py`` imports, and how the network is opened and asked."""

_BILINEAR = '''\
    """To the network's size: bilinear interpolation, half-pixel centres."""
    half, step = np.float32(0.5), np.float32(len(image) / SIZE)
    place = (np.arange(SIZE, dtype=np.float32) + half) * step - half
    before = np.floor(place)
    share = (place - before)[:, None, None]
    low, high = (np.clip(before + one, 0, len(image) - 1).astype(int) for one in (0, 1))
    rows = image[low] + (image[high] - image[low]) * share
    return rows[:, low] + (rows[:, high] - rows[:, low]) * share[:, 0]'''

_NEAREST = '''\
    """To the network's size: the pixel in which each place lies."""
    half, step = np.float32(0.5), np.float32(len(image) / SIZE)
    place = ((np.arange(SIZE, dtype=np.float32) + half) * step).astype(int)
    taken = np.minimum(place, len(image) - 1)
    return image[taken][:, taken]'''


def files(one: Trained) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content; the weights are read when this is gone through.

    Raises:
        DataError: The weights are missing or damaged, or another network's.
    """
    from alexnet.network.source import keras_source  # which loads TensorFlow

    source = keras_source(one.network)
    yield "README.txt", readme(one).encode()
    yield "predict.py", predict_source(one).encode()
    yield "network.py", source.encode()
    arrays = store.read(one.weights)
    yield "model.weights.h5", _keras_weights(source, arrays)
    yield "weights.safetensors", one.weights.read_bytes()


def pack(one: Trained) -> bytes:
    """The files as a zip. Arguments and errors as of ``files``."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(one):
            archive.writestr(name, content)
    return target.getvalue()


def predict_source(one: Trained, format: Format = "weights.h5") -> str:
    """Python code that answers to a photograph as ``Predictor`` does; it lies beside the network's file."""
    preparation = one.preparation
    mean, deviation = (
        f"np.array({[round(float(value), 6) for value in values]}, np.float32)"
        for values in preprocess.shift_and_unit(preparation)
    )
    scaled, *constants = {
        "standardized": ("(enlarge(image) - MEAN) / DEVIATION", f"MEAN = {mean}", f"DEVIATION = {deviation}"),
        "centred": ("(enlarge(image) - MEAN) / 255", f"MEAN = {mean}"),
        "unit": ("enlarge(image) / 255",),
    }[preparation.scaling]
    if constants:
        constants = ["# Of red, green and blue, in units of 0 to 255.", *constants]
    steps = [f"image = {scaled}"]
    if preparation.crop is not None:
        begin = (preparation.resolution - preparation.crop) // 2
        end = begin + preparation.crop
        steps.insert(0, f"image = image[{begin}:{end}, {begin}:{end}]")
    if preparation.channel_order == "bgr":
        steps.append("image = image[:, :, ::-1]  # blue first")
    if preparation.mirrored:
        steps.append("both = np.stack([image, image[:, ::-1]])  # and its mirror image")
        steps.append("return answers(both).mean(axis=0)")
    else:
        steps.append("return answers(image[None])[0]")
    named = [label(one, index) for index in range(len(one.classes))]
    imports, load = _LOADED[format]
    return _PREDICT.format(
        imports="\n".join(imports),
        load=load,
        classes=_listed(named),
        size=one.network.size,
        constants="".join(f"{line}\n" for line in constants),
        enlarge=_NEAREST if preparation.resize == "nearest" else _BILINEAR,
        most=preprocess.MOST,
        resolution=preparation.resolution,
        steps="\n".join(f"    {step}" for step in steps),
    )


def readme(one: Trained) -> str:
    """What the files are and how they are used, in every language."""
    parts = [
        prose("take_home", "readme", language).format(
            name=one.name(language),
            classes="\n".join(f"  {index}  {label(one, index)}" for index in range(len(one.classes))),
            resolution=one.preparation.resolution,
            size=one.network.size,
        )
        for language in LANGUAGES
    ]
    return ("\n\n" + "-" * 72 + "\n\n").join(parts) + "\n"


def label(one: Trained, index: int) -> str:
    """A class in every language: ``cat (고양이)``; somebody's own word for it stands once."""
    said = list(dict.fromkeys(one.classes[index].name(language) for language in ("en", "ko")))
    return said[0] if len(said) == 1 else f"{said[0]} ({said[1]})"


def _listed(names: list[str]) -> str:
    # As JSON writes a text, Python reads it: quotes and line breaks in a name stay inside it.
    return "\n".join(["[", *(f"    {json.dumps(name, ensure_ascii=False)}," for name in names), "]"])


def _keras_weights(source: str, arrays: store.Arrays) -> bytes:
    """Keras's own file, which numbers the layers: so it is the exported code's model that writes it."""
    scope: dict[str, Any] = {"__name__": "network"}
    exec(compile(source, "network.py", "exec"), scope)  # noqa: S102 - written from rows that were checked
    model = scope["model"]
    store.assign(model, arrays)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.weights.h5"
        model.save_weights(path)
        return path.read_bytes()
