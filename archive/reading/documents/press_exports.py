"""Exports of press databases (Nexis, Factiva, ProQuest): one document with many articles one after the other.

Each database marks the parts of an article by lines of its own. A document is split only where the structure is sure:
at least two articles, and every one with its marks in their order, a title and a text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from archive.reading.documents.tagged_exports import tagged_articles

LEAST_ARTICLES = 2  # in one export; a document with one is read as a document
REQUIRED = ("title", "text")
LONGEST_HEAD = 3  # lines above the facts of an article that has no day

Fields = dict[str, str]

MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|aug|agu|agt|ags|sep|oct|okt|nov|dec|des)[a-z]{0,7}\.?"
DAY = re.compile(
    rf"(?:[a-z']{{3,10}},?\s+)?(?P<day>{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH}\s+\d{{4}}|"
    r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})(?:\s.{0,40}|,.{0,40})?",
    re.IGNORECASE,
)
WORDS = re.compile(r"(?:length\s*+:\s*+)?\d[\d.,]{0,11}+\s++(?:words|kata)", re.IGNORECASE)
BY = re.compile(r"(?:by|oleh)(?:\s*+:\s*+|\s++)(?P<name>\S.*)", re.IGNORECASE)
COPYRIGHT = re.compile(r"(?:copyright|hak cipta|\(c\)|©)", re.IGNORECASE)

NEXIS_END = re.compile(r"end of document", re.IGNORECASE)
NEXIS_BEGIN = re.compile(r"\d+ of \d+ documents?", re.IGNORECASE)
NEXIS_LOADED = re.compile(r"load-date\s*:", re.IGNORECASE)
NEXIS_BODY = re.compile(r"body\s*:?", re.IGNORECASE)
NEXIS_FACT = re.compile(
    r"(?P<name>length|byline|section|dateline|copyright|highlight|series|edition|source)\s*:\s*(?P<value>.*)",
    re.IGNORECASE,
)
NEXIS_TAIL = re.compile(
    r"(?:load-date|language|publication-type|journal code|graphic|subject|classification|notes?|end of document)"
    r"\b\s*(?::|$)",
    re.IGNORECASE,
)
NEXIS_FIELDS = {"byline": "reporter", "section": "section", "dateline": "place"}

FACTIVA_END = re.compile(r"(?:document|dokumen)\s++[A-Z]{2,10}\d{10,20}[a-z0-9]{4,12}", re.IGNORECASE)
FACTIVA_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s*[A-Z]{2,4})?")

PROQUEST_RULE = re.compile(r"_{20,}")
PROQUEST_FACT = re.compile(r"(?P<name>[A-Z][A-Za-z /-]{2,40}?)\s*:\s*(?P<value>.*)")
PROQUEST_FIELDS = {
    "title": "title",
    "publication title": "outlet",
    "publication date": "date",
    "author": "reporter",
    "document url": "url",
    "section": "section",
    "full text": "text",
}
PROQUEST_OTHERS = frozenset(
    [
        *("abstract", "links", "subject", "location", "people", "company / organization", "pages", "publication year"),
        *("publisher", "place of publication", "country of publication", "publication subject", "issn", "source type"),
        *("language of publication", "document type", "proquest document id", "copyright", "last updated", "database"),
        *("identifier / keyword", "credit", "classification", "first page", "edition", "volume", "issue", "dateline"),
    ]
)


def articles_of_export(lines: Sequence[str]) -> list[Fields]:
    """The fields of each article in an export; none if the lines are one document."""
    stripped = [line.strip() for line in lines]
    for split in (_nexis, _factiva, _proquest):
        found = split(stripped)
        if len(found) >= LEAST_ARTICLES and all(fields.get(name) for fields in found for name in REQUIRED):
            return found
    return tagged_articles(stripped)  # so much is sure of one alone


def numbered(articles: Sequence[Fields]) -> Iterator[object]:
    """What a parser yields for the articles of an export."""
    for number, fields in enumerate(articles, 1):
        yield {"fields": fields, "number": number}


def _parts(lines: Sequence[str], is_mark: Callable[[str], object], *, at_end: bool) -> Iterator[list[str]]:
    """The parts of a document between marks, each with the mark that ends it, or begins it."""
    places = [at + at_end for at, line in enumerate(lines) if is_mark(line)]
    if len(places) < LEAST_ARTICLES:
        return
    borders = [0, *places] if at_end else [*places, len(lines)]
    for first, last in pairwise(borders):
        yield [line for line in lines[first:last] if line]


def _nexis(lines: Sequence[str]) -> list[Fields]:
    for mark, at_end in ((NEXIS_END, True), (NEXIS_BEGIN, False), (NEXIS_LOADED, True)):
        whole = mark.match if mark is NEXIS_LOADED else mark.fullmatch
        if parts := list(_parts(lines, whole, at_end=at_end)):
            return [_nexis_article(part) for part in parts]
    return []


def _nexis_article(part: Sequence[str]) -> Fields:
    """The fields of an article: title, outlet and day, or outlet, day and title; then facts, then the body."""
    facts = [at for at, line in enumerate(part) if NEXIS_FACT.match(line) or COPYRIGHT.match(line)]
    length = next((at for at, line in enumerate(part) if WORDS.fullmatch(line)), None)
    body = next((at for at, line in enumerate(part) if NEXIS_BODY.fullmatch(line)), None)
    above = min((at for at in (length, body) if at is not None), default=0)
    day = next((at for at in range(above - 1, 0, -1) if DAY.fullmatch(part[at])), None)
    if day is None:
        return _undated(part, min([*facts, above])) if length is not None and body is not None else {}
    marks = [at for at in facts if at > day]
    begun = body if body is not None else max(_run(part, day, length or day))
    fields = {"date": _day(part[day]), "outlet": part[day - 1]}
    if NEXIS_BEGIN.fullmatch(part[0]) and day <= 3:
        fields["title"] = " ".join(part[day + 1 : min([*marks, begun])])
    elif day > 1:
        fields["title"] = part[day - 2]
    for at in marks:
        fact = NEXIS_FACT.match(part[at])
        if fact and at < begun + 1 and (field := NEXIS_FIELDS.get(fact["name"].lower())):
            fields[field] = _name(fact["value"])
    return fields | {"text": _body(part[begun + 1 :])}


def _undated(part: Sequence[str], facts: int) -> Fields:
    """The fields of an article without a day that has both marks, the length and the begin of the body."""
    head = part[:facts]
    if not 0 < len(head) <= LONGEST_HEAD:
        return {}
    body = next(at for at, line in enumerate(part) if NEXIS_BODY.fullmatch(line))
    return dict(zip(("title", "outlet"), head, strict=False)) | {"text": _body(part[body + 1 :])}


def _body(lines: Sequence[str]) -> str:
    """The text of an article, up to the facts after it."""
    end = next((at for at, line in enumerate(lines) if NEXIS_TAIL.match(line)), len(lines))
    return "\n".join(lines[:end])


def _run(part: Sequence[str], day: int, length: int) -> Iterator[int]:
    """The lines of facts above a body without a mark: those from the length on that follow each other."""
    yield length
    for at in range(max(day, length) + 1, len(part)):
        if not NEXIS_FACT.match(part[at]):
            return
        yield at


def _factiva(lines: Sequence[str]) -> list[Fields]:
    return [_factiva_article(part) for part in _parts(lines, FACTIVA_END.fullmatch, at_end=True)]


def _factiva_article(part: Sequence[str]) -> Fields:
    """The fields of an article: title, byline, number of words, day, outlet, notice of copyright, then the text."""
    length = next((at for at, line in enumerate(part) if WORDS.fullmatch(line)), None)
    if length is None or length + 2 >= len(part) or not DAY.fullmatch(part[length + 1]):
        return {}
    head = [line for line in part[:length] if not BY.fullmatch(line)]
    byline = next((found["name"] for line in part[:length] if (found := BY.fullmatch(line))), "")
    outlet = length + 2 + bool(FACTIVA_TIME.fullmatch(part[length + 2]))
    notice = next((at for at in range(outlet, min(outlet + 6, len(part))) if COPYRIGHT.match(part[at])), None)
    if notice is None or not head:
        return {}
    fields = {"title": head[-1], "reporter": byline, "date": _day(part[length + 1]), "outlet": part[outlet]}
    return fields | {"text": "\n".join(part[notice + 1 : -1])}


def _proquest(lines: Sequence[str]) -> list[Fields]:
    parts = _parts([*lines, "_" * 20], PROQUEST_RULE.fullmatch, at_end=True)
    return [
        fields for part in parts if (fields := _proquest_article(part)) or any("Full text:" in line for line in part)
    ]


def _proquest_article(part: Sequence[str]) -> Fields:
    """The fields of an article: named ones, the text among them; what follows a name up to the next belongs to it."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in part:
        fact = PROQUEST_FACT.match(line)
        name = fact["name"].lower() if fact else ""
        if fact and (name in PROQUEST_FIELDS or name in PROQUEST_OTHERS):
            current = found.setdefault(name, [])
            current += [fact["value"]] if fact["value"] else []
        elif not PROQUEST_RULE.fullmatch(line):
            current.append(line)
    fields = {PROQUEST_FIELDS[name]: _said(name, told) for name, told in found.items() if name in PROQUEST_FIELDS}
    if "text" not in fields or "outlet" not in fields:
        return {}
    return fields | {"outlet": fields["outlet"].partition(";")[0].strip()}


def _said(name: str, told: Sequence[str]) -> str:
    return "\n".join(told) if name == "full text" else " ".join(told)


def _day(line: str) -> str:
    found = DAY.fullmatch(line)
    return found["day"] if found else line


def _name(value: str) -> str:
    found = BY.fullmatch(value)
    return found["name"] if found else value
