"""HTML inside a field: recognized by its elements, and read as text with one line for each block.

Exports of content systems hold texts as HTML, some with its signs written as entities. A text counts as HTML if it has
an element of HTML with both its tags (`<p>…</p>`), or one that needs no end (`<br>`). A lone `<`, a comparison or the
name of a tag in prose is no such element. The rules are those of a plain reading, not of a browser: a page is read by
`archive.reading.pages`.
"""

import re
from html import unescape
from typing import Final


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


_BLOCKS: Final = _listed("""
address article aside blockquote br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
hr li main nav ol p pre section table tbody tfoot thead tr ul
""")
_HIDDEN: Final = _listed("script style noscript template iframe svg head select button object textarea")
_INLINE: Final = _listed("""
a abbr b big body cite code del em font html i ins mark q s small span strike strong sub sup td th title u img input
video audio source embed picture wbr amp-img time abbr acronym dfn kbd samp var bdi bdo ruby rt rp label nobr data
""")
_LONE: Final = frozenset({"br", "hr", "img", "p", "li"})  # elements whose start tag alone shows that a text is HTML
ELEMENTS: Final = _BLOCKS | _HIDDEN | _INLINE

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,15}+)(?P<rest>(?:[\s/](?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)?+)>"
)
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|div|br|a|strong|em|b|i|h[1-6]|li|ul|span|img)\b", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|audio|video|playlist|vc_\w{1,30}|et_pb_\w{1,30})\b[^\[\]\n]{0,300}+\]"
)
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def as_text(value: str) -> str:
    """The text of a value: that of its HTML with a line for each block, or the value itself where it is no HTML."""
    if "&lt;" in value and "<" not in value and _ESCAPED_TAG.search(value):
        once = unescape(value)
        return _read(once) if is_html(once) else value
    return _read(value) if "<" in value and is_html(value) else value


def is_html(value: str) -> bool:
    """Whether a text has an element of HTML: both its tags, or a start tag that no prose has."""
    opened: set[str] = set()
    for tag in _TAG.finditer(value):
        name = tag["name"].lower()
        if name not in ELEMENTS:
            continue
        if tag["end"]:
            if name in opened:
                return True
        elif name in _LONE or "=" in tag["rest"]:
            return True
        else:
            opened.add(name)
    return False


def _read(html: str) -> str:
    """Read HTML as text. What scripts and styles hold is left out, up to their end tag."""
    html = _SHORTCODE.sub(" ", _DECLARATION.sub("", _without_comments(html)))
    pieces: list[str] = []
    position = 0
    hidden = ""
    for tag in _TAG.finditer(html):
        name, ends = tag["name"].lower(), bool(tag["end"])
        if name not in ELEMENTS:
            continue
        if hidden:
            if ends and name == hidden:
                hidden, position = "", tag.end()
            continue
        pieces += (html[position : tag.start()], _between(name))
        position = tag.end()
        if name in _HIDDEN and not ends and not tag["rest"].endswith("/"):
            hidden = name
    if not hidden:
        pieces.append(html[position:])
    text = "".join(piece if piece == _BREAK else _BLANKS.sub(" ", piece) for piece in pieces)
    lines = (" ".join(unescape(line).replace("\xa0", " ").split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _without_comments(html: str) -> str:
    kept, position = [], 0
    while (start := html.find("<!--", position)) >= 0 and (end := html.find("-->", start)) >= 0:
        kept.append(html[position:start])
        position = end + len("-->")
    return "".join((*kept, html[position:]))


_BREAK: Final = "\n"  # between blocks; the breaks of the source are blanks by then


def _between(name: str) -> str:
    """What stands in place of a tag."""
    if name in _BLOCKS:
        return _BREAK
    return " " if name in {"td", "th"} or name in _HIDDEN else ""
