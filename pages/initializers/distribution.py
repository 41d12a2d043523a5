"""How wide a layer's weights begin: draws, densities, deviations and where they come from."""

from __future__ import annotations

from math import sqrt

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture import budget
from alexnet.errors import AlexNetError
from alexnet.facts import PAPER_STD
from alexnet.figures.initializer_formula import fan_lines, spread_lines
from alexnet.figures.initializers import Sample, Words, histogram
from alexnet.figures.theme import INITIALIZER_LOOKS
from alexnet.numerics.initializers import SHRINKAGE, Initializer, fans
from alexnet.sandbox import SANDBOX, Limits
from alexnet.ui import guess, state
from alexnet.ui.components import chart, plain, problem, sentence, settings
from alexnet.ui.language import t
from pages.initializers.controls import (
    DEFAULT_RULES,
    MOST,
    Layer,
    ask_layer,
    ask_rules,
    ask_sample,
    rule_name,
    said_of_sample,
)

LIMITS = Limits(seconds=150)
"""For Keras's draws: an orthogonal matrix of the paper's largest layer takes some 20 s."""
FIRST = 4  # weights written out, to be compared with the reader's own Keras


_GUESS = "initializers_guess"


def draw() -> None:
    """The whole view, controls and all; He's deviation is guessed at before it is shown."""
    row = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    layer = ask_layer(row)
    rules = ask_rules(row)
    with settings("initializers", *said_of_sample(layer)):
        size, seed = ask_sample(layer)
        keras_draws = state.toggle(
            "initializers_keras", label=t("initializers.keras"), help=t("initializers.keras_help")
        )
    counted = fans(layer.kernel_shape)
    samples, refused = {}, set()
    for id, rule in rules.items():
        shape = rule.distribution(counted)
        try:
            weights = _keras(rule, layer.kernel_shape, seed)[:size] if keras_draws else shape.draw(size, seed)
        except AlexNetError as error:  # our own draw stands in for Keras's
            problem(error)
            refused.add(id)
            weights = shape.draw(size, seed)
        samples[id] = Sample(rule_name(id), INITIALIZER_LOOKS[id], shape, weights)
    names = ("weight", "density", "drawn", "theory", "parent")
    words = Words(*(t(f"initializers.figure_{name}") for name in names))
    guesses = _guesses(counted.fan_in)
    guessed = guess.committed(_GUESS, guesses)
    alone = layer.network is not None and tuple(rules) == DEFAULT_RULES
    hidden = guessed is None and alone and not keras_draws
    chart(histogram(list(samples.values()), words, numbers=not hidden), "initializers_histogram")
    if hidden:
        question = t("initializers.guess_question", layer=layer.name, fan_in=counted.fan_in)
        guess.ask(_GUESS, question, guesses)
        return
    if guessed is not None and alone:
        with st.container(key="initializers_verdict"):
            sentence(guess.judged(guessed, ["he"], guesses))
    for id, sample in samples.items():
        sentence(_measured(sample, layer))
        if keras_draws and id not in refused:
            call = f"{_maker(rules[id], seed)}({layer.kernel_shape})"
            numbers = ", ".join(f"{weight:.6g}" for weight in sample.weights[:FIRST])
            sentence(t("initializers.keras_numbers", call=call, numbers=numbers))
    _compared(layer, list(samples.values()))
    _formulas(layer, rules)


def _guesses(fan_in: int) -> dict[str, str]:
    """Deviations to guess from: the paper's, LeCun's without the 2, He's, and a wide one."""
    values = {
        "paper": PAPER_STD,
        "lecun": sqrt(1 / fan_in),
        "he": sqrt(2 / fan_in),
        "wide": 4 * sqrt(2 / fan_in),
    }
    return {id: f"{value:.3g}" for id, value in values.items()}


def _measured(sample: Sample, layer: Layer) -> str:
    shape = sample.distribution
    values = {"count": sample.weights.size, "rule": sample.name, "layer": layer.name}
    if shape.form == "point":
        return t("initializers.measured_point", **values, value=shape.mean)
    away = abs(sample.measured / shape.std - 1)
    found = t("initializers.measured", **values, expected=shape.std, measured=sample.measured, away=away)
    if shape.form == "truncated_normal":
        cut = t("initializers.truncated", bound=shape.bound, parent=shape.parent_std, factor=1 / SHRINKAGE)
        return f"{found} {cut}"
    if shape.form == "uniform":
        return f"{found} {t('initializers.bounded', bound=shape.bound)}"
    return found


def _compared(layer: Layer, samples: list[Sample]) -> None:
    first = samples[0].distribution.std
    if len(samples) == 2 and samples[1].distribution.std not in (0, layer.std):
        ratio = first / samples[1].distribution.std
        sentence(t("initializers.ratio", first=samples[0].name, second=samples[1].name, ratio=ratio))
    if layer.network is not None:
        sentence(
            t(
                f"initializers.really_{'he' if layer.std is None else 'std'}",
                network=plain(layer.network),
                layer=layer.name,
                std=layer.std or 0,
                rule=samples[0].name,
                ratio=first / (layer.std or 1),
            )
        )


def _formulas(layer: Layer, rules: dict[str, Initializer]) -> None:
    st.subheader(t("initializers.formula"), anchor=False)
    left, *columns = st.columns(min(3, 1 + len(rules)))
    with left:
        st.markdown(f"**{layer.name}**")
        for line in fan_lines(layer.kernel_shape):
            st.latex(line)
    for place, (id, rule) in enumerate(rules.items()):
        with columns[place % len(columns)]:
            st.markdown(f"**{rule_name(id)}**")
            for line in spread_lines(rule, layer.kernel_shape):
                st.latex(line)
    kind = "convolution" if len(layer.kernel_shape) == 4 else "dense"
    st.markdown(t(f"initializers.why_{kind}"))
    if layer.split > 1:
        *window, inputs, outputs = layer.kernel_shape
        own, grouped = fans(layer.kernel_shape), fans((*window, inputs, outputs * layer.split))
        glorot = [2 / (counted.fan_in + counted.fan_out) for counted in (own, grouped)]
        st.markdown(
            t(
                "initializers.why_tower",
                own=own.fan_out,
                grouped=grouped.fan_out,
                groups=layer.split,
                own_std=glorot[0] ** 0.5,
                grouped_std=glorot[1] ** 0.5,
            )
        )


def _keras(rule: Initializer, shape: tuple[int, ...], seed: int) -> NDArray[np.float32]:
    """The first weights that Keras gives the whole layer, as its memory holds them.

    Raises:
        LimitError: An orthogonal matrix of this size takes more memory or time than a page may ask.
        DataError: The process that draws died.
    """
    if rule.family == "orthogonal":
        budget.check(budget.orthogonal(shape), budget.FACTORING)
    with st.spinner(t("initializers.keras_loading")):
        drawn: NDArray[np.float32] = SANDBOX.run(
            "alexnet.network.initializing:draw_first",
            rule,
            shape,
            seed,
            MOST,
            limits=LIMITS,
            key=("draw", rule, shape, seed),
            tick=state.still_wanted,
        )
    return drawn


def _maker(rule: Initializer, seed: int) -> str:
    """Keras's own code for a rule."""
    name = "".join(part.capitalize() for part in rule.id.split("_"))
    if rule.form == "point":
        return f"keras.initializers.Constant({rule.value:g})"
    if rule.family == "fixed" and rule.form == "normal":
        return f"keras.initializers.{name}(stddev={rule.std:g}, seed={seed})"
    return f"keras.initializers.{name}(seed={seed})"
