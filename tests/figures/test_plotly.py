"""Charts while the server is still importing what TensorFlow needs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

FIGURES = Path(__file__).parents[2] / "alexnet" / "figures"

SLOW_IMPORT = """
import importlib.abc, sys, threading, time

begun = threading.Event()

class Slow(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "pandas.core.api":
            begun.set()
            time.sleep(1)

sys.meta_path.insert(0, Slow())
threading.Thread(target=__import__, args=("pandas",)).start()
assert begun.wait(60)

from alexnet.figures.curves import Words, curve

steps = [{"epoch": 0.1 * n, "loss": 0.7} for n in range(1, 5)]
figure = curve("loss", steps, [], None, total=1, classes=2, words=Words(*"abcdef"))
print(len(figure.to_dict()["data"]))
"""


def test_a_chart_is_drawn_while_another_thread_is_importing_pandas():
    process = subprocess.run(
        [sys.executable, "-c", SLOW_IMPORT], cwd=FIGURES.parents[1], capture_output=True, encoding="utf-8"
    )
    assert process.returncode == 0, process.stderr
    assert int(process.stdout) >= 1


def test_every_figure_gets_plotly_from_the_one_place_that_waits_for_pandas():
    for path in sorted(FIGURES.glob("*.py")):
        functions = [
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef)
        ]  # fmt: skip
        imported = {
            alias.name
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert not {name for name in imported if name.startswith("plotly")}, path.name
