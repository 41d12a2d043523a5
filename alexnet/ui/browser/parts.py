"""What a component is made of: the files of ``assets/components``."""

from __future__ import annotations

from alexnet.home import ASSETS

_FOLDER = ASSETS / "components"


def script(*names: str) -> str:
    """One module of several files.

    Args:
        names: ``<folder>/<file>`` without ``.js``, in the order in which they need one another.
    """
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)


def style(name: str) -> str:
    """A style sheet: ``<folder>/<file>`` without ``.css``."""
    return (_FOLDER / f"{name}.css").read_text(encoding="utf-8")
