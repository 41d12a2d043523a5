"""A run's JSON files as records: each field of its type, none missing, none besides."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Record = TypeVar("Record")


def read(kind: type[Record], content: object) -> Record:
    """The record that a file holds.

    Args:
        kind: A dataclass whose ``__pydantic_config__`` is strict.
        content: As ``json.loads`` returns it, which may be anything.

    Raises:
        ValueError: It is none; the message says where and why.
    """
    # By way of JSON: there a list is a tuple's way of writing, and a whole number that of a float.
    return cast(Record, _adapter(cast(Any, kind)).validate_json(json.dumps(content)))


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
