"""The benchmark measures what it claims, on the sample articles; durations are not tested."""

import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pytest

from archive.record import Record
from benchmarks.__main__ import main
from benchmarks.comparing import differences
from benchmarks.contestants import Asked, Missing, Peer
from benchmarks.corpus import Document, documents, records, write_documents, write_records
from benchmarks.kliping import query_for
from benchmarks.measuring import alternate, latency
from benchmarks.peers import PEERS
from benchmarks.preparing import Corpus, prepare
from benchmarks.repeating import repeated
from benchmarks.requests import Answer, Kind, Operator, Request
from index.query.language import parse
from index.reindexing.report import Phase
from tests import SAMPLES

pytestmark = pytest.mark.long

REPEATED = 120  # articles made of the samples: three rounds
COPY = 0.8  # from this resemblance on, two articles are copies of each other


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return prepare(SAMPLES, 0, tmp_path_factory.mktemp("corpus"))


@dataclass(frozen=True)
class Run:
    """A finished run: its output, and the figures from its results file."""

    printed: str
    figures: dict[str, Any]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder, printed = tmp_path_factory.mktemp("results"), StringIO()
    arguments = ["--data", str(SAMPLES), "--articles", "30", "--peers", "--growth", "40", "--samples", "2"]
    with redirect_stdout(printed):
        main([*arguments, "--results", str(folder)])
    last = printed.getvalue().splitlines()[-1]
    return Run(printed.getvalue(), json.loads(Path(last).read_text(encoding="utf-8")))


def test_every_class_of_requests_has_figures_for_each_stage(run: Run) -> None:
    stages = run.figures["alone"]["served"]["latencies"]
    assert list(stages) == ["Kliping", "Kliping, stemmed", "Kliping, stemmed, by date", "search", "page"]
    for name in ("Kliping", "search", "page"):
        assert set(stages[name]) == set(Kind)
        assert all(0 < figures["p50"] <= figures["p95"] for figures in stages[name].values())


def test_a_reindex_of_unchanged_articles_holds_the_same_articles(run: Run) -> None:
    cold, unchanged = run.figures["alone"]["cold"], run.figures["alone"]["unchanged"]
    assert cold["articles"] == unchanged["articles"] == run.figures["corpus"]["articles"] == 30
    assert min(cold["peak"], cold["index_bytes"], run.figures["corpus"]["text_bytes"]) > 0


@pytest.mark.parametrize("make", PEERS)
def test_a_peer_is_measured_and_gives_the_same_totals_and_facets(make: Callable[[], Peer], run: Run) -> None:
    name = _installed(make)
    compared = run.figures["compared"]
    assert compared["builds"][name]["index_bytes"] > 0
    assert set(compared["latencies"][name]) == set(run.figures["ratios"][name]) == set(Kind)
    assert [said for said in compared["disagreements"] if said.startswith(name)] == []


def test_a_peer_that_is_not_installed_is_named_with_the_remedy(run: Run) -> None:
    assert len(run.figures["compared"]["missing"]) + len(run.figures["ratios"]) == len(PEERS)
    assert all(reason in run.printed for reason in run.figures["compared"]["missing"])


def test_a_grown_archive_holds_as_many_articles_as_asked_for(run: Run) -> None:
    [grown] = run.figures["growth"]
    assert grown["reindexed"]["articles"] == 40
    assert set(grown["served"]["latencies"]["Kliping"]) == set(Kind)
    assert (grown["unchanged"]["articles"], grown["added"]["articles"], grown["verified"]["faults"]) == (40, 41, 0)
    assert [one["rows"] for one in grown["exported"]] == [40, 40]
    assert all(one["then_ms"] > 0 for one in grown["asked"]["answers"])
    assert list(grown["reindexed"]["phases"]) == [phase for phase in Phase if phase is not Phase.DONE]
    assert grown["differing"]["came"] == 1
    assert "Whole results at each size" in run.printed


def test_the_same_articles_give_the_same_requests(corpus: Corpus, tmp_path: Path) -> None:
    assert prepare(SAMPLES, 0, tmp_path).requests == corpus.requests
    assert {request.kind for request in corpus.requests} == set(Kind)


def test_requests_can_be_said_in_our_query_language(corpus: Corpus) -> None:
    for request in corpus.requests:
        for stemmed in (False, True):
            parse(query_for(request, stemmed=stemmed).text)


def test_documents_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = [Document("a/1", "ANTARA News", "2018", "kim jong un _ 1,5"), Document("é", "", "", "")]
    assert write_documents(written, tmp_path / "documents.tsv") == 2
    assert list(documents(tmp_path / "documents.tsv")) == written


def test_written_records_are_read_as_the_same_articles(tmp_path: Path) -> None:
    write_records(records(SAMPLES, 0), tmp_path / "articles.jsonl.gz")
    held, again = (list(records(path, 0)) for path in (SAMPLES, tmp_path))
    assert [record.digest("") for record in again] == [record.digest("") for record in held]


def test_repeated_articles_are_other_articles_and_no_copies() -> None:
    originals = _by_id(SAMPLES)
    made = list(repeated(SAMPLES, REPEATED))
    assert len({record.id for record in made}) == REPEATED
    assert made[: len(originals)] == list(originals.values())
    for record in made[len(originals) :]:
        assert _resemblance(record, originals[record.id.partition("~")[0]]) < COPY


def test_each_round_has_the_copies_of_the_first(tmp_path: Path) -> None:
    text = " ".join(chain.from_iterable(record.text.split()[:40] for record in islice(records(SAMPLES, 0), 5)))
    lines = [{"id": name, "text": whole} for name, whole in (("a", text), ("b", text), ("c", f"Kupang, {text}"))]
    data = tmp_path / "articles.jsonl"
    data.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    first, second, third = list(repeated(data, 6))[3:]
    assert first.text == second.text
    assert _resemblance(first, _by_id(data)["a"]) < COPY
    assert _resemblance(first, third) > COPY


def _by_id(data: Path) -> dict[str, Record]:
    return {record.id: record for record in records(data, 0)}


def test_repeated_articles_are_the_same_in_every_run_and_later_in_every_round() -> None:
    number = sum(1 for _ in records(SAMPLES, 0))
    made = list(repeated(SAMPLES, 2 * number))
    assert list(repeated(SAMPLES, 2 * number)) == made
    dated = [(record.date, made[place].date) for place, record in enumerate(made[number:]) if _day(record)]
    assert dated
    assert all(later > earlier for later, earlier in dated if later and earlier)


def test_a_figure_is_the_median_and_the_95th_percentile_in_milliseconds() -> None:
    figures = latency([number / 1000 for number in range(101)])
    assert (figures.p50, round(figures.p95), figures.samples) == (50, 95, 101)
    assert latency([0.002]).p95 == latency([0.002]).p50 == 2


def test_everyone_answers_every_request_equally_often() -> None:
    requests = [Request(Kind.RARE, Operator.ALL, (word,)) for word in "abc"] + [
        Request(Kind.EVERYTHING, Operator.EVERYTHING)
    ]
    figures = alternate([_Witness("one"), _Witness("two")], requests, samples=6)
    assert {name: {kind: latency.samples for kind, latency in found.items()} for name, found in figures.items()} == {
        name: {Kind.RARE: 6, Kind.EVERYTHING: 6} for name in ("one", "two")
    }


def test_a_wrong_total_or_facet_is_told_in_words() -> None:
    request = Request(Kind.RARE, Operator.ALL, ("a",))
    ours, other = _Witness("ours"), _Witness("other", replace(_ANSWER, total=4, years={"2018": 2}))
    assert list(differences(ours, ours, [request])) == []
    [said] = differences(other, ours, [request])
    assert said == "other, all(a): 4 documents, ours has 3; year '2018': 2, ours has 3"


_ANSWER = Answer(3, {"ANTARA News": 3}, {"2018": 3})


@dataclass(frozen=True)
class _Witness:
    name: str
    answer: Answer = _ANSWER

    def answers(self, request: Request) -> bool:
        return bool(request)

    def ask(self, request: Request) -> Asked:
        return Asked(request)

    def read(self, reply: object) -> Answer:
        assert reply
        return self.answer


def _installed(make: Callable[[], Peer]) -> str:
    try:
        peer = make()
    except Missing as reason:
        pytest.skip(str(reason))
    peer.close()
    return peer.name


def _day(record: Record) -> bool:
    return bool(record.date and len(record.date) >= 10 and record.date[:4].isdigit())


def _resemblance(one: Record, other: Record) -> float:
    left, right = (set(_fives(record.text.lower().split())) for record in (one, other))
    return len(left & right) / len(left | right)


def _fives(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(islice(words, start, None) for start in range(5)), strict=False)
