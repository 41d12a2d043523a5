"""A network as text: JSON to keep and to edit, and a short form of it for a link. Standard library only.

What comes in may have been typed or changed by anybody: every field is held against its type and limits, so
that what ``read`` returns can be traced, built and written out as code. It need not fit: whether the rows
follow one another is for ``alexnet.architecture.shapes`` to say, row by row.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import keyword
import re
import reprlib
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, cast, get_args

from alexnet.architecture.kinds import KINDS, kind_of
from alexnet.architecture.rows import INITIALIZER_IDS, Activation, Network, Reads, Round, Rounding, Row
from alexnet.errors import InputError

VERSION = 1
MOST_ROWS = 60
MOST_TEXT = 64 * 1024
"""Characters of a document at most; sixty rows need a tenth of it."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
"""A row's name is also a layer's in Keras and a variable's in exported code."""

_TAKEN = {*keyword.kwlist, *keyword.softkwlist, "image", "keras", "layers", "model"}
_ENDINGS = ("_joined", "_pad", "_tower1", "_tower2", *(f"_{name}" for name in get_args(Activation)))

LIMITS: Mapping[str, tuple[float, float]] = {
    "maps": (1, 4096),
    "units": (1, 16384),
    "kernel": (1, 64),
    "stride": (1, 32),
    "padding": (0, 64),
    "towers": (1, 2),
    "size": (1, 64),
    "n": (1, 63),
    "k": (0.001, 1000),
    "alpha": (0, 10),
    "beta": (0, 10),
    "momentum": (0, 0.9999),
    "epsilon": (1e-5, 1),
    "std": (0, 10),
    "bias": (-100, 100),
    "rate": (0, 0.99),
    "image": (1, 512),
    "channels": (1, 4),
}
"""Smallest and largest value of each number, both included; ``n`` is odd besides. ``size`` is a window's,
``image`` the network's."""

WHOLE = {"maps", "units", "kernel", "stride", "padding", "towers", "size", "n", "image", "channels"}
"""Those of ``LIMITS`` that have no fractions."""

_CHOICES: Mapping[str, tuple[str | None, ...]] = {
    "activation": (*get_args(Activation), None),
    "reads": get_args(Reads),
    "initializer": INITIALIZER_IDS,
    "convolution": get_args(Round),
    "pooling": get_args(Round),
    "rounding": (*get_args(Round), None),
}
_WHOLE_NETWORK = 0  # the row that an error names where it is about none


def write(network: Network) -> dict[str, Any]:
    """A network as JSON holds it; what stands at its default is left out."""
    return {
        "alexnet_network": VERSION,
        "id": network.id,
        "size": network.size,
        "channels": network.channels,
        "rounding": {
            "convolution": network.rounding.convolution,
            "pooling": network.rounding.pooling,
        },
        "rows": [{"kind": kind_of(row).id, **_set_fields(row)} for row in network.rows],
    }


def _set_fields(row: Row) -> dict[str, Any]:
    return {
        field.name: getattr(row, field.name)
        for field in fields(row)
        if field.default is MISSING or getattr(row, field.name) != field.default or field.name == "name"
    }


def read(content: object) -> Network:
    """The network of a document.

    Args:
        content: As ``json.loads`` returns it.

    Raises:
        InputError: document_not_one, document_too_many_rows, document_name_twice, document_name_taken,
            document_name, document_field_unknown, document_field_missing or document_value; the values
            say in which ``row`` (from 1, and 0 for the network itself), what came and what is expected.
    """
    if not isinstance(content, dict) or content.get("alexnet_network") != VERSION:
        raise InputError("document_not_one")
    rows = content.get("rows")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST_ROWS:
        received = len(rows) if isinstance(rows, list) else 0
        raise InputError("document_too_many_rows", most=MOST_ROWS, received=received)
    made = tuple(_row(content, row) for row, content in enumerate(rows, start=1))
    names = [row.name for row in made]
    if twice := [name for name in names if names.count(name) > 1]:
        raise InputError("document_name_twice", name=twice[0])
    rounding = content.get("rounding", {})
    if not isinstance(rounding, dict):
        raise _wrong(_WHOLE_NETWORK, "rounding", rounding, "{}")
    ways = {
        name: _value(_WHOLE_NETWORK, name, rounding.get(name, "down")) for name in ("convolution", "pooling")
    }
    return Network(
        _named(_WHOLE_NETWORK, "id", content.get("id", "edited")),
        made,
        size=_number(_WHOLE_NETWORK, "size", content.get("size"), "image"),
        channels=_number(_WHOLE_NETWORK, "channels", content.get("channels", 3), "channels"),
        rounding=Rounding(**ways),
    )


def _row(content: object, row: int) -> Row:
    if not isinstance(content, dict):
        raise _wrong(row, "kind", content, ", ".join(KINDS))
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:  # a list cannot even be looked for
        raise _wrong(row, "kind", kind, ", ".join(KINDS))
    row_class = KINDS[kind].row
    known = {field.name: field for field in fields(row_class)}
    given = {name: value for name, value in content.items() if name != "kind"}
    for name in given:
        if name not in known:
            raise InputError("document_field_unknown", row=row, field=str(name)[:40])
    for name, field in known.items():
        if field.default is MISSING and name not in given:
            raise InputError("document_field_missing", row=row, field=name)
    checked = {name: _value(row, name, value) for name, value in given.items()}
    return row_class(**checked)


def _value(row: int, name: str, value: object) -> Any:
    if name == "name":
        return _named(row, name, value)
    if name == "padding" and value == "same":
        return value
    if name == "std" and value is None:
        return None
    if (choices := _CHOICES.get(name)) is not None:
        if value not in choices or isinstance(value, bool):
            raise _wrong(row, name, value, ", ".join(str(choice) for choice in choices))
        return value
    number = _number(row, name, value, name)
    if name == "n" and number % 2 == 0:
        raise _wrong(row, name, value, "1, 3, 5, ...")
    return number


def _named(row: int, name: str, value: object) -> str:
    if not isinstance(value, str) or NAME.fullmatch(value) is None:
        raise InputError("document_name", row=row, field=name, value=_shown(value))
    if name == "name" and (value in _TAKEN or value.endswith(_ENDINGS)):
        raise InputError("document_name_taken", row=row, name=value)
    return value


def _number(row: int, name: str, value: object, limit: str) -> Any:
    low, high = LIMITS[limit]
    is_number = isinstance(value, int if limit in WHOLE else int | float) and not isinstance(value, bool)
    if not is_number or not low <= cast(float, value) <= high:
        raise _wrong(row, name, value, f"{low:g} - {high:g}")
    return value


def _shown(value: object) -> str:
    """A value for an error, which may be anything, as deep as the text allows."""
    return reprlib.repr(value)[:40]


def _wrong(row: int, name: str, value: object, expected: str) -> InputError:
    return InputError("document_value", row=row, field=name, value=_shown(value), expected=expected[:200])


def to_text(network: Network) -> str:
    """The document as text to be kept, one row a line."""
    content = write(network)
    rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in content.pop("rows"))
    head = json.dumps(content, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{head},\n  "rows": [\n{rows}\n  ]\n}}\n'


def digest(network: Network) -> str:
    """Twelve hexadecimal digits of SHA-256 over ``to_text``: another one for another network."""
    return hashlib.sha256(to_text(network).encode()).hexdigest()[:12]


def from_text(text: str) -> Network:
    """The network of such text.

    Raises:
        InputError: document_too_long, document_not_json, or those of ``read``.
    """
    if len(text) > MOST_TEXT:
        raise InputError("document_too_long", most=MOST_TEXT, received=len(text))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("document_not_json", line=getattr(error, "lineno", 1)) from error
    return read(content)


def to_link(network: Network) -> str:
    """The document for a link: letters, digits, ``-`` and ``_``; the paper's network takes 330 of them."""
    plain = json.dumps(write(network), separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode("ascii").rstrip("=")


def from_link(text: str) -> Network:
    """The network of a link.

    Raises:
        InputError: document_link_damaged, or those of ``read``.
    """
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        plain = unpacking.decompress(packed, MOST_TEXT)  # a few bytes could otherwise become gigabytes
        if not unpacking.eof:
            raise ValueError
        content = json.loads(plain)
    except (ValueError, RecursionError, binascii.Error, zlib.error) as error:
        raise InputError("document_link_damaged") from error
    return read(content)
