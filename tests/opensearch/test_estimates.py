"""How numbers that are no exact counts are read from a server's answer, and told. No node is needed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pytest

from index.engine import EngineAnswer, EngineError
from index.facets import Estimate
from index.opensearch.cluster import Cluster, ScriptsForbidden
from index.opensearch.counting.distinct import Choosing, Way, Ways, number, of_outlets, of_stories, scripts_run
from index.opensearch.counting.trend_counts import TrendCounts
from index.opensearch.querying.counted import ArticleCounts
from index.opensearch.querying.leaves import ALL
from index.query.request import Query
from index.storage.address import parse_address
from index.trends import EVERY_OUTLET, Interval, Series, Split, Tally, Trend
from tests.contract.memory_engine import MemoryEngine
from tests.web.sample_archive import app

Held = TypeVar("Held", Series, Trend)
ADDRESS = parse_address("http://127.0.0.1:9/berita")


class Answering(Cluster):
    """A cluster whose searches all get one answer, or end with one error."""

    def __init__(self, answer: Mapping[str, Any] | EngineError) -> None:
        super().__init__(ADDRESS)
        self.answer = answer
        self.asked: list[Mapping[str, Any]] = []

    def searches(self, index: str, bodies: Collection[Mapping[str, Any]]) -> list[Any]:
        self.asked += bodies
        if isinstance(self.answer, EngineError):
            raise self.answer
        return [self.answer for _ in bodies]


@pytest.mark.parametrize(
    ("told", "articles", "counted", "about"),
    [
        ({"value": 12}, 20, 12, False),
        ({"value": None}, 0, 0, False),
        ({"buckets": [{"key": 1}, {"key": 2}], "sum_other_doc_count": 0}, 5, 2, False),
        ({"value": 12, "meta": {"estimated": True}}, 20, 12, True),
        ({"value": 21, "meta": {"estimated": True}}, 20, 20, True),
        ({"value": 1, "meta": {"estimated": True}}, 1, 1, False),
    ],
)
def test_only_what_the_server_estimated_is_an_estimate(
    told: Mapping[str, Any], articles: int, counted: int, *, about: bool
) -> None:
    found = number(told, articles)
    assert (found, isinstance(found, Estimate)) == (counted, about)


def test_only_scripts_are_asked_for_where_servers_run_them() -> None:
    cluster = Answering({"hits": {"total": {"value": 1_000_000}}})
    assert scripts_run(cluster, "texts")
    assert Choosing(scripted=True, counts=ArticleCounts(cluster, "texts")).ways([ALL], 1_000_000) == Ways()
    assert [list(way) for way in (of_stories("story", Way.SCRIPTED), of_outlets(Way.SCRIPTED))] == [
        ["scripted_metric"]
    ] * 2


@pytest.mark.parametrize(("copied", "way"), [(2_000, Way.LISTED), (2_001, Way.ESTIMATED)])
def test_few_are_listed_and_many_estimated_where_servers_run_no_scripts(copied: int, way: Way) -> None:
    assert not scripts_run(Answering(ScriptsForbidden("cannot execute [inline] scripts")), "texts")
    counts = ArticleCounts(Answering({"hits": {"total": {"value": copied}}}), "texts")
    assert Choosing(scripted=False, counts=counts).ways([ALL]) == Ways(way, Way.LISTED)
    assert "script" not in str([of_stories("story", way), of_outlets(way)])


@pytest.mark.parametrize(("outlets", "about"), [(40, False), (100, True)])
def test_outlets_of_few_outlets_over_time_are_listed(outlets: int, *, about: bool) -> None:
    nothing = {"buckets": [], "sum_other_doc_count": 0, "doc_count_error_upper_bound": 0}
    told = {"bins": nothing, "outlets": nothing, "words": {"value": 0}, "values": nothing}
    told["copied"] = {"doc_count": 0, "stories": nothing}
    cluster = Answering({"hits": {"total": {"value": 0}}, "aggregations": told})
    values = {"outlet": outlets, "year": 10}
    choosing = Choosing(scripted=False, counts=ArticleCounts(cluster, "texts"))
    counts = TrendCounts(cluster, "texts", choosing, lambda name: [f"{one}" for one in range(values[name])])
    counts.trend(ALL, None, Interval.YEAR, EVERY_OUTLET)
    assert ("cardinality" in str(cluster.asked)) is about


def test_another_failure_is_none_of_scripts() -> None:
    with pytest.raises(EngineError, match="too many"):
        scripts_run(Answering(EngineError("too many buckets")), "texts")


def test_estimates_of_many_values_take_no_more_memory_than_of_one() -> None:
    thresholds = [
        of_stories("story", Way.ESTIMATED, n)["cardinality"]["precision_threshold"] for n in (1, 1000, 60_000)
    ]
    assert thresholds == [40_000, 8_388, 139]


@pytest.mark.parametrize(
    "reason",
    [
        {"type": "illegal_argument_exception", "reason": "cannot execute [inline] scripts"},
        {
            "type": "mapper_parsing_exception",
            "reason": "no such similarity",
            "caused_by": {"type": "x", "reason": "cannot execute scripts using [similarity] context"},
        },
        {"type": "illegal_argument_exception", "reason": "script_lang not supported [painless]"},
    ],
)
def test_a_server_that_runs_no_scripts_is_known_by_its_reason(reason: Mapping[str, Any]) -> None:
    found = Cluster(ADDRESS)._failure(400, {"error": {"root_cause": [reason], **reason}})
    assert isinstance(found, ScriptsForbidden)


@pytest.fixture
def about(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of the samples, with estimates in place of its numbers of stories."""
    find, trends = MemoryEngine.find, MemoryEngine.trends

    def estimating(self: MemoryEngine, query: Query, *asked: Collection[str], **named: Collection[str]) -> EngineAnswer:
        found = find(self, query, *asked, **named)
        return replace(found, stories=Estimate(found.stories), hits=Estimate(found.hits))

    def about(tally: Tally) -> Tally:
        return tally._replace(stories=Estimate(tally.stories), outlets=Estimate(tally.outlets))

    def series(held: Held) -> Held:
        return replace(held, total=about(held.total), bins={name: about(one) for name, one in held.bins.items()})

    def estimating_trends(self: MemoryEngine, query: Query, by: Interval, split: Split | None = None) -> Trend:
        found = series(trends(self, query, by, split))
        return replace(found, values={name: series(one) for name, one in found.values.items()})

    monkeypatch.setattr(MemoryEngine, "find", estimating)
    monkeypatch.setattr(MemoryEngine, "trends", estimating_trends)


@pytest.mark.usefixtures("about")
def test_pages_files_and_commands_say_about() -> None:
    client, run = app().test_client(), app().test_cli_runner().invoke
    page = client.get("/?q=korut").text
    assert "<b>≈\N{NO-BREAK SPACE}" in page
    assert "berarti sekitar" in page
    for path in ("/api/v1/search?q=korut", "/api/v1/search?q=korut&fields=id", "/api/v1/methods?q=korut"):
        told = client.get(path).json
        assert told is not None
        assert told["estimated"] is True, path
    assert "in about " in run(args=["search", "korut"]).output
    assert "estimated" in run(args=["search", "--csv", "korut"]).output


@pytest.mark.usefixtures("about")
@pytest.mark.parametrize("count", ["stories", "outlets"])
def test_trends_of_estimates_say_about(count: str) -> None:
    client = app().test_client()
    told = client.get(f"/api/v1/trends?q=korut&by=year&count={count}").json
    assert told is not None
    assert told["estimated"] is True
    page = client.get(f"/trends?q=korut&by=year&count={count}").text
    assert re.search("<td[^>]*>(<a[^>]*>)?≈\N{NO-BREAK SPACE}[0-9]", page)


@pytest.mark.usefixtures("about")
def test_numbers_of_articles_are_exact_beside_estimates() -> None:
    told = app().test_client().get("/api/v1/trends?q=korut&by=year&count=articles").json
    assert told is not None
    assert told["estimated"] is False


def test_exact_numbers_are_told_as_ever() -> None:
    client = app().test_client()
    assert "berarti sekitar" not in client.get("/?q=korut").text
    told = client.get("/api/v1/search?q=korut").json
    assert told is not None
    assert told["estimated"] is False
