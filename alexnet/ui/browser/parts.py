"""What a component is made of: the files of ``assets/components``."""

from __future__ import annotations

from alexnet.home import ASSETS
from alexnet.language import keys, template
from alexnet.ui.language import current_language

_FOLDER = ASSETS / "components"
BROWSER = "js_"
"""Texts whose names begin so are for the browser."""


def script(*names: str) -> str:
    """One module of several files.

    Args:
        names: ``<folder>/<file>`` without ``.js``, in the order in which they need one another.
    """
    return "\n".join((_FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in names)


def style(name: str) -> str:
    """A style sheet: ``<folder>/<file>`` without ``.css``."""
    return (_FOLDER / f"{name}.css").read_text(encoding="utf-8")


def texts(domain: str) -> dict[str, str]:
    """A page's texts for the browser, in the current language: ``<domain>.js_<name>`` by their names."""
    language, before = current_language(), f"{domain}.{BROWSER}"
    return {
        key.removeprefix(before): template(key, language)
        for key in sorted(keys(domain, language))
        if key.startswith(before)
    }
