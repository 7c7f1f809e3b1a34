"""What an HTML parser sees of a page: whether it is well-formed, and whether text of others broke out of its place."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree import ElementTree

from tests import ROOT

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
ADDRESSES = frozenset(("href", "src", "action", "formaction", "data", "poster", "cite", "srcset", "xlink:href"))
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
ALLOWED_SCHEMES = frozenset({"http", "https"})
IGNORED_IN_SCHEMES = re.compile(r"[\x00-\x20\x7f]")  # browsers pass over these before and within a scheme
Attributes = list[tuple[str, str | None]]


class _Page(HTMLParser):
    """Collects the elements of a page and what is wrong with their nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, Attributes]] = []
        self.inside: dict[str, str] = {"script": "", "style": ""}
        self.data: list[str] = []  # of scripts that hold data for other programs; no browser runs them
        self.comments = 0  # browsers end some sooner than this parser
        self.problem = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.elements.append((tag, attrs))
        if _holds_data(tag, attrs):
            self.data.append("")
        if len({name for name, _ in attrs}) != len(attrs):
            self.problem = self.problem or f"<{tag}> has an attribute twice"
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.elements.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problem = self.problem or f"</{tag}> closes {self.open[-1:]}"
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.inside:
            if _holds_data(*self.elements[-1]):
                self.data[-1] += data
            else:
                self.inside[self.open[-1]] += data


def _holds_data(tag: str, attrs: Attributes) -> bool:
    return tag == "script" and dict(attrs).get("type") == "application/ld+json"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    return page


def ill_formed(text: str) -> str:
    """What is wrong with the nesting, attributes or ids of a page, "" if nothing."""
    page = _parsed(text)
    if page.problem or page.open:
        return page.problem or f"<{page.open[-1]}> is never closed"
    ids = [value for _, attrs in page.elements for name, value in attrs if name == "id"]
    if len(set(ids)) < len(ids):
        return f"the id {next(one for one in ids if ids.count(one) > 1)!r} is given twice"
    return "a NUL character" if "\x00" in text else ""


@lru_cache
def _own_names() -> tuple[frozenset[str], frozenset[str]]:
    """The names of all elements and attributes in the templates."""
    sources = "".join(path.read_text("utf-8").lower() for path in (ROOT / "templates").iterdir())
    tags = re.findall(r"<([a-z][a-z0-9]*)", sources)
    attributes = re.findall(r"(?<=[\s}])([a-z][a-z0-9\-]*)(?=[=\s}>{])", sources)
    return frozenset({*tags, "h1", "h2"}), frozenset(attributes)


def broken_out(text: str, marker: str) -> Iterator[str]:
    """What of a page is made by text that was to be shown, which has `marker` in all its names and scripts."""
    page = _parsed(text)
    tags, attributes = _own_names()
    for tag, attrs in page.elements:
        if tag not in tags:
            yield f"an element <{tag[:40]}> that no template has"
        yield from _foreign_attributes(tag, attrs, attributes, marker)
        if tag == "script" and not dict(attrs).get("src") and not _holds_data(tag, attrs):
            yield "a script in the page"
    if any("<" in data or not _is_json(data) for data in page.data):
        yield "data that is no JSON, or holds markup"
    if page.comments:
        yield "a comment, which no template has"
    for tag, inner in page.inside.items():
        if marker in inner:
            yield f"text of others within <{tag}>"
    if page.problem or page.open:
        yield f"elements not closed as they were opened: {page.problem or page.open[-1]}"


def broken_out_of_xml(text: str, marker: str) -> Iterator[str]:
    """As `broken_out`, of a feed or a drawing: its elements and attributes are those of the templates."""
    try:
        elements = list(ElementTree.fromstring(text).iter())  # noqa: S314 -- of our own making
    except ElementTree.ParseError as error:
        yield f"no XML: {error}"
        return
    tags, attributes = _own_names()
    for element in elements:
        tag = element.tag.rpartition("}")[2].lower()
        if tag not in tags or tag == "script":
            yield f"an element <{tag[:40]}> that no template has"
        names = [(name.rpartition("}")[2].lower(), value) for name, value in element.attrib.items()]
        yield from _foreign_attributes(tag, names, attributes, marker)


def _foreign_attributes(
    tag: str, attrs: Sequence[tuple[str, str | None]], own: frozenset[str], marker: str
) -> Iterator[str]:
    for name, value in attrs:
        if name.startswith("on") or name in {"style", "srcdoc"} or marker in name or name not in own:
            yield f"an attribute {name[:40]!r} of <{tag}> that no template has"
        scheme = SCHEME.match(IGNORED_IN_SCHEMES.sub("", value or "")) if name in ADDRESSES else None
        if scheme and scheme[1].lower() not in ALLOWED_SCHEMES:
            yield f"an address {(value or '')[:60]!r} in <{tag} {name}>"
