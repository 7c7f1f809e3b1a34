"""Web pages are read in a process of their own, which belongs to one process alone."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from archive.reading.parsing.parser_process import PAGES

PAGE = "<html><head><title>Panen raya</title></head><body><article><p>Petani memanen padi.</p></article></body></html>"


def title() -> object:
    (answer,) = PAGES.answers("web page", PAGE.encode(), 30, 4096)
    return json.loads(answer)["title"]


def test_a_forked_process_reads_pages_in_one_of_its_own_and_the_other_goes_on() -> None:
    assert title() == "Panen raya"
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        assert pool.submit(title).result(timeout=60) == "Panen raya"
    assert title() == "Panen raya"
