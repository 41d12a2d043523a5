"""Runs small enough for a test: 64 pictures of each part, 4 steps an epoch."""

from __future__ import annotations

from dataclasses import replace

from alexnet.recipes import Recipe
from alexnet.runs import run
from alexnet.runs.config import Config, new
from alexnet.runs.run import Run
from alexnet.training.trainer import Trainer

RECIPE = Recipe("small", (2,), batch=16, rate=0.02, warmup=0.5)


def small(viewer: str = "mina", *, seed: int = 3, **changes: object) -> Config:
    return new(viewer, "classroom", replace(RECIPE, **changes), seed=seed, limit=64)


def train(one: Run) -> int:
    """Train a waiting run in this very process."""
    return Trainer(one).train()


def waiting_again(one: Run) -> None:
    """As ``queue.resume`` leaves it."""
    run.control(one, "run")
    run.write_status(one.path, run.waiting(one.config(), one.state()))
