"""Web pages are read in a process of their own, which belongs to one process alone."""

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic
from typing import IO

import pytest

from archive.reading.parsing import parser_process
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


def test_starting_and_loading_libraries_takes_none_of_the_time_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    receive = parser_process.receive

    def noting(stream: IO[bytes], deadline: float) -> bytes:
        given.append(deadline - monotonic())
        return receive(stream, deadline)

    monkeypatch.setattr(parser_process, "receive", noting)
    PAGES.close()
    title()
    started, _, parser_loaded, _, extractor_loaded, answered, ended = given
    assert min(started, parser_loaded, extractor_loaded) > 30 >= max(answered, ended)
