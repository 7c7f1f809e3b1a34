"""The documentation says what the program does: every command, setting, argument and field stands in docs/reference."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from archive.reading.fields.names import FIELDS
from index.facets import FACETS
from index.opening import open_engine
from index.query.language import parse
from index.query.request import Query
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests import ROOT
from web import create_app, params
from web.config import SETTINGS
from web.errors import BODY_BYTES
from web.pages.query_examples import USUAL

REFERENCE = {path.stem: path.read_text("utf-8") for path in (ROOT / "docs" / "reference").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("index")
    reindex(open_engine(folder), ReindexRequest((ROOT / "samples",)))
    return create_app({"KLIPING_INDEX": folder})


def names_in(answer: object) -> Iterator[str]:
    """Every name of an answer in JSON, however deep; the names of facets are values, and listed elsewhere."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield name
            yield from names_in(value)
    elif isinstance(answer, list):
        for value in answer[:3]:
            yield from names_in(value)


def test_every_command_and_option_is_documented(app: Flask) -> None:
    ours = {name: command for name, command in app.cli.commands.items() if "web" in command.callback.__module__}
    asking = {"search", "export", "shortforms", "boilerplate", "stem", "info", "verify"}
    assert set(ours) == asking | {"reindex", "backup", "restore", "batch", "diff-index", "agreement"}
    for name, command in ours.items():
        assert f"## flask {name}" in REFERENCE["cli"]
        assert command.help
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert f"`{parameter.opts[0]}" in REFERENCE["cli"], (name, parameter.opts)


def test_every_field_that_can_be_mapped_is_documented() -> None:
    assert all(f"`{field}`" in REFERENCE["cli"] for field in FIELDS)


def test_every_setting_is_documented_as_it_is() -> None:
    documented = re.findall(r"^\| `(KLIPING_\w+)` \| (?:`([^`]+)`|–) \| (.*) \|$", REFERENCE["settings"], re.MULTILINE)
    assert [(name, default, help_.replace("`", "")) for name, default, help_ in documented] == [
        (setting.name, setting.default, setting.help.replace("`", "")) for setting in SETTINGS
    ]


def test_every_argument_and_facet_of_the_api_is_documented() -> None:
    for name in {*params.NAMES, *FACETS}:
        assert f"`{name.removeprefix(params.NOT)}`" in REFERENCE["api"], name


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=bertemu&outlet=ANTARA+News&not.year=2019",
        "/api/v1/search?q=(a+OR+b*)+-%22c+d%22+date:2018",
        "/api/v1/search?q=as+Korut&off=Korea+Utara",
        "/api/v1/search?q=1+OR+(",
        "/api/v1/search?page=0",
        "/api/v1/search?q=%22siapa+bertemu%22+zzz+Biegunn&year=2018&from=2017",
        "/api/v1/suggest?q=ber",
        "/api/v1/facets/outlet",
        "/api/v1/articles/000_ee651f1e8b72a640",
        "/api/v1/stories/000_ee651f1e8b72a640",
        "/api/v1/trends?series=bertemu&series=q=harga%26outlet=ANTARA+News",
        "/api/v1/trends?series=1+OR+(",
        "/api/v1/coverage",
        "/api/v1/compare?a=harga&b=bertemu",
        "/api/v1/kwic?q=bertemu",
        "/api/v1/articles/000_ee651f1e8b72a640/similar",
        "/api/v1/collocates?q=bertemu",
        "/api/v1/keywords?q=harga",
        "/api/v1/status",
        "/api/v1/articles/nothing",
    ],
)
def test_every_name_in_an_answer_is_documented(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, follow_redirects=True).get_json()
    undocumented = {name for name in names_in(answer) if not re.search(rf'["`]{name}["`]', REFERENCE["api"])}
    assert undocumented <= TREE_NAMES


# What a tree's nodes are made of besides "kind", "start" and "end"; the tree is for display, and told of in prose.
TREE_NAMES = {"parts", "part", "forms", "slop", "pattern"}


def test_every_endpoint_of_the_api_is_documented(app: Flask) -> None:
    documented = re.sub("‹.*?›", "", REFERENCE["api"])
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            assert f"{method} {re.sub('<.*?>', '', rule.rule)}\n" in documented


def test_the_queries_in_the_readme_and_the_help_run_on_the_samples(app: Flask) -> None:
    listed = re.findall(r"^\| `([^`]+)` \|", README, re.MULTILINE)
    assert len(listed) >= 8
    engine = open_engine(Path(app.config["KLIPING_INDEX"]))
    for text in [*listed, *(text for texts in USUAL.values() for text in texts)]:
        parse(text)
    for text in listed:
        assert engine.find(Query(text.replace("\\|", "|"))).articles, f"{text} finds nothing in the samples"


def test_the_two_commands_stand_on_the_first_screen_of_the_readme() -> None:
    first = "\n".join(README.splitlines()[:40])
    assert "make run" in first
    assert "make test" in first
    assert re.search(r"!\[[^]]+\]\(docs/", first), "a picture"


def page_of(module: Path) -> Path:
    """The page that lists a module: that of its folder, or of the nearest folder around it that has one."""
    folders = [folder for folder in module.parents if ROOT in folder.parents]
    pages = (ROOT / "docs" / "architecture" / f"{folder.name}.md" for folder in folders)
    return next(page for page in pages if page.exists())


@pytest.mark.parametrize("package", ["archive", "index", "web"])
def test_every_module_is_listed_on_the_page_of_its_wing(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        if path.name != "__init__.py":
            listed = page_of(path).read_text("utf-8")
            assert f"`{path.name}`" in listed, f"{path.relative_to(ROOT)} is missing in {page_of(path).name}"


def test_what_the_maps_name_is_there() -> None:
    folders = ("archive", "index", "web", "benchmarks", "quality", "tests")
    parts = [path.relative_to(ROOT).parts for folder in folders for path in (ROOT / folder).rglob("*.py")]
    names = {"wsgi.py", *("/".join(path[start:]) for path in parts for start in range(len(path)))}
    for page in [ROOT / "docs" / "ARCHITECTURE.md", *(ROOT / "docs" / "architecture").glob("*.md")]:
        assert set(re.findall(r"`([\w/]+\.py)`", page.read_text("utf-8"))) <= names, page.name


def anchors_of(document: Path) -> set[str]:
    """The anchors that headings get where the document is shown."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_documents_lead_somewhere() -> None:
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for name, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", document.read_text("utf-8")):
            target = document.parent / name if name else document
            assert target.exists(), f"{document.name} links to {name}"
            assert not anchor or anchor in anchors_of(target), f"{document.name} links to {name}#{anchor}"


def test_the_proxy_of_the_operations_page_takes_the_largest_body_that_the_server_takes() -> None:
    allowed = re.search(r"client_max_body_size (\d+)k;", (ROOT / "docs" / "operations.md").read_text("utf-8"))
    assert allowed is not None
    assert int(allowed[1]) << 10 == BODY_BYTES
