"""The page in a real browser: asks, streams, shows verdicts and repairs, fits a phone, fetches nothing elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.report.test_browser import LOW_CONTRAST, OVERFLOWING, Browser, found_browser
from tests.serve.conftest import Factory, Stand
from tests.serve.scripted import BAD, GOOD
from tests.serve.test_gateway import wait_for

pytestmark = pytest.mark.slow

__all__ = ["found_browser"]

KEY = "k" * 20
OVERFLOWING_HERE = OVERFLOWING.replace(".scroll, pre, .skip", ".code, pre, .skip")


class Page:
    """The gateway's page in a window of some width."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def open(self, url: str, width: int = 1280, scheme: str = "light") -> None:
        browser = self.browser
        browser.events.clear()
        browser.call(
            "Emulation.setDeviceMetricsOverride", True, width=width, height=844, deviceScaleFactor=1, mobile=width < 700
        )
        browser.call("Emulation.setEmulatedMedia", True, features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.call("Page.navigate", True, url=url)
        self.wait("document.readyState === 'complete' && document.querySelector('#state')?.className !== ''")

    def wait(self, condition: str) -> None:
        wait_for(lambda: bool(self.browser.evaluate(condition)), 30)

    def ask(self, text: str, **fields: object) -> None:
        values = {"instruction": text, **fields}
        for name, value in values.items():
            self.browser.evaluate(f"document.getElementById({name!r}).value = {json.dumps(value)}")
        self.browser.evaluate("document.getElementById('form').requestSubmit()")

    def text(self, selector: str) -> str:
        found = self.browser.evaluate(f"document.querySelector({selector!r})?.innerText ?? ''")
        return str(found)

    def code(self, place: str) -> str:
        rows = f"[...document.querySelectorAll({place + ' .code li > code'!r})].map(e => e.textContent).join('\\n')"
        return str(self.browser.evaluate(rows))


@pytest.fixture(scope="module")
def opened(found_browser: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page | None]:
    if not found_browser:
        yield None
        return
    browser = Browser(found_browser, tmp_path_factory.mktemp("profile"))
    yield Page(browser)
    browser.close()


@pytest.fixture
def page(opened: Page | None, require_tool: Callable[..., str]) -> Page:
    require_tool("chromium", "chromium" if opened else "")
    assert opened is not None
    return opened


def test_a_request_streams_fails_is_repaired_and_can_be_copied(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    gateway.script.delay = 0.03
    try:
        page.ask("REPAIR ME")
        page.wait("document.querySelector('.chip.busy')?.innerText === 'writing'")
        page.wait("document.querySelectorAll('.code li').length > 2")
        partly = page.code(".round")
        assert BAD.startswith(partly.rstrip())
        page.wait("!!document.getElementById('answer')")
    finally:
        gateway.script.delay = 0.0
    assert page.code("#answer") == GOOD.rstrip()
    assert "Verified" in page.text("#answer .banner")
    assert page.text("#answer .chips").split("\n") == ["✓ Syntax", "✓ Types"]
    page.browser.evaluate("document.querySelector('.attempts').open = true")
    story = page.text(".attempts")
    assert "2 rounds, 2 answers" in story
    assert "repairs 1 finding" in story
    assert "✗ Types" in story
    marked = page.text(".attempts li.marked")
    assert "from: sender" in marked
    assert "'from' does not exist" in marked
    assert "Say sender." in marked
    page.browser.evaluate("window.copied = []; navigator.clipboard.writeText = async text => { copied.push(text) }")
    page.browser.evaluate("document.getElementById('copy').click()")
    page.wait("document.getElementById('copy').innerText === 'Copied'")
    assert page.browser.evaluate("copied[0]") == GOOD


def test_stop_ends_the_work(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    gateway.script.delay = 0.05
    before = gateway.script.closed_early
    try:
        page.ask("z" * 3000)
        page.wait("!!document.querySelector('.round .code li')")
        page.browser.evaluate("document.getElementById('stop').click()")
        page.wait("document.querySelector('.error')?.innerText === 'stopped'")
        wait_for(lambda: gateway.script.closed_early > before)
    finally:
        gateway.script.delay = 0.0


def test_errors_and_what_does_not_pass_are_said(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    page.ask("FAIL")
    page.wait("!!document.querySelector('.error')")
    assert "the engine failed" in page.text(".error")
    page.ask("ALWAYS BAD", rounds=0)
    page.wait("!!document.querySelector('#answer .banner.failed')")
    assert "'from' does not exist" in page.text("#answer li.marked")
    page.ask("PROSE", rounds=0)
    page.wait("document.querySelector('#answer')?.innerText.includes('no TypeScript')")


def test_nothing_a_model_writes_becomes_part_of_the_page(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    page.ask("MARKUP", rounds=0)
    page.wait("!!document.getElementById('answer')")
    assert page.browser.evaluate("document.querySelectorAll('#results img, #results script').length") == 0
    assert page.browser.evaluate("window.hacked") is None
    assert "<img src=x onerror=alert(1)>' // <script>" in page.code("#answer")


def test_code_of_ones_own_is_checked(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    page.browser.evaluate("document.getElementById('tab-check').click()")
    page.ask("", code=BAD)
    page.wait("!!document.querySelector('#answer .banner.failed')")
    assert page.code("#answer") == BAD.rstrip()


def test_several_answers_stand_side_by_side(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    page.ask("ALWAYS BAD", samples=2, rounds=1)
    page.wait("!!document.getElementById('answer')")
    page.browser.evaluate("document.querySelector('.attempts').open = true")
    tops = "[...document.querySelectorAll('.round:first-child article')].map(e => e.getBoundingClientRect().top)"
    found: Any = page.browser.evaluate(tops)
    assert len(found) == 2
    assert found[0] == found[1]


def test_a_key_is_asked_for_where_one_is_needed(page: Page, make_stand: Factory) -> None:
    with make_stand(keys=[KEY]) as gateway:
        page.open(gateway.url)
        page.wait("!document.getElementById('key-field').hidden")
        page.ask("PAY")
        page.wait("document.querySelector('.error')?.innerText.includes('valid API key')")
        page.ask("PAY", key=KEY)
        page.wait("!!document.querySelector('#answer .banner.passed')")


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_it_fits_is_readable_and_asks_nobody_else(page: Page, gateway: Stand, width: int) -> None:
    for scheme in ("light", "dark"):
        page.open(gateway.url, width, scheme)
        for request in ("ALWAYS BAD", "REPAIR ME"):
            page.ask(request, rounds=1)
            page.wait("!!document.getElementById('answer') && document.getElementById('stop').hidden")
            page.browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            layout = page.browser.evaluate(OVERFLOWING_HERE.replace("WIDTH", str(width)))
            assert layout["scroll"] <= layout["inner"] == width, layout
            assert layout["wide"] == []
            page.wait("getComputedStyle(document.getElementById('go')).opacity === '1'")
            assert page.browser.evaluate(LOW_CONTRAST) == {}
        assert page.browser.complaints() == []
        asked = {url for url in page.browser.requested() if not url.startswith("data:")}
        assert all(url.startswith(gateway.url) for url in asked), asked


def test_the_policy_holds(page: Page, gateway: Stand) -> None:
    page.open(gateway.url)
    page.browser.evaluate("""{
        const script = document.createElement('script')
        script.textContent = 'window.injected = 1'
        document.body.append(script)
    }""")
    assert page.browser.evaluate("window.injected") is None
    fetched = "fetch('https://example.com').then(() => 'sent', () => 'refused')"
    page.browser.evaluate(f"{fetched}.then(found => {{ window.fetched = found }})")
    page.wait("window.fetched === 'refused'")
