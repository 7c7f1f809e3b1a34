"""Injected pages in a real browser: no payload may run, load anything from elsewhere, or open a dialog."""

from collections.abc import Iterator
from functools import partial
from time import perf_counter

from flask import Flask
from playwright.sync_api import Dialog, Error, sync_playwright

from tests import CHROMIUM
from tests.attack import material
from tests.attack.campaign import Campaign, Row
from tests.attack.injections import all_addresses, injected_index
from tests.attack.payloads import MARKER
from tests.serving import served

NAME = "browser"
TRIED, KIND = "injected pages in Chromium", "executed"
FULL, SHORT = 400, 6
TOUCH = """() => document.querySelectorAll('a, button, input, summary, [autofocus]').forEach((one) => {
    one.focus(); one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})); })"""
DOWNLOAD = "Download is starting"


def attack(campaign: Campaign) -> list[Row]:
    """Open a sample of the injected pages, touch what can be touched, and look for what a script would have left."""
    if CHROMIUM is None:
        return [Row(TRIED, 0, KIND, (), 0.0, 0.0, "there is no Chromium here")]
    index = injected_index(campaign)
    app = material.app_over(index)
    addresses = [address for address in all_addresses(app, index) if not address.startswith("/api/")]
    wanted = min(campaign.count(FULL, SHORT), len(addresses))
    chosen = campaign.random(NAME, 0).sample(addresses, wanted)
    numbers = campaign.numbers(wanted)
    begun, worst, failures = perf_counter(), 0.0, []
    for number, seconds, words in _opened(app, [(number, chosen[number]) for number in numbers]):
        worst = max(worst, seconds)
        if words:
            failures.append(f"{words} in {chosen[number][:200]}: {campaign.repeat(NAME, number)}")
    return [Row(TRIED, len(numbers), KIND, tuple(failures), worst, perf_counter() - begun)]


def _opened(app: Flask, pages: list[tuple[int, str]]) -> Iterator[tuple[int, float, str]]:
    with served(app) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        heard: list[str] = []
        page.on("dialog", partial(_dismiss, heard))
        page.on("request", lambda one: heard.extend([] if one.url.startswith(origin) else [f"asked {one.url[:80]}"]))
        page.on("console", lambda told: heard.extend([told.text[:150]] if "Content Security" in told.text else []))
        for number, address in pages:
            heard.clear()
            begun = perf_counter()
            try:
                page.goto(origin + address)
                page.evaluate(TOUCH)
                ran = page.evaluate(f"window.{MARKER}")
            except Error as error:
                if DOWNLOAD not in str(error):  # a file is kept, not shown
                    heard.append(str(error)[:150])
                ran = None
            yield number, perf_counter() - begun, "a script ran" if ran else "; ".join(heard)
        browser.close()


def _dismiss(heard: list[str], dialog: Dialog) -> None:
    heard.append("a dialog")
    dialog.dismiss()
