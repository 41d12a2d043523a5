"""Photographs of a test's own making, as files, zips and folders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

COLOURS = {"cat": (200, 60, 50), "dog": (50, 90, 200), "고양이": (60, 190, 80), "pear": (120, 200, 60)}


def photograph(label: str, number: int, kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """A file: noise around the class's colour, another one for each number."""
    generator = np.random.default_rng((number, len(label)))
    width, height = size
    noise = generator.normal(0, 25, (height, width, 3)) + np.array(COLOURS.get(label, (128, 128, 128)))
    target = io.BytesIO()
    Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8)).save(target, kind)
    return target.getvalue()


def files(per_class: int, classes: tuple[str, ...] = ("cat", "dog"), kind: str = "JPEG") -> dict[str, bytes]:
    return {
        f"{label}/{number:03}.jpg": photograph(label, number, kind)
        for label in classes
        for number in range(per_class)
    }


def packed(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def unpacked(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
