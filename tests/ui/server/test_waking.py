"""The event loop misses nothing though it is woken less often."""

import asyncio
import threading

from alexnet.ui.server import waking

THREADS, CALLS = 8, 2_000


def test_every_callback_from_every_thread_is_run_with_far_fewer_wake_ups():
    written, seen = [], []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        original = loop._write_to_self
        loop._write_to_self = lambda: (written.append(1), original())
        assert waking.once(loop)
        done = asyncio.Event()

        def come(number: int) -> None:
            seen.append(number)
            if len(seen) == THREADS * CALLS:
                done.set()

        def send(start: int) -> None:
            for number in range(start, start + CALLS):
                loop.call_soon_threadsafe(come, number)

        threads = [threading.Thread(target=send, args=(at * CALLS,)) for at in range(THREADS)]
        for thread in threads:
            thread.start()
        await asyncio.wait_for(done.wait(), 30)
        for thread in threads:
            thread.join()

    asyncio.run(main())
    assert sorted(seen) == list(range(THREADS * CALLS))
    assert len(written) < THREADS * CALLS / 2


def test_a_loop_that_sleeps_is_woken_each_time():
    async def main() -> None:
        loop = asyncio.get_running_loop()
        waking.once(loop)
        for _ in range(200):
            come = asyncio.Event()
            threading.Timer(0.0005, loop.call_soon_threadsafe, (come.set,)).start()
            await asyncio.wait_for(come.wait(), 10)

    asyncio.run(main())


def test_another_kind_of_loop_is_left_as_it_is():
    class Other:
        pass

    other = Other()
    assert not waking.once(other)
    assert vars(other) == {}
