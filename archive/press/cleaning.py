"""Text → passages: each paragraph of the original and the part it plays.

Nothing is removed. What is no body (dateline, credits, a paragraph that stands there twice, what belongs to the page
and not to the article) keeps its place in the original and is given its role, so a reader can see what was set aside
and why.
"""

import re
from dataclasses import dataclass

from archive.article import Passage, Role, folded
from archive.press import page_furniture
from archive.press.boilerplate import NO_LINES, Lines
from archive.press.credit_lines import ROLES, Credit, Kind, closing_agency, read_credits, read_report
from archive.press.datelines import Dateline, read_dateline

PARAGRAPH = re.compile(r"\S(?:.*\S)?")
DATELINE_WITHIN = 4  # paragraphs; a byline or the page's own date may stand before the dateline
SHORTEST_REPEAT = 4  # words; "Ya.", "Baca juga:" and the like may stand twice in one body,
SHORTEST_REPEAT_CHARACTERS = 20  # and so may rules such as "= = = ="
CLOSING_PARAGRAPHS = 3  # where a text credits the wire service it follows


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's passages in order, and what was read from those that are no body."""

    passages: tuple[Passage, ...]
    dateline: Dateline | None
    credits: tuple[Credit, ...]
    agency: str | None

    def bodies(self) -> tuple[Passage, ...]:
        """The passages that are body."""
        return tuple(passage for passage in self.passages if passage.role is Role.BODY)


def clean(text: str, lines: Lines = NO_LINES) -> Cleaned:
    """Give every paragraph of a text, or the parts of one, a role; `lines` tell which are known for boilerplate."""
    work = _Cleaning(text, lines)
    for number, paragraph in enumerate(PARAGRAPH.finditer(text)):
        work.paragraph(number, *paragraph.span())
    return work.cleaned()


class _Cleaning:
    """One pass over the paragraphs of a text."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.text = text
        self.lines = lines
        self.links = 0  # how many lines that follow may be links under a heading
        self.passages: list[Passage] = []
        self.credits: list[Credit] = []
        self.dateline: Dateline | None = None
        self.seen: set[str] = set()

    def paragraph(self, number: int, start: int, end: int) -> None:
        """Take one paragraph in: what opens it, its body, what closes it."""
        opened = self._open(number, start, end)
        found = read_credits(self.text, opened, end) if opened < end else ()
        line = folded(self.text[start:end])
        if not (found and found[0].start == opened) and self._is_boilerplate(line):
            self._add(opened, end, Role.BOILERPLATE)
        elif found or opened > start:
            self._parted(start, opened, end, found)
        else:
            self._body(start, end, line)

    def cleaned(self) -> Cleaned:
        """Everything found, once all paragraphs are in."""
        self._set_tags_aside()
        closing = [p for p in self.passages[-2 * CLOSING_PARAGRAPHS :] if p.role is Role.BODY][-CLOSING_PARAGRAPHS:]
        agency = closing_agency(self.text, closing[0].start, closing[-1].end) if closing else None
        return Cleaned(tuple(self.passages), self.dateline, tuple(self.credits), agency)

    def _open(self, number: int, start: int, end: int) -> int:
        """Read byline and dateline at the head of a paragraph; returns where its body begins."""
        if number >= DATELINE_WITHIN or self.dateline:
            return start
        if report := read_report(self.text, start, end):
            self._set_aside((report,))
            start = self._skip_space(report.end, end)
        self.dateline = read_dateline(self.text, start, end, leading=not self.passages or report is not None)
        if self.dateline is None:
            return start
        self._add(start, self.dateline.start, Role.BODY)  # a quotation drawn before the dateline
        self._add(self.dateline.start, self.dateline.end, Role.DATELINE)
        return self.dateline.end

    def _parted(self, start: int, opened: int, end: int, found: tuple[Credit, ...]) -> None:
        """Add a paragraph between what opened it and its credits; it counts as said with and without its dateline."""
        close = found[0].start if found else end
        self._body(opened, close, folded(self.text[opened:close]))
        self.seen.add(folded(self.text[start:close]))
        self._set_aside(found)
        if found:  # where a file lost its line breaks, the article may follow on its credits
            rest = self._skip_space(found[-1].end, end)
            self._body(rest, end, folded(self.text[rest:end]))

    def _body(self, start: int, end: int, key: str) -> None:
        """Add body, or mark it as repeated; the key is what it says, folded."""
        if key in self.seen and len(key) >= SHORTEST_REPEAT_CHARACTERS and key.count(" ") >= SHORTEST_REPEAT - 1:
            self._add(start, end, Role.REPEATED)
            return
        self.seen.add(key)
        if self.lines.verdict(key) is not False:
            for piece_start, piece_end in page_furniture.pieces(self.text, start, end):
                self._add(start, piece_start, Role.BODY)
                self._add(piece_start, piece_end, Role.BOILERPLATE)
                start = self._skip_space(piece_end, end)
        self._add(start, end, Role.BODY)

    def _is_boilerplate(self, line: str) -> bool:
        """Whether a line belongs to the page: as is known of it, by its form, or as a link under a heading of links."""
        verdict = self.lines.verdict(line)
        if verdict is not None:
            return verdict
        if self.links and page_furniture.is_link(line):
            self.links -= 1
            return True
        self.links = page_furniture.links_under(line)
        return page_furniture.is_line(line)

    def _set_tags_aside(self) -> None:
        """Subject headings that close a text behind its wire initials are of the page."""
        tags = len(self.passages)
        while tags and self.passages[tags - 1].role is Role.BODY and self._is_tag(self.passages[tags - 1]):
            tags -= 1
        if tags and self.passages[tags - 1].role is Role.INITIALS:
            self.passages[tags:] = [tag._replace(role=Role.BOILERPLATE) for tag in self.passages[tags:]]

    def _is_tag(self, passage: Passage) -> bool:
        return page_furniture.is_tag(self.text[passage.start : passage.end])

    def _set_aside(self, found: tuple[Credit, ...]) -> None:
        for credit in found:
            self.credits.append(credit)
            self._add(credit.start, credit.end, ROLES[credit.kind])

    def _add(self, start: int, end: int, role: Role) -> None:
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start < end:
            self.passages.append(Passage(start, end, role))

    def _skip_space(self, start: int, end: int) -> int:
        while start < end and self.text[start].isspace():
            start += 1
        return start


def values(cleaned: Cleaned, kind: Kind) -> tuple[str, ...]:
    """The words behind every credit of a kind, in the order they stand."""
    return tuple(credit.value for credit in cleaned.credits if credit.kind is kind)
