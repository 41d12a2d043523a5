"""Korean and English say the same things, and nothing in the code asks for a text that is not there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import alexnet.errors
from alexnet.errors import AlexNetError, LanguageError
from alexnet.language import LANGUAGES, catalogue, explain, keys, prose, sections, text

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = sorted({path.stem for language in LANGUAGES for path in (catalogue.FOLDER / language).glob("*.po")})
PROSE = sorted({path.stem for language in LANGUAGES for path in (catalogue.FOLDER / language).glob("*.md")})
SOURCES = [
    ROOT / "app.py",
    *sorted((ROOT / "pages").rglob("*.py")),
    *sorted((ROOT / "alexnet").rglob("*.py")),
]
ERRORS = {name for name, kind in vars(alexnet.errors).items() if isinstance(kind, type)}
KEY = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")


def called(tree: ast.AST, names: set[str]) -> list[ast.Call]:
    """The calls of functions or classes of these names."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", None)) in names
        and node.args
    ]


def constants(tree: ast.AST) -> set[str]:
    """Every literal text of a file, but for the pieces of f-strings."""
    composed = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    pieces = {id(piece) for node in composed for piece in node.values}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in pieces
    }


def patterns(tree: ast.AST) -> list[str]:
    """Every f-string of a file as a regular expression, with anything for its gaps."""
    return [
        "".join(re.escape(piece.value) if isinstance(piece, ast.Constant) else ".+" for piece in node.values)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    ]


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_catalogues_have_the_same_keys(domain):
    assert keys(domain, "ko") == keys(domain, "en")


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_key_names_its_domain(domain):
    assert all(key.startswith(f"{domain}.") for key in keys(domain, "en"))


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_gaps(domain):
    texts = {language: catalogue._catalogue(domain, language) for language in LANGUAGES}
    different = [key for key in texts["ko"] if gaps(texts["ko"][key]) != gaps(texts["en"][key])]
    assert not different


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_empty_or_written_twice(domain, language):
    source = (catalogue.FOLDER / language / f"{domain}.po").read_text(encoding="utf-8")
    ids = re.findall(r'^msgid "([^"]+)"$', source, re.MULTILINE)
    assert sorted(ids) == sorted(keys(domain, language))


@pytest.mark.parametrize("domain", DOMAINS)
def test_korean_is_korean_and_english_has_no_hangul(domain):
    hangul = re.compile("[가-힣]")
    assert any(hangul.search(text) for text in catalogue._catalogue(domain, "ko").values())
    assert not [key for key, text in catalogue._catalogue(domain, "en").items() if hangul.search(text)]


@pytest.mark.parametrize("domain", PROSE)
def test_both_proses_have_the_same_sections_in_the_same_order(domain):
    assert sections(domain, "ko") == sections(domain, "en")
    for language in LANGUAGES:
        assert all(prose(domain, section, language) for section in sections(domain, language))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_that_a_file_names_exists(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {text for text in constants(tree) if KEY.fullmatch(text) and text.partition(".")[0] in DOMAINS}
    unknown = {key for key in named if key not in keys(key.partition(".")[0], "en")}
    asked = {
        call.args[0].value
        for call in called(tree, {"t", "text"})
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    unknown |= {key for key in asked if key.partition(".")[0] not in DOMAINS}
    assert not unknown


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_that_a_file_composes_has_a_candidate(path):
    composed = patterns(ast.parse(path.read_text(encoding="utf-8")))
    for domain in DOMAINS:
        for pattern in composed:
            if pattern.startswith(rf"{domain}\.") and re.fullmatch(r"[a-z0-9_.+\\]+", pattern):
                assert any(re.fullmatch(pattern, key) for key in keys(domain, "en")), pattern


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_section_that_a_file_names_exists(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in called(tree, {"p", "prose", "source"}):
        literals = [argument.value for argument in call.args[:2] if isinstance(argument, ast.Constant)]
        if len(literals) == 2:
            assert literals[1] in sections(*literals[:1], "en"), literals


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_error_that_a_file_raises_has_its_sentence_with_its_values(path):
    for call in called(ast.parse(path.read_text(encoding="utf-8")), ERRORS):
        if not isinstance(call.args[0], ast.Constant):
            continue
        key = f"errors.{call.args[0].value}"
        assert key in keys("errors", "en"), key
        if all(keyword.arg for keyword in call.keywords):
            given = {keyword.arg for keyword in call.keywords}
            assert gaps(catalogue._catalogue("errors", "en")[key]) <= given, key


def test_an_unknown_key_fails():
    with pytest.raises(LanguageError, match="key_missing"):
        text("common.no_such_key", "en")
    with pytest.raises(LanguageError, match="catalogue_missing"):
        text("nowhere.at_all", "ko")
    with pytest.raises(LanguageError, match="section_missing"):
        prose("classroom", "no_such_section", "en")


def test_a_gap_that_nothing_fills_fails():
    with pytest.raises(LanguageError, match="gap_unfilled"):
        text("home.summary", "en")


def test_an_error_is_explained_in_the_readers_language():
    error = AlexNetError("unexpected", reference="a1b2c3")
    assert "a1b2c3" in explain(error, "ko") and "a1b2c3" in explain(error, "en")
    assert explain(error, "ko") != explain(error, "en")
