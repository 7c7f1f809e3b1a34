"""Hostile queries: random and grammatical query texts and arguments, asked of every page and of the API.

No answer may be a server error, take more than a second, or be ill-formed. Page and API must agree on the totals.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from urllib.parse import quote, urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import SAMPLES
from tests.attack import material
from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row
from tests.attack.hostile_queries import address
from tests.attack.markup import ill_formed
from tests.attack.workers import rows
from web import params

NAME = "queries"
ERROR, SLOW, BROKEN, DISAGREEING = "5xx", "over 1 s", "ill-formed answer", "page and API disagree"
KINDS = (ERROR, SLOW, BROKEN, DISAGREEING)
FULL, SHORT = 100_000, 150
SECONDS = 900.0
ALLOWED = 1.0  # seconds of work for an answer
LOADED = 20.0  # seconds an answer may wait for a busy machine beyond its work, before it counts as stuck
DIFFERENTIAL_EVERY = 4  # of the searches, so many are also asked of the other surface
OF_PAGES = (params.LANGUAGE, "utm_source")  # arguments that the API does not take
SEARCHES = {"/": "/api/v1/search", "/api/v1/search": "/"}
TOTAL = re.compile(r'class="total(?: none)?">\s*(?:<b>([\d.]+)</b>[^<]*<span>\D*([\d.]+) )?')


def attack(campaign: Campaign) -> list[Row]:
    """Ask the queries of an index of the samples."""
    index = campaign.work / "queries"
    material.index_of(index, SAMPLES)
    count = campaign.count(FULL, SHORT)
    cases = Attack(NAME, "hostile queries", KINDS, SECONDS, count, lambda: _asking(campaign, index))
    return rows(campaign, cases)


def _asking(campaign: Campaign, index: Path) -> Case:
    app = material.app_over(index)
    client = app.test_client(use_cookies=False)  # so that no case changes another
    ids = [record.id for record in material.samples()]
    for path in (*SEARCHES, "/help", f"/article/{ids[0]}?q=harga"):  # the first answer of a server compiles templates
        material.require_page(client, path)

    def ask(number: int) -> Finding:
        random = campaign.random(NAME, number)
        path, pairs = address(random, ids)
        url = _url(path, pairs)
        seconds, response = _timed(client, url)
        faults = [*_faults(app, url, response, seconds)]
        if path in SEARCHES and response.status_code == 200 and random.randrange(DIFFERENTIAL_EVERY) == 0:
            faults += _disagreement(client, SEARCHES[path], pairs, response)
        return Finding(number, seconds, tuple(faults))

    return ask


def _url(path: str, pairs: list[tuple[str, str]]) -> str:
    query = urlencode(pairs, errors="surrogatepass")
    quoted = quote(path, safe="/%", errors="surrogatepass")
    if quoted.startswith("//"):  # else the test client would take what follows for the name of a host
        quoted = "/%2F" + quoted[2:]
    return quoted + ("?" + query if query else "")


def _timed(client: FlaskClient, url: str) -> tuple[float, TestResponse]:
    """The answer and the seconds of work it took; the seconds on the clock if it waited too long for mere work."""
    clock, work = perf_counter(), process_time()
    response = client.get(url)
    waited, worked = perf_counter() - clock, process_time() - work
    return (waited if waited > worked + LOADED else worked), response


def _faults(app: Flask, url: str, response: TestResponse, seconds: float) -> Iterator[Fault]:
    if response.status_code >= 500:
        raised = material.errors_of(app)
        yield Fault(ERROR, f"{response.status_code} {raised[-1] if raised else ''} for {url[:300]}")
    if seconds > ALLOWED:
        yield Fault(SLOW, f"{seconds:.1f} s for {url[:300]}")
    if problem := _problem(response):
        yield Fault(BROKEN, f"{problem} in {url[:300]}")


def _problem(response: TestResponse) -> str:
    if response.is_json:
        try:
            json.loads(response.data.decode("utf-8"), parse_constant=_no_number)
        except ValueError as error:
            return f"no JSON ({error})"
    if response.mimetype == "text/html" and response.status_code not in {301, 302, 308}:
        return ill_formed(response.text)
    return ""


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no number in JSON")


def _disagreement(
    client: FlaskClient, other: str, pairs: list[tuple[str, str]], response: TestResponse
) -> Iterator[Fault]:
    pairs = [(name, value) for name, value in pairs if name not in OF_PAGES]
    seen = client.get(_url(other, pairs))
    told = [_totals(response), _totals(seen)]
    if seen.status_code != response.status_code or told[0] != told[1]:
        words = f"{response.status_code} {told[0]} and {seen.status_code} {told[1]} for {_url(other, pairs)[:300]}"
        yield Fault(DISAGREEING, words)


def _totals(response: TestResponse) -> tuple[int, int] | None:
    """The number of stories and of articles that an answer tells, of either surface."""
    if response.is_json:
        total = (response.json or {}).get("total") or {}
        return (total["stories"], total["articles"]) if total else None
    found = TOTAL.search(response.text)
    if found is None:
        return None
    stories, articles = (int((number or "0").replace(".", "")) for number in found.groups())
    return stories, articles
