"""How fluid the window of the Convolution page is: a drag over 227x227 with an 11x11x3 kernel and stride 4.

In a real Chromium without a graphics card the mouse moves once for every frame that is drawn, with the button
held, in a spiral over the whole picture; then the page plays 600 windows a second. What a window costs the
page's main thread (script, style, layout, painting) is Chromium's own count. ``--slower 4`` makes Chromium
compute four times as slowly, as a cheap laptop may.
"""

from __future__ import annotations

import argparse
import math
import statistics

from playwright.sync_api import CDPSession, Page

from tools.browsing import chromium, running_app, wait_until_idle

FRAMES = """() => {
    window.frames_ = []; let last = performance.now();
    const tick = now => {
        window.frames_.push(now - last);
        last = now;
        window.ticking = requestAnimationFrame(tick);
    };
    window.ticking = requestAnimationFrame(tick);
}"""
STOP = "() => { cancelAnimationFrame(window.ticking); return window.frames_.slice(2); }"
# The events are dispatched by the page itself: one before each frame, as a pointer's are.
DRAG = """(host, moves) => new Promise(resolve => {
    const box = host.querySelector("[data-field=picture]");
    const { left, top, width, height } = box.getBoundingClientRect();
    const send = (type, share) => {
        const angle = share * 40, radius = 0.48 * share;
        const at = { clientX: left + width * (0.5 + radius * Math.cos(angle)),
                     clientY: top + height * (0.5 + radius * Math.sin(angle)) };
        const how = { pointerType: "mouse", pointerId: 1, button: 0, buttons: 1, bubbles: true, ...at };
        box.dispatchEvent(new PointerEvent(type, how));
    };
    box.setPointerCapture = () => {}; // there is no pointer to capture
    let move = 0, seen = new Set();
    send("pointerdown", 0);
    const tick = () => {
        seen.add(`${host.lesson.view.row},${host.lesson.view.column}`);
        if (move === moves) { send("pointerup", 1); return resolve(seen.size); }
        send("pointermove", ++move / moves);
        requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
})"""


def busy(session: CDPSession) -> float:
    """Seconds that the page's main thread has worked so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(entry["value"] for entry in metrics if entry["name"] == "TaskDuration")


def report(name: str, frames: list[float], seconds: float, windows: int) -> None:
    """Print one line."""
    ordered = sorted(frames)
    at = lambda share: ordered[math.ceil(share * len(ordered)) - 1]  # noqa: E731
    late = sum(frame > 25 for frame in frames) / len(frames)
    print(
        f"{name}: {len(frames)} frames, median {statistics.median(frames):.1f} ms, "
        f"95th percentile {at(0.95):.1f} ms, longest {ordered[-1]:.1f} ms, later than 25 ms {late:.1%}; "
        f"main thread {1e3 * seconds / windows:.2f} ms for each of {windows} windows"
    )


def measure(page: Page, moves: int, slower: float) -> None:
    """Drag, then play."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable")
    lesson = page.locator(".lesson")
    for name in ("first drag", "drag"):
        before = busy(session)
        page.evaluate(FRAMES)
        windows = lesson.evaluate(DRAG, moves)
        frames = page.evaluate(STOP)
        report(f"{name}, {moves} moves", frames, busy(session) - before, windows)
    page.get_by_label("Speed").select_option("600")
    page.get_by_role("button", name="Empty the map").click()
    page.get_by_role("button", name="▶ Play").click()
    before = busy(session)
    page.evaluate(FRAMES)
    page.wait_for_timeout(4000)
    frames = page.evaluate(STOP)
    windows = lesson.evaluate("host => host.lesson.view.shown.reduce((sum, cell) => sum + cell, 0)")
    report("play, 600 windows a second", frames, busy(session) - before, windows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=600)
    parser.add_argument("--slower", type=float, default=1)
    arguments = parser.parse_args()
    with running_app(seconds=120) as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/convolution?lang=en")
        page.locator(".lesson canvas").first.wait_for()
        wait_until_idle(page)
        measure(page, arguments.moves, arguments.slower)


if __name__ == "__main__":
    main()
