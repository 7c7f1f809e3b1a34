"""Injected pages in a real browser: no payload may run, load anything from elsewhere, or open a dialog."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Thread
from time import perf_counter

from flask import Flask
from playwright.sync_api import Dialog, Error, sync_playwright
from werkzeug.serving import make_server

from tests.attack import material
from tests.attack.campaign import Campaign, Row
from tests.attack.injections import all_addresses, injected_index
from tests.attack.payloads import MARKER

NAME = "browser"
TRIED, KIND = "injected pages in Chromium", "executed"
FULL, SHORT = 400, 6
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
    with _served(app) as origin, sync_playwright() as playwright:
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


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
