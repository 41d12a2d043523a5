"""The published AlexNets: where each file lies, what proves that it is whole, and what its network needs.

The networks are rows like all others. What differs between the files stands here and nowhere else: names and
order of the arrays, order of the colours, size of the input, where normalization stands and whether it runs
over the border between the towers.

Sources: BVLC/caffe, ``models/bvlc_alexnet`` and ``models/bvlc_reference_caffenet`` (readme.md,
train_val.prototxt); onnx/models, ``validated/vision/classification/alexnet`` (README.md, and sizes and
checksums in the pointers to its files); pytorch/vision,
``torchvision/models/alexnet.py``; www.cs.toronto.edu/~guerzhoy/tf_alexnet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from alexnet.architecture import CAFFE, CAFFE_224, ONE_WEIRD_TRICK, Convolution, Network
from alexnet.architecture.rows import Weighted
from alexnet.data.preparation import Preparation
from alexnet.errors import ChoiceError

Format = Literal["caffemodel", "numbers", "onnx", "pth", "toronto"]
"""Which module of ``alexnet.weights.readers`` reads it."""


@dataclass(frozen=True)
class Remote:
    """One file on somebody's server.

    Attributes:
        name: What it is called here.
        url: Where it lies.
        checksum: ``sha256:`` or ``sha1:`` and the hexadecimal digits; so many of the first ones as were
            published. Empty where nobody has published any.
        size: Bytes; None where they were not published exactly.
        about: Roughly how many, for who decides whether to fetch it.
    """

    name: str
    url: str
    checksum: str
    size: int | None
    about: int


@dataclass(frozen=True)
class Layout:
    """In which order a file holds the numbers of an array.

    Attributes:
        convolution: The axes of a kernel: output, input, height and width as ``o``, ``i``, ``h`` and ``w``.
        dense: The axes of a dense layer's weights.
        rows: In which order the maps before the first dense layer were written as one row of numbers.
    """

    convolution: str = "oihw"
    dense: str = "oi"
    rows: str = "ihw"


HEIGHT_WIDTH_IN_OUT = Layout("hwio", "io", "hwi")


@dataclass(frozen=True)
class Published:
    """A network that somebody has trained and published.

    Attributes:
        id: In links, folders and commands.
        files: All of them are needed.
        format: How they are read.
        network: Its rows.
        preparation: How a photograph becomes its input.
        names: What the file calls the arrays of a row, by the row's name: its weights and its biases.
        layout: In which order they lie.
        licence: Of the weights, as their publisher states it.
        accuracy: Top-1 and top-5 on the validation pictures of ILSVRC-2012, centre crop, as published; None
            where it is not known.
        source: The page that publishes it.
        first_only: The file holds the first layer and nothing else.
    """

    id: str
    files: tuple[Remote, ...]
    format: Format
    network: Network
    preparation: Preparation
    names: Mapping[str, tuple[str, str]]
    layout: Layout
    licence: str
    accuracy: tuple[float, float] | None
    source: str
    first_only: bool = False

    @property
    def about(self) -> int:
        """Bytes to fetch, roughly."""
        return sum(file.about for file in self.files)


def _swapped(network: Network) -> Network:
    """The same network with pooling before normalization."""
    rows = list(network.rows)
    for number in "12":
        at = next(index for index, row in enumerate(rows) if row.name == f"lrn{number}")
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return replace(network, id="caffenet", rows=tuple(rows))


CAFFENET = _swapped(CAFFE)
"""BVLC's "reference CaffeNet": convolution, ReLU, pooling, then normalization."""

BLUE_FIRST = Preparation(
    256, (123.0, 117.0, 104.0), (1.0, 1.0, 1.0), crop=227, scaling="standardized", channel_order="bgr"
)
"""Caffe's: 0 to 255 less the mean of each colour, blue first; the centre 227 of 256 pixels."""

SQUEEZED = Preparation(
    224, (123.68, 116.779, 103.939), (1.0, 1.0, 1.0), scaling="standardized", channel_order="bgr"
)
"""The ONNX model zoo's: all of the picture at 224 pixels, 0 to 255 less the mean of each colour, blue first
(intel/neural-compressor, ``onnx_model_zoo/alexnet``, ``main.py``, with which its accuracy was measured; there
a picture is squeezed to a square, here its centre square is taken)."""

RED_FIRST = Preparation(
    256, (123.675, 116.28, 103.53), (58.395, 57.12, 57.375), crop=224, scaling="standardized"
)
"""torchvision's: mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225 of colours from 0 to 1."""


def _weighted(network: Network) -> list[str]:
    return [row.name for row in network.rows if isinstance(row, Weighted)]


def _slashed(network: Network) -> dict[str, tuple[str, str]]:
    return {name: (f"{name}/weight", f"{name}/bias") for name in _weighted(network)}


def _of_torch(network: Network) -> dict[str, tuple[str, str]]:
    places = (*(f"features.{place}" for place in (0, 3, 6, 8, 10)), *(f"classifier.{p}" for p in (1, 4, 6)))
    return {
        name: (f"{place}.weight", f"{place}.bias")
        for name, place in zip(_weighted(network), places, strict=True)
    }


def counted(network: Network) -> dict[str, tuple[str, str]]:
    """The names that ``readers.onnx`` gives: the layers of each kind, counted."""
    counts = {"conv": 0, "dense": 0}
    named = {}
    for row in network.rows:
        if isinstance(row, Weighted):
            kind = "conv" if isinstance(row, Convolution) else "dense"
            counts[kind] += 1
            named[row.name] = (f"{kind}.{counts[kind]}/weight", f"{kind}.{counts[kind]}/bias")
    return named


_BVLC = "http://dl.caffe.berkeleyvision.org"
_FPGA = (
    "https://raw.githubusercontent.com/JunnanShan/AlexNet-FPGA-implementation/"
    "f2de642118c6929b570f7dd2aa9c80d2590d11d9/Conv1/src"
)
_ZOO = "https://github.com/onnx/models/raw/main/validated/vision/classification/alexnet"
_UNRESTRICTED = "unrestricted use (BVLC)"

PUBLISHED: Mapping[str, Published] = MappingProxyType(
    {
        entry.id: entry
        for entry in (
            Published(
                "caffenet_first",
                (
                    Remote(
                        "conv1Weights.txt",
                        f"{_FPGA}/conv1Weights.txt",
                        "sha256:24d4592a5cfdedd9f34d0950c74e40ebf3e11ac0bc828c726faa5500efe5d15f",
                        853_644,
                        853_644,
                    ),
                    Remote(
                        "conv1Bias.txt",
                        f"{_FPGA}/conv1Bias.txt",
                        "sha256:fb6cdc6b02dc144bb0d4d3edf6fc315420690295f3f237606cb2659b854b8a52",
                        2_390,
                        2_390,
                    ),
                ),
                "numbers",
                CAFFENET,
                BLUE_FIRST,
                {"conv1": ("conv1Weights.txt", "conv1Bias.txt")},
                Layout(),
                _UNRESTRICTED,
                None,
                "https://github.com/JunnanShan/AlexNet-FPGA-implementation",
                first_only=True,
            ),
            Published(
                "bvlc_alexnet",
                (
                    Remote(
                        "bvlc_alexnet.caffemodel",
                        f"{_BVLC}/bvlc_alexnet.caffemodel",
                        "sha256:4bff209a9837298157915ef50a4831a59636a6ca1a6b8ebacd990c3a5f3053e0",
                        243_862_414,
                        243_862_414,
                    ),
                ),
                "caffemodel",
                CAFFE,
                BLUE_FIRST,
                _slashed(CAFFE),
                Layout(),
                _UNRESTRICTED,
                (0.571, 0.802),
                "https://github.com/BVLC/caffe/tree/master/models/bvlc_alexnet",
            ),
            Published(
                "caffenet",
                (
                    Remote(
                        "bvlc_reference_caffenet.caffemodel",
                        f"{_BVLC}/bvlc_reference_caffenet.caffemodel",
                        "sha1:4c8d77deb20ea792f84eb5e6d0a11ca0a8660a46",
                        243_862_418,
                        243_862_418,
                    ),
                ),
                "caffemodel",
                CAFFENET,
                BLUE_FIRST,
                _slashed(CAFFENET),
                Layout(),
                _UNRESTRICTED,
                (0.574, 0.804),
                "https://github.com/BVLC/caffe/tree/master/models/bvlc_reference_caffenet",
            ),
            Published(
                "onnx_zoo",
                (
                    Remote(
                        "bvlcalexnet-12.onnx",
                        f"{_ZOO}/model/bvlcalexnet-12.onnx",
                        "sha256:6b0da9510f27f234ee96a85dc3809dd210150fdefad87f6850f9788513216945",
                        243_863_787,
                        243_863_787,
                    ),
                ),
                "onnx",
                CAFFE_224,
                SQUEEZED,
                counted(CAFFE_224),
                Layout(),
                "BSD-3-Clause (ONNX model zoo)",
                (0.548, 0.7823),
                "https://github.com/onnx/models/tree/main/validated/vision/classification/alexnet",
            ),
            Published(
                "torchvision",
                (
                    Remote(
                        "alexnet-owt-7be5be79.pth",
                        "https://download.pytorch.org/models/alexnet-owt-7be5be79.pth",
                        "sha256:7be5be79",
                        None,
                        244_400_000,
                    ),
                ),
                "pth",
                ONE_WEIRD_TRICK,
                RED_FIRST,
                _of_torch(ONE_WEIRD_TRICK),
                Layout(),
                "BSD-3-Clause (torchvision)",
                (0.56522, 0.79066),
                "https://pytorch.org/vision/stable/models/alexnet.html",
            ),
            Published(
                "toronto",
                (
                    Remote(
                        "bvlc_alexnet.npy",
                        "https://www.cs.toronto.edu/~guerzhoy/tf_alexnet/bvlc_alexnet.npy",
                        "",
                        None,
                        243_900_000,
                    ),
                ),
                "toronto",
                CAFFE,
                BLUE_FIRST,
                _slashed(CAFFE),
                HEIGHT_WIDTH_IN_OUT,
                _UNRESTRICTED,
                None,
                "https://www.cs.toronto.edu/~guerzhoy/tf_alexnet/",
            ),
            Published(
                "onnx_int8",
                (
                    Remote(
                        "bvlcalexnet-12-int8.onnx",
                        f"{_ZOO}/model/bvlcalexnet-12-int8.onnx",
                        "sha256:d53bbedf100be792",
                        60_984_008,
                        60_984_008,
                    ),
                ),
                "onnx",
                CAFFE_224,
                SQUEEZED,
                counted(CAFFE_224),
                Layout(),
                "BSD-3-Clause (ONNX model zoo)",
                None,  # published of whole numbers in every layer; here only the weights went through them
                "https://github.com/onnx/models/tree/main/validated/vision/classification/alexnet",
            ),
        )
    }
)
"""By id, in the order in which they are offered: the quick way to the real kernels first."""


def published(id: str) -> Published:
    """The entry of that id.

    Raises:
        ChoiceError: trained_unknown.
    """
    if id not in PUBLISHED:
        raise ChoiceError("trained_unknown", id=id, known=", ".join(PUBLISHED))
    return PUBLISHED[id]
