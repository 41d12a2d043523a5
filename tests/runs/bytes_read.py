"""How many bytes of one file are read, and so who reads it anew."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest


def bytes_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of each reading of that file from now on, by whomever."""
    sizes: list[int] = []
    opened = Path.open

    class Counted(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            content = super().read(-1 if size is None else size) or b""
            sizes.append(len(content))
            return content

    def open_(self: Path, *arguments: Any, **settings: Any) -> Any:
        reading = arguments == ("rb",) and self == path
        return Counted(self, "r") if reading else opened(self, *arguments, **settings)

    monkeypatch.setattr(Path, "open", open_)
    return sizes
