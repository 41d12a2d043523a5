"""Twelve test photographs whose answers change as a run learns; moved by hand once it is over."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from alexnet.figures import strip as figure
from alexnet.figures.strip import Followed
from alexnet.runs.config import Config
from alexnet.runs.feed import Seen
from alexnet.runs.run import Run
from alexnet.ui.components import sentence
from alexnet.ui.language import current_language, t


def draw(one: Run, config: Config, seen: Seen, *, live: bool) -> None:
    """The strip at its latest moment, or at one that is chosen where the run is over.

    Args:
        one: The run.
        config: Its settings.
        seen: What it has said so far.
        live: Is it still at work?
    """
    classes = config.data_set.classes
    pictures = _pictures(one.id, one) if seen.answers else ()
    looks = [
        look
        for look in seen.answers
        if len(look["answers"]) == len(pictures) and max((*look["answers"], *look["truth"])) < len(classes)
    ]
    if not looks:
        return
    st.markdown(f"**{t('training.strip', count=len(pictures))}**")
    if not live and len(looks) > 1:
        last = len(looks) - 1
        chosen = st.select_slider(
            t("training.strip_slider"),
            range(len(looks)),
            value=last,
            format_func=lambda place: t("training.strip_moment", epoch=looks[place]["epoch"]),
            key=f"training_strip_{one.id}",
        )
        looks = looks[: chosen + 1]
    names = [kind.name(current_language()) for kind in classes]
    followed = []
    for place in range(len(pictures)):
        answer, sure, truth = (looks[-1][name][place] for name in ("answers", "sure", "truth"))
        says = t("training.strip_says", answer=names[answer], sure=sure, truth=names[truth])
        marks = [look["answers"][place] == look["truth"][place] for look in looks]
        followed.append(Followed(names[answer], sure, marks, says))
    st.html(figure.strip(pictures, followed))
    right, began = (sum(picture.right[moment] for picture in followed) for moment in (-1, 0))
    flips = sum(before != after for picture in followed for before, after in pairwise(picture.right))
    sentence(t("training.strip_right", right=right, began=began, count=len(followed), flips=flips))


@st.cache_data(show_spinner=False, max_entries=64)
def _pictures(id: str, _one: Run) -> tuple[str, ...]:
    photographs = _one.photographs()
    return () if photographs is None else figure.sources(photographs)
