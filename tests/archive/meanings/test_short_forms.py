"""Short forms are learned from definitions in articles, selected by a stated rule, and looked up both ways."""

import gzip
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from archive.meanings.definition_counts import DefinitionCounts, StaleDefinitionsError
from archive.meanings.definitions import Definition, find_definitions
from archive.meanings.seed_list import EVERYDAY_WORDS, SEED_LIST
from archive.meanings.sense_selection import ENOUGH, FEW_DEFINITIONS, ShortFormKind
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.meanings.variant_merging import is_variant, merge_variants
from index.engine import DamagedIndex
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from index.words.tokenizer import forms_and_units
from tests import ROOT
from web import create_app

SEEDS = sorted((ROOT / "samples").glob("00?_*.txt"))
NEWS = ROOT.parent / "shared" / "data" / "news.jsonl.gz"

DEFINED = [
    ("Menteri Luar Negeri Amerika Serikat (AS) Mike Pompeo", "AS", "amerika serikat"),
    ("warga Provinsi Jawa Barat (Jabar) diminta", "Jabar", "jawa barat"),
    ("kata juru bicara Kejaksaan Agung (Kejagung) kemarin", "Kejagung", "kejaksaan agung"),
    ("penyidik Komisi Pemberantasan Korupsi (KPK) memeriksa", "KPK", "komisi pemberantasan korupsi"),
    ("kata KPK (Komisi Pemberantasan Korupsi) lagi", "KPK", "komisi pemberantasan korupsi"),
    ("pernyataan Menteri Luar Negeri (Menlu) Retno", "Menlu", "menteri luar negeri"),
    ("gempa di Sumatera Utara (Sumut) terasa", "Sumut", "sumatera utara"),
    ("direksi PT Kereta Api Indonesia (KAI) mengatakan", "KAI", "kereta api indonesia"),
    ("direksi PT Kereta Api Indonesia (PT KAI) mengatakan", "KAI", "kereta api indonesia"),
    ("sidang Perserikatan Bangsa-Bangsa (PBB) di New York", "PBB", "perserikatan bangsa bangsa"),
    (
        "Badan Meteorologi, Klimatologi, dan Geofisika (BMKG) menyebut",
        "BMKG",
        "badan meteorologi klimatologi dan geofisika",
    ),
    ("jumlah warga negara asing (WNA) naik", "WNA", "warga negara asing"),
    ("menjelang pemilihan umum (pemilu) tahun depan", "pemilu", "pemilihan umum"),
    ("personel Kepolisian Daerah (Polda) Riau", "Polda", "kepolisian daerah"),
    ("karena kasus kebakaran hutan dan lahan (karhutla)", "karhutla", "kebakaran hutan dan lahan"),
    ("politikus PDI Perjuangan (PDIP) itu", "PDIP", "pdi perjuangan"),
    ("juru bicara Kementerian Luar Negeri RI (Kemlu RI) menolak", "Kemlu", "kementerian luar negeri"),
    ("Badan Penyelenggara Jaminan Sosial (BPJS) Kesehatan", "BPJS", "badan penyelenggara jaminan sosial"),
    ("petugas Satuan Polisi Pamong Praja (Satpol PP) Jakarta", "Satpol PP", "satuan polisi pamong praja"),
    ("menurut Keselamatan dan Kesehatan Kerja (K3) Nasional", "K3", "keselamatan dan kesehatan kerja"),
]
NOT_DEFINED = [
    "kata ahli keuangan Saiful Umam Rahman (Sumatera Utara Raya)",
    "Rabu malam (30/5), tanpa rincian",
    "demikian dikutip dari laman berita (CNN) pada Kamis",
    "Ketua DPR Puan Maharani (PDIP) menjawab",
    "harga emas Antam (ANTM) naik",
    "Budi Santoso (45) dan anaknya (7)",
    "ia berkata, kami (Barcelona) akan menang",
    "Jakarta (ANTARA) - Presiden tiba",
    "anggota KPK (KPK) itu",
    "di Pekon (Desa) itu",
    "(Persero) Tbk (RI)",
]


def counted(*pairs: tuple[str, str, int]) -> DefinitionCounts:
    return DefinitionCounts((Definition(short, long), articles) for short, long, articles in pairs)


def large(*pairs: tuple[str, str, int]) -> ShortForms:
    """Short forms learned in an archive with many other definitions."""
    return ShortForms.learned(counted(*pairs, ("XQZ", "xenon quark zeta", FEW_DEFINITIONS)))


@pytest.mark.parametrize(("text", "short", "long"), DEFINED, ids=[short for _, short, _ in DEFINED])
def test_a_definition_is_found_with_the_right_beginning_of_the_name(text: str, short: str, long: str) -> None:
    assert find_definitions([text]) == (Definition(short, long),)


@pytest.mark.parametrize("text", NOT_DEFINED)
def test_what_only_stands_in_brackets_defines_nothing(text: str) -> None:
    assert find_definitions([text]) == ()


def test_an_article_makes_a_definition_once_however_often_it_says_it() -> None:
    assert len(find_definitions(["Jawa Barat (Jabar) dan Jawa Barat (Jabar)", "Jawa Barat (Jabar)"])) == 1


@given(st.lists(st.text(alphabet="AaBb Kk,.()'’-é1", max_size=60), max_size=4))
def test_any_text_can_be_searched_for_definitions(paragraphs: list[str]) -> None:
    for short, long in find_definitions(paragraphs):
        assert short.isalpha()
        assert len(long.split()) >= 2


def test_names_are_spelt_as_the_index_folds_them() -> None:
    ((_, long),) = find_definitions(["Majelis Ta'lim Café-Baru (MTCB)"])
    assert tuple(long.split()) == tuple(form for form, _ in forms_and_units("Majelis Ta'lim Café-Baru"))


texts = st.lists(st.sampled_from([text for text, _, _ in DEFINED]), max_size=3)


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6), st.randoms())
def test_counts_are_those_of_the_articles_held_whatever_came_and_went(
    stay: list[list[str]], go: list[list[str]], random: Random
) -> None:
    steps = [(text, True) for text in stay + go]
    random.shuffle(steps)
    counts = DefinitionCounts()
    for text, _ in steps:
        counts.add(find_definitions(text))
    for text in go:
        counts.remove(find_definitions(text))
    fresh = DefinitionCounts()
    for text in stay:
        fresh.add(find_definitions(text))
    assert list(counts) == list(fresh)


@given(st.lists(texts, max_size=6))
def test_counts_are_read_back_as_they_were_saved(
    tmp_path_factory: pytest.TempPathFactory, held: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("counts") / SHORT_FORMS_FILE
    counts = DefinitionCounts()
    for text in held:
        counts.add(find_definitions(text))
    counts.save(path)
    assert DefinitionCounts.load(path) == counts


@pytest.mark.parametrize(
    "content", ["", "something else\n", "definitions 0\n1\tAS\tamerika serikat\n", "definitions 1\nAS\n"]
)
def test_counts_of_other_rules_or_damaged_ones_are_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / SHORT_FORMS_FILE
    path.write_text(content)
    with pytest.raises(StaleDefinitionsError):
        DefinitionCounts.load(path)
    assert ShortForms.load(path).forms == ShortForms.shipped().forms


def test_a_short_form_is_found_by_its_name_and_the_name_by_its_short_form() -> None:
    known = large(("Kejagung", "kejaksaan agung", 9))
    (form,) = known.long_forms_of("kejagung")
    assert known.short_forms_of(("kejaksaan", "agung")) == (form,)
    assert (form.written, form.articles, form.kind, form.applied) == ("Kejagung", 9, ShortFormKind.LEARNED, True)


def test_one_article_is_too_few_in_a_large_archive_and_enough_in_a_small_one() -> None:
    once = ("PTKX", "pusat tenun kain xanana", 1)
    assert large(once).long_forms_of("ptkx") == ()
    assert ShortForms.learned(counted(once)).long_forms_of("ptkx")


def test_typing_errors_count_for_the_name_that_was_meant() -> None:
    known = large(
        ("PTKX", "pemberantasan tindak korupsi xenon", 6),
        ("PTKX", "pemberatansan tindak korupsi xenon", ENOUGH),
        ("PTKX", "pemberantas tindak korupsi xenon", ENOUGH),
        ("ptkx", "pemberantasan tindak dan korupsi xenon", ENOUGH),
    )
    (form,) = known.long_forms_of("ptkx")
    assert (form.articles, form.applied, form.written) == (6 + 3 * ENOUGH, True, "PTKX")


def test_several_strong_names_make_a_short_form_ambiguous_and_it_is_only_offered() -> None:
    known = large(("PKX", "partai kebangkitan xenon", 60), ("PKX", "pajak kendaraan xenon", 20))
    assert [(form.articles, form.share, form.applied) for form in known.long_forms_of("pkx")] == [
        (60, 0.75, False),
        (20, 0.25, False),
    ]


def test_a_clear_name_is_applied_beside_rare_others() -> None:
    known = large(("PKX", "partai kebangkitan xenon", 95), ("PKX", "arus kuat", 5), ("PKX", "laut biru", 1))
    assert [(form.articles, form.applied) for form in known.long_forms_of("pkx")] == [
        (95, True),
        (5, False),
    ]


def test_an_archive_can_outvote_what_is_shipped() -> None:
    assert ShortForms.shipped().long_forms_of("korut")[0].applied
    outvoted = large(("Korut", "kota rumah utama", 500))
    assert [(form.long[0], form.applied) for form in outvoted.long_forms_of("korut")] == [
        ("kota", True),
        ("korea", False),
    ]


def test_a_short_form_that_is_an_everyday_word_is_known_as_such() -> None:
    assert [form.capitals for form in ShortForms.shipped().long_forms_of("as")] == [True]
    assert [form.capitals for form in ShortForms.shipped().long_forms_of("korut")] == [False]


def test_a_short_form_of_several_words_is_found_in_a_run_of_words() -> None:
    found = list(ShortForms.shipped().find_names(["razia", "satpol", "pp", "kota"]))
    assert [(start, end, form.long) for start, end, form in found] == [(1, 3, ("satuan", "polisi", "pamong", "praja"))]


def test_the_longest_name_in_a_run_of_words_is_found_and_none_inside_it() -> None:
    words = ["deputi", "menteri", "luar", "negeri", "amerika", "serikat", "di", "jawa", "barat"]
    found = [(start, end, form.written) for start, end, form in ShortForms.shipped().find_names(words)]
    assert found == [(1, 4, "Menlu"), (4, 6, "AS"), (7, 9, "Jabar")]


words_of_names = ["jawa", "barat", "negeri", "menteri", "luar", "amerika", "serikat", "korea", "utara", "x"]


@given(st.lists(st.sampled_from(words_of_names), max_size=12))
def test_names_found_in_a_run_are_names_that_stand_there(words: list[str]) -> None:
    known, reached = ShortForms.shipped(), 0
    for start, end, form in known.find_names(words):
        assert form in known.short_forms_of(tuple(words[start:end]))
        assert start >= reached or end == reached
        reached = end


@given(st.lists(st.sampled_from(["satu dua", "satu tiga", "sattu dua", "satuan dua", "lima"]), max_size=8))
def test_merging_slips_loses_no_article(names: Sequence[str]) -> None:
    counts = {tuple(name.split()): 1 + place for place, name in enumerate(names)}
    assert sum(merge_variants(counts).values()) == sum(counts.values())


def test_different_names_are_no_slips_of_one_another() -> None:
    different = ["surat keputusan", "surat keterangan", "dewan pimpinan daerah", "dewan perwakilan daerah"]
    split = [tuple(name.split()) for name in different]
    assert not any(is_variant(one, other) for one in split for other in split if one != other)


def test_what_is_shipped_is_looked_up_as_the_index_folds_it() -> None:
    for short, entry in SEED_LIST.items():
        assert [form for form, _ in forms_and_units(entry.written)] == short.split()
        for name in (name for meaning in entry.meanings for name in meaning):
            assert name == tuple(form for form, _ in forms_and_units(" ".join(name)))
            assert len(name) >= 2
    assert all(word == word.lower() for word in EVERYDAY_WORDS)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> ShortForms:
    engine = open_engine(tmp_path_factory.mktemp("seeds"))
    reindex(engine, ReindexRequest(tuple(SEEDS)))
    return engine.short_forms()


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("AS", "Amerika Serikat"),
        ("Korut", "Korea Utara"),
        ("Korsel", "Korea Selatan"),
        ("Menlu", "Menteri Luar Negeri"),
    ],
)
def test_the_seeds_are_understood_both_ways(seeds: ShortForms, short: str, name: str) -> None:
    long = tuple(form for form, _ in forms_and_units(name))
    assert [form.long for form in seeds.long_forms_of(short.lower()) if form.applied] == [long]
    assert short in [form.written for form in seeds.short_forms_of(long) if form.applied]


def test_a_reindex_of_changes_keeps_the_counts_that_one_from_nothing_makes(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    changing = open_engine(tmp_path / "changing")
    for number, (text, _, _) in enumerate(DEFINED):
        (articles / f"{number:02}.txt").write_text(f"{text} nomor {number}.")
        if number % 5 == 0:
            reindex(changing, ReindexRequest((articles,)))
    for number in range(0, len(DEFINED), 3):
        (articles / f"{number:02}.txt").unlink()
        (articles / f"{number + 1:02}.txt").write_text("Nusa Tenggara Timur (NTT) kering.")
    reindex(changing, ReindexRequest((articles,)))
    assert kept(tmp_path / "changing") == from_nothing(tmp_path, articles)


def test_counts_that_are_lost_are_made_again_at_the_next_change(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, (text, _, _) in enumerate(DEFINED):
        (articles / f"{number:02}.txt").write_text(text)
    engine = open_engine(tmp_path / "index")
    reindex(engine, ReindexRequest((articles,)))
    for file in (tmp_path / "index").rglob(SHORT_FORMS_FILE):
        file.unlink()
    with pytest.raises(DamagedIndex, match=f"{SHORT_FORMS_FILE} is missing"):
        open_engine(tmp_path / "index").short_forms()
    (articles / "00.txt").unlink()
    reindex(engine, ReindexRequest((articles,)))
    assert kept(tmp_path / "index") == from_nothing(tmp_path, articles)


def from_nothing(folder: Path, articles: Path) -> str:
    reindex(open_engine(folder / "fresh"), ReindexRequest((articles,)))
    return kept(folder / "fresh")


def kept(index: Path) -> str:
    current = (index / "CURRENT").read_text().strip()
    return (index / current / SHORT_FORMS_FILE).read_text()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    (folder / "a.json").write_text(
        '{"id": "a", "text": "Direksi Pusat Tenun Kain Xanana (PTKX) tiba di Jawa Barat (Jabar)."}'
    )
    (folder / "b.json").write_text('{"id": "b", "text": "Kata PTKX (Pusat Tenun Kain Xanana) kemarin."}')
    reindex(open_engine(folder / "index"), ReindexRequest((folder / "a.json", folder / "b.json")))
    return folder / "index"


def shortforms(index: Path, *words: str) -> Result:
    return create_app({"KLIPING_INDEX": index}).test_cli_runner().invoke(args=["shortforms", *words])


@pytest.mark.parametrize("asked", ["PTKX", "ptkx", "Pusat Tenun Kain Xanana"])
def test_the_command_shows_a_short_form_with_the_articles_that_define_it(archive: Path, asked: str) -> None:
    result = shortforms(archive, asked)
    assert result.exit_code == 0
    *fields, one, other = result.stdout.rstrip("\n").split("\t")
    assert fields == ["PTKX", "pusat tenun kain xanana", "2", "100%", "learned", "applied"]
    assert {one, other} == {"a", "b"}


def test_the_command_lists_all_or_some(archive: Path) -> None:
    lines = [line.split("\t") for line in shortforms(archive).stdout.splitlines()]
    assert lines[0][:3] == ["PTKX", "pusat tenun kain xanana", "2"]
    learned = [line.split("\t")[0] for line in shortforms(archive, "--learned").stdout.splitlines()]
    assert learned == ["PTKX", "Jabar"]
    shipped = shortforms(archive, "--shipped").stdout.splitlines()
    assert len(shipped) == len(lines) - 2
    ambiguous = [line.split("\t") for line in shortforms(archive, "--ambiguous").stdout.splitlines()]
    assert "PBB" in {fields[0] for fields in ambiguous}
    assert {fields[5] for fields in ambiguous} == {"offered"}


def test_the_command_says_what_is_not_known(archive: Path) -> None:
    result = shortforms(archive, "tidakada", "Jabar")
    assert result.exit_code == 1
    assert "tidakada" in result.stderr
    assert result.stdout.startswith("Jabar\tjawa barat\t1\t")


@pytest.mark.skipif(not NEWS.exists(), reason="the shared news are not here")
def test_news_define_what_everybody_knows() -> None:
    counts = DefinitionCounts()
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 6000):
            counts.add(find_definitions(json.loads(line)["text"].split("\n")))
    known = ShortForms.learned(counts)
    for short, name in [
        ("kpk", "komisi pemberantasan korupsi"),
        ("bmkg", "badan meteorologi klimatologi dan geofisika"),
    ]:
        (form,) = [form for form in known.long_forms_of(short) if form.applied]
        assert (" ".join(form.long), form.kind) == (name, ShortFormKind.LEARNED)
