"""An answer is of one index, from its first byte to its ETag, however often another is published meanwhile."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.engine import EngineAnswer
from index.facets import FACETS
from index.opening import open_engine
from index.query.request import Query
from tests.contract.memory_engine import MemoryEngine
from tests.contract.snapshot_contract import publish
from web import create_app

SECONDS = 1.0  # of asking while generations alternate
PATIENCE = 60  # seconds, on a machine that is busy with other things
FLIP = 0.01  # seconds between two publications
ADDRESSES = (
    *("/", "/?q=zeta0+OR+zeta1", "/?q=ZT", "/?q=zeta9", "/?q=banjir&sort=newest", "/facets/outlet?q=banjir"),
    *("/article/a0", "/article/a1?q=zeta1", "/story/a0", "/story/a1", "/help"),
    *("/api/v1/search", "/api/v1/search?q=ZT", "/api/v1/search?q=zeta9+zeta8", "/api/v1/suggest?q=zet"),
    *("/api/v1/facets/story", "/api/v1/articles/a0?q=banjir", "/api/v1/articles/a1", "/api/v1/stories/a0"),
    *("/api/v1/stories/a1", "/api/v1/status"),
)
TOOK = re.compile(r'"took_ms":[^,}]*|[\d.,]+ milidetik')
Answer = tuple[int, str | None, str]


def answer(client: FlaskClient, address: str) -> Answer:
    """The status, ETag and text of an answer, without the time it took."""
    response = client.get(address)
    return response.status_code, response.headers.get("ETag"), TOOK.sub("", response.text)


def archive(number: int) -> MemoryEngine:
    held = MemoryEngine()
    publish(held, number)
    return held


class Restless(MemoryEngine):
    """An engine in which another archive is published before every single call."""

    def __init__(self, *archives: MemoryEngine) -> None:
        super().__init__()
        self._archives = cycle(archives)

    def snapshot(self) -> MemoryEngine:
        return next(self._archives)

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
        return self.snapshot().find(query, facets)

    def __getattribute__(self, name: str) -> object:
        if name in {"info", "get", "vocabulary", "short_forms", "boilerplate", "relatives"}:
            return getattr(self.snapshot(), name)
        return super().__getattribute__(name)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_asks_one_index_alone(address: str) -> None:
    both = archive(0), archive(1)
    pure = [answer(create_app({"TESTING": True}, engine=engine).test_client(), address) for engine in both]
    mixed = create_app({"TESTING": True}, engine=Restless(*both)).test_client()
    assert [answer(mixed, address) for _ in range(4)] == pure * 2


def test_requests_in_one_application_context_each_ask_what_is_published() -> None:
    app = create_app({"TESTING": True}, engine=Restless(archive(0), archive(1)))
    with app.app_context():
        client = app.test_client()
        ids = [client.get("/api/v1/status").json["index"]["id"] for _ in range(4)]  # type: ignore[index]
    assert ids[0] == ids[2] != ids[1] == ids[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with two generations, of which one or the other is published by exchanging CURRENT."""
    engine = open_engine(tmp_path)
    publish(engine, 0)
    publish(engine, 1)
    return tmp_path


@contextmanager
def alternating(folder: Path) -> Iterator[None]:
    """Publish the two generations by turns in another thread."""
    names, over = sorted(path.name for path in folder.iterdir() if path.is_dir()), Event()

    def flip() -> None:
        for name in cycle(names):
            (folder / "CURRENT.new").write_text(name + "\n", encoding="utf-8")
            (folder / "CURRENT.new").replace(folder / "CURRENT")
            if over.wait(FLIP):
                return

    flipping = Thread(target=flip)
    flipping.start()
    try:
        yield
    finally:
        over.set()
        flipping.join()


def held_by(folder: Path, number: int, app: Flask) -> dict[str, Answer]:
    """What each address answers while that generation stands still."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    (folder / "CURRENT").unlink()
    (folder / "CURRENT").write_text(names[number] + "\n", encoding="utf-8")
    return {address: answer(app.test_client(), address) for address in ADDRESSES}


def test_answers_fit_their_index_while_generations_alternate(folder: Path) -> None:
    app = create_app({"TESTING": True, "KLIPING_INDEX": folder})
    still = [held_by(folder, number, app) for number in (0, 1)]
    tags = {tag for held in still for _, tag, _ in held.values() if tag}
    assert len(tags) == 2
    wrong: list[object] = []
    seen: set[tuple[str, int]] = set()

    def ask(start: int) -> None:
        client, until = app.test_client(), monotonic() + SECONDS
        for address in cycle(ADDRESSES[start:] + ADDRESSES[:start]):
            got = answer(client, address)
            if got not in (still[0][address], still[1][address]):
                wrong.append((address, got))
            seen.update((address, number) for number in (0, 1) if got == still[number][address])
            if monotonic() > until:
                return

    with alternating(folder):
        asking = [Thread(target=ask, args=(start,)) for start in (0, 5, 10, 15)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
    assert wrong == []
    assert len({number for _, number in seen}) == 2, "both generations were asked"


def test_an_unchanged_answer_is_confirmed_only_where_it_is_that_answer(folder: Path) -> None:
    app = create_app({"TESTING": True, "KLIPING_INDEX": folder})
    still, address = [held_by(folder, number, app)["/api/v1/search"] for number in (0, 1)], "/api/v1/search"
    client, texts = app.test_client(), {tag: text for _, tag, text in still}
    confirmed, held, began = 0, "", monotonic()
    with alternating(folder):
        while monotonic() < began + (SECONDS / 2 if confirmed else PATIENCE):
            response = client.get(address, headers={"If-None-Match": held} if held else {})
            tag = response.headers["ETag"]
            if response.status_code == 304:
                confirmed += 1
                assert tag == held
            else:
                assert TOOK.sub("", response.text) == texts[tag]
                held = tag
    assert confirmed
