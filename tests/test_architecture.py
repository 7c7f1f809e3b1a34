"""The structure of the project: imports go one way, folders stay small, each library is imported in one place."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import ROOT

# The rooms of the code from top to bottom. A module imports only from its own room and from lines below its own. Rooms
# on one line do not know each other. A room is a folder, or one module where a folder's modules stand on several lines.
FLOORS = (
    "web",
    "web.pages web.api web.commands web.serving.monitoring web.serving.worker web.serving",
    "web.openapi",
    "web.serialization",
    "web.workbench",
    "web.exporting",
    "web.answer_cache web.errors web.serving.cited_index web.related_texts web.story_versions web.serving.request_log",
    "web.error_remedies web.timeline",
    "web.app_engine web.article_parts web.cursors web.error_messages web.facet_pages web.languages",
    "web.serving.hosts web.serving.static_files",
    "web.config web.labels web.params web.serving.security web.serving.metrics web.serving.compression",
    "web.parameter_errors web.paths web.serving.xml_answers web.serving.json_answers",
    "web.i18n web.setting_values",
    "index",
    "index.backups",
    "index.opening",
    "index.answers index.reindexing",
    "index.opensearch.engine",
    "index.opensearch.building index.opensearch.reader",
    "index.opensearch.checking index.opensearch.counting index.opensearch.hits index.opensearch.learned",
    "index.opensearch.published",
    "index.opensearch.querying index.opensearch.generations index.opensearch.ledger",
    "index.opensearch.documents index.opensearch.vocabulary",
    "index.opensearch.stored_articles index.opensearch.bulk",
    "index.opensearch.word_file",
    "index.opensearch.word_counts index.opensearch.cluster index.opensearch.identifiers index.opensearch.kept_files",
    "index.opensearch.mapping index.opensearch",
    "index.embedded.engine index.embedded.backup",
    "index.embedded.build",
    "index.embedded.published_articles index.embedded.reader",
    "index.embedded.checking",
    "index.embedded.generation",
    "index.embedded.publishing index.embedded.stored_articles",
    "index.embedded.manifest index.embedded.concordance",
    "index.embedded.inverting index.embedded.terms",
    "index.embedded.evaluating",
    "index.embedded.facts",
    "index.embedded.schema index.embedded.allocator index.embedded",
    "index.embedded.columnar.adapter",
    "index.embedded.columnar.segments",
    "index.embedded.columnar.postings",
    "index.embedded.columnar.format index.embedded.columnar.stock index.embedded.columnar",
    "index.expansion index.backup_file index.snapshots index.storage",
    "index.fact_matching index.ranking",
    "index.engine",
    "index.facets index.trends index.concordance index.vocabulary index.word_statistics",
    "index.query",
    "index.words.families",
    "index.words",
    "index.words.roots",
    "index.association index.words.sastrawi index.parallel index.disk_errors",
    "archive",
    "archive.intake",
    "archive.meanings archive.copies archive.dating archive.press archive.reading",
    "archive.reading.containers archive.reading.documents",
    "archive.reading.progress",
    "archive.article archive.record archive.temporary_files archive.text_hash archive.web_address",
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms.split()}
PACKAGES = ("archive", "index", "web")
OURS = {*PACKAGES, "tests", "benchmarks", "dependencies", "quality"}
LONGEST_MODULE = 300  # lines; past that a module has two subjects
LARGEST_FOLDER = 18  # modules; past that nobody finds one at a glance
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
WINGS = sorted({path.parent.relative_to(ROOT).as_posix() for path in MODULES})
MAP = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    """The dotted name of a module or package."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path): path for path in MODULES}


def room_of(module: str) -> str:
    """The room a module is in: the longest name in FLOORS that is its own or that of a folder around it."""
    folders = [module.rsplit(".", depth)[0] for depth in range(module.count(".") + 1)]
    return next(name for name in folders if name in FLOOR_OF)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """The dotted name of everything a module imports; of `from a import b` that is a.b where b is a module of ours."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide where things are"
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in NAMES else str(node.module) for name in names)


def importers(library: str) -> set[str]:
    return {str(p.relative_to(ROOT)) for p in MODULES if any(name.split(".")[0] == library for name in imported(p))}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    own = room_of(name_of(path))
    for name in imported(path):
        if name.split(".")[0] not in OURS:
            continue
        assert name in NAMES, f"{name} belongs to no part that the program may import"
        other = room_of(name)
        assert other == own or FLOOR_OF[own] < FLOOR_OF[other], f"{own} imports {name}, which is not below it"


def test_every_room_in_the_order_exists() -> None:
    assert [room for room in FLOOR_OF if room not in NAMES] == []


def test_only_opening_knows_which_engines_there_are() -> None:
    for inside in ("index.embedded", "index.opensearch"):
        outside = {name for name in NAMES if not name.startswith(inside)}
        known = {name for name in outside for other in imported(NAMES[name]) if other.startswith(inside)}
        assert known == {"index.opening"}


def test_each_library_is_imported_in_one_place() -> None:
    assert importers("Sastrawi") == {"index/words/sastrawi.py"}
    assert importers("whoosh") == {"index/embedded/columnar/stock.py"}
    assert importers("opensearchpy") == {"index/opensearch/cluster.py"}
    assert all(path.startswith("web/") for path in importers("flask") | importers("flask_babel"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_subject_and_says_which(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    assert ast.get_docstring(parsed(path)), "what does this module know?"


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_is_small_says_what_it_knows_and_stands_on_the_map(wing: str) -> None:
    modules = [path for path in (ROOT / wing).glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= LARGEST_FOLDER
    init = parsed(ROOT / wing / "__init__.py")
    assert len(ast.get_docstring(init) or "") > 80, "what does this wing know, and which module is to be read first?"
    assert f"`{wing}/`" in MAP, f"{wing}/ is missing in docs/ARCHITECTURE.md"


@pytest.mark.parametrize("wing", [wing for wing in WINGS if wing != "web"])
def test_a_wing_hands_nothing_on_in_its_init(wing: str) -> None:
    init = parsed(ROOT / wing / "__init__.py")
    assert len(init.body) == 1, "what a wing hands out is imported from the module that has it"


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
