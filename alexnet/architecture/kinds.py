"""The kinds of rows, in one table. Standard library only.

A document's ids, the editor's new rows, and the groups that have their colours and words are read from here.
A new kind of layer needs:

1. a row: a frozen dataclass in ``alexnet.architecture.rows`` and its place in the union ``Row``, and in
   ``Weighted`` where its rows have weights and towers;
2. an entry in ``KINDS``, and the name ``editor.kind_<id>`` in both languages;
3. its sizes: ``alexnet.architecture.shapes.step``;
4. its Keras layer: ``alexnet.network.build.keras_outputs``;
5. the same as exported code: ``alexnet.network.source.code``;
6. its arithmetic in NumPy: ``alexnet.numerics.forward.output``;
7. what a comparison says of it: ``alexnet.figures.compare_table.settings``;
8. its operations in an ONNX file: ``alexnet.weights.writers.onnx.put``.

A field that no row has had yet needs its limits or its choices in ``alexnet.architecture.document``, and the
name ``editor.field_<field>``. The functions of 3 to 8 dispatch on a row's class: a kind is registered with
each, and a row that they do not know is an error. ``tests/architecture/test_kinds.py`` adds a kind at these
places alone, and shows that none of them can be left out.

Nothing else has to know it. The quiz asks about the kinds that it names, the page writes out their formulas,
and ``two_gpus`` takes it that a row without weights reads nothing of the other GPU's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from alexnet.architecture.rows import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Pooling,
    Row,
)

Group = Literal["convolution", "pooling", "normalization", "flatten", "dense", "dropout"]


@dataclass(frozen=True)
class Kind:
    """One kind of rows.

    Attributes:
        id: Its name in a document.
        group: What it is counted with: its colour in the theme, and its word in the tables.
        preset: What a new row is: one that fits in most places. Its name is what a new row's begins with.
        in_place: Its output takes no memory of its own.
    """

    id: str
    group: Group
    preset: Row
    in_place: bool = False

    @property
    def row(self) -> type[Row]:
        """The class of its rows."""
        return type(self.preset)

    @property
    def stem(self) -> str:
        """What the name of a new row begins with."""
        return self.preset.name

    def new(self, name: str) -> Row:
        """A new row of that name."""
        return replace(self.preset, name=name)


KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("convolution", "convolution", Convolution("conv", 64, 3, padding=1)),
        Kind("max_pooling", "pooling", Pooling("pool")),
        Kind("global_average_pooling", "pooling", GlobalAveragePooling("average")),
        Kind("local_response_normalization", "normalization", LocalResponseNormalization("lrn")),
        Kind("batch_normalization", "normalization", BatchNormalization("batch_norm")),
        Kind("flatten", "flatten", Flatten("flatten"), in_place=True),
        Kind("dense", "dense", Dense("fc", 128)),
        Kind("dropout", "dropout", Dropout("drop"), in_place=True),
    )
}
"""By their ids, in the order in which the editor offers them."""


def kind_of(row: Row) -> Kind:
    """The kind of a row.

    Raises:
        NotImplementedError: The table does not have it.
    """
    for kind in KINDS.values():
        if kind.row is type(row):
            return kind
    raise unknown(row)


def unknown(row: Row) -> NotImplementedError:
    """The error of whatever is asked for a row of a kind that it has not been told of."""
    return NotImplementedError(
        f"{type(row).__name__} is not known here; alexnet.architecture.kinds says where"
    )
