"""The shape of the project holds: imports go one way, each library is known in one place, modules keep their size."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

PACKAGES = {"archive": {"archive"}, "index": {"archive", "index"}, "web": {"archive", "index", "web"}}
OURS = {"archive", "index", "web", "tests", "benchmarks", "quality"}
LONGEST_MODULE = 300  # lines; past that a module has two subjects
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide where things are"
            yield node.module


def importers(library: str) -> set[str]:
    return {str(p.relative_to(ROOT)) for p in MODULES if any(name.split(".")[0] == library for name in imported(p))}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imported(path)} & OURS
    assert ours <= PACKAGES[package]


def test_each_engine_and_framework_is_known_in_one_place() -> None:
    assert importers("Sastrawi") == {"index/words/sastrawi.py"}
    assert importers("whoosh") == {"index/embedded/columnar/stock.py"}
    assert all(path.startswith("web/") for path in importers("flask") | importers("flask_babel"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_subject_and_says_which(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    assert ast.get_docstring(ast.parse(text)), "what does this module know?"


def test_the_packages_imported_are_those_of_this_checkout() -> None:
    import archive
    import index
    import web

    assert {Path(str(package.__file__)).parents[1] for package in (archive, index, web)} == {ROOT}


def test_templates_trust_no_markup_and_write_no_addresses() -> None:
    for template in (ROOT / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), template
        assert 'href="/' not in text, f"{template}: addresses come from url_for or params.url"
