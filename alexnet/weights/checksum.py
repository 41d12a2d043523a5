"""Whether a file is the one that was published."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fits(published: str, path: Path) -> bool:
    """Whether a file has a published checksum.

    Args:
        published: ``sha256:`` or ``sha1:`` and hexadecimal digits, maybe only the first ones.
        path: The file.
    """
    kind, _, digits = published.partition(":")
    with path.open("rb") as file:
        return hashlib.file_digest(file, kind).hexdigest().startswith(digits.lower())
