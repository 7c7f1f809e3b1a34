"""BibTeX: one entry of a reference, for BibTeX and biblatex.

An uncertain date carries EDTF's “~” for biblatex and its mark in the note, which every style prints.
"""

import re
from collections.abc import Iterator
from typing import Final
from zlib import crc32

from index.answers.citing.reference import Reference, date_parts, one_line

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, also those behind a backslash
        "}": r"\textbraceright{}",
        **{sign: "\\" + sign for sign in "%&#_$"},
    }
)
_NOT_IN_KEYS: Final = re.compile(r"[^A-Za-z0-9.:+-]+")


def record(reference: Reference, note: str = "") -> str:
    """Return an entry; `note` is a further remark, which styles do not print."""
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference, note))
    return f"@article{{{key(reference.article.id)},\n{fields}}}\n\n"


def key(article_id: str) -> str:
    """Return the citation key of an article: its id, if that can be one; else what can, with a checksum of the id."""
    plain = _NOT_IN_KEYS.sub("-", article_id)
    return plain if plain == article_id else f"{plain}-{crc32(article_id.encode('utf-8', 'surrogatepass')):08x}"


def _fields(reference: Reference, note: str) -> Iterator[tuple[str, str]]:
    article, held = reference.article, reference.held
    if article.reporters:
        yield "author", "{" + " and ".join(f"{{{_escaped(name)}}}" for name in article.reporters) + "}"
    yield "title", f"{{{{{_escaped(reference.title)}}}}}"
    if reference.container:
        yield "journal", f"{{{_escaped(reference.container)}}}"
    yield "entrysubtype", "{newspaper}"
    yield from _date(reference)
    if reference.url:
        yield "url", f"{{{_address(reference.url)}}}"
        yield "urldate", f"{{{held.accessed.isoformat()}}}"
    yield "langid", "{indonesian}"
    if mark := reference.date_mark:
        yield "note", f"{{{_escaped(mark)}}}"
    remarks = (f"{held.archive}, indeks {held.index}, {article.id}", reference.original, note)
    yield "annotation", f"{{{_escaped('; '.join(filter(None, remarks)))}}}"
    if reference.text:
        yield "abstract", f"{{{_escaped(reference.text)}}}"


def _date(reference: Reference) -> Iterator[tuple[str, str]]:
    parts = date_parts(reference.article.date)
    if not parts:
        return
    yield "date", f"{{{reference.article.date.value}{'~' if reference.date_mark else ''}}}"
    yield "year", f"{{{parts[0]:04}}}"
    if len(parts) > 1:
        yield "month", MONTHS[parts[1] - 1]
    if len(parts) > 2:
        yield "day", f"{{{parts[2]}}}"


def _escaped(text: str) -> str:
    return one_line(text).translate(_SPECIAL)


def _address(url: str) -> str:
    """An address, in which braces and blanks would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
