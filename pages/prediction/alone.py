"""What each tower answers alone: the other one is switched off, and the network asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.data import preprocess
from alexnet.trained import apart
from alexnet.trained.record import Trained
from alexnet.ui import state
from alexnet.ui.components import data_table, sentence
from alexnet.ui.language import current_language, t

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering

Probabilities = NDArray[np.floating]


def show(
    network: Answering, model: Trained, read: preprocess.Floats, answer: Probabilities, index: int
) -> None:
    """The answers of both towers and of each alone; nothing where there is only one.

    Args:
        network: Whose classes they are.
        model: Its record.
        read: What it reads of the picture, (size, size, 3), scaled.
        answer: Its probabilities, (classes,).
        index: The class in question.
    """
    if model.network.towers < 2:
        return
    first, second = _alone(*model.version, read.tobytes(), model, read)
    names = [one.name(current_language()) for one in network.classes]
    its, asked = t("prediction.why_first_p"), t("prediction.why_asked_p", label=names[index])
    st.markdown(f"**{t('prediction.why_towers')}**")
    data_table(
        [
            {
                t("prediction.why_on"): t(f"prediction.why_on_{which}"),
                t("prediction.why_first"): names[int(one.argmax())],
                its: 100 * float(one.max()),
                asked: 100 * float(one[index]),
            }
            for which, one in (("both", answer), ("1", first), ("2", second))
        ],
        formats={its: "%.1f %%", asked: "%.1f %%"},
        key="prediction_towers",
    )
    sentence(_verdict(names, answer, first, second))


@st.cache_data(show_spinner=False, max_entries=64)
def _alone(
    path: str, version: int, picture: bytes, _model: Trained, _read: preprocess.Floats
) -> tuple[Probabilities, Probabilities]:
    """Tower 1 alone and tower 2 alone."""
    return apart.each_alone(_model, _read, state.still_wanted)


def _verdict(names: list[str], answer: Probabilities, first: Probabilities, second: Probabilities) -> str:
    best = int(answer.argmax())
    same = [tower for tower, one in ((1, first), (2, second)) if int(one.argmax()) == best]
    return t(
        f"prediction.why_towers_{('neither', 'one', 'each')[len(same)]}",
        tower=same[0] if same else 0,
        both=float(answer[best]),
        one=float(first[best]),
        two=float(second[best]),
        label=names[best],
    )
