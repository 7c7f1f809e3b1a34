"""Stories do not depend on the order of the articles, on earlier runs, or on unrelated articles."""

import gzip
import json
import pickle
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.copies.array_file import DamagedArraysError
from archive.copies.candidates.collisions import MAX_PASSAGE_PAIRS, candidate_pairs
from archive.copies.candidates.known_texts import NO_TEXTS, KeptTexts, KnownTexts, SampledTexts
from archive.copies.candidates.postings import Samples
from archive.copies.comparing.pair_batches import PairBatch
from archive.copies.comparing.pair_comparison import overlap
from archive.copies.comparing.pair_evidence import Evidence
from archive.copies.fingerprint_table import StaleFingerprintsError
from archive.copies.fingerprints import SHINGLE_WORDS, Fingerprint, distinct, fingerprint, fingerprints, shingles_of
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.ragged_arrays import RaggedArray
from archive.copies.stories import Link, StageCounts, Stories
from archive.copies.told import Told
from tests import SHARED_DATA

KNOWN_DIGEST = 1423574194444129083
KNOWN_SAMPLE = [2207033817, 2294692162, 3809552263, 3812537009]

Archive = Mapping[str, str]


def words_of(seed: object, count: int) -> list[str]:
    chosen = random.Random(str(seed))
    return ["".join(chosen.choices("abcdefghij", k=6)) for _ in range(count)]


def with_other_words(words: list[str], *places: int) -> str:
    return " ".join(f"lain{'x' * place}" if place in places else word for place, word in enumerate(words))


def versions(theme: int) -> list[str]:
    """Texts on one theme: copies, light and heavy edits, a cut, a shared passage, two instances of a template."""
    words = words_of(theme, 120)
    edits: list[tuple[int, ...]] = [(), (), (0,), (20, 60), (20, 60, 100, 110), tuple(range(0, 60, 4))]
    other = words_of(f"other {theme}", 90)
    return [
        *(with_other_words(words, *edit) for edit in edits),
        " ".join(words[:50]),
        " ".join([*other, *words[70:]]),
        " ".join([*words[:60], "Rabu", "tanggal", "12", *words[62:], "13", "14", "15"]),
        " ".join([*words[:60], "Kamis", "tanggal", "22", *words[62:], "23", "24", "25"]),
    ]


TEXTS = [text for theme in range(3) for text in versions(theme)] + ["", "...", "Foto: Antara", "foto antara", "Tamat."]
archives = st.dictionaries(st.text("abcé/", min_size=1, max_size=3), st.sampled_from(TEXTS), max_size=14)


def no_text(ids: Sequence[str]) -> list[list[str]]:
    raise AssertionError(f"the texts of {ids} should not be needed")


def bodies(archive: Archive, ids: Sequence[str]) -> list[list[str]]:
    return [[archive[article_id]] for article_id in ids]


def from_nothing(archive: Archive) -> NearDuplicateDetector:
    fingerprints = NearDuplicateDetector()
    for article_id, text in archive.items():
        fingerprints.add(article_id, fingerprint([text]))
    return fingerprints


def stories(archive: Archive) -> Stories:
    return from_nothing(archive).group(no_text)


def told(found: Stories) -> dict[str, object]:
    """Everything the stories contain."""
    links: dict[str, tuple[Link, ...]] = {article_id: found.links_of(article_id) for article_id in found.ids}
    groups = (found.story_ids, found.loose_group_ids, found.relations, found.leads)
    return {"groups": tuple(map(dict, groups)), "links": links, "stages": found.stages}


def shingle_set(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1)}


def shingles(print_: Fingerprint) -> set[int]:
    return set(shingles_of(print_.words).tolist())


def shared(left: Fingerprint, right: Fingerprint) -> int:
    return int(overlap(left.words, right.words)["shared"])


@given(st.lists(st.sampled_from("abc"), min_size=5, max_size=60), st.lists(st.sampled_from("abc"), min_size=5))
def test_what_two_texts_share_is_exact(left: list[str], right: list[str]) -> None:
    one, other = fingerprint([" ".join(left)]), fingerprint([" ".join(right)])
    expected = [shingle_set(" ".join(words)) for words in (left, right)]
    assert (one.size, other.size) == (len(expected[0]), len(expected[1]))
    assert shared(one, other) == len(expected[0] & expected[1])


@given(st.text(max_size=200))
def test_any_text_can_be_fingerprinted_the_same_each_time(text: str) -> None:
    once, again = fingerprint([text]), fingerprint(text.split("\n"))
    assert once.digest == again.digest
    assert (once.words == again.words).all()
    assert once.sample.tolist() == again.sample.tolist() == sorted(once.sample.tolist())
    assert once.size == len(distinct(shingles_of(once.words))) == len(shingles(once))


@given(st.lists(st.lists(st.text("ab c,😀\ud800", max_size=40), max_size=3), max_size=8), st.integers(1, 60))
def test_texts_have_the_same_fingerprints_together_as_alone(bodies: list[list[str]], at_once: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.copies.fingerprints.CHARACTERS_AT_ONCE", at_once)
        together = fingerprints(bodies)
    for one, body in zip(together, bodies, strict=True):
        alone = fingerprint(body)
        assert (one.size, one.digest) == (alone.size, alone.digest)
        assert one.words.tolist() == alone.words.tolist()
        assert one.sample.tolist() == alone.sample.tolist()


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    known = fingerprint(["Presiden tiba di Padang, Sumatera Barat, Kamis pagi."])
    assert known.digest == KNOWN_DIGEST
    assert known.sample.tolist() == KNOWN_SAMPLE


def test_case_punctuation_white_space_and_paragraphs_do_not_matter() -> None:
    one = fingerprint(["JAKARTA (ANTARA) - Harga emas naik lagi", "hari ini."])
    assert fingerprint(["Jakarta, Antara — harga\u00a0emas naik: lagi hari ini! 😀"]).digest == one.digest


def test_the_order_of_words_matters() -> None:
    assert fingerprint(["anjing gigit orang"]).digest != fingerprint(["orang gigit anjing"]).digest


@pytest.mark.parametrize("size", [1, 4, 5])
def test_short_texts_are_copies_only_when_they_say_the_same(size: int) -> None:
    words = words_of("short", size)
    found = stories({"b": " ".join(words), "a": " ".join(words).upper(), "c": " ".join([*words[1:], "lain"])})
    assert found.story_ids == {"a": "a", "b": "a"}


def test_texts_without_words_are_nobodys_copies() -> None:
    assert stories({"a": "", "b": "", "c": "--", "d": "\n"}).story_ids == {}


@pytest.mark.parametrize(("extra", "expected"), [(36, {"a": "a", "b": "a"}), (37, {})])
def test_an_article_is_a_copy_up_to_the_threshold_and_not_beyond(extra: int, expected: Archive) -> None:
    common, one, other = words_of("edge", 58), words_of("one", extra), words_of("other", extra)
    versions = NearDuplicateDetector()  # 54 of 90 shingles: three fifths
    for article_id, own in (("b", one), ("a", other)):
        versions.add(
            article_id, fingerprint([" ".join([*common, *own])]), Told(outlet="Tempo.co", title="Air Laut Naik")
        )
    assert versions.group(no_text).story_ids == expected


def test_a_follow_up_that_carries_the_older_story_is_linked_and_no_copy() -> None:
    older, news = words_of("older", 200), words_of("news", 80)
    follow_up = [*news, *older[:150]]
    found = stories({"a": " ".join(older), "b": " ".join(follow_up)})
    assert found.story_ids == {}
    assert [link.article for link in found.links_of("a")] == ["b"]
    cut = stories({"a": " ".join(older), "b": " ".join(older[60:])})  # its lead is cut, and nothing is new
    assert cut.story_ids == {"a": "a", "b": "a"}


@pytest.mark.parametrize(("days", "same"), [((1, 4), True), ((1, 5), False), ((1, None), True)])
def test_texts_of_days_far_apart_are_no_copies_unless_reprinted(days: tuple[int, int | None], same: bool) -> None:
    body = words_of("wire", 200)
    edited = [*body[:100], *words_of("edit", 20), *body[120:]]
    detector, reprints = NearDuplicateDetector(), NearDuplicateDetector()
    for article_id, words, number in (("a", body, days[0]), ("b", edited, days[1])):
        detector.add(article_id, fingerprint([" ".join(words)]), Told(date(2019, 9, number) if number else None))
    assert bool(detector.group(lambda _: ()).story_ids) is same
    for article_id, words, year in (("a", body, 2014), ("b", body[:-2], 2018)):
        reprints.add(article_id, fingerprint([" ".join(words)]), Told(date(year, 9, 1)))
    assert reprints.group(lambda _: ()).story_ids == {"a": "a", "b": "a"}


@settings(max_examples=50)
@given(archives, st.randoms())
def test_stories_do_not_depend_on_the_order_of_files(archive: Archive, chance: random.Random) -> None:
    shuffled = list(archive.items())
    chance.shuffle(shuffled)
    assert told(stories(dict(shuffled))) == told(stories(archive))


@settings(max_examples=50)
@given(archives, st.integers(1, 20))
def test_stories_stay_when_unrelated_articles_come(archive: Archive, count: int) -> None:
    strangers = {f"a{number}": " ".join(words_of(f"stranger {number}", 80)) for number in range(count)}
    found, expected = stories({**strangers, **archive}), stories(archive)
    assert (found.story_ids, found.loose_group_ids, found.relations) == (
        expected.story_ids,
        expected.loose_group_ids,
        expected.relations,
    )


@settings(max_examples=50)
@given(archives, archives)
def test_every_member_of_a_story_is_close_to_its_lead(archive: Archive, other: Archive) -> None:
    archive = {**archive, **other}
    found = stories(archive)
    for story in set(found.story_ids.values()):
        members = [name for name, of in found.story_ids.items() if of == story]
        (lead,) = {lead for name in members if found.story_ids.get(lead := found.leads.get(name, "")) == story}
        assert story == min(members)
        for name in members:
            member, leading = fingerprint([archive[name]]), fingerprint([archive[lead]])
            assert shared(member, leading) >= 0.6 * min(member.size, leading.size)


def held(archive: Archive) -> KnownTexts:
    """The texts of an archive, as an index holds them that has their samples itself."""
    made = [found for text in archive.values() if (found := fingerprint([text])).size]
    digests, first = np.unique(np.array([one.digest for one in made], np.uint64), return_index=True)
    if not made:
        return NO_TEXTS
    sizes = np.array([one.size for one in made])[first]
    return KeptTexts(SampledTexts.of(digests, sizes, RaggedArray.from_lists([made[at].sample for at in first])))


@settings(max_examples=40)
@given(st.lists(archives, min_size=2, max_size=4), st.booleans())
def test_changing_an_archive_gives_the_stories_of_building_it_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, stages: list[Archive], by_index: bool
) -> None:
    path = tmp_path_factory.mktemp("runs") / "fingerprints.npz"
    before: Archive = {}
    fingerprints = NearDuplicateDetector(known=NO_TEXTS if by_index else None)
    for archive in stages:
        for article_id, text in archive.items():
            if before.get(article_id) == text:
                fingerprints.keep(article_id)
            else:
                fingerprints.add(article_id, fingerprint([text]))
        assert told(fingerprints.group(partial(bodies, archive))) == told(stories(archive))
        fingerprints.save(path)
        with np.load(path) as saved:
            assert ("samples" in saved.files) is not by_index
        fingerprints, before = NearDuplicateDetector.load(path, known=held(archive) if by_index else None), archive


def test_a_second_run_without_changes_needs_no_text(tmp_path: Path) -> None:
    archive = {str(number): text for number, text in enumerate(TEXTS)}
    first = from_nothing(archive)
    found = first.group(no_text)
    first.save(tmp_path / "fingerprints.npz")
    second = NearDuplicateDetector.load(tmp_path / "fingerprints.npz")
    for article_id in archive:
        second.keep(article_id)
    assert told(second.group(no_text)) == told(found)
    second.save(tmp_path / "again.npz")
    again, saved = (np.load(tmp_path / name) for name in ("again.npz", "fingerprints.npz"))
    with again, saved:
        assert all((again[name] == saved[name]).all() for name in saved.files)


def test_a_kept_article_must_be_held_and_an_article_comes_once() -> None:
    fingerprints = from_nothing({"a": "satu"})
    with pytest.raises(KeyError):
        fingerprints.keep("b")
    with pytest.raises(ValueError, match="'a' is fingerprinted twice"):
        fingerprints.add("a", fingerprint(["dua"]))


def test_a_kept_article_whose_text_is_another_is_noticed(tmp_path: Path) -> None:
    first, second, *_ = (with_other_words(words_of("kept", 120), *edit) for edit in ((), (20,)))
    from_nothing({"a": first}).save(tmp_path / "fingerprints.npz")
    fingerprints = NearDuplicateDetector.load(tmp_path / "fingerprints.npz")
    fingerprints.keep("a")
    fingerprints.add("b", fingerprint([second]))
    with pytest.raises(StaleFingerprintsError, match="run flask reindex --full"):
        fingerprints.group(lambda ids: [["yang lain"] for _ in ids])


def test_ten_thousand_identical_articles_are_one_story_without_comparing_any() -> None:
    text = fingerprint([" ".join(words_of("wire", 280))])
    fingerprints = NearDuplicateDetector()
    for number in range(10_000):
        fingerprints.add(f"{number:05}", text)
    found = fingerprints.group(no_text)
    assert set(found.story_ids.values()) == {"00000"}
    assert len(found.story_ids) == 10_000
    assert found.largest(3) == (("00000", 10_000),)
    assert (found.stages.texts, found.stages.candidates, found.stages.stories) == (1, 0, 1)


def test_a_large_family_costs_in_proportion_to_its_size() -> None:
    words = words_of("family", 200)
    found = stories({f"{number:04}": " ".join([*words, *words_of(number, 8)]) for number in range(600)})
    assert set(found.story_ids.values()) == {"0000"}
    assert len(found.story_ids) == 600
    assert found.stages.candidates < 600 * 20


def test_a_stock_paragraph_in_hundreds_of_articles_makes_a_few_comparisons_of_each() -> None:
    stock = words_of("stock", 90)
    found = stories({f"{number:03}": " ".join([*words_of(number, 170), *stock]) for number in range(300)})
    assert found.story_ids == found.loose_group_ids == {}
    assert found.stages.candidates <= 300 * MAX_PASSAGE_PAIRS
    assert len(found.ids) == 300


def test_a_copy_is_found_among_hundreds_of_one_template() -> None:
    form = words_of("form", 260)
    archive = {f"{number:03}": " ".join([*form, *words_of(f"own {number}", 120)]) for number in range(200)}
    archive["copy"] = archive["117"] + " Laporan lengkap menyusul"
    assert stories(archive).story_ids["copy"] == stories(archive).story_ids["117"]


@settings(max_examples=40)
@given(archives)
def test_stories_are_the_same_when_pairs_are_compared_in_other_processes(archive: Archive) -> None:
    def elsewhere(work: Callable[[PairBatch], Evidence], portions: Iterable[PairBatch]) -> Iterator[Evidence]:
        for portion in portions:
            handed_over, given = pickle.loads(pickle.dumps((work, portion)))  # noqa: S301  # made by this test
            yield handed_over(given)

    assert told(from_nothing(archive).group(no_text, elsewhere)) == told(stories(archive))


def test_a_template_of_hundreds_is_one_loose_group_and_no_story() -> None:
    words = words_of("template", 100)
    days = [f"{1000 + n} Mei 2019 harga {2000 + n} juta {3000 + n} ribu {4000 + n} sen" for n in range(300)]
    found = stories({f"{number:03}": " ".join([*words[:50], day, *words[50:]]) for number, day in enumerate(days)})
    assert found.story_ids == {}
    assert set(found.loose_group_ids.values()) == {"000"}
    assert set(found.relations.values()) == {"template"}
    assert found.stages.candidates < 300 * 20


def test_candidates_are_few_where_all_differ() -> None:
    prints = [fingerprint([" ".join(words_of(number, 50))]) for number in range(300)]
    sizes = np.array([made.size for made in prints])
    samples = Samples(RaggedArray.from_lists([made.sample for made in prints]), np.arange(len(prints)), sizes)
    left, right = candidate_pairs(samples)
    assert len(left) == len(right) == 0


def test_a_copy_of_three_paragraphs_of_eight_is_found() -> None:
    paragraphs = [" ".join(words_of(number, 40)) for number in range(8)]
    found = stories({"a": "\n".join(paragraphs), "b": "\n".join([paragraphs[0], *paragraphs[3:5]])})
    assert found.story_ids == {"a": "a", "b": "a"}
    assert found.relations == {"b": "cut"}
    assert found.leads == {"b": "a"}


def test_a_round_up_is_no_copy_but_goes_with_what_it_rounds_up() -> None:
    sources = {name: words_of(name, 250) for name in "abc"}
    archive = {name: " ".join(words) for name, words in sources.items()}
    archive["top"] = "\n".join(" ".join(words[:80]) for words in sources.values())
    found = stories(archive)
    assert found.story_ids == {}
    assert found.loose_group_ids == dict.fromkeys(archive, "a")
    assert found.relations == dict.fromkeys("abc", "round-up")
    assert set(found.leads.values()) == {"top"}


def test_articles_that_share_a_paragraph_are_linked_and_not_grouped() -> None:
    background = words_of("background", 60)
    archive = {name: " ".join([*words_of(name, 120), *background]) for name in "abcdefghijklmno"}
    found = stories(archive)
    assert found.story_ids == found.loose_group_ids == {}
    for name in archive:
        links = found.links_of(name)
        assert MAX_PASSAGE_PAIRS <= len(links) <= 8
        assert all(link.relation == "passages" and link.shared == 56 for link in links)
    assert found.links_of("z") == ()


def test_stories_are_the_same_when_read_again(tmp_path: Path) -> None:
    found = stories({f"{number}é": text for number, text in enumerate(TEXTS)})
    found.save(tmp_path / "stories.npz")
    assert told(Stories.load(tmp_path / "stories.npz")) == told(found)
    assert found.stages == StageCounts(**{name: getattr(found.stages, name) for name in StageCounts.__slots__})


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    fingerprints = from_nothing({"satu": TEXTS[0], "dua": TEXTS[2], "tiga": "Tamat."})
    fingerprints.group(no_text)
    fingerprints.save(tmp_path / "fingerprints.npz")
    return tmp_path / "fingerprints.npz"


def test_a_damaged_file_is_an_error_with_its_remedy(saved: Path) -> None:
    whole = saved.read_bytes()
    payload = whole.index(b"NUMPY")
    damaged = [b"", b"not a file of ours", whole[: len(whole) // 2], whole[:-1]]
    damaged += [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (payload, payload + 130)]
    for content in damaged:
        saved.write_bytes(content)
        with pytest.raises(StaleFingerprintsError, match="run flask reindex --full"):
            NearDuplicateDetector.load(saved)


def test_damaged_stories_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "stories.npz"
    stories({"a": TEXTS[0], "b": TEXTS[1]}).save(path)
    whole = path.read_bytes()
    place = whole.index(b"NUMPY") + 120
    for content in (b"", whole[:-1], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
        path.write_bytes(content)
        with pytest.raises(DamagedArraysError):
            Stories.load(path)


def test_no_changed_byte_is_taken_for_good_silently(saved: Path) -> None:
    whole = saved.read_bytes()
    original = NearDuplicateDetector.load(saved)
    for place in range(0, len(whole), 53):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            read = NearDuplicateDetector.load(saved)
        except StaleFingerprintsError:
            continue
        for article_id in ("satu", "dua", "tiga"):  # the changed byte was irrelevant, such as a time stamp
            read.keep(article_id)
            original.keep(article_id)
        assert told(read.group(no_text)) == told(original.group(no_text))


def test_fingerprints_made_by_other_rules_are_refused(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.copies.fingerprint_table.probe", lambda: b"other rules")
    with pytest.raises(StaleFingerprintsError, match="of another version"):
        NearDuplicateDetector.load(saved)


def real_articles(count: int) -> Iterator[tuple[str, list[str]]]:
    path = SHARED_DATA / "news.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared news articles are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            article = json.loads(line)
            yield article["id"], article["text"].split("\n")


def test_no_real_copy_is_missed() -> None:
    articles = dict(real_articles(2000))
    edited = {f"{name}/salinan": [*body[:-1], body[-1] + " Laporan lengkap."] for name, body in articles.items()}
    prints = {name: fingerprint(body) for name, body in (articles | edited).items()}
    fingerprints = NearDuplicateDetector()
    for name, made in prints.items():
        fingerprints.add(name, made)
    found = fingerprints.group(no_text).story_ids
    copies = [name for name in articles if shared(prints[name], prints[f"{name}/salinan"]) >= 0.9 * prints[name].size]
    missed = [name for name in copies if found.get(name, name) != found.get(f"{name}/salinan")]
    assert len(copies) > 1750
    assert len(missed) <= 0.005 * len(copies)
