"""Texts that an index holds are found as those in memory are, so stories in a cluster are those of a folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.copies.candidates.known_texts import KeptTexts, SampledTexts
from archive.copies.fingerprints import Fingerprint, distinct
from archive.copies.ragged_arrays import RaggedArray
from index.engine import DamagedIndex, Engine
from index.opening import open_engine
from index.opensearch.building import sampled_texts, writing
from index.opensearch.building.sampled_texts import IndexedTexts
from index.opensearch.cluster import Cluster
from index.opensearch.documents import sample_fields
from index.opensearch.mapping import SAMPLE_BYTES, TEXT_DIGEST
from index.query.request import Query, Sort
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.opensearch.node import an_index, needed

MOST = 2
HASHES = [3, 9, 1 << 31, (1 << 32) - 1, 77]
held_texts = st.dictionaries(st.integers(0, (1 << 64) - 1), st.sets(st.sampled_from(HASHES), min_size=1), max_size=12)


class PlainCluster:
    """A stand-in that holds documents in memory and answers the searches for texts as a server does."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        self.documents, self.largest = documents, 0

    def search(self, _index: str, body: Mapping[str, Any]) -> dict[str, Any]:
        query, after = body["query"]["bool"]["filter"], body.get("search_after", [-(1 << 63) - 1])[0]
        found = {
            document[TEXT_DIGEST]: document
            for document in self.documents
            if document[TEXT_DIGEST] > after and self.matches(document, query)
        }
        hits = [
            {"sort": [digest], "fields": {SAMPLE_BYTES: [found[digest][SAMPLE_BYTES].rstrip("=")]}}
            for digest in sorted(found)[: body["size"]]
        ]
        self.largest = max(self.largest, len(hits))
        return {"hits": {"hits": hits}}

    @staticmethod
    def matches(document: Mapping[str, Any], query: Mapping[str, Any]) -> bool:
        if "exists" in query:
            return query["exists"]["field"] in document
        ((field, wanted),) = query["terms"].items()
        values = document[field] if isinstance(document[field], list) else [document[field]]
        return not {*values}.isdisjoint(wanted)


def told(texts: SampledTexts) -> dict[int, tuple[int, list[int]]]:
    """Digest → shingles and sample."""
    samples = texts.samples.of(np.arange(len(texts)))
    lists = np.split(samples.values, samples.starts[1:-1])
    sizes = texts.samples.sizes.tolist()
    return {one: (sizes[at], lists[at].tolist()) for at, one in enumerate(texts.digests.tolist())}


@settings(max_examples=60)
@given(held_texts, st.sets(st.sampled_from(HASHES)), st.integers(1, 5))
def test_what_an_index_holds_is_found_a_page_at_a_time(texts: dict[int, set[int]], sought: set[int], page: int) -> None:
    ordered = sorted(texts)
    prints = [
        Fingerprint(np.empty(0, np.uint32), len(texts[one]), one, distinct(np.array([*texts[one]], np.uint32)))
        for one in ordered
    ]
    cluster = PlainCluster([sample_fields(made) for made in (*prints, *prints[:3])])  # some texts in two articles
    index = IndexedTexts(cast("Cluster", cluster), "texts")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sampled_texts, "PAGE", page)
        patched.setattr(sampled_texts, "ASKED_AT_ONCE", 3)
        every = index.every()
        hashes = distinct(np.array([*sought], np.uint32))
        whole, heads = told(index.sharing(hashes)), told(index.sharing(hashes, MOST))
        some = np.array(ordered[::2], np.uint64)
        assert list(told(index.with_digests(some))) == ordered[::2]
    assert told(every) == {made.digest: (made.size, made.sample.tolist()) for made in prints}
    if ordered:
        kept = KeptTexts(
            SampledTexts.of(
                every.digests, every.samples.sizes, RaggedArray.from_lists([made.sample for made in prints])
            )
        )
        assert whole == told(kept.sharing(hashes))
        assert told(kept.sharing(hashes, MOST)).items() <= heads.items() <= whole.items()
    assert cluster.largest <= page


def test_a_text_that_an_index_should_hold_and_does_not_is_told() -> None:
    index = IndexedTexts(cast("Cluster", PlainCluster([])), "texts")
    index._cluster.address = "http://x/berita"  # type: ignore[assignment]  # only named in the message
    with pytest.raises(DamagedIndex, match=r"1 texts are missing in .*; run: flask reindex --full"):
        index.with_digests(np.array([7], np.uint64))


def words(chance: Random, count: int) -> str:
    return " ".join("".join(chance.choices("abcdefghij", k=6)) for _ in range(count))


def text(number: int) -> str:
    """One of some themes that have copies, each with the same closing paragraph and some words of its own."""
    theme, own = Random(number % 17), Random(f"own {number}")
    return "\n".join((words(theme, 90 if number % 3 else 60), words(own, number % 7), words(Random("stock"), 40)))


def write(folder: Path, articles: Mapping[int, str]) -> None:
    lines = [
        json.dumps({"id": f"a{number}", "title": words(Random(number), 4), "text": one})
        for number, one in articles.items()
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines))


def grouped(engine: Engine) -> dict[str, object]:
    found = engine.relatives()
    hits = [(hit.article.id, hit.story, hit.copies) for hit in engine.walk(Query("", sort=Sort.OLDEST))]
    groups = [dict(part) for part in (found.story_ids, found.loose_group_ids, found.relations, found.leads)]
    links = {one: found.links_of(one) for one in found.ids}
    return {"id": engine.info().id, "hits": hits, "groups": groups, "links": links, "stages": found.stages}


@needed
def test_stories_of_a_growing_archive_are_those_of_a_folder_and_of_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SMALL", 0)
    monkeypatch.setattr(sampled_texts, "PAGE", 23)
    monkeypatch.setattr(sampled_texts, "ASKED_AT_ONCE", 500)
    chance, files = Random(3), tmp_path / "files"
    files.mkdir()
    present = {number: text(number) for number in range(0, 120, 2)}
    with an_index(shards=3) as address:
        cluster, folder = open_engine(address), open_engine(tmp_path / "index")
        for changed in ((), (1, 5, 47), chance.sample(range(120), 20), chance.sample(range(120), 70)):
            for number in changed:
                if present.pop(number, None) is None or number % 3 == 0:
                    present[number] = text(number + 120 * (number % 2))
            write(files, present)
            for engine in (cluster, folder):
                reindex(engine, ReindexRequest((files,)))
            assert grouped(cluster) == grouped(folder)
        rebuilt = open_engine(tmp_path / "again")
        reindex(rebuilt, ReindexRequest((files,)))
        assert grouped(cluster) == grouped(rebuilt)
        assert len(rebuilt.relatives().story_ids) > 20
        assert list(cluster.check()) == []
