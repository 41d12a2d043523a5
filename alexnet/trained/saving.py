"""A trained network saved in one of the usual formats, in a zip with what it takes to predict with it.

Beside the network's file lie ``README.txt``, which says how a photograph is prepared, ``labels.txt``, one
name for each output in order, and ``predict.py``, which needs no library of ours. It is made in a process of
its own (``alexnet.sandbox``): Keras loads TensorFlow, and the weights are held there and not in the server.
"""

from __future__ import annotations

import gc
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from alexnet.architecture import Network
from alexnet.data import preprocess
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.home import write_bytes
from alexnet.language import LANGUAGES, Language, prose, text
from alexnet.sandbox import SANDBOX, Limits
from alexnet.trained import take_home
from alexnet.trained.record import Trained
from alexnet.trained.take_home import FORMATS, Format
from alexnet.weights import store
from alexnet.weights.writers import onnx

__all__ = ["FORMATS", "Format", "file_name", "pack", "readme", "save"]

LIMITS = Limits(seconds=120)


class _What(NamedTuple):
    """A trained network as it is sent to the process."""

    id: str
    network: Network
    weights: Path
    classes: tuple[Class, ...]
    preparation: Preparation
    names: Mapping[Language, str]


def file_name(one: Trained, format: Format) -> str:
    """What the zip is called in the reader's downloads."""
    return f"alexnet-{one.id}-{format.replace('.', '-')}.zip"


def save(
    one: Trained, format: Format, language: Language, tick: Callable[[float], None] | None = None
) -> bytes:
    """The zip, made in another process.

    Args:
        one: The network.
        format: In which its file is.
        language: Of the README.
        tick: Told while it is waited for how long that has been, in seconds; may raise to give up.

    Raises:
        DataError: The weights are missing or damaged, or another network's; or the process died.
        LimitError: It took too long or too much memory.
    """
    names = {each: one.name(each) for each in LANGUAGES}
    what = _What(one.id, one.network, one.weights, tuple(one.classes), one.preparation, names)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved.zip"
        SANDBOX.run(f"{__name__}:pack_to", what, format, language, path, limits=LIMITS, tick=tick)
        return path.read_bytes()


def pack_to(what: _What, format: Format, language: Language, path: Path) -> None:
    """In the process: write the zip to a file."""

    def nothing(*_: Any) -> Any:
        raise NotImplementedError("only what is saved comes with it")

    one = Trained(
        what.id,
        what.network,
        what.weights,
        what.classes,
        what.preparation,
        name=what.names.__getitem__,
        provenance=nothing,
        history=nothing,
    )
    pack(one, format, language, path)


def pack(one: Trained, format: Format, language: Language, path: Path) -> None:
    """Write the zip in this process. Arguments and errors as of ``save``."""
    labels = "".join(f"{take_home.label(one, index)}\n" for index in range(len(one.classes)))
    texts = {
        "README.txt": readme(one, format, language),
        "labels.txt": labels,
        "predict.py": take_home.predict_source(one, format),
    }
    with tempfile.TemporaryDirectory() as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        weights = Path(made) / f"model.{format}"
        texts |= _WRITERS[format](one, weights)
        for name, content in texts.items():
            archive.writestr(name, content)
        archive.write(weights, weights.name, zipfile.ZIP_STORED)  # weights hardly get smaller


def readme(one: Trained, format: Format, language: Language) -> str:
    """What is in the zip, how a photograph is prepared, and how the network is asked."""
    preparation = one.preparation
    shift, unit = preprocess.shift_and_unit(preparation)
    code = take_home.predict_source(one, format)
    asked = re.search(r"(?m)^(?:model|arrays|session)\b(?:.|\n)*?(?=\n\n\ndef square)", code)
    imports = [line for line in code.splitlines() if line.startswith(("import ", "from "))]
    steps = code[code.index("    picture = ImageOps") : code.index("\n\n\nif __name__")]

    def say(id: str, **values: object) -> str:
        return text(f"models.saved_{id}", language, **values)

    return prose("take_home", "saved", language).format(
        name=one.name(language),
        file=f"model.{format}",
        install=_PACKAGES[format],
        also=say(f"also_{format.replace('.', '_')}"),
        size=one.network.size,
        channels=one.network.channels,
        resolution=preparation.resolution,
        crop=say("crop", side=preparation.crop) if preparation.crop else say("crop_none"),
        resize=say(f"resize_{preparation.resize}"),
        order=say(f"order_{preparation.channel_order}"),
        mean=", ".join(f"{value:.6g}" for value in shift),
        deviation=", ".join(f"{value:.6g}" for value in unit),
        mirrored=say("mirrored" if preparation.mirrored else "mirrored_not"),
        code="\n".join([*imports, "", asked.group() if asked else "", "", steps]),
        classes="\n".join(f"  {index}  {take_home.label(one, index)}" for index in range(len(one.classes))),
    )


_PACKAGES: dict[Format, str] = {
    "weights.h5": "tensorflow pillow",
    "safetensors": "tensorflow safetensors pillow",
    "keras": "tensorflow pillow",
    "onnx": "onnxruntime numpy pillow",
}


def _onnx(one: Trained, path: Path) -> dict[str, str]:
    onnx.write(path, one.network, store.read(one.weights))
    return {}


def _safetensors(one: Trained, path: Path) -> dict[str, str]:
    from alexnet.network.source import keras_source

    write_bytes(path, one.weights.read_bytes())
    return {"network.py": keras_source(one.network)}


def _keras_weights(one: Trained, path: Path) -> dict[str, str]:
    model, source = _model(one)
    store.load(model, one.weights)
    model.save_weights(path)
    return {"network.py": source}


def _keras(one: Trained, path: Path) -> dict[str, str]:
    from alexnet.network.source import own_layers

    layers = own_layers(one.network)
    config = _model(one)[0].get_config()
    gc.collect()  # a Keras model refers to itself, and 61 million weights are 244 MB
    import keras

    scope: dict[str, Any] = {"__name__": "layers"}
    exec(compile(layers, "own_layers.py", "exec"), scope)  # noqa: S102 - written from rows that were checked
    # The model made anew of registered classes: the file then names them as own_layers.py registers them.
    with _not_drawn():
        made = keras.Model.from_config(config, custom_objects=scope)
    store.load(made, one.weights)
    made.save(path)
    return {"own_layers.py": layers}


def _model(one: Trained) -> tuple[Any, str]:
    """The exported code's own model without weights, and that code."""
    from alexnet.network.source import keras_source

    source = keras_source(one.network)
    scope: dict[str, Any] = {"__name__": "network"}
    with _not_drawn():
        exec(compile(source, "network.py", "exec"), scope)  # noqa: S102 - written from rows that were checked
    return scope["model"], source


@contextmanager
def _not_drawn() -> Iterator[None]:
    """Keras begins with zeros, whatever its layers say: to draw 38 million numbers takes a gigabyte."""
    import keras

    def zeros(self: Any, shape: Any, dtype: Any = None, **rest: Any) -> Any:
        return keras.ops.zeros(shape, dtype or "float32")

    drawing = [
        keras.initializers.VarianceScaling,
        keras.initializers.RandomNormal,
        keras.initializers.RandomUniform,
        keras.initializers.TruncatedNormal,
        keras.initializers.Orthogonal,
    ]
    kept = [one.__call__ for one in drawing]
    for one in drawing:
        one.__call__ = zeros
    try:
        yield
    finally:
        for one, own in zip(drawing, kept, strict=True):
            one.__call__ = own


_WRITERS: dict[Format, Callable[[Trained, Path], dict[str, str]]] = {
    "weights.h5": _keras_weights,
    "safetensors": _safetensors,
    "keras": _keras,
    "onnx": _onnx,
}
"""Each writes the network's file, and says what code has to lie beside it."""
