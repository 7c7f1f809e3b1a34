"""The browser of all tests of pages: Chromium takes a second to start, so each process starts it once."""

import logging
from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests import CHROMIUM
from tests.end_to_end.desk import Desk
from tests.serving import served
from tests.web.sample_archive import app


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """The address of a server with the sample archive."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with served(app()) as found:
        yield found


@pytest.fixture(scope="package")
def desk(address: str) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield Desk(browser, address)
        browser.close()
