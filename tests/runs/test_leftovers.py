"""What belongs to nobody goes, and nothing else."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

from alexnet.home import folder
from alexnet.runs import leftovers, run
from alexnet.runs.leftovers import AGE
from tests.runs.planted import plant
from tests.runs.watched import watched
from tests.training.small import small


def grow_old(path: Path) -> Path:
    os.utime(path, (time.time() - 2 * AGE,) * 2)
    return path


def test_what_belongs_to_nobody_goes_with_a_line_in_the_log_and_every_run_stays(caplog):
    caplog.set_level(logging.INFO, "alexnet.training")
    kept = [plant("mina"), run.create(small("joon"), one_each=False), watched("sora", "running", epochs=1)]
    for one in kept:
        for path in (*one.path.rglob("*"), one.path):
            grow_old(path)
    runs = folder("runs")
    half = runs / ".deleted-20261124-130843-a1b2c3"
    (half / "weights").mkdir(parents=True)
    unmade = runs / "20261124-130843-a1b2c3"
    (unmade / "kernels").mkdir(parents=True)
    grow_old(unmade)
    fresh = runs / "20261124-130843-b1b2c3"
    fresh.mkdir()
    torn = kept[0].path / "weights" / ".last.safetensors.x.part"
    torn.write_bytes(b"half")
    young = kept[0].path / "weights" / ".best.safetensors.x.part"
    young.write_bytes(b"half")
    strange = runs / "notes.txt"
    strange.write_bytes(b"not ours")
    grow_old(strange)
    elsewhere = folder("activations") / ".a.safetensors.y.part"
    elsewhere.write_bytes(b"half")
    for path in (torn, elsewhere):
        grow_old(path)
    before = {one.id: one.config() for one in kept}
    assert leftovers.clear() == 4
    assert not any(path.exists() for path in (half, unmade, torn, elsewhere))
    assert all(path.exists() for path in (fresh, young, strange))
    assert {one.id: one.config() for one in kept} == before
    assert caplog.text.count("Cleared away") == 4
    assert leftovers.clear() == 0


def test_without_a_data_folder_there_is_nothing_to_clear():
    assert leftovers.clear() == 0
