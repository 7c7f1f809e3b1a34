"""Furniture of a page: lists of other headlines, captions, buttons and lines that are not the article.

Elements are taken out before the text is looked for, lines afterwards. An element that holds much of the prose of the
page is never taken out, whatever it is called.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

MOST_PROSE = 0.3  # share of the prose of the page that furniture may hold
LEAST_PROSE = 80  # characters of a run of text outside links that is prose
MOST_LINKED = 0.6  # share of the letters in links above which a list is one of other headlines
MOST_OF_IT = 0.9  # share of the letters in links from which a block is a headline
SHORTEST_HEADLINE = 20  # characters
LONGEST_DAY_LINE = 90  # characters
FIRST_LINES = 8  # among which a headline may be repeated, with what stands around it

_HIDDEN = (
    "//script | //style | //noscript | //template | //iframe | //svg | //form | //button | //select | //figcaption"
)
_BLOCKS = frozenset({"p", "div", "li", "h2", "h3", "h4", "blockquote"})
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:baca-?juga|bacajuga|lihat-?juga|related?|terkait|(?:berita|artikel)-?(?:lain|populer)|linksisip|"
    r"lihatjg|pilihan_redaksi|recommend\w*|rekomendasi|terpopuler|popular|trending|most-?read|sidebar|share|sharing|"
    r"sosmed|social|comments?|komentar|breadcrumbs?|captions?|caption-?foto|newsletter|parallax\w*|tagging|tags?|"
    r"detail__tag|nextprev|pagination|paging|inner-link-baca-juga|baca-juga-collections\S*|video-?20detik|"
    r"detail__media-caption|staticdetail_container|wp-caption-text|advert\w*|iklan|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINTERS = re.compile(
    r"\W*(?:baca|lihat|simak|tonton|saksikan|cek)"
    r"(?:\s+(?:juga|pula|selengkapnya|video|berita|artikel|di sini|halaman)\b|\s*:)|"
    r"\W*(?:(?:berita|artikel|topik|video)\s+(?:terkait|lain(?:nya)?|pilihan|populer)|pilihan (?:redaksi|editor)|"
    r"halaman selanjutnya)\b",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_CREDIT_ROW = re.compile(
    r"\|?\s*(?P<label>penulis|editor|reporter|pewarta|sumber)\s*\|\s*+:?\s*+"
    r"(?P<value>(?:[^|\s]++(?:\s++(?=[^|\s]))?)*+)\s*+\|?",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"\W*(?:rate artikel ini|like|dislike|credits?|share|tweet|shares|komentar|comments?|print|cetak|email|"
    r"advertisement|"
    r"scroll to (?:continue|resume).*|facebook|twitter|whatsapp|line|telegram|copy link|salin|text|ukuran huruf.*|"
    r"loading|oleh|by)\W*(?:\(?\d+\)?)?\W*",
    re.IGNORECASE,
)
_MONTHS = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|des|dec)[a-z]{0,6}\.?"
_DAY_LINE = re.compile(
    rf"\D{{0,60}}\b\d{{1,2}}[\s/-]+(?:{_MONTHS}|\d{{1,2}})[\s/-]+(?:19|20)\d\d\b.{{0,30}}", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|wib|wita|wit)\b|\b\d{1,2}[:.]\d\d\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?][\"”’')\]]*$")


def remove_furniture(tree: HtmlElement) -> None:
    """Take furniture out of a page; text after an element stays."""
    for element in tree.xpath(_HIDDEN):
        _drop(element)
    whole = _prose(tree)
    for element in tree.xpath("//body//*[@class or @id]"):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        if _NAMES.search(named) and _prose(element) <= MOST_PROSE * whole:
            _drop(element)


def _prose(element: HtmlElement) -> int:
    """The number of characters of prose in an element."""
    return sum(len(text) for text in element.xpath(".//text()[not(ancestor::a)]") if len(text.strip()) >= LEAST_PROSE)


def remove_pointers(body: HtmlElement) -> None:
    """Take what points to other articles out of the body: “Baca juga”, and lists of headlines."""
    for element in [
        *body.iter("p", "div", "strong", "b", "li", "ul", "ol", "table", "blockquote", "h2", "h3", "h4", "em", "span")
    ]:
        if element is body or element.getparent() is None:
            continue
        text = " ".join(element.text_content().split())
        linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
        if not text or len(text) > 600:
            continue
        points = _POINTERS.match(text) is not None
        is_list = element.tag in {"ul", "ol", "table"} and linked > MOST_LINKED * len(text)
        only_links = element.tag in _BLOCKS and len(text) >= SHORTEST_HEADLINE and linked >= MOST_OF_IT * len(text)
        if (
            is_list
            or only_links
            or (points and (linked > 0.3 * len(text) or (len(text) < 200 and not _SENTENCE.search(text))))
        ):
            _drop(element)


def article_lines(text: str, title: str | None) -> str:
    """The lines of a text without the headline, the day and the buttons that stand before it or between."""
    lines = [*_lines(text)]
    key = _key(title or "")
    repeated = [place for place, line in enumerate(lines[:FIRST_LINES]) if key and _key(line) == key]
    if repeated and all(not _SENTENCE.search(line) for line in lines[: repeated[-1]]):
        lines = lines[repeated[-1] + 1 :]
    head = 0
    while head < min(FIRST_LINES, len(lines)) and _is_day_line(lines[head]):
        head += 1
    return "\n".join(lines[head:])


def day_line(text: str) -> str | None:
    """A line of its own with a day among the first lines of a text."""
    lines = [" ".join(line.split()) for line in text.split("\n")[:FIRST_LINES]]
    return next(filter(_is_day_line, lines), None)


def _is_day_line(line: str) -> bool:
    """Whether a line tells a day as pages do, with its weekday or a time; a sentence about a day is none."""
    told = len(line) < LONGEST_DAY_LINE and _DAY_LINE.fullmatch(line)
    return bool(told and _PUBLISHED.search(line) and not _SENTENCE.search(line))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = " ".join(line.split())
        if credit := _CREDIT_ROW.fullmatch(words):
            yield f"{credit['label'].capitalize()}: {credit['value']}"
        elif words and not _BUTTONS.fullmatch(words):
            yield words


def _key(words: str) -> str:
    return _NO_LETTERS.sub("", words).casefold()


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
