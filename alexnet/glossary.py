"""The field's words: how they are recognised in a text, what each means, and where the app shows it.

The texts are ``assets/languages/<language>/glossary.po``: of each term ``word_<id>``, ``forms_<id>`` (a
regular expression that Python and browsers read alike), ``says_<id>`` and, for what is measured,
``use_<id>``. Their numbers are AlexNet's own and are computed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log, sqrt

from alexnet.architecture import PAPER_2012, Convolution, Dense, Dropout, LocalResponseNormalization, Pooling
from alexnet.architecture.shapes import trace
from alexnet.facts import BATCH, PAPER_STD
from alexnet.figures import glossary as pictures
from alexnet.figures.diagram import exchanges
from alexnet.language import Language, keys, template, text

_FEW, _IMAGES = 2, 1000  # classes and validation images, of which a student's own training has about as many


@dataclass(frozen=True)
class Term:
    """A term and the place that shows it.

    Attributes:
        id: Names its texts and its picture.
        page: The page that shows it.
        choices: What is chosen there, by the link's parameters.
    """

    id: str
    page: str
    choices: Mapping[str, str] = field(default_factory=dict)


_SIGNAL = {"view": "signal"}
_COLOUR = {"view": "colour"}
_RECORDED = {"view": "recorded"}

TERMS: tuple[Term, ...] = (
    Term("accuracy", "training", _RECORDED),
    Term("activation_function", "convolution"),
    Term("auc", "kernels", _COLOUR),
    Term("augmentation", "training", {"view": "ladder", "rung": "augmentation"}),
    Term("batch", "training"),
    Term("batch_normalization", "training", {"view": "ladder", "rung": "batch_normalization"}),
    Term("bias", "convolution"),
    Term("channel", "convolution"),
    Term("colour_index", "kernels", _COLOUR),
    Term("convolution", "convolution"),
    Term("dense_layer", "convolution", {"view": "dense"}),
    Term("dropout", "training", {"view": "ladder", "rung": "dropout"}),
    Term("epoch", "kernels", {"view": "growth"}),
    Term("fan_in", "initializers"),
    Term("fan_out", "initializers"),
    Term("feature_map", "maps"),
    Term("gradient", "initializers", _SIGNAL),
    Term("initialization", "initializers"),
    Term("kernel", "kernels"),
    Term("learning_rate", "training", _RECORDED),
    Term("local_response_normalization", "convolution", {"view": "neighbours"}),
    Term("logit", "convolution", {"view": "dense"}),
    Term("loss", "training", _RECORDED),
    Term("median", "kernels", _COLOUR),
    Term("momentum", "training", {"view": "ladder", "rung": "momentum"}),
    Term("multiply_accumulate", "layers"),
    Term("norm", "kernels"),
    Term("overfitting", "training", _RECORDED),
    Term("p_value", "towers", {"view": "trainings"}),
    Term("padding", "layers", {"padding": "2"}),
    Term("parameter", "layers"),
    Term("pooling", "convolution", {"view": "pooling"}),
    Term("pre_activation", "initializers", _SIGNAL),
    Term("receptive_field", "layers", {"view": "compare"}),
    Term("relu", "convolution"),
    Term("rms", "initializers", _SIGNAL),
    Term("seed", "towers", {"view": "trainings"}),
    Term("softmax", "convolution", {"view": "dense"}),
    Term("standard_deviation", "initializers"),
    Term("step", "training"),
    Term("stride", "layers", {"view": "answers"}),
    Term("study_note", "layers", {"view": "note"}),
    Term("test_images", "training", {"view": "ladder"}),
    Term("tower", "layers", {"view": "towers"}),
    Term("unit", "convolution", {"view": "dense"}),
    Term("validation_images", "training", _RECORDED),
    Term("weight", "kernels"),
    Term("weight_decay", "training", {"view": "ladder", "rung": "weight_decay"}),
)
"""Every term, in the order of their ids."""


@dataclass(frozen=True)
class Entry:
    """A term in one language.

    Attributes:
        term: The term.
        word: The word itself.
        english: The same in English, where the language is another one and the word differs; else empty.
        says: What it means.
        use: What to do with such a number; empty for what is not measured.
        picture: SVG markup, or empty where no picture says more than the sentence.
    """

    term: Term
    word: str
    english: str
    says: str
    use: str
    picture: str

    def holds(self, asked: str) -> bool:
        """Whether the word or its explanation has what somebody looks for, in any case."""
        said = " ".join((self.word, self.english, self.says, self.use, self.term.id.replace("_", " ")))
        return asked.strip().casefold() in said.casefold()


@cache
def entries(language: Language) -> tuple[Entry, ...]:
    """Every term's entry, in the order of a dictionary of that language."""
    # Hangul syllables stand in Unicode as in a Korean dictionary, after the Latin letters.
    return tuple(sorted((_entry(one, language) for one in TERMS), key=lambda entry: entry.word.casefold()))


def _entry(one: Term, language: Language) -> Entry:
    word, english = (text(f"glossary.word_{one.id}", name) for name in (language, "en"))
    use = f"glossary.use_{one.id}"
    return Entry(
        term=one,
        word=word,
        english="" if english.casefold() in word.casefold() else english,
        says=text(f"glossary.says_{one.id}", language, **_numbers()),
        use=text(use, language, **_numbers()) if use in keys("glossary", language) else "",
        picture=pictures.picture(one.id),
    )


_PARTICLES = (
    "이에요|예요|이었어요|였어요|이고|이며|이라서|라서|이라고|라고|이란|란|이라는|라는|이라도|라도|이면|이나|이든"
    "|이|가|을|를|은|는|의|도|만|과|와|나|들|들이|들을|들은|들의|별|별로|별로는|끼리|마다|보다|보다는|처럼|까지|부터"
    "|에|에도|에는|에만|에서|에서는|에서도|에서만|으로|로|으로는|로는|으로만|로만|인|인지|한테|하고|뿐"
)


@cache
def pattern(language: Language) -> tuple[str, tuple[str, ...]]:
    """What finds the terms in a text, to be read without regard to case by Python or a browser.

    Returns:
        A regular expression with a group for each term, and the ids of the groups in their order. Where one
        term begins as another does, as "batch" and "batch normalization" do, the longer one is tried first.
    """
    forms = {one.id: template(f"glossary.forms_{one.id}", language) for one in TERMS}
    longest = sorted(forms, key=lambda id: -max(len(form) for form in forms[id].split("|")))
    groups = "|".join(f"({forms[id]})" for id in longest)
    # A word ends where no letter follows; in Korean particles may.
    after = f"(?=(?:{_PARTICLES})?(?![가-힣A-Za-z0-9]))" if language == "ko" else "(?![A-Za-z0-9])"
    return f"(?<![가-힣A-Za-z0-9_])(?:{groups}){after}", tuple(longest)


def found(said: str, language: Language) -> frozenset[str]:
    """The ids of the terms that stand in a text."""
    expression, ids = pattern(language)
    return frozenset(
        ids[match.lastindex - 1]
        for match in re.finditer(expression, said, re.IGNORECASE)
        if match.lastindex is not None
    )


@cache
def _numbers() -> Mapping[str, object]:
    """The numbers of the paper's network that the texts name."""
    layers = trace(PAPER_2012)
    convolutions = [layer for layer in layers if isinstance(layer.row, Convolution)]
    conv1, conv2, *_, conv5 = convolutions
    pool = next(layer for layer in layers if isinstance(layer.row, Pooling))
    normalization = next(one.row for one in layers if isinstance(one.row, LocalResponseNormalization))
    fc6 = next(layer for layer in layers if isinstance(layer.row, Dense))
    dropout = next(layer.row for layer in layers if isinstance(layer.row, Dropout))
    assert isinstance(conv1.row, Convolution) and isinstance(conv2.row, Convolution)
    assert isinstance(pool.row, Pooling) and conv1.fan_in is not None
    return {
        "size": PAPER_2012.size,
        "channels": PAPER_2012.channels,
        "classes": PAPER_2012.classes,
        "few": _FEW,
        "chance": 1 / PAPER_2012.classes,
        "chance_few": 1 / _FEW,
        "loss": log(PAPER_2012.classes),
        "loss_few": log(_FEW),
        "images": _IMAGES,
        "sway": 100 * 1.96 * sqrt(0.25 / _IMAGES),  # half of a 95 % interval, where it is widest
        "batch": BATCH,
        "std": PAPER_STD,
        "two_std": 2 * PAPER_STD,
        "kernel": conv1.row.kernel,
        "stride": conv1.row.stride,
        "side": conv1.output[0],
        "maps": conv1.row.maps,
        "tower_maps": conv1.row.maps // conv1.row.towers,
        "fan_in": conv1.fan_in,
        "fan_out": conv1.fan_out,
        "he": sqrt(2 / conv1.fan_in),
        "untrained": 1 - 1 / PAPER_2012.channels,  # see alexnet.kernels.colour.untrained
        "pool": pool.row.size,
        "pool_stride": pool.row.stride,
        "pooled": pool.output[0],
        "padding": conv2.row.padding,
        "field": conv5.receptive_field,
        "convolutions": len(convolutions),
        "lrn": normalization.n,
        "fc6_units": fc6.output[0],
        "fc6_inputs": fc6.input[0],
        "dropout": dropout.rate,
        "exchanges": ", ".join(exchanges(PAPER_2012)),
        "parameters": sum(layer.parameters for layer in layers),
        "products": sum(layer.multiply_accumulates for layer in layers),
    }
