"""Text → passages: each paragraph of the original and the part it plays.

Nothing is removed. What is no body (dateline, credits, a paragraph that stands there twice) keeps its place in the
original and is given its role, so a reader can see what was set aside and why.
"""

import re
from dataclasses import dataclass

from archive.article import Passage, Role
from archive.datelines import Dateline, read_dateline
from archive.press import ROLES, Credit, Kind, closing_agency, read_credits, read_report

PARAGRAPH = re.compile(r"\S[^\r\n]*")
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


def clean(text: str) -> Cleaned:
    """Give every paragraph of a text, or the parts of one, a role."""
    work = _Cleaning(text)
    for number, paragraph in enumerate(PARAGRAPH.finditer(text)):
        start = paragraph.start()
        work.paragraph(number, start, start + len(paragraph.group().rstrip()))
    return work.cleaned()


class _Cleaning:
    """One pass over the paragraphs of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.passages: list[Passage] = []
        self.credits: list[Credit] = []
        self.dateline: Dateline | None = None
        self.seen: set[str] = set()

    def paragraph(self, number: int, start: int, end: int) -> None:
        """Take one paragraph in: what opens it, its body, what closes it."""
        opened = self._open(number, start, end)
        found = read_credits(self.text, opened, end) if opened < end else ()
        self._body(start, opened, found[0].start if found else end)
        self._set_aside(found)
        if found:  # where a file lost its line breaks, the article may follow on its credits
            rest = self._skip_space(found[-1].end, end)
            self._body(rest, rest, end)

    def cleaned(self) -> Cleaned:
        """Everything found, once all paragraphs are in."""
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

    def _body(self, whole: int, start: int, end: int) -> None:
        """Add the body of a paragraph, or mark it as repeated; the whole counts with and without its dateline."""
        key = folded(self.text[start:end])
        long_enough = len(key) >= SHORTEST_REPEAT_CHARACTERS and key.count(" ") >= SHORTEST_REPEAT - 1
        repeated = long_enough and key in self.seen
        self.seen.add(key)
        if whole < start:
            self.seen.add(folded(self.text[whole:end]))
        self._add(start, end, Role.REPEATED if repeated else Role.BODY)

    def _set_aside(self, found: tuple[Credit, ...]) -> None:
        for credit in found:
            self.credits.append(credit)
            self._add(credit.start, credit.end, ROLES[credit.kind])

    def _add(self, start: int, end: int, role: Role) -> None:
        end = start + len(self.text[start:end].rstrip())
        if start < end:
            self.passages.append(Passage(start, end, role))

    def _skip_space(self, start: int, end: int) -> int:
        while start < end and self.text[start].isspace():
            start += 1
        return start


def folded(paragraph: str) -> str:
    """A paragraph with its white space folded; most have nothing to fold, and looking is cheaper than folding."""
    if "  " in paragraph or "\t" in paragraph or "\xa0" in paragraph or paragraph[-1:].isspace():
        return " ".join(paragraph.split())
    return paragraph


def values(cleaned: Cleaned, kind: Kind) -> tuple[str, ...]:
    """The words behind every credit of a kind, in the order they stand."""
    return tuple(credit.value for credit in cleaned.credits if credit.kind is kind)
