"""Results of the experiments as if they had been trained, for the pages that show them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from alexnet.studies.ladder import RUNGS, TRIALS
from alexnet.studies.points import eight_bits
from alexnet.weights import store


def ladder(folder: Path, accuracies: Mapping[str, Sequence[float]]) -> None:
    """Rungs and trials with these accuracies, one a seed."""
    lines = []
    for rung in (*RUNGS, *(trial for trial, _ in TRIALS)):
        for seed, accuracy in enumerate(accuracies.get(rung.id, ())):
            epochs = [
                {"epoch": epoch + 1, "validation_accuracy": accuracy} for epoch in range(rung.recipe.epochs)
            ]
            lines.append(_line(rung.id, seed, epochs, accuracy))
    _write(folder / "ladder.jsonl", lines)


def towers(folder: Path, divisions: Mapping[str, Sequence[float]], epochs: int = 2) -> None:
    """Trainings whose AUC ends at these values, one a seed, with kernels of random numbers."""
    lines = []
    draw = np.random.default_rng(0)
    for point, values in divisions.items():
        for seed, auc in enumerate(values, start=1):
            colour = [
                {"epoch": epoch, "medians": [0.3, 0.6], "auc": auc if epoch == epochs else 0.5,
                 "p": 0.0001 if epoch == epochs and abs(auc - 0.5) > 0.1 else 0.4}
                for epoch in range(epochs + 1)
            ]  # fmt: skip
            curve = [{"epoch": epoch + 1, "validation_accuracy": 0.7} for epoch in range(epochs)]
            lines.append(_line(point, seed, curve, 0.75) | {"colour": colour})
            pairs = [eight_bits(draw.normal(size=(11, 11, 3, 64)).astype(np.float32)) for _ in colour]
            content = {f"{epoch:03d}": whole for epoch, (whole, _) in enumerate(pairs)}
            file = folder / "tower_split" / f"{point}_{seed}.safetensors"
            store.write(file, content | {"units": np.stack([units for _, units in pairs])})
    _write(folder / "tower_split.jsonl", lines)


def _line(point: str, seed: int, epochs: Sequence[Mapping[str, object]], accuracy: float) -> dict:
    return {
        "point": point,
        "seed": seed,
        "state": "finished",
        "epochs": list(epochs),
        "validation_accuracy": accuracy,
        "test_accuracy": accuracy,
        "command": f"python -m experiments --point {point} --seed {seed}",
    }


def _write(path: Path, lines: Sequence[Mapping[str, object]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
