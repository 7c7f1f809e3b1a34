"""Exports of press databases: split into their articles where the structure is sure, else one article."""

from pathlib import Path

import pytest

from archive.reading.records import read
from archive.record import Record, Rejected
from tests.office_files import docx, paragraph

BODY = ("Harga cabai naik sejak pagi di pasar.", "Pedagang mengeluh, kata Siti.")

NEXIS = """
Job Number: 123
Documents (2)
1. Harga Cabai Naik
2. Hujan Deras

Harga Cabai Naik
The Jakarta Post
August 6, 2018 Monday

Copyright 2018 PT Bina Media Tenggara All Rights Reserved

Section: NATIONAL; Pg. 1
Length: 512 words
Byline: Budi Santoso
Dateline: JAKARTA
Body

Harga cabai naik sejak pagi di pasar.
Pedagang mengeluh, kata Siti.

Load-Date: August 7, 2018

End of Document

Hujan Deras
Koran Tempo
7 Agustus 2018

Length: 1,204 words
Body

Hujan deras turun.
Length matters, he said.

Load-Date: August 8, 2018

End of Document
"""
OLD_NEXIS = """
                               1 of 2 DOCUMENTS

                              The Jakarta Post

                            August 6, 2018 Monday

Harga Cabai
Naik

BYLINE: By Budi Santoso

SECTION: NATIONAL; Pg. 1

LENGTH: 512 words

DATELINE: JAKARTA

Harga cabai naik sejak pagi di pasar.

Pedagang mengeluh, kata Siti.

LOAD-DATE: August 7, 2018

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                              Koran Tempo

                            August 7, 2018

Hujan Deras

LENGTH: 104 words

Hujan deras turun.

LOAD-DATE: August 8, 2018
"""
FACTIVA = """
National
Harga Cabai Naik
By Budi Santoso
512 words
6 August 2018
17:40
The Jakarta Post
JKPOST
1
English
(c) 2018 PT Bina Media Tenggara

Harga cabai naik sejak pagi di pasar.
Pedagang mengeluh, kata Siti.

Document JKPOST0020180807ee8700001

Hujan Deras
104 kata
7 Agustus 2018
Koran Tempo
TEMPO
Bahasa Indonesia
Hak Cipta 2018 Tempo

Hujan deras turun.

Document TEMPO00020180808ee8800002
"""
PROQUEST = """____________________________________________________________

Harga Cabai Naik

Author: Budi Santoso
Full text: Harga cabai naik sejak pagi di pasar.
Pedagang mengeluh, kata Siti.
Subject: Chili peppers
Title: Harga Cabai Naik
Publication title: The Jakarta Post; Jakarta
Publication date: Aug 6, 2018
Document URL: https://search.example/docview/1
____________________________________________________________

Hujan Deras

Full text: Hujan deras turun.
Links: x
Title: Hujan Deras
Publication title: Koran Tempo
Publication date: Aug 7, 2018
____________________________________________________________
Contact us at: http://www.proquest.com
"""


TAGGED = """
HD      Harga Cabai Naik
BY      Budi Santoso
WC      512 words
PD      6 August 2018
SN      The Jakarta Post
SC      JKPOST
LA      English
CY      Copyright 2018 PT Bina Media Tenggara

LP      Harga cabai naik sejak pagi di pasar.

TD      Pedagang mengeluh, kata Siti.

CO      bulog : Perum Bulog
AN      Document JKPOST0020180806ee860000b

HD
Hujan Deras
WC
104 words
PD
7 August 2018
SN
Koran Tempo
LP
Hujan deras turun.
TD
PD dua kata di awal baris tetap isi.
AN
Document KORTEM0020180807ee870000c
"""
SHORT = """
Harga Cabai Naik
The Jakarta Post
{first}
Length: 512 words
Byline: Budi Santoso
Body
Harga cabai naik sejak pagi di pasar.
Pedagang mengeluh, kata Siti.
Load-Date: August 7, 2018
Hujan Deras
Koran Tempo
{second}
Length: 104 kata
Body
Hujan deras turun.
Load-Date: August 8, 2018
"""


@pytest.mark.parametrize("days", [("Senin, 6 Agustus 2018", "2018-08-07"), ("06/08/2018", "August 7, 2018"), ("", "")])
def test_an_export_is_split_at_its_load_dates(tmp_path: Path, days: tuple[str, str]) -> None:
    (first, second), rejected = outcome(tmp_path / "a.txt", SHORT.format(first=days[0], second=days[1]))
    assert rejected == []
    assert (first.title, first.outlet, first.text) == ("Harga Cabai Naik", "The Jakarta Post", "\n".join(BODY))
    assert (second.title, second.outlet, second.text) == ("Hujan Deras", "Koran Tempo", "Hujan deras turun.")
    assert bool(first.date) == bool(days[0])


def outcome(path: Path, raw: bytes | str) -> tuple[list[Record], list[Rejected]]:
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    found = list(read([path]))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Rejected)]


@pytest.mark.parametrize("export", [NEXIS, OLD_NEXIS, FACTIVA, TAGGED, PROQUEST])
@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_an_export_is_split_into_its_articles(tmp_path: Path, export: str, name: str) -> None:
    raw: bytes | str = docx("".join(map(paragraph, export.split("\n")))) if name == "a.docx" else export
    (first, second), rejected = outcome(tmp_path / name, raw)
    assert rejected == []
    assert (first.title, first.outlet, first.reporter) == ("Harga Cabai Naik", "The Jakarta Post", "Budi Santoso")
    assert first.date in {"August 6, 2018", "6 August 2018", "Aug 6, 2018"}
    assert first.text == "\n".join(BODY)
    assert (second.title, second.outlet, second.reporter) == ("Hujan Deras", "Koran Tempo", None)
    assert second.text.startswith("Hujan deras turun.")
    assert "Load-Date" not in second.text
    assert [first.where[-2:], second.where[-2:]] == [":1", ":2"]


@pytest.mark.parametrize(
    "text",
    [
        NEXIS[: NEXIS.index("Hujan Deras\nKoran")],  # a single article
        NEXIS.replace("Length: 1,204 words\nBody\n", ""),  # one without its marks
        "Catatan\n\nEnd of Document\n\nLain lagi\n\nEnd of Document\n",
        "Satu\n____________________\nDua\n____________________\nTiga",
    ],
)
def test_a_document_without_a_sure_structure_is_one_article(tmp_path: Path, text: str) -> None:
    found, rejected = outcome(tmp_path / "a.txt", text)
    assert (len(found), rejected) == (1, [])
    assert found[0].former_id == "a"


def test_a_single_article_with_the_codes_of_factiva_is_read_by_them(tmp_path: Path) -> None:
    (found,), rejected = outcome(tmp_path / "a.txt", TAGGED[: TAGGED.index("HD\n")])
    assert rejected == []
    assert (found.title, found.date, found.text) == ("Harga Cabai Naik", "6 August 2018", "\n".join(BODY))


@pytest.mark.parametrize("missing", ["HD", "PD", "SN", "LP"])
def test_lines_without_all_codes_of_an_article_are_a_text(tmp_path: Path, missing: str) -> None:
    without = {"LP": ("LP", "TD")}.get(missing, (missing,))
    text = "\n".join(line for line in TAGGED.split("\n") if not line.startswith(without))
    (found,), _ = outcome(tmp_path / "a.txt", text)
    assert found.text.strip() == text.strip()
