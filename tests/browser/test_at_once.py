"""Thirty students ask at once, each in a websocket session, and get what each would get alone."""

from __future__ import annotations

import asyncio

import pytest

from alexnet.data.samples import SAMPLES
from benchmarks.sessions import session

pytestmark = pytest.mark.browser

STUDENTS = 30


def test_thirty_predictions_at_once_are_those_of_one_at_a_time(server: str):
    async def asked(sample: str) -> list[str]:
        async with session(server, "en-GB") as tab:
            await tab.open("prediction", f"lang=en&sample={sample}")
            assert tab.problems == []
            return [words for words in tab.words if "answer" in words and "%" in words]

    async def both() -> tuple[dict[str, list[str]], list[list[str]]]:
        alone = {entry.id: await asked(entry.id) for entry in SAMPLES}
        return alone, await asyncio.gather(*(asked(sample) for sample in wanted))

    wanted = [SAMPLES[student % len(SAMPLES)].id for student in range(STUDENTS)]
    alone, together = asyncio.run(both())
    assert len({tuple(words) for words in alone.values()}) == len(SAMPLES)
    assert together == [alone[sample] for sample in wanted]
