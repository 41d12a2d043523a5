"""Published networks from a terminal: ``python -m alexnet.weights list | fetch NAME``.

    python -m alexnet.weights list
    python -m alexnet.weights fetch caffenet_first

What is fetched lies in ``weights`` of the data folder (``ALEXNET_HOME``), where the app finds it by itself.
Ctrl-C keeps the part, and ``fetch`` goes on with it. ``ALEXNET_LANGUAGE`` is ``en`` or ``ko``.
"""

from __future__ import annotations

import argparse
import os
import sys

from alexnet.errors import AlexNetError
from alexnet.language import Language, explain, text
from alexnet.weights import local
from alexnet.weights.catalogue import PUBLISHED, Published, published
from alexnet.weights.fetching import fetch


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; 0, or 1 with a sentence on standard error."""
    language: Language = "ko" if os.environ.get("ALEXNET_LANGUAGE", "").startswith("ko") else "en"
    parser = argparse.ArgumentParser(prog="python -m alexnet.weights", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list")
    commands.add_parser("fetch").add_argument("name")
    given = parser.parse_args(arguments)
    try:
        if given.command == "list":
            for entry in PUBLISHED.values():
                _say(_line(entry, language))
        else:
            _fetch(published(given.name), language)
    except AlexNetError as error:
        _say(explain(error, language), error=True)
        return 1
    except KeyboardInterrupt:
        _say("", error=True)
        return 130
    return 0


def _line(entry: Published, language: Language) -> str:
    here = text("real.here" if local.files(entry) else "real.not_here", language)
    name = text(f"real.name_{entry.id}", language)
    return f"{entry.id:16} {entry.about / 1e6:7.1f} MB  {here}  {name}; {entry.licence}"


def _fetch(entry: Published, language: Language) -> None:
    shown = -1

    def progress(done: int) -> None:
        nonlocal shown
        share = min(100, 100 * done // entry.about)
        if share != shown:
            shown = share
            sys.stderr.write(f"\r{entry.id}: {share} %")
            sys.stderr.flush()

    fetch(entry, progress)
    sys.stderr.write("\n")
    read = local.prepare(entry)
    _say(text("real.read", language, arrays=read.arrays, numbers=read.numbers))
    if read.not_finite:
        _say(text("real.not_finite", language, count=read.not_finite))


def _say(line: str, *, error: bool = False) -> None:
    (sys.stderr if error else sys.stdout).write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
