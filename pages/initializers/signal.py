"""The same images through a whole network at its initialization, for several initializers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alexnet.architecture import NETWORKS, Activation, Network, budget, with_activation
from alexnet.architecture.document import to_link
from alexnet.errors import AlexNetError
from alexnet.figures.signal import Line, through_depth
from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.numerics.initializers import Initializer
from alexnet.numerics.signal_theory import Measured, diagnose, idle_slope
from alexnet.sandbox import SANDBOX, Limits
from alexnet.ui import state
from alexnet.ui.choices import networks
from alexnet.ui.components import chart, plain, problem, sentence, settings
from alexnet.ui.language import t
from pages.initializers.controls import SEEDS, ask_rules, rule_name

ACTIVATIONS: Mapping[str, Activation] = {"relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid"}
LIMITS, SLOW = Limits(seconds=90), Limits(seconds=240)
"""For a measurement. Orthogonal weights are drawn by factoring matrices, which takes longer."""
PATIENCE = 3.0  # seconds after which it is said how long it has taken
SHOWN = ("spread", "rms", "mean", "idle", "gradient")


def draw() -> None:
    """The whole view, controls and all."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with row.container(width=225):
        network = networks.get(networks.ask("initializers", NETWORKS[0].id))
    rules = ask_rules(row)
    folded = settings("initializers", *_set())
    with folded.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shown = state.choice(
            "initializers_shown",
            SHOWN,
            label=t("initializers.shown"),
            default=SHOWN[0],
            name=lambda id: t(f"initializers.shown_{id}"),
            kind="segmented",
        )
        activation = state.choice(
            "initializers_activation",
            list(ACTIVATIONS),
            label=t("initializers.activation"),
            default="relu",
            name=_activation_name,
            kind="segmented",
        )
        with st.container(width=150):
            seed = int(
                state.number("initializers_seed", label=t("initializers.seed"), default=1, low=0, high=SEEDS)
            )
    measured: dict[str, tuple[Measured, ...]] = {}
    start = 1.0
    progress = st.progress(0.0, t("initializers.measuring"))
    failed: list[AlexNetError] = []
    for place, (id, rule) in enumerate(rules.items()):
        words = "measuring_slow" if rule.family == "orthogonal" else "measuring_one"
        tell = partial(_tell, progress, place / len(rules), t(f"initializers.{words}", rule=rule_name(id)))
        tell(0)
        try:
            start, measured[id] = _measured(
                with_activation(network, ACTIVATIONS[activation]), rule, seed, tell
            )
        except AlexNetError as error:  # the other initializers may do
            failed.append(error)
    progress.empty()
    for one in failed:
        problem(one)
    if not measured:
        return
    layers = [layer.name for layer in next(iter(measured.values()))]
    lines = [
        Line(
            rule_name(id),
            INITIALIZER_LOOKS[id],
            [abs(getattr(layer, shown)) for layer in found],
            [layer.expected for layer in found] if shown == "rms" and len(measured) <= 2 else None,
        )
        for id, found in measured.items()
    ]
    title = t(f"initializers.shown_{shown}")
    chart(through_depth(layers, lines, title, t("initializers.figure_theory")), "initializers_signal")
    st.caption(t("initializers.signal_note", count=budget.LESSON_BATCH, start=start))
    for id, found in measured.items():
        sentence(said(rule_name(id), found, start, ACTIVATIONS[activation]))


def _activation_name(id: str) -> str:
    return {"relu": "ReLU"}.get(id, id)


def _set() -> Iterator[str]:
    """What the folded controls are set to, before they are drawn."""
    yield t(f"initializers.shown_{state.stands('initializers_shown', SHOWN[0], SHOWN.__contains__)}")
    yield _activation_name(state.stands("initializers_activation", "relu", ACTIVATIONS.__contains__))
    seed = state.stands("initializers_seed", 1, lambda asked: asked.isdecimal() and int(asked) <= SEEDS)
    yield f"{t('initializers.seed')} {seed}"


def said(rule: str, layers: tuple[Measured, ...], start: float, activation: Activation) -> str:
    """What became of the signal, in a sentence with the numbers that it is concluded from."""
    diagnosis = diagnose(layers, start)
    at = layers[diagnosis.layer]
    slope = idle_slope(activation)
    nearly = "_nearly" if diagnosis.verdict == "saturated" and slope else ""
    found = t(
        f"initializers.found_{diagnosis.verdict}{nearly}",
        rule=rule,
        layer=plain(at.name),
        number=diagnosis.layer + 1,
        spread=at.spread,
        start=start,
        idle=at.idle,
        activation=activation,
        slope=slope,
        growth=diagnosis.growth,
        gradient=layers[0].gradient,
    )
    if not math.isfinite(at.rms) or not math.isfinite(at.expected):
        return found
    theory = t("initializers.found_theory", layer=plain(at.name), expected=at.expected, rms=at.rms)
    return f"{found} {theory}"


def _tell(progress: DeltaGenerator, share: float, words: str, waited: float) -> None:
    """Say what is being waited for. A script that nobody needs ends here, and the measurement with it."""
    progress.progress(
        share, words if waited < PATIENCE else t("initializers.measuring_long", words=words, seconds=waited)
    )


def _measured(
    network: Network, rule: Initializer, seed: int, tell: Callable[[float], None]
) -> tuple[float, tuple[Measured, ...]]:
    """The images' own spread, and each layer; measured once for all viewers, in a process of its own.

    Raises:
        LimitError: It takes more memory or time than a page may ask of the server.
        DataError: The process died, or the starter data are missing.
    """
    factored = rule.family == "orthogonal"
    budget.check_measurement(network, budget.LESSON_BATCH, factored=factored)
    found: tuple[float, tuple[Measured, ...]] = SANDBOX.run(
        "alexnet.trained.signal:measure_starter",
        network,
        rule,
        seed,
        budget.LESSON_BATCH,
        limits=SLOW if factored else LIMITS,
        key=("signal", to_link(network), rule, seed),
        tick=tell,
    )
    return found
