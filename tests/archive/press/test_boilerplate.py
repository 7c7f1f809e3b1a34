"""Page elements and outlet footers are excluded from the body; article content is not, however often it recurs."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article, Role
from archive.intake import article_from_record, digest
from archive.press import boilerplate
from archive.press.boilerplate import (
    BadRules,
    Boilerplate,
    BoilerplateLearner,
    BoilerplateLine,
    BoilerplateRules,
    by_outlet,
    count_lines,
)
from archive.press.known_titles import LEAD, TitleLearner, hash_titles, leads
from archive.press.linked_titles import title_end
from archive.record import Record

SENTENCE = "Warga kota itu membersihkan tepi sungai bersama pemerintah setempat."
FOOTER = "Kabar Kota adalah portal berita warga. Kirim naskah Anda ke redaksi@kabarkota.id."

NOTHING = Boilerplate()


def article(text: str, known: Boilerplate = NOTHING, **fields: str) -> Article:
    made = article_from_record(Record("a", "a.txt", text, **fields), known)
    assert isinstance(made, Article)
    return made


def masked(text: str, known: Boilerplate = NOTHING, **fields: str) -> list[str]:
    made = article(text, known, **fields)
    return [made.text[p.start : p.end] for p in made.passages if p.role is Role.BOILERPLATE]


def learned(texts: Iterable[str], outlet: str = "Kabar Kota") -> list[BoilerplateLine]:
    counting = BoilerplateLearner()
    for number, text in enumerate(texts):
        counting.add(count_lines([Record(str(number), f"{number}.txt", text, outlet=outlet)]))
    return counting.boilerplate()


def footed(footer: str, count: int) -> list[str]:
    return [f"Berita nomor {n} tentang panen raya.\nPanen ke-{n} itu berhasil.\n{footer}" for n in range(count)]


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "Baca juga: Menteri Tinjau Pasar Induk",
        "Baca Juga:Menteri Tinjau Pasar Induk",
        "Baca: Menteri Tinjau Pasar Induk",
        "Simak juga Video 'Menteri Tinjau Pasar':",
        "Pilihan Editor: Kuasa Baru Setelah Pidato",
        "[Gambas:Video 20detik]",
        "A post shared by Kabar Kota (@kabar.kota)",
        "Ikuti Berita POS-KUPANG.COM lainnya di GOOGLE NEWS",
        'Artikel ini telah tayang di Kompas.com dengan judul "Menteri Tinjau Pasar".',
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "= = = = =",
    ],
)
def test_lines_of_the_page_are_set_aside_wherever_they_stand(line: str) -> None:
    made = article(f"{SENTENCE}\n{line}\nPemerintah memuji mereka.")
    assert made.paragraphs == (SENTENCE, "Pemerintah memuji mereka.")
    assert masked(made.text) == [line]


@pytest.mark.parametrize(
    "prose",
    [
        "Baca juga koran itu setiap pagi. Ia selalu membeli dua eksemplar di pasar.",
        "Saksikan video klip itu, kata dia. Penonton bersorak.",
        "Simak penjelasannya di bawah ini.",
        "Artikel itu telah dibaca dua juta kali.",
        "Iklan rokok dilarang di dekat sekolah.",
        "Baca: itulah pesannya kepada murid",
        "Ya, benar.",
    ],
)
def test_prose_that_begins_alike_stays(prose: str) -> None:
    assert prose in article(f"{SENTENCE}\n{prose}").paragraphs


def test_titles_under_a_heading_of_links_go_with_it() -> None:
    links = ["Menteri Tinjau Pasar Induk Kramat Jati", "Harga Beras Turun di Tiga Provinsi"]
    text = "\n".join([SENTENCE, "Baca Juga", *links, "Pemerintah memuji mereka."])
    assert masked(text) == ["Baca Juga", *links]
    assert masked("\n".join([SENTENCE, "Baca juga:", *links])) == ["Baca juga:", links[0]]
    assert masked(f"{SENTENCE}\nBaca Juga\n1. Siapkan Air Bersih Secukupnya") == ["Baca Juga"]


def test_markers_within_a_paragraph_part_it_and_leave() -> None:
    made = article(f'{SENTENCE} ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT "Kami senang," kata wali kota.')
    assert made.paragraphs == (SENTENCE, '"Kami senang," kata wali kota.')
    assert article(f"{SENTENCE} Baca juga: Menteri Tinjau Pasar Induk").paragraphs == (SENTENCE,)
    assert article(f"{SENTENCE} Baca juga:").paragraphs == (SENTENCE,)
    links = "Baca juga: Polisi jaga ibadah Natal di Bekasi Baca juga: Wali kota ajak warga rayakan Natal"
    assert article(f"{SENTENCE} {links}").paragraphs == (SENTENCE,)
    assert article(f"{SENTENCE} Simak Video: Panen Raya [Gambas:Video 20detik]").paragraphs == (SENTENCE,)


@pytest.mark.parametrize(
    "link",
    [
        "Baca juga: Jokowi: Tahun Depan Istana Presiden di Papua Mulai Dibangun",
        "Baca Juga:4 Laga Tanpa Kemenangan Beruntun di Kandang",
        "(Baca: Kabut Asap, 4 Pesawat di Pekanbaru Batal Mendarat)",
        "[BACA JUGA: Panen Raya]",
        "Baca juga:,,",
        "Baca juga: ,",
        "(Baca juga: ,)",
        "(baca juga: Apa Artinya?)",
    ],
)
@pytest.mark.parametrize("behind", ["Hinca mengatakan hal lain.", '"Kami senang," kata wali kota.'])
def test_a_link_whose_line_break_was_lost_leaves_where_its_end_is_sure(link: str, behind: str) -> None:
    assert article(f"{SENTENCE}{link}{behind}").paragraphs == (SENTENCE, behind)


TITLE = "Milan Vs Atalanta, Demi Tiket ke Liga Champions"


@pytest.mark.parametrize(
    "behind",
    [
        "Menurut warga, harga itu terlalu tinggi.",
        "Namun dia belum mau mengatakannya.",
        "“Kami senang dengan hasil panen ini,” kata wali kota.",
        "&quot;Kami senang dengan hasil panen ini,&quot; kata wali kota.",
        "  Wali Kota Surabaya berkata lain.",
        "Kasus ini bermula dari laporan warga.",
        "Salah satu petani berkata lain.",
        "Menurut Hardjuno, panen itu berhasil.",
    ],
)
@pytest.mark.parametrize("lead", ["Baca juga: ", "Baca Juga:", "BACA JUGA: "])
def test_a_link_within_a_paragraph_leaves_where_the_next_sentence_shows_its_end(lead: str, behind: str) -> None:
    assert article(f"{SENTENCE} {lead}{TITLE} {behind}").paragraphs == (SENTENCE, behind.strip())


@pytest.mark.parametrize("behind", ["Hinca mengatakan hal lain.", "JK menyebut hal lain."])
def test_a_link_that_opens_a_paragraph_leaves_where_a_line_break_was_lost(behind: str) -> None:
    assert article(f"{SENTENCE}\nBaca juga: {TITLE}{behind}").paragraphs == (SENTENCE, behind)


@pytest.mark.parametrize("lead", ["Baca juga: ", "Baca Juga:", "BACA JUGA: "])
def test_a_link_right_behind_a_word_leaves_where_a_line_break_was_lost(lead: str) -> None:
    behind = "Kasus ini bermula dari laporan warga."
    assert article(f"{SENTENCE} Kata warga{lead}{TITLE} {behind}").paragraphs == (f"{SENTENCE} Kata warga", behind)
    text = f"{SENTENCE} SURAT PEM{lead.upper()}{TITLE} {behind}"
    assert article(text).paragraphs == (text,)


@pytest.mark.parametrize(
    "title",
    [
        "Cara Blokir Nomor di WhatsApp agar Tidak Diganggu",
        "Mulai Hari Ini Masjid Raya Ditutup Sementara untuk Evaluasi",
        "Potensi dan Tantangan Model Bisnis D2C di Tengah Persaingan",
    ],
)
def test_what_looks_like_the_end_of_a_title_within_it_is_none(title: str) -> None:
    text = f"{SENTENCE} Baca juga: {title} Wali Kota Surabaya, Risma, berkata lain."
    assert article(text).paragraphs == (text,)


@pytest.mark.parametrize(
    "behind",
    [
        "Sementara itu, Menteri Kelautan dan Perikanan menolak.",
        "Sebelumnya, Presiden Joko Widodo meminta jalan tengah.",
        "Jika Anda ingin pergi, naiklah kereta.",
        '"Saat ini sudah kita tindak lanjuti," kata wali kota.',
        "Baca juga: Panen raya di tiga desa",
        "Pewarta: Sri Wahyuni",
    ],
)
def test_a_link_within_a_paragraph_leaves_where_what_follows_is_no_title(behind: str) -> None:
    made = article(f"Surya memuji mereka. {SENTENCE} Baca juga: {TITLE} {behind}")
    assert f"Baca juga: {TITLE}" in masked(made.text)
    assert made.paragraphs[0] == f"Surya memuji mereka. {SENTENCE}"


def test_a_speaker_whom_the_text_has_named_begins_the_next_sentence() -> None:
    link = "Baca juga: Harga Cabai Naik Lagi Menjelang Akhir Tahun"
    text = f"Surya memuji mereka. {SENTENCE} {link} Surya menjelaskan bahwa panen berhasil."
    assert masked(text) == [link]


@pytest.mark.parametrize(
    "behind",
    [
        "Keterlibatan Surya sudah lama dibahas.",
        "Warga Surabaya mengatakan hal lain.",
        "Warga Surabaya ini berkata lain.",
    ],
)
def test_no_word_of_the_next_sentence_leaves_with_a_link(behind: str) -> None:
    text = f"Surya tinggal di Surabaya. Baca juga: {TITLE} {behind}"
    assert article(text).paragraphs == (text,)


@pytest.mark.parametrize("lead", ["baca juga", "BACA JUGA"])
def test_a_link_in_lower_case_leaves_where_another_article_has_its_title(lead: str) -> None:
    title = "Kemenkes minta publik waspada"
    text = f"Cuci tangan dengan sabun ujar dia {lead} {title.lower()} kemudian tutup mulut saat batuk."
    learner = TitleLearner()
    learner.add(
        hash_titles([Record("1", "1.txt", text), Record("2", "2.txt", SENTENCE, title=f"{title} - Kabar Kota")])
    )
    known = Boilerplate(titles=learner.known())
    assert masked(text, known) == [f"{lead} {title.lower()}"]
    assert masked(text) == []
    linking = Record("1", "1.txt", text, outlet="Kabar")
    assert digest(linking, known) != digest(linking)
    elsewhere = replace(known, learned={"Kabar": frozenset({"Cuci tangan dulu."})})  # no line of this text
    assert digest(linking, elsewhere) == digest(linking, known)


@given(st.text(alphabet="BbACacjugJUGA: .,\n", max_size=120))
def test_leads_are_all_that_the_pattern_finds(text: str) -> None:
    assert [lead.span() for lead in leads(text, 0, len(text))] == [
        lead.span()
        for lead in LEAD.finditer(text)
        if "\n" not in text[lead.end() :] or (lead.start() and text[lead.start() - 1] != "\n")
    ]


@given(st.text(alphabet='BacAjug: ABab.,"”?\n', max_size=200))
def test_the_end_of_a_title_lies_within_the_text(text: str) -> None:
    end = title_end(text, 0, len(text))
    assert end is None or 0 < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{SENTENCE} Baca juga: Milan Vs Atalanta, Demi Tiket Liga Champions Berkat kemenangan itu, Milan naik. Ya.",
        f"{SENTENCE}Baca juga: koran itu memuat semuanya, kata wali kota lewat YouTube tadi malam. Ya.",
        f"{SENTENCE} Undang-undang (baca: tumpang tindih) itu diubah. Ya.",
    ],
)
def test_a_link_that_runs_on_into_prose_stays_with_it(text: str) -> None:
    assert article(text).paragraphs == (text,)


def test_subject_headings_behind_the_wire_initials_leave() -> None:
    made = article(f"{SENTENCE}\n(rgr/din)\npanen raya\ngubernur jawa timur")
    assert made.paragraphs == (SENTENCE,)
    assert article(f"{SENTENCE}\npanen raya").paragraphs == (SENTENCE, "panen raya")


def test_a_footer_of_an_outlet_is_learned_and_set_aside_in_its_articles_alone() -> None:
    found = learned(footed(FOOTER, 20))
    assert found == [BoilerplateLine("Kabar Kota", FOOTER, 20)]
    known = Boilerplate(by_outlet(found))
    text = f"{SENTENCE}\n{FOOTER}"
    assert masked(text, known, outlet="Kabar Kota") == [FOOTER]
    assert masked(text, known, outlet="Koran Lain") == []


def test_a_line_too_seldom_for_its_length_is_not_learned() -> None:
    assert learned(footed(FOOTER, 10)) == []
    assert learned(footed("#KabarKota", 10)) == [BoilerplateLine("Kabar Kota", "#KabarKota", 10)]


def test_the_last_paragraph_of_a_copied_story_is_news() -> None:
    assert learned([f"{SENTENCE}\nDemikian kata wali kota."] * 30) == []


def test_headings_and_phrases_inside_texts_are_news() -> None:
    texts = [f"Berita nomor {number}.\nKesimpulan\nIsi nomor {number}." for number in range(30)]
    assert learned(texts) == []


def test_a_block_of_closing_lines_is_learned_as_a_whole() -> None:
    found = learned(footed("Simak\nbreaking news\nkami langsung di ponselmu", 30))
    assert {one.line for one in found if one.learned} == {"Simak", "breaking news", "kami langsung di ponselmu"}


def test_furniture_is_counted_by_outlet_and_beginning() -> None:
    texts = [f"{SENTENCE}\nBaca juga: Judul Nomor {number} Hari Ini" for number in range(3)]
    assert learned(texts) == [BoilerplateLine("Kabar Kota", "baca juga", 3, learned=False)]


def test_the_keeper_has_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "boilerplate.tsv"
    path.write_text("# catatan\nkeep\tADVERTISEMENT\ndrop\t  Kabar   dari kami:\n\n", encoding="utf-8")
    known = Boilerplate(by_outlet([BoilerplateLine("Kabar Kota", FOOTER, 20)]), BoilerplateRules.load(path))
    text = f"ADVERTISEMENT\n{SENTENCE}\nKabar dari kami:\n{FOOTER}"
    assert masked(text, known, outlet="Kabar Kota") == ["Kabar dari kami:", FOOTER]
    kept = replace(known, rules=BoilerplateRules(keep=frozenset({FOOTER})))
    assert FOOTER in article(text, kept, outlet="Kabar Kota").paragraphs


@pytest.mark.parametrize("wrong", ["Kabar dari kami", "hide\tKabar", "keep\t  "])
def test_a_file_of_rules_that_cannot_be_read_is_refused_by_line(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "boilerplate.tsv"
    path.write_text(f"# catatan\n{wrong}\n", encoding="utf-8")
    with pytest.raises(BadRules, match="line 2: must be keep or drop"):
        BoilerplateRules.load(path)


def test_an_article_changes_when_what_is_known_of_its_lines_does() -> None:
    known = Boilerplate(by_outlet([BoilerplateLine("Kabar Kota", FOOTER, 20)]))
    with_footer = Record("a", "a.txt", f"{SENTENCE}\n{FOOTER}", outlet="Kabar Kota")
    without = replace(with_footer, text=SENTENCE)
    assert digest(with_footer, known) != digest(with_footer)
    assert digest(without, known) == digest(without)
    assert article(with_footer.text, known, outlet="Kabar Kota").digest == digest(with_footer, known)


def test_an_article_changes_when_a_keeper_drops_a_paragraph_of_any_length_or_blanks() -> None:
    paragraph = " ".join([SENTENCE] * 8)
    known = replace(NOTHING, rules=BoilerplateRules(drop=frozenset({paragraph})))
    for written in (paragraph, paragraph.replace(" ", "   ")):
        record = Record("a", "a.txt", f"{SENTENCE}\n{written}")
        assert masked(record.text, known) == [written]
        assert digest(record, known) != digest(record)


@pytest.mark.parametrize("blank", ["\t", "\xa0", "\u2003", "\u3000", "\f", " \xa0 "])
def test_a_footer_is_known_whatever_blanks_part_its_words(blank: str) -> None:
    known = Boilerplate(by_outlet(learned(footed(FOOTER.replace(" ", blank), 20))))
    assert len(masked(f"{SENTENCE}\n{FOOTER.replace(' ', blank)}", known, outlet="Kabar Kota")) == 1


def test_commas_before_an_embedded_post_go_with_it() -> None:
    assert masked(f"{SENTENCE},,,loading...") == [",,,loading..."]
    assert masked(f"{SENTENCE}\n, Loading... , Loading...") == [", Loading... , Loading..."]


def test_what_was_learned_is_kept_and_read_back(tmp_path: Path) -> None:
    lines = [
        BoilerplateLine("", "baca juga", 3, learned=False),
        BoilerplateLine("Kabar Kota", FOOTER + "\u2028 ya", 20),
    ]
    boilerplate.save(lines, tmp_path / "boilerplate.tsv")
    assert boilerplate.load(tmp_path / "boilerplate.tsv") == lines


LINES = [SENTENCE, FOOTER, "Baca juga:", "ADVERTISEMENT", "Judul Berita Lain Yang Panjang", ", ,"]


@given(st.lists(st.sampled_from(LINES)))
def test_setting_aside_loses_nothing_of_the_original(lines: list[str]) -> None:
    text = "\n".join([SENTENCE, *lines])
    made = article(text, Boilerplate(by_outlet([BoilerplateLine("Kabar Kota", FOOTER, 20)])), outlet="Kabar Kota")
    covered = "".join(made.text[p.start : p.end] for p in made.passages)
    assert covered.replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.permutations(range(24)))
def test_the_same_archive_has_the_same_boilerplate_in_any_order(order: list[int]) -> None:
    texts = footed(FOOTER, 20) + [f"Lain {number}.\n{SENTENCE}" for number in range(4)]
    assert learned(texts[number] for number in order) == learned(texts)


@given(st.lists(st.sampled_from([*footed(FOOTER, 20), "Baca juga:\nPanen", "", "  "]), max_size=80), st.integers(1, 9))
def test_lines_are_the_same_in_whatever_portions_they_were_counted(texts: list[str], size: int) -> None:
    records = [Record(str(number), "", text, outlet="Kabar Kota") for number, text in enumerate(texts)]
    at_once, in_portions = BoilerplateLearner(), BoilerplateLearner()
    at_once.add(count_lines(records))
    for start in range(0, len(records), size):
        in_portions.add(count_lines(records[start : start + size]))
    assert at_once.boilerplate() == in_portions.boilerplate()
