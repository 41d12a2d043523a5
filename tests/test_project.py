"""The rules of the project that no tool knows: what the README promises, what the tree may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from alexnet.language import Language, text
from alexnet.ui.pages import PAGES

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.ko.md")
RUN = "pip install -r requirements.txt && streamlit run app.py"
TEST = "pip install -r requirements-dev.txt && pytest"
CACHES = {".git", "build", ".hypothesis", "__pycache__"}
TEXT = {"", ".py", ".md", ".txt", ".toml", ".po", ".svg", ".json", ".jsonl", ".csv", ".css", ".js", ".html"}


def tree() -> Iterator[Path]:
    """Every text file of the project, without what tools leave behind."""
    environments = {mark.parent for mark in ROOT.glob("*/pyvenv.cfg")}  # whatever one calls them
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        if CACHES.intersection(folders) or environments.intersection(path.parents):
            continue
        if any(name.endswith(("_cache", ".egg-info")) for name in folders):
            continue
        if path.is_file() and path.suffix in TEXT:
            yield path


def commands(document: str) -> list[str]:
    """The lines of a document's ``sh`` blocks."""
    markdown = (ROOT / document).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", markdown, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports, wherever in it: ``{"os", "pathlib.Path"}``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("document", READMES)
def test_the_readme_runs_and_tests_the_app_with_one_command_each(document: str) -> None:
    assert RUN in commands(document)
    assert TEST in commands(document)


@pytest.mark.parametrize(("document", "language"), [("README.md", "en"), ("README.ko.md", "ko")])
def test_the_readme_asks_the_question_of_every_page(document: str, language: Language) -> None:
    readme = (ROOT / document).read_text(encoding="utf-8")
    titles = [text(f"{page.id}.title", language) for page in PAGES]
    assert [title for title in titles if f"| {title} |" not in readme] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert TEST in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_has_a_lower_and_an_upper_bound(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert requirements
    assert [line for line in requirements if not re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", line)] == []


def test_imports_run_downward_only() -> None:
    command = [sys.executable, "-c", "import importlinter.cli as c; c.lint_imports_command()", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ", 0 broken" in result.stdout


def test_app_py_knows_only_streamlit_and_the_user_interface() -> None:
    names = imported(ROOT / "app.py")
    assert {name for name in names if not re.match(r"streamlit\b|alexnet\.ui\b", name)} == set()


def test_the_architecture_table_needs_nothing_but_python() -> None:
    files = list((ROOT / "alexnet" / "architecture").glob("*.py"))
    names = {name for file in files for name in imported(file)}
    assert "alexnet.errors.ChoiceError" in names
    foreign = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    known = ("alexnet.errors.", "alexnet.facts.", "alexnet.facts", "alexnet.architecture")
    assert {name for name in foreign if not name.startswith(known)} == set()


def test_a_page_is_short() -> None:
    pages = [ROOT / "app.py", *(ROOT / "pages").glob("*/page.py")]
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in pages}
    assert len(lines) > 1
    assert {name: count for name, count in lines.items() if count > 60} == {}


def test_every_folder_of_the_lessons_is_a_package() -> None:
    # Without it mypy takes two lessons' files of one name for one module.
    folders = {path.parent for path in (ROOT / "pages").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_text_files_are_utf8() -> None:
    wrong = {}
    for path in tree():
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            wrong[str(path)] = str(error)
    assert wrong == {}


def test_text_files_have_plain_line_feeds_and_a_last_newline() -> None:
    contents = {path: path.read_bytes() for path in tree()}
    assert [path for path, content in contents.items() if content.startswith(b"\xef\xbb\xbf")] == []
    assert [path for path, content in contents.items() if b"\r" in content] == []
    assert [path for path, content in contents.items() if content and not content.endswith(b"\n")] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(?:home|Users|root|work)/\w|[A-Z]:\\\\?Users")
    assert [str(path) for path in tree() if place.search(path.read_bytes())] == []


@pytest.mark.parametrize("document", READMES)
def test_the_library_code_of_the_readme_runs_without_streamlit(document: str) -> None:
    markdown = (ROOT / document).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", markdown, re.DOTALL))
    assert "from alexnet.network import AlexNet" in code and "build(PAPER_2012)" in code
    # Sixty million zeros are quicker than as many random numbers.
    code = code.replace("build(PAPER_2012)", 'build(PAPER_2012, initializer="zeros")')
    code += "\nimport sys\nassert 'streamlit' not in sys.modules\nprint(model.count_params())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "conv1 (55, 55, 96)" in done.stdout
    assert done.stdout.split()[-1] == "60965224"


def test_the_map_of_the_house_is_the_tree() -> None:
    markdown = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = markdown.partition("## The map of the house")[2].partition("**One table")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    library = ROOT / "alexnet"
    rooms = {f"alexnet/{path.name}/" for path in library.iterdir() if (path / "__init__.py").exists()}
    modules = {f"alexnet/{path.name}" for path in library.glob("*.py") if path.name != "__init__.py"}
    assert {name for name in named if name.startswith("alexnet/")} == rooms | modules
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_link_of_the_documents_leads_somewhere() -> None:
    broken = []
    for path in (path for path in tree() if path.suffix == ".md"):
        markdown = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)|<img [^>]*src=\"([^\"]+)\"", markdown):
            link = "".join(target)
            if not re.match(r"[a-z]+:", link) and not (path.parent / link).exists():
                broken.append(f"{path.name}: {link}")
    assert broken == []


def test_both_languages_have_the_same_files() -> None:
    folder = ROOT / "assets" / "languages"
    files = {
        language.name: {str(path.relative_to(language)) for path in language.iterdir()}
        for language in folder.iterdir()
    }
    assert set(files) == {"ko", "en"}
    assert files["ko"] == files["en"] != set()
