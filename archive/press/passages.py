"""Text segmentation: splits a text into passages and assigns a role to each.

Nothing is removed. Datelines, credits, repeated paragraphs and page elements keep their position in the original and
get a role of their own, so that readers can see what was excluded from the body and why.
"""

import re
from dataclasses import dataclass

from archive.article import Passage, Role, collapse_whitespace
from archive.press import page_furniture
from archive.press.boilerplate import NO_OUTLET_BOILERPLATE, OutletBoilerplate
from archive.press.credit_lines import ROLES, Credit, CreditKind, closing_agency, read_credits, read_opening_byline
from archive.press.datelines import Dateline, read_dateline

PARAGRAPH = re.compile(r"\S(?:.*\S)?")
DATELINE_WITHIN = 4  # paragraphs; a byline or the page's own date may precede the dateline
SHORTEST_REPEAT = 4  # words; "Ya.", "Baca juga:" and the like may occur twice in one body, ...
SHORTEST_REPEAT_CHARACTERS = 20  # ... and so may separators such as "= = = ="
CLOSING_PARAGRAPHS = 3  # searched for a credit of the news agency


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The passages of a text in order, and the metadata read from its dateline and credits."""

    passages: tuple[Passage, ...]
    dateline: Dateline | None
    credits: tuple[Credit, ...]
    agency: str | None

    def bodies(self) -> tuple[Passage, ...]:
        """The body passages."""
        return tuple(passage for passage in self.passages if passage.role is Role.BODY)


def clean(text: str, lines: OutletBoilerplate = NO_OUTLET_BOILERPLATE) -> Cleaned:
    """Split a text into passages with roles; `lines` is the boilerplate known for its outlet."""
    work = _Cleaning(text, lines)
    for number, paragraph in enumerate(PARAGRAPH.finditer(text)):
        work.paragraph(number, *paragraph.span())
    return work.cleaned()


class _Cleaning:
    """One pass over the paragraphs of a text."""

    def __init__(self, text: str, lines: OutletBoilerplate) -> None:
        self.text = text
        self.lines = lines
        self.links = 0  # how many of the next lines may be links under a heading
        self.passages: list[Passage] = []
        self.credits: list[Credit] = []
        self.dateline: Dateline | None = None
        self.seen: set[str] = set()

    def paragraph(self, number: int, start: int, end: int) -> None:
        """Process one paragraph: byline and dateline, body, closing credits."""
        opened = self._read_opening(number, start, end)
        found = read_credits(self.text, opened, end) if opened < end else ()
        line = collapse_whitespace(self.text[start:end])
        if not (found and found[0].start == opened) and self._is_boilerplate(line):
            self._add(opened, end, Role.BOILERPLATE)
        elif found or opened > start:
            self._add_with_credits(start, opened, end, found)
        else:
            self._add_body(start, end, line)

    def cleaned(self) -> Cleaned:
        """The result, once all paragraphs are processed."""
        self._mark_tags()
        closing = [p for p in self.passages[-2 * CLOSING_PARAGRAPHS :] if p.role is Role.BODY][-CLOSING_PARAGRAPHS:]
        agency = closing_agency(self.text, closing[0].start, closing[-1].end) if closing else None
        return Cleaned(tuple(self.passages), self.dateline, tuple(self.credits), agency)

    def _read_opening(self, number: int, start: int, end: int) -> int:
        """Read the byline and dateline at the start of a paragraph; returns where its body begins."""
        if number >= DATELINE_WITHIN or self.dateline:
            return start
        if report := read_opening_byline(self.text, start, end):
            self._add_credits((report,))
            start = self._skip_space(report.end, end)
        self.dateline = read_dateline(self.text, start, end, leading=not self.passages or report is not None)
        if self.dateline is None:
            return start
        self._add(start, self.dateline.start, Role.BODY)  # a pull quote before the dateline
        self._add(self.dateline.start, self.dateline.end, Role.DATELINE)
        return self.dateline.end

    def _add_with_credits(self, start: int, opened: int, end: int, found: tuple[Credit, ...]) -> None:
        """Add the body between dateline and credits. Repetitions of it are detected with and without the dateline."""
        close = found[0].start if found else end
        self._add_body(opened, close, collapse_whitespace(self.text[opened:close]))
        self.seen.add(collapse_whitespace(self.text[start:close]))
        self._add_credits(found)
        if found:  # if line breaks were lost, the article may continue after its credits
            rest = self._skip_space(found[-1].end, end)
            self._add_body(rest, end, collapse_whitespace(self.text[rest:end]))

    def _add_body(self, start: int, end: int, key: str) -> None:
        """Add a body passage, or mark it as repeated. `key` is its text with whitespace collapsed."""
        if key in self.seen and len(key) >= SHORTEST_REPEAT_CHARACTERS and key.count(" ") >= SHORTEST_REPEAT - 1:
            self._add(start, end, Role.REPEATED)
            return
        self.seen.add(key)
        if self.lines.verdict(key) is not False:
            for piece_start, piece_end in page_furniture.pieces(self.text, start, end, self.lines.titles):
                self._add(start, piece_start, Role.BODY)
                self._add(piece_start, piece_end, Role.BOILERPLATE)
                start = self._skip_space(piece_end, end)
        self._add(start, end, Role.BODY)

    def _is_boilerplate(self, line: str) -> bool:
        """Whether a line is boilerplate: by rule, as a learned line, by its form, or as a link under a heading."""
        verdict = self.lines.verdict(line)
        if verdict is not None:
            return verdict
        if self.links and page_furniture.is_link(line):
            self.links -= 1
            return True
        self.links = page_furniture.links_under(line)
        return page_furniture.is_line(line)

    def _mark_tags(self) -> None:
        """Mark topic tags after the closing wire initials as boilerplate."""
        tags = len(self.passages)
        while tags and self.passages[tags - 1].role is Role.BODY and self._is_tag(self.passages[tags - 1]):
            tags -= 1
        if tags and self.passages[tags - 1].role is Role.INITIALS:
            self.passages[tags:] = [tag._replace(role=Role.BOILERPLATE) for tag in self.passages[tags:]]

    def _is_tag(self, passage: Passage) -> bool:
        return page_furniture.is_tag(self.text[passage.start : passage.end])

    def _add_credits(self, found: tuple[Credit, ...]) -> None:
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


def credit_values(cleaned: Cleaned, kind: CreditKind) -> tuple[str, ...]:
    """The values of all credits of a kind, in text order."""
    return tuple(credit.value for credit in cleaned.credits if credit.kind is kind)
