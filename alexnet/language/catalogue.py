"""Read the catalogues and fill in their gaps."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, get_args

from babel.messages.pofile import read_po

from alexnet.errors import AlexNetError, LanguageError
from alexnet.home import ASSETS

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

FOLDER = ASSETS / "languages"
_SECTION = re.compile(r"^<!-- ([a-z0-9_]+) -->$", re.MULTILINE)


@cache
def _catalogue(domain: str, language: Language) -> dict[str, str]:
    path = FOLDER / language / f"{domain}.po"
    if not path.is_file():
        raise LanguageError("catalogue_missing", domain=domain, language=language)
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


@cache
def _prose(domain: str, language: Language) -> dict[str, str]:
    path = FOLDER / language / f"{domain}.md"
    if not path.is_file():
        raise LanguageError("prose_missing", domain=domain, language=language)
    pieces = _SECTION.split(path.read_text(encoding="utf-8"))
    return {name: body.strip() for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}


def text(key: str, language: Language, /, **values: object) -> str:
    """The short text of a key.

    Args:
        key: ``<domain>.<name>``; the domain names the catalogue, and the whole key is its msgid.
        language: ``"ko"`` or ``"en"``.
        values: Fill the text's named gaps, which may carry a Python format: ``{count:,}``.

    Raises:
        LanguageError: No such key, or a gap that no value fills.
    """
    try:
        return template(key, language).format(**values)
    except (KeyError, IndexError, ValueError) as error:
        raise LanguageError("gap_unfilled", key=key, language=language, gap=str(error)) from error


def template(key: str, language: Language) -> str:
    """The short text of a key with its gaps left open, for a component that fills them in the browser.

    Raises:
        LanguageError: No such key.
    """
    try:
        return _catalogue(key.partition(".")[0], language)[key]
    except KeyError:
        raise LanguageError("key_missing", key=key, language=language) from None


def prose(domain: str, section: str, language: Language) -> str:
    """One section of a page's Markdown.

    Raises:
        LanguageError: No such file or section.
    """
    try:
        return _prose(domain, language)[section]
    except KeyError:
        raise LanguageError("section_missing", domain=domain, section=section, language=language) from None


def explain(error: AlexNetError, language: Language) -> str:
    """The sentence for an error: what was expected, what came, what to do; after its place, if it has one.

    A place is a ``layer``'s name, or the number of a ``row`` in a network's document, 0 for the network.
    """
    sentence = text(f"errors.{error.id}", language, **error.values)
    layer, row = error.values.get("layer"), error.values.get("row")
    if layer is not None:
        return text("errors.at_layer", language, layer=layer, problem=sentence)
    if row is not None:
        return text("errors.at_row" if row else "errors.at_network", language, row=row, problem=sentence)
    return sentence


def keys(domain: str, language: Language) -> frozenset[str]:
    """All keys of one catalogue."""
    return frozenset(_catalogue(domain, language))


def sections(domain: str, language: Language) -> tuple[str, ...]:
    """The names of the sections of one page's Markdown, in their order."""
    return tuple(_prose(domain, language))
