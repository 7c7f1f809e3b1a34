"""No regular expression hangs: each takes time in proportion to its text, or is applied to short texts only."""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from pathlib import Path
from types import BuiltinMethodType
from typing import Any

import pytest

import archive
import index
import web
from archive.dating import date_parser, stated_dates, years
from archive.press import bylines, outlets, page_furniture
from archive.reading import page_signs
from archive.reading.fields import usage
from index.query import language
from tests import ROOT
from tests.hostile_text import find_slow_texts

pytestmark = pytest.mark.long

FINDING_ALL = {"findall": "finditer", "split": "finditer", "subn": "sub"}
METHODS = {"match", "search", "fullmatch", "finditer", "sub", *FINDING_ALL}

# Patterns that are only ever applied to short texts, with the most characters that those have.
BOUNDS: Mapping[str, int] = {
    "archive.dating.date_parser.SPACED_SEPARATOR": date_parser.LONGEST_DATE,
    "archive.dating.stated_dates._CLEAR": stated_dates.LONGEST_STATED,
    "archive.dating.stated_dates._PYTHON": stated_dates.LONGEST_STATED,
    "archive.dating.years.OF_LAW": years.CONTEXT,
    "archive.dating.years.OF_PAST": years.CONTEXT,
    "archive.dating.years.SINCE": years.CONTEXT,
    "archive.press.bylines.NO_NAME": bylines.LONGEST_NAME,
    "archive.press.outlets.AFTER_NAME": outlets.LONGEST_NAME,
    "archive.press.page_furniture._LINE": page_furniture.LONGEST_LINE,
    "archive.press.page_furniture._NUMBERED": page_furniture.LONGEST_LINK,
    "archive.reading.page_signs.DECLARED_ENCODING": page_signs.DECLARATION_WITHIN,
    "index.query.leaf_parsing._QUESTION_MARK": language.MAX_LENGTH,
    "index.query.leaf_parsing._WILDCARD": language.MAX_LENGTH,
    "index.reindexing.file_facts._ADDRESS": usage.LONGEST_EXAMPLE,
}


def _modules() -> Iterator[tuple[str, Any]]:
    for package in (archive, index, web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield found.name, importlib.import_module(found.name)


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: itself, of a bound method, or in a container or dataclass."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, BuiltinMethodType) and isinstance(value.__self__, re.Pattern):
        yield value.__self__
    elif depth < 3:
        inside: Any = ()
        if isinstance(value, tuple | list | set | frozenset):
            inside = value
        elif isinstance(value, Mapping):
            inside = value.values()
        elif is_dataclass(value) and not isinstance(value, type):
            inside = [getattr(value, name, None) for name in value.__dataclass_fields__]
        for part in inside:
            yield from _patterns(part, depth + 1)


def _collected() -> dict[str, re.Pattern[Any]]:
    """Every compiled pattern of the program, by the name of the module and the global that hold it."""
    found: dict[str, re.Pattern[Any]] = {}
    for module_name, module in _modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns(value)):
                if not any(pattern is other for other in found.values()):
                    found[f"{module_name}.{name}" + (f"[{number}]" if number else "")] = pattern
    return found


PATTERNS = _collected()


@cache
def _sources() -> Mapping[Path, ast.Module]:
    paths = (path for package in ("archive", "index", "web") for path in sorted((ROOT / package).rglob("*.py")))
    return {path: ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def _methods_used() -> Mapping[str, set[str]]:
    """The methods that the code calls, by the name of the pattern."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for tree in _sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                holder = node.value.value if isinstance(node.value, ast.Subscript) else node.value
                name = holder.id if isinstance(holder, ast.Name) else getattr(holder, "attr", "")
                used[name].add(FINDING_ALL.get(node.attr, node.attr))
    return used


def test_all_patterns_are_collected() -> None:
    assert len(PATTERNS) > 120
    assert set(BOUNDS) <= set(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_its_time_grows_with_the_text(name: str) -> None:
    pattern = PATTERNS[name]
    methods = sorted(_methods_used().get(name.rpartition(".")[2].partition("[")[0], set())) or ["match", "search"]
    slow = next(find_slow_texts(pattern, methods, BOUNDS.get(name)), None)
    assert slow is None, f"{pattern.pattern!r} is slow on {slow}"


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", "match"),
        (r"(?:[a-z]+)+;", "match"),
        (r"(?:a|a)*b", "match"),
        (r"\s+$", "search"),
        (r"[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.(?:com|id)", "search"),
        (r"\d+\d+x", "fullmatch"),
        (r"<a[^>]*>", "finditer"),
        (r"\w*\d*\w*;", "match"),
        (r"\s+(?:Tim|Team)\s+(?:Redaksi|Liputan)$", "sub"),
        (r"\s*(?:[,/&;|]|\bdan\b)\s*", "split"),
        (r"[A-Z][A-Z ]{3,30}(?:(?:\s+-+|--+|\s*[–—]|-(?=\s))(?:\s*[-–—])*|\.)\s+", "match"),
    ],
)
def test_slow_patterns_are_told(pattern: str, method: str) -> None:
    assert next(find_slow_texts(re.compile(pattern, re.DOTALL), [method], doubts=1), None) is not None


# These make patterns of what is asked: escaped words, phrases of plain words with separators between, and wildcards by
# fnmatch, which never backtracks; and of the name of an index.
MADE_AT_RUN_TIME = {
    "index/answers/marking/word_locator.py",
    "index/answers/marking/phrase_finder.py",
    "index/answers/marking/highlighting.py",
    "index/opensearch/generations.py",
}


def test_no_pattern_stands_inside_a_function() -> None:
    """There it would escape the collection."""
    inside = {
        str(path.relative_to(ROOT))
        for path, tree in _sources().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.Lambda)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id == "re" and node.attr in {"compile", *METHODS}
    }
    assert inside == MADE_AT_RUN_TIME
