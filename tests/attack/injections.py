"""Injections: payloads in every field of articles and in every argument, rendered by every address and command.

In no page may they become an element, an attribute, a script or an address that a browser runs; no header and no
sequence that a terminal obeys may come of them.
"""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.test import TestResponse

from index.opening import open_engine
from tests.attack import material
from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row
from tests.attack.markup import broken_out, broken_out_of_xml
from tests.attack.payloads import EVALUATED, HEADER, MARKER, PAYLOADS, injected
from tests.attack.workers import rows
from web import params

NAME, TERMINAL = "injections", "terminal"
WANTED = {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"}  # of the policy
EXECUTED, ERROR, HEADERS, OBEYED = "broken out", "5xx", "headers missing or added", "control characters printed"
SHORT, SECONDS, TERMINAL_SECONDS = 100, 240.0, 120.0
SHORT_COMMANDS = 12
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attack(campaign: Campaign) -> list[Row]:
    """Ask every address for the injected articles, and with every payload as an argument."""
    index = injected_index(campaign)
    addresses = all_addresses(material.app_over(index), index)
    order = campaign.random(NAME, -1).sample(addresses, len(addresses))
    count = min(campaign.count(len(order), SHORT), len(order))
    kinds = (EXECUTED, ERROR, HEADERS)
    cases = Attack(NAME, "injected pages and answers", kinds, SECONDS, count, lambda: _rendering(index, order))
    return rows(campaign, cases)


def terminal(campaign: Campaign) -> list[Row]:
    """Run every command with every payload."""
    index = injected_index(campaign)
    folder = campaign.work / TERMINAL
    folder.mkdir()
    commands = [words for payload in PAYLOADS for words in _commands(folder, payload)]
    order = campaign.random(TERMINAL, -1).sample(commands, len(commands))
    count = min(campaign.count(len(order), SHORT_COMMANDS), len(order))
    cases = Attack(
        TERMINAL, "injected commands", (OBEYED,), TERMINAL_SECONDS, count, lambda: _running(index, folder, order)
    )
    return rows(campaign, cases)


@lru_cache
def injected_index(campaign: Campaign) -> Path:
    """An index of the injected articles."""
    folder = campaign.work / NAME
    folder.mkdir()
    articles = material.write_lines(folder / "articles.jsonl", injected(each_field=not campaign.short))
    material.index_of(folder / "index", articles)
    return folder / "index"


def all_addresses(app: Flask, index: Path) -> Sequence[str]:
    """Every route for every injected article, and with each payload as each argument and as each part of the path."""
    engine = open_engine(index)
    ids = [id_ for article in injected(each_field=True) if engine.get(id_ := str(article["id"])) is not None]
    found: list[str] = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        fillings = _fillings(rule.rule, ids) if rule.arguments else [""]
        for filling in (*fillings, *(PAYLOADS if rule.arguments else ())):
            path = rule.rule
            for argument in rule.arguments:
                for written in (f"<{argument}>", f"<path:{argument}>"):
                    path = path.replace(written, quote(filling, safe="/"))
            found.append(path)
        path = found[-1] if not rule.arguments else found[-len(PAYLOADS) - 1]
        for payload in PAYLOADS:
            found += [f"{path}?{urlencode({name: payload})}" for name in (*params.NAMES, *_OWN, payload)]
            found.append(f"{path}?{urlencode({'q': chr(34) + payload.replace(chr(34), '') + chr(34)})}")
    return list(dict.fromkeys(found))


_OWN = (params.LANGUAGE, params.BASE, params.WITH, params.WITHIN, "utm_source")


def _fillings(rule: str, ids: Sequence[str]) -> Sequence[str]:
    return params.CHOICES if "facet" in rule else ids


def _rendering(index: Path, addresses: Sequence[str]) -> Case:
    app = material.app_over(index)
    for path in ("/", f"/article/{next(iter(injected(each_field=False)))['id']}", "/api/v1/search"):
        material.require_page(app.test_client(), path)

    def render(number: int) -> Finding:
        client = app.test_client(use_cookies=False)
        begun = perf_counter()
        response = client.get(addresses[number])
        faults = [Fault(kind, f"{words} in {addresses[number][:200]}") for kind, words in _faults(app, response)]
        return Finding(number, perf_counter() - begun, tuple(faults))

    return render


def _faults(app: Flask, response: TestResponse) -> Iterator[tuple[str, str]]:
    headers = response.headers
    if response.status_code >= 500:
        yield ERROR, f"{response.status_code} {material.errors_of(app)[-1:]}"
    if HEADER.lower() in {name.lower() for name in headers.keys()}:  # noqa: SIM118  # headers are pairs, not a mapping
        yield HEADERS, f"a header {HEADER}"
    policy = headers.get("Content-Security-Policy", "")
    if (
        not set(policy.split("; ")) >= WANTED
        or "unsafe" in policy
        or headers.get("X-Content-Type-Options") != "nosniff"
    ):
        yield HEADERS, f"the policy {policy!r} or no nosniff"
    yield from ((EXECUTED, words) for words in _broken_out(response))


def _broken_out(response: TestResponse) -> Iterator[str]:
    """What a browser, or a spreadsheet, would make of a payload in an answer."""
    kind = response.mimetype or ""
    if kind == "text/html":
        if EVALUATED in response.text:
            yield "an evaluated template"
        if response.status_code not in {301, 302, 303, 308}:
            yield from broken_out(response.text, MARKER)
    elif kind == "text/csv":
        cells = (cell for row in csv.reader(response.text.splitlines()) for cell in row)
        yield from (f"a formula {cell[:40]!r}" for cell in cells if cell.startswith(FORMULA) and MARKER in cell)
    elif kind.endswith("+xml"):
        yield from broken_out_of_xml(response.text, MARKER)
    elif "attachment" in response.headers.get("Content-Disposition", "") or kind == "text/plain":
        return  # a browser shows none of it
    elif MARKER in response.text and not response.is_json:
        yield f"a payload as {kind}"


def _commands(folder: Path, payload: str) -> Iterator[tuple[str, ...]]:
    yield ("search", payload)
    yield ("search", '"' + payload.replace('"', "") + '"')
    yield ("stem", "--explain", payload)
    yield ("shortforms", payload)
    yield ("boilerplate", payload)
    yield ("reindex", str(folder / payload.replace("/", "_").replace("\0", "_")))
    yield ("reindex", "--map", f"{payload}={payload}", str(folder))
    yield ("reject", payload)


def _running(index: Path, folder: Path, commands: Sequence[tuple[str, ...]]) -> Case:
    app = material.app_over(index)
    runner = app.test_cli_runner()

    def run(number: int) -> Finding:
        words, room = list(commands[number]), folder / f"case-{number}"
        if words[0] == "reject":
            app.config["KLIPING_INDEX"] = room / "index"
            words = ["reindex", str(_rejected(room, words[1]))]
        begun = perf_counter()
        result = runner.invoke(args=words)
        seconds = perf_counter() - begun
        obeyed = [char for char in result.output if unicodedata.category(char) == "Cc" and char not in "\n\t"]
        words = [f"flask {' '.join(map(repr, commands[number]))}"]
        if obeyed:
            return Finding(number, seconds, (Fault(OBEYED, f"{obeyed[0]!r} printed by {words[0]}"),))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            return Finding(number, seconds, (Fault(OBEYED, f"{result.exception!r} raised by {words[0]}"),))
        return Finding(number, seconds)

    return run


def _rejected(room: Path, payload: str) -> Path:
    """Files whose names and columns are the payload, and which are rejected."""
    held = room / "articles"
    held.mkdir(parents=True)
    name = payload.replace("/", "_").replace("\0", "_")
    (held / f"{name}.txt").write_bytes(b"")
    (held / f"{name}.docx").write_bytes(b"x")
    (held / "a.csv").write_text(f'"{payload}","{payload} 2"\n1,2\n', encoding="utf-8")
    material.write_lines(
        held / "b.jsonl", [{payload: payload}, {"id": payload, "text": payload}, {"id": "x", "text": "Teks."}]
    )
    return held
