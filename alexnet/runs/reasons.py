"""Why a run stands where it stands, as a sentence."""

from __future__ import annotations

from alexnet.errors import AlexNetError, LanguageError
from alexnet.language import Language, explain, text
from alexnet.runs.status import Status


def reason_text(status: Status, language: Language) -> str:
    """The sentence for a status's reason; empty where it has none.

    The reason comes from a file, which may be of another version or damaged: one that we do not know is
    named as unexpected.
    """
    if status.reason is None:
        return ""
    try:
        if status.reason == "library":
            values = dict(status.values)
            error = AlexNetError(str(values.pop("id")), **values)
            return text("training.reason_library", language, problem=explain(error, language))
        return text(f"training.reason_{status.reason}", language, **dict(status.values))
    except (LanguageError, KeyError, TypeError):
        return text("training.reason_unexpected", language, kind=status.reason)
