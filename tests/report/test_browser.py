"""The page in a real browser: fits a phone, logs no error, asks for nothing, has readable contrast in both schemes."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.report import write_funnel, write_report, write_results

pytestmark = pytest.mark.slow

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
PATIENCE = 60.0

# Chromium reads commands from descriptor 3 and writes answers to 4.
LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(fd), fcntl.F_DUPFD, 10) for fd in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""

OVERFLOWING = """(() => {
  const page = document.documentElement;
  const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, pre, .skip')
    && e.getBoundingClientRect().right > WIDTH + 0.5).map(e => e.tagName + '.' + e.className);
  return {scroll: page.scrollWidth, inner: innerWidth, wide};
})()"""

# Contrast of text against the nearest opaque background, after WCAG 2.1 (1.4.3).
LOW_CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].map((v, i) => i == 3 ? v / 255 : v);
  };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] + under[i] * (1 - top[3])).concat(1);
  const background = e => {
    if (!e) return [255, 255, 255, 1];
    const own = rgba(getComputedStyle(e).backgroundColor);
    return own[3] == 1 ? own : over(own, background(e.parentElement));
  };
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const found = {};
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim())) continue;
    const under = background(e), text = over(rgba(getComputedStyle(e).color), under);
    const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) found[e.tagName + '.' + e.className] = ratio.toFixed(2);
  }
  return found;
})()"""


class Browser:
    """A headless Chromium spoken to over its DevTools pipe: JSON messages that end with a zero byte."""

    def __init__(self, executable: str, profile: Path) -> None:
        here_in, there_out = os.pipe()
        there_in, here_out = os.pipe()
        command = [executable, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCH, str(there_in), str(there_out), *command],
            pass_fds=(there_in, there_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(there_in)
        os.close(there_out)
        self.out, self.inbox, self.buffer, self.number = here_out, here_in, b"", 0
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = str(self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable", session=True)

    def call(self, method: str, session: bool = False, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that come meanwhile are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self.events.append(answer)

    def receive(self) -> dict[str, Any]:
        """The next message."""
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.inbox], [], [], max(0.0, until - time.monotonic()))
            assert ready, "the browser does not answer"
            chunk = os.read(self.inbox, 1 << 16)
            assert chunk, "the browser has ended"
            self.buffer += chunk
        raw, self.buffer = self.buffer.split(b"\0", 1)
        found: dict[str, Any] = json.loads(raw)
        return found

    def open(self, page: Path, width: int, scheme: str) -> None:
        """Show ``page`` in a window of ``width`` pixels, with every fold opened."""
        self.events.clear()
        self.call(
            "Emulation.setDeviceMetricsOverride", True, width=width, height=844, deviceScaleFactor=1, mobile=width < 700
        )
        self.call("Emulation.setEmulatedMedia", True, features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Page.navigate", True, url=page.as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())
        self.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.call("Runtime.evaluate", True, expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def requested(self) -> list[str]:
        """Addresses the page asked for, its own first; not what a page before it asked for as it was left."""
        sent = [event["params"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        pages = [number for number, params in enumerate(sent) if params.get("type") == "Document"]
        return [params["request"]["url"] for params in sent[pages[-1] if pages else 0 :]]

    def complaints(self) -> list[str]:
        """Errors, warnings and exceptions since the page was opened."""
        names = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [json.dumps(event["params"])[:300] for event in self.events if event.get("method") in names]

    def close(self) -> None:
        """End the browser."""
        self.process.terminate()
        self.process.wait(PATIENCE)
        os.close(self.out)
        os.close(self.inbox)


@pytest.fixture(scope="module")
def found_browser() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture
def browser(require_tool: Callable[..., str], found_browser: str | None, tmp_path: Path) -> Iterator[Browser]:
    opened = Browser(require_tool("chromium", found_browser or ""), tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def page(run_factory: Any) -> Path:
    return write_report(run_factory.build()).resolve()


def test_the_page_in_a_browser(browser: Browser, page: Path) -> None:
    for width in (360, 390, 768, 1280):
        for scheme in ("light", "dark"):
            browser.open(page, width, scheme)
            layout = browser.evaluate(OVERFLOWING.replace("WIDTH", str(width)))
            assert layout["scroll"] <= layout["inner"] == width, layout
            assert layout["wide"] == []
            assert browser.evaluate(LOW_CONTRAST) == {}
            assert browser.complaints() == []
            assert [url for url in browser.requested() if not url.startswith("data:")] == [page.as_uri()]
            assert browser.evaluate("document.title") == "algorand-coder: laptop"


def test_the_page_of_the_corpus_in_a_browser(browser: Browser, run_factory: Any) -> None:
    page = write_funnel(run_factory.build("refine")).resolve()
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            browser.open(page, width, scheme)
            layout = browser.evaluate(OVERFLOWING.replace("WIDTH", str(width)))
            assert layout["scroll"] <= layout["inner"] == width, layout
            assert layout["wide"] == []
            assert browser.evaluate(LOW_CONTRAST) == {}
            assert browser.complaints() == []
            assert [url for url in browser.requested() if not url.startswith("data:")] == [page.as_uri()]


def test_the_page_of_results_in_a_browser(browser: Browser, run_factory: Any) -> None:
    page = write_results(run_factory.build())
    assert page is not None
    for width, scheme in ((360, "dark"), (1280, "light")):
        browser.open(page.resolve(), width, scheme)
        layout = browser.evaluate(OVERFLOWING.replace("WIDTH", str(width)))
        assert layout["scroll"] <= layout["inner"] == width, layout
        assert layout["wide"] == []
        assert browser.evaluate(LOW_CONTRAST) == {}
        assert browser.complaints() == []
        assert [url for url in browser.requested() if not url.startswith("data:")] == [page.resolve().as_uri()]


def test_the_browser_test_would_notice(browser: Browser, page: Path) -> None:
    spoilt = page.with_name("spoilt.html")
    html = page.read_text(encoding="utf-8").replace("default-src 'none'", "default-src *")
    extra = "<p style='width:900px;color:#777;background:#888'>wide</p><img src='http://127.0.0.1:9/x.png'>"
    spoilt.write_text(html.replace("</footer>", f"{extra}</footer>"), encoding="utf-8")
    browser.open(spoilt, 390, "light")
    layout = browser.evaluate(OVERFLOWING.replace("WIDTH", "390"))
    assert layout["scroll"] > 390
    assert "P." in layout["wide"]
    assert "P." in browser.evaluate(LOW_CONTRAST)
    assert "http://127.0.0.1:9/x.png" in browser.requested()
    assert browser.complaints()
