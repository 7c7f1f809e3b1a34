"""What the value of a field says as text.

Scrapers and databases write one fact in many ways: as a list, as a list that became text (`['A', 'B']`), as an object
around it (`{"$date": …}`, `{"name": …}`, `{"rendered": …}`), and as a word that stands for nothing (`nan`, `-`). All of
them are read as what they stand for. What no rule knows is kept as written.
"""

import ast
import json
import re
import warnings
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from types import MappingProxyType
from typing import Final

from archive.reading.fields import html_text
from archive.reading.fields.names import normalized
from archive.reading.text_repair import repair_text

LONGEST_REPAIRED = 1 << 23  # characters of a value; ftfy may take 2 s for a million
LONGEST_LITERAL = 1 << 20  # characters of a list written as text
MOST_MEMBERS = 100_000  # of a list
DEEPEST = 4  # levels of objects around a value: {"$date": {"$numberLong": "…"}} has two
LONGEST_PLACEHOLDER = 24  # characters
LIST_SEPARATOR = "; "

# Words that stand for nothing, in any field.
_PLACEHOLDERS: Final = frozenset(
    [
        *("nan", "none", "null", "n/a", "n.a.", "n.a", "na", "<na>", "#n/a", "nat", "nil", "undefined", "(null)"),
        *("(none)", "\\n", "[]", "{}", "[null]", "[none]", '""', "''", "?", "unknown", "anonymous", "untitled", "tba"),
        *("not found", "not available", "no data", "no author", "no date", "no title", "no title found"),
        *("tidak ada", "tidak ada judul", "tidak ditemukan", "tidak diketahui", "tidak tersedia", "tanpa nama"),
        *("kosong", "anonim", "belum ada"),
    ]
)
_NOT_IN_TEXTS: Final = frozenset({"admin", "administrator", "superadmin", "super admin", "root", "user"})
_ONLY_SIGNS = re.compile(r"[-–—_.*\s]*")
_LITERAL = re.compile(r"\s*(?:\[.*\]|\{.*\}|\(.*\))\s*", re.DOTALL)
_MEMBER = re.compile(r"\s*+(?:'((?:[^'\\\n]|\\.)*+)'|\"((?:[^\"\\\n]|\\.)*+)\")(?=\s*+[\]'\"])")  # no comma after it

# The keys by which an object says its value, by field; then those of any field.
_ANY_KEY: Final = (
    *("$date", "$oid", "$numberlong", "$numberint", "$numberdouble", "$numberdecimal"),  # MongoDB
    *("rendered", "#text", "@value", "$t", "$", "value", "_text"),  # WordPress, XML as JSON, JSON-LD
)
_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "text": ("plain", "text", "html", "raw", "content", "body", "full", "#cdata"),
        "title": ("main", "title", "text", "plain", "headline", "name", "judul"),
        "date": ("date", "datetime", "iso", "published", "publishedat", "start", "text"),
        "outlet": ("name", "nama", "title", "sitename", "domain", "url", "uri", "href", "@id", "id"),
        "url": ("url", "href", "link", "@id", "canonical", "permalink", "uri", "self"),
    }
)
_NAMED: Final = (
    "name",
    "nama",
    "fullname",
    "displayname",
    "title",
    "label",
    "text",
    "nickname",
    "slug",
    "username",
    "url",
    "href",
)


def value_text(field: str, value: object) -> str:
    """A value as text, repaired; "" if it stands for nothing."""
    return _of_words(field, value, DEEPEST) if isinstance(value, str) else _text_of(field, value, DEEPEST)


def _text_of(field: str, value: object, depth: int) -> str:
    if isinstance(value, str):
        return _of_words(field, value, depth)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if isinstance(value, int) or isfinite(value) else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and depth:
        return _joined(field, value, depth)
    return _of_object(field, value, depth) if isinstance(value, Mapping) and depth else ""


def _of_words(field: str, value: str, depth: int) -> str:
    """A string, unless it stands for nothing or for a list."""
    words = value.strip()
    if not words or (len(words) <= LONGEST_PLACEHOLDER and is_placeholder(words, field)):
        return ""
    if words[0] in "[{(" and depth == DEEPEST and field != "id":
        literal = _literal(words)
        said = "" if literal is None else _text_of(field, literal, depth - 1)
        if said or isinstance(literal, list):
            return said
    if len(value) > LONGEST_REPAIRED:
        return value if field == "text" else words
    if field == "id":
        return words
    if "<" in value or ("&" in value and "&lt;" in value):
        value = html_text.as_text(value)
        words = value.strip() if field == "text" else " ".join(value.split())
    repaired = repair_text(value if field == "text" else words)
    return (repaired if field == "text" else repaired.strip()) if not repaired.isspace() else ""


def is_placeholder(words: str, field: str = "") -> bool:
    """Whether words stand for nothing: `nan`, `N/A`, `-`; `admin` too, but in texts and titles."""
    if field == "id":
        return False  # any word may be an id
    plain = words.casefold()
    if (
        plain in _PLACEHOLDERS
        or plain.strip("-–—. ") in _PLACEHOLDERS
        or (not plain[:1].isalnum() and _ONLY_SIGNS.fullmatch(plain))
    ):
        return True
    return plain in _NOT_IN_TEXTS and field not in {"text", "title"}


def _joined(field: str, values: Iterable[object], depth: int) -> str:
    """The members of a list: paragraphs of a text, all names, and of other fields the first that says something."""
    members = list(values)[:MOST_MEMBERS]
    parts = (_text_of(field, member, depth - 1) for member in members if not isinstance(member, list | tuple))
    said = [part for part in parts if part]
    if field == "text":
        return "\n".join(said)
    if field in {"reporter", "editor", "place", "agency"}:
        return LIST_SEPARATOR.join(dict.fromkeys(said))
    return said[0] if said else ""


def _of_object(field: str, value: Mapping[object, object], depth: int) -> str:
    """The value that an object holds, by the key that is usual for the field."""
    keys = {normalized(key): key for key in value if isinstance(key, str)}
    for name in (*_ANY_KEY, *_KEYS.get(field, _NAMED)):
        if name in keys and (words := _text_of(field, value[keys[name]], depth - 1)):
            return words
    return _full_name(value, keys) if field in {"reporter", "editor"} else ""


def _full_name(value: Mapping[object, object], keys: Mapping[str, str]) -> str:
    parts = (value[keys[name]] for name in ("firstname", "lastname") if name in keys)
    return " ".join(part for part in parts if isinstance(part, str)).strip()


def _literal(words: str) -> list[object] | dict[object, object] | tuple[object, ...] | None:
    """The list or object that a text is written as, in JSON, in Python or as an array of numpy; None if it is prose."""
    if len(words) > LONGEST_LITERAL or not _LITERAL.fullmatch(words):
        return None
    try:
        found = json.loads(words)
    except (ValueError, RecursionError):
        found = _python_literal(words)
    return found if isinstance(found, list | dict | tuple) else None


def _python_literal(words: str) -> object:
    if members := _array_members(words):
        return members
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that Python does not know
            return ast.literal_eval(words)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None


def _array_members(words: str) -> list[object]:
    """The members of an array as numpy writes it, with no commas between; [] if it is none."""
    members: list[object] = []
    position = 1
    while member := _MEMBER.match(words, position):
        members.append(member[1] or member[2] or "")
        position = member.end()
    return members if words[position:].strip() == "]" else []
