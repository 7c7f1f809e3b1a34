"""Furniture of a page: lists of other headlines, captions, buttons and lines that are not the article.

Elements are taken out before the text is looked for, lines afterwards. An element that holds much of the prose of the
page is never taken out, whatever it is called.
"""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

MOST_PROSE = 0.3  # share of the prose of the page that lists, boxes and comments may hold; bars and labels hold none
LEAST_PROSE = 80  # characters of a run of text outside links that is prose
MOST_LINKED = 0.6  # share of the letters in links above which a list is one of other headlines
MOST_OF_IT = 0.9  # share of the letters in links from which a block is a headline
SHORTEST_HEADLINE = 20  # characters
LONGEST_DAY_LINE = 90  # characters
FIRST_LINES = 8  # among which a headline may be repeated, with what stands around it

_HIDDEN = (
    "//script | //style | //noscript | //template | //iframe | //svg | //form | //button | //select | //figcaption | "
    "//body//link | //body//meta | //nav | //ins[@data-revive-zoneid]"
)
_BLOCKS = frozenset({"p", "div", "li", "h2", "h3", "h4", "blockquote"})
_IN_SENTENCES = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "strong", "u"})  # with words around them
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:baca-?juga|bacajuga|baca-?lainnya|lihat-?juga|related?|terkait|linksisip|lihatjg|"
    r"(?:berita|artikel)-?(?:lain(?:nya)?|populer)|pilihan_redaksi|recommend\w*|rekomendasi|terpopuler|popular|trending|"
    r"most-?read|more-?stories|reactions?|reaksi|emoticons?|sidebar|comments?|komentar|captions?|caption-?foto|newsletter|parallax\w*|"
    r"inner-link-baca-juga|baca-juga-collections\S*|video-?20detik|detail__media-caption|staticdetail_container|"
    r"wp-caption-text|instagram-media|tiktok-embed|fb-(?:post|video)|quote_old|pull-?quote|js-figure|photo__wrap|advert\w*|iklan|banner|copyright|disclaimer)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Bars and labels: the parts of an article over several pages may be called by them, too, and these hold prose.
_BARS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|sosmed|social|breadcrumbs?|tagging|tags?|detail__tag|nextprev|pagination|pagg?ing|"
    r"item-index|load-more|credits|detail-body__break|subscribe|follow)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINTERS = re.compile(
    r"\W*(?:baca|lihat|simak|tonton|saksikan|cek)"
    r"(?:\s+(?:juga|pula|selengkapnya|video|berita|artikel|di sini|halaman)\b|\s*:)|"
    r"\W*(?:(?:berita|artikel|topik|video)\s+(?:terkait|lain(?:nya)?|pilihan|populer)|pilihan (?:redaksi|editor)|"
    r"halaman selanjutnya)\b",
    re.IGNORECASE,
)
_CHANNELS = ("//t.me/", "//news.google.", "whatsapp.com/channel", "//play.google.", "//apps.apple.", "//wa.me/")
_INVITES = re.compile(
    r"\b(?:ikuti|bergabung|gabung|dapatkan|update|unduh|download|follow|subscribe|google news|kanal|channel)\b",
    re.IGNORECASE,
)
LONGEST_INVITATION = 400  # characters
_NO_LETTERS = re.compile(r"[\W_]+")
_CREDIT_ROW = re.compile(
    r"\|?\s*(?P<label>penulis|editor|reporter|pewarta|sumber)\s*\|\s*+:?\s*+"
    r"(?P<value>(?:[^|\s]++(?:\s++(?=[^|\s]))?)*+)\s*+\|?",
    re.IGNORECASE,
)
_BUTTONS = re.compile(
    r"\W*(?:rate artikel ini|like|dislike|credits?|share|tweet|shares|komentar|comments?|print|cetak|email|"
    r"advertisement|scroll to (?:continue|resume).*|facebook|twitter|whatsapp|line|telegram|copy link|"
    r"salin(?: tautan)?|text|ukuran huruf.*|loading|"
    r"oleh|by|lanjutkan membaca|baca selengkapnya|selengkapnya|perbesar|lihat foto|bagikan|"
    r"simpan|dengarkan|more stories|headlines?|(?:berita )?video(?: pilihan)?|"
    r"daftarkan|langganan|iklan(?: untuk anda)?|\d{1,3} dari \d{1,3} halaman|"
    r"halaman(?: (?:selanjutnya|berikutnya|sebelumnya|\d{1,3}))?|next|prev(?:ious)?|"
    r"(?:copyright )?(?:©|\(c\)|copyright).{0,120}all rights? reserved)\W*(?:\(?\d+\)?)?\W*",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"\((?:credit|kredit|foto|photo|sumber|source|dok(?:umentasi)?|ilustrasi|c\)|©)\W[^()]{1,100}\)?", re.IGNORECASE
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
    whole = prose(tree)
    for element in tree.xpath("//body//*[@class or @id]"):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        most = MOST_PROSE * whole if _NAMES.search(named) else 0 if _BARS.search(named) else -1
        if most >= 0 and prose(element) <= most and not _is_in_sentence(element):
            _drop(element)


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether an element is words of a sentence: a link or an emphasis with words before or after it."""
    if element.tag not in _IN_SENTENCES:
        return False
    before = element.getprevious()
    text = element.getparent().text if before is None else before.tail
    return bool((text or "").strip() or (element.tail or "").strip())


def prose(element: HtmlElement) -> int:
    """The number of characters of prose in an element: of runs of text outside links that are no labels."""
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
            or _invites(element, text)
            or (points and (linked > 0.3 * len(text) or (len(text) < 200 and not _SENTENCE.search(text))))
        ):
            _drop(element)


def _invites(element: HtmlElement, text: str) -> bool:
    """Whether an element invites to a channel of the outlet, with a link that leads there."""
    if len(text) > LONGEST_INVITATION or not _INVITES.search(text):
        return False
    return any(channel in link.get("href", "") for link in element.iter("a") for channel in _CHANNELS)


def article_lines(text: str, title: str | None) -> str:
    """The lines of a text without the headline, the day and the buttons that stand before it or between."""
    lines = [*_lines(text)]
    key = _key(title or "")
    repeated = [place for place, line in enumerate(lines[:FIRST_LINES]) if key and _key(line) == key]
    if repeated and all(not _SENTENCE.search(line) for line in lines[: repeated[-1]]):
        lines = lines[repeated[-1] + 1 :]
    return "\n".join(lines[_length_of_head(lines) :])


def _length_of_head(lines: Sequence[str]) -> int:
    """How many lines the head of an article has: up to its day, which names and sections may stand before."""
    for at, line in reversed([*enumerate(lines[:FIRST_LINES])]):
        if is_day_line(line) and not any(_SENTENCE.search(one) or len(one) > LONGEST_DAY_LINE for one in lines[:at]):
            return at + 1
    return 0


def day_line(text: str) -> str | None:
    """A line of its own with a day among the first lines of a text."""
    lines = [" ".join(line.split()) for line in text.split("\n")[:FIRST_LINES]]
    return next(filter(is_day_line, lines), None)


def is_day_line(line: str) -> bool:
    """Whether a line tells a day as pages do, with its weekday or a time; a sentence about a day is none."""
    told = len(line) < LONGEST_DAY_LINE and _DAY_LINE.fullmatch(line)
    return bool(told and _PUBLISHED.search(line) and not _SENTENCE.search(line))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = " ".join(line.split())
        if credit := _CREDIT_ROW.fullmatch(words):
            yield f"{credit['label'].capitalize()}: {credit['value']}"
        elif words and not _BUTTONS.fullmatch(words) and not _PICTURE_CREDIT.fullmatch(words):
            yield words


def _key(words: str) -> str:
    return _NO_LETTERS.sub("", words).casefold()


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
