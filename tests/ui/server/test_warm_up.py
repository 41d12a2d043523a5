"""What is set aside before anybody waits for it."""

from __future__ import annotations

import gc
import weakref

import pytest

from alexnet.ui.server import warm_up


class Ring:
    """Holds itself, so that only the garbage collector can free it."""

    def __init__(self):
        self.me = self


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_the_garbage_collector_passes_over_the_modules_and_still_frees_what_comes_later(thawed):
    before = len(gc.get_objects())
    warm_up.set_aside()
    assert gc.get_freeze_count() > before / 2
    assert len(gc.get_objects()) < before / 10
    later = weakref.ref(Ring())
    gc.collect()
    assert later() is None


def test_what_was_garbage_already_is_freed_and_not_set_aside(thawed):
    gone = weakref.ref(Ring())
    warm_up.set_aside()
    assert gone() is None
