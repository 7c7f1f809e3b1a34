"""The browser of all tests of pages: Chromium takes a second to start, so each process starts it once."""

import logging
from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from tests.end_to_end.desk import CHROMIUM, Desk
from tests.web.sample_archive import app


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """The address of a server with the sample archive."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="package")
def desk(address: str) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield Desk(browser, address)
        browser.close()
