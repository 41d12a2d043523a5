"""Weight files that somebody brings, by an upload or in the data folder, as trained networks. No TensorFlow.

A file that was read lies in ``weights/brought/<id>`` as a file of ours, beside a note that says what it is:
the network's rows, classes and preparation are those of the network that it was found to belong to.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from alexnet.architecture import NETWORKS, Network, document
from alexnet.data import imagenet
from alexnet.data.catalogue import DATA_SETS
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.errors import AlexNetError, ChoiceError, DataError
from alexnet.home import folder, place, write_text
from alexnet.language import LANGUAGES, Language, text
from alexnet.sandbox import SANDBOX
from alexnet.trained import published, shipped
from alexnet.trained.record import History, Provenance, Trained
from alexnet.weights.catalogue import PUBLISHED, RED_FIRST
from alexnet.weights.local import LIMITS
from alexnet.weights.recognizing import Candidate, Recognized, Said, ending

MOST_BYTES = 32 * 2**20
"""Of an upload; a larger file is laid into the data folder by hand."""

MOST_OF_VIEWER, MOST = 5, 60
"""Uploads that are kept: of one viewer, and of all; the oldest give way."""

_PREFIX = "file_"
_ID = re.compile(r"file_[0-9a-f]{12}")
_NOTE, _OURS = "note.json", "weights.safetensors"


@dataclass(frozen=True)
class Like:
    """A network that a file may belong to, with what its outputs mean and how it reads pictures."""

    id: str
    network: Network
    classes: tuple[Class, ...]
    preparation: Preparation
    name: Callable[[Language], str]


def like(one: Trained) -> Like:
    """A trained network as one that a file may belong to."""
    return Like(one.id, one.network, one.classes, one.preparation, one.name)


def known() -> list[Like]:
    """The networks of the app: the published ones, those that ship with it, and those of the lessons."""
    real = [published.trained(entry) for entry in PUBLISHED.values() if not entry.first_only]
    here = [shipped.trained(id) for id in shipped.NETWORKS]
    return [*map(like, real), *map(like, here), *map(_of_rows, NETWORKS)]


def _of_rows(network: Network) -> Like:
    name = partial(text, f"common.network_{network.id}")
    for data in DATA_SETS:
        if len(data.classes) == network.classes:
            return Like(network.id, network, data.classes, data.preparation(), name)
    if network.classes == len(imagenet.classes()):
        return Like(network.id, network, imagenet.classes(), RED_FIRST, name)
    numbered = [
        Class(f"output_{number}", {each: text("real.output", each, number=number) for each in LANGUAGES})
        for number in range(1, network.classes + 1)
    ]
    return Like(network.id, network, tuple(numbered), RED_FIRST, name)


def bring(
    content: bytes,
    name: str,
    viewer: str,
    candidates: Sequence[Like],
    said: Said,
    language: Language,
    tick: Callable[[float], None] | None = None,
) -> str:
    """Read an uploaded file; returns the id of its network.

    Args:
        content: The file.
        name: What it is called.
        viewer: Who brings it.
        candidates: The networks that it may belong to, the likeliest first.
        said: Of kernels alone.
        language: Of the names of networks in messages.
        tick: Told while it is read; may raise to give up.

    Raises:
        DataError: foreign_too_large, or as ``recognizing.store_recognized``.
        LimitError: Reading it took too much.
    """
    if len(content) > MOST_BYTES:
        raise DataError("foreign_upload_too_large", file=name, most=MOST_BYTES // 2**20)
    told = f"{viewer} {said} {','.join(one.id for one in candidates)}".encode()
    id = _PREFIX + hashlib.sha256(told + content).hexdigest()[:12]
    if not (_root() / id / _NOTE).is_file():
        with tempfile.TemporaryDirectory() as made:
            path = Path(made) / f"upload{ending(name)}"
            path.write_bytes(content)
            _read(id, path, name, candidates, said, {"viewer": viewer}, language, tick)
        _give_way(viewer)
    return id


def dropped() -> dict[str, Path]:
    """Files that lie in the data folder's ``weights`` and are none of the catalogue's, by id."""
    names = {file.name for entry in PUBLISHED.values() for file in entry.files}
    try:
        here = sorted(path for path in place("weights").iterdir() if path.is_file())
    except OSError:
        return {}
    found = [path for path in here if ending(path.name) and path.name not in names]
    return {_PREFIX + hashlib.sha256(path.name.encode()).hexdigest()[:12]: path for path in found}


def of_viewer(viewer: str) -> list[str]:
    """The ids of a viewer's uploads, the newest first."""
    return [path.parent.name for path in _notes() if _note(path).get("viewer") == viewer]


def name_of(id: str) -> str:
    """What a file was called; empty where it is not there."""
    path = dropped().get(id)
    return path.name if path is not None else str(_note(_root() / id / _NOTE).get("name", ""))


def is_brought(id: str) -> bool:
    """Whether an id is one of such a file, there or not."""
    return _ID.fullmatch(id) is not None


def find(id: str, language: Language, tick: Callable[[float], None] | None = None) -> Trained:
    """The network of a file; one in the data folder is read first, unless that is done.

    Args:
        id: Of ``bring`` or ``dropped``.
        language: Of the names of networks in messages.
        tick: Told while it is read.

    Raises:
        ChoiceError: trained_unknown; it is not there, or has given way.
        DataError, LimitError: As ``bring``.
    """
    path = dropped().get(id)
    note = _note(_root() / id / _NOTE)
    if path is not None and note.get("stamp") != _stamp(path):
        _read(id, path, path.name, known(), Said(), {"stamp": _stamp(path)}, language, tick)
        note = _note(_root() / id / _NOTE)
    if not note:
        raise ChoiceError("trained_unknown", id=id, known=", ".join([*shipped.NETWORKS, *dropped()]))
    return _trained(id, note)


def unread(id: str) -> Trained:
    """A record for lists of names, of a file that need not have been read."""
    return replace(shipped.trained(), id=id, name=partial(_called, name_of(id)))


def _called(name: str, language: Language) -> str:
    return text("real.file_name", language, name=name)


def _read(
    id: str,
    path: Path,
    name: str,
    candidates: Sequence[Like],
    said: Said,
    more: Mapping[str, object],
    language: Language,
    tick: Callable[[float], None] | None,
) -> None:
    """Read a file in a limited process and note what it is."""
    target = folder("weights") / "brought" / id
    target.mkdir(parents=True, exist_ok=True)
    offered = [Candidate(one.id, one.network, one.name(language)) for one in candidates]
    try:
        found: Recognized = SANDBOX.run(
            "alexnet.weights.recognizing:store_recognized",
            path,
            name,
            offered,
            target / _OURS,
            said,
            limits=LIMITS,
            tick=tick,
        )
    except BaseException as error:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(error, AlexNetError):
            raise _named(error, path.name, name) from None
        raise
    one = next(one for one in candidates if one.id == found.candidate)
    # Kernels alone were made red first, whatever the network reads that they belong to.
    preparation = replace(one.preparation, channel_order="rgb") if found.first_only else one.preparation
    note = {
        "name": name,
        "like": {each: one.name(each) for each in LANGUAGES},
        "network": document.write(one.network),
        "classes": [{"id": each.id, "names": each.names and dict(each.names)} for each in one.classes],
        "preparation": asdict(preparation),
        "first_only": found.first_only,
        "biases": found.biases,
        "report": asdict(found.report),
        **more,
    }
    write_text(target / _NOTE, json.dumps(note, ensure_ascii=False))


def _named(error: AlexNetError, copy: str, name: str) -> AlexNetError:
    """The same error with the reader's name of the file, not that of the copy which was read."""
    values = {
        key: value.replace(copy, name) if isinstance(value, str) else value
        for key, value in error.values.items()
    }
    return type(error)(error.id, **values)


def _trained(id: str, note: Mapping[str, Any]) -> Trained:
    try:
        preparation = note["preparation"] | {
            part: tuple(note["preparation"][part]) for part in ("mean", "deviation")
        }
        one = Trained(
            id,
            document.read(note["network"]),
            _root() / id / _OURS,
            tuple(Class(each["id"], each["names"]) for each in note["classes"]),
            Preparation(**preparation),
            name=partial(_called, str(note["name"])),
            provenance=lambda: Provenance(
                None,
                "",
                "",
                None,
                {language: tuple(_facts(note, language)) for language in LANGUAGES},
                int(note["report"]["not_finite"]),
            ),
            history=lambda: History(1, 1, 0, lambda epoch: np.concatenate(one.first_kernels(), axis=-1)),
            first_only=bool(note["first_only"]),
        )
    except (KeyError, TypeError, AlexNetError) as error:
        raise DataError("weights_damaged", file=_NOTE) from error
    return one


def _facts(note: Mapping[str, Any], language: Language) -> list[str]:
    report = note["report"]
    facts = [
        text("real.file_like", language, file=note["name"], network=note["like"][language]),
        text("real.read", language, arrays=report["arrays"], numbers=report["numbers"]),
    ]
    if note["first_only"]:
        facts.append(text("real.file_first" if note["biases"] else "real.file_no_biases", language))
    return facts


def _root() -> Path:
    return place("weights") / "brought"


def _notes() -> list[Path]:
    """All notes, the newest first."""
    try:
        return sorted(_root().glob(f"*/{_NOTE}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    except OSError:
        return []


def _note(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _give_way(viewer: str) -> None:
    uploads = [path for path in _notes() if _note(path).get("viewer")]
    own = [path for path in uploads if _note(path).get("viewer") == viewer]
    for path in {*own[MOST_OF_VIEWER:], *uploads[MOST:]}:
        shutil.rmtree(path.parent, ignore_errors=True)


def _stamp(path: Path) -> list[int]:
    return [path.stat().st_size, path.stat().st_mtime_ns]
