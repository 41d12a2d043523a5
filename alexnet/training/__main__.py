"""Runs from a terminal: ``python -m alexnet.training start | list | resume | export``.

    python -m alexnet.training start --recipe half_minute --name first
    python -m alexnet.training start --from shipped --freeze --limit 385
    python -m alexnet.training start --data photographs/ --network fitted_quick
    python -m alexnet.training list
    python -m alexnet.training resume 20261124-130843-a1b2c3
    python -m alexnet.training export 20261124-130843-a1b2c3 run.zip

The runs are those of the app: both read the same folders and share the one slot. Ctrl-C stops a run that
this terminal follows; its state is kept, and ``resume`` goes on. ``ALEXNET_LANGUAGE`` is ``en`` or ``ko``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from alexnet.architecture import NETWORKS
from alexnet.data.catalogue import DATA_SETS, STARTER, data_set
from alexnet.data.dataset import DataSet
from alexnet.data.own import making, store
from alexnet.data.own.record import SET_ID
from alexnet.errors import AlexNetError, InputError
from alexnet.language import Language, explain, text
from alexnet.numerics.initializers import INITIALIZERS
from alexnet.recipes import RECIPES, fitted, recipe
from alexnet.runs import beginning as beginnings
from alexnet.runs import queue, run, trained_beginning
from alexnet.runs.config import Config, new, with_choices
from alexnet.runs.export import export
from alexnet.runs.metrics_log import Curves
from alexnet.runs.reasons import reason_text
from alexnet.runs.run import Run
from alexnet.runs.slot import free
from alexnet.runs.supervisor import Supervisor
from alexnet.runs.terminal import without_greetings

VIEWER = "terminal"
_GLANCE = 0.3  # seconds between two looks at a run


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; 0, or 1 with a sentence on standard error."""
    given = _parser().parse_args(arguments)
    language: Language = "ko" if os.environ.get("ALEXNET_LANGUAGE", "").startswith("ko") else "en"
    try:
        return _COMMANDS[given.command](given, language)
    except AlexNetError as error:
        _say(explain(error, language), error=True)
        return 1


def _start(given: argparse.Namespace, language: Language) -> int:
    config = _config(given, _data(given, language))
    if (beginning := config.beginning) is not None:
        learning = beginnings.learning(config.rows, beginning)
        of = beginnings.learning(config.rows)
        anew = ", ".join(beginning.anew) or "-"
        name = trained_beginning.name(beginning.source, language)
        _say(text("beginning.terminal", language, name=name, learning=learning, of=of, anew=anew))
    return _follow(queue.submit(config, one_each=False), language)


def _config(given: argparse.Namespace, data: DataSet) -> Config:
    """The settings that a terminal's arguments ask for; a trained beginning brings its own network."""
    base, network = fitted(recipe(given.recipe), data.train - data.validation), given.network or "classroom"
    size, source = given.size, None
    if given.beginning is not None:
        source = trained_beginning.source(given.beginning)
        base = source.fitted(base)
        network = given.network or source.known
        size = given.size or (source.size if given.network is None else None)
    elif given.freeze:
        raise InputError("freeze_needs_beginning")
    chosen = with_choices(
        base, epochs=given.epochs, batch=given.batch, rate=given.rate, augment=given.augment
    )
    config = new(
        VIEWER,
        network,
        chosen,
        seed=given.seed,
        name=given.name,
        size=size,
        initializer_id=given.initializer,
        data=data.id,
        limit=given.limit,
    )
    if source is None:
        return config
    return replace(config, beginning=source.beginning(config.rows, frozen=given.freeze))


def _data(given: argparse.Namespace, language: Language) -> DataSet:
    """The data set of that id, or a folder's, or a zip's: said with what was skipped."""
    if given.data in {one.id for one in DATA_SETS} or SET_ID.fullmatch(given.data):
        return data_set(given.data)
    one = making.from_path(Path(given.data), VIEWER, seed=given.seed)
    for broken in store.index(one).broken:
        why = explain(AlexNetError(broken.id, **broken.values), language)
        _say(f"{broken.name}: {why}", error=True)
    numbers = {"train": one.train, "validation": one.validation, "test": one.test}
    _say(text("training.terminal_data", language, id=one.id, classes=", ".join(one.classes), **numbers))
    return store.data_set(one)


def _list(given: argparse.Namespace, language: Language) -> int:
    for one in run.runs():
        view = one.state()
        name = "" if view.reason == "config_damaged" else one.config().name
        progress = f"{view.step / max(1, view.steps_per_epoch):.1f}/{view.epochs}"
        words = (one.id, f"{text(f'training.state_{view.state}', language):10}", f"{progress:9}", name)
        _say("  ".join(words).rstrip())
        if view.reason is not None:
            _say(f"    {reason_text(view, language)}")
    return 0


def _resume(given: argparse.Namespace, language: Language) -> int:
    one = run.find(given.id)
    queue.resume(one, one_each=False)
    return _follow(one, language)


def _export(given: argparse.Namespace, language: Language) -> int:
    with without_greetings():
        export(run.find(given.id), given.file)
    _say(str(given.file))
    return 0


def _follow(one: Run, language: Language) -> int:
    """Say what a run says until it ends; train what waits where no worker does."""
    _say(one.id)
    curves, said, supervisor = Curves(one.metrics_file), 0, Supervisor()
    children: list[tuple[Run, subprocess.Popen[bytes], float]] = []
    try:
        while (view := one.state()).active:
            supervisor.look()
            curves.update()
            said = _say_epochs(curves, min(said, len(curves.epochs)), view.epochs, language)
            for ended in [started for started in children if started[1].poll() is not None]:
                run_, child, since = ended
                queue.after(run_, child.pid, child.returncode, since)
                children.remove(ended)
            waiting = queue.waiting()
            if waiting and not children and free():
                since = time.time()
                children.append((waiting[0], queue.launch(waiting[0]), since))
            time.sleep(_GLANCE)
    except KeyboardInterrupt:
        run.control(one, "stop")
        while one.state().active:
            supervisor.look()
            time.sleep(_GLANCE)
    curves.update()
    _say_epochs(curves, min(said, len(curves.epochs)), one.state().epochs, language)
    view = one.state()
    if curves.test is not None:
        _say(text("training.terminal_test", language, accuracy=curves.test["test_accuracy"]))
    _say(f"{text(f'training.state_{view.state}', language)} {reason_text(view, language)}".rstrip())
    return 0 if view.state in ("finished", "stopped") else 1


def _say_epochs(curves: Curves, said: int, epochs: int, language: Language) -> int:
    for line in curves.epochs[said:]:
        values = {
            name: line[name] for name in ("epoch", "loss", "accuracy", "validation_accuracy", "seconds")
        }
        _say(text("training.terminal_epoch", language, epochs=epochs, **values))
    return len(curves.epochs)


def _say(words: str, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    stream.write(words + "\n")
    stream.flush()


_COMMANDS = {"start": _start, "list": _list, "resume": _resume, "export": _export}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m alexnet.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("start", help="start a run and follow it")
    start.add_argument(
        "--network", choices=[one.id for one in NETWORKS], help="default: classroom, or that of --from"
    )
    start.add_argument(
        "--data",
        default=STARTER.id,
        help="a folder of class folders, a zip of them, or a data set's id; else the starter data",
    )
    start.add_argument("--recipe", choices=[one.id for one in RECIPES], default=RECIPES[0].id)
    start.add_argument("--epochs", type=int)
    start.add_argument("--batch", type=int, help="images a step")
    start.add_argument("--rate", type=float, help="highest learning rate")
    start.add_argument("--augment", action=argparse.BooleanOptionalAction, help="crops and flips, or none")
    start.add_argument(
        "--from",
        dest="beginning",
        metavar="ID",
        help="start from a trained network: shipped, or a finished run",
    )
    start.add_argument("--freeze", action="store_true", help="with --from: the convolutions stay as they are")
    start.add_argument("--size", type=int, help="pixels a side that the network reads")
    start.add_argument("--initializer", choices=[one.id for one in INITIALIZERS])
    start.add_argument("--seed", type=int, default=0)
    start.add_argument("--name", default="")
    start.add_argument("--limit", type=int, help="use at most so many images of each part")
    commands.add_parser("list", help="list all runs, the newest first")
    commands.add_parser("resume", help="let a run go on and follow it").add_argument("id")
    out = commands.add_parser("export", help="write a run as a zip file")
    out.add_argument("id")
    out.add_argument("file", type=Path)
    return parser


if __name__ == "__main__":
    sys.exit(main())
