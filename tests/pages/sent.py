"""What the components of a page are sent, read back without the app's code."""

from __future__ import annotations

import json

from safetensors.numpy import load


def sent(at):
    """For each component of the page that is sent arrays: its other values, and the arrays by name."""
    return [read(element.proto.bytes) for element in at.main.get("bidi_component")]


def read(data: bytes):
    """The values and the arrays of one row of bytes."""
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return json.loads(header["__metadata__"]["values"]), load(data)
