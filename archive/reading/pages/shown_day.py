"""The day that a page shows beside its headline: `PERISTIWA | 20 Agustus 2020 17:36`.

Readers are told it in local time, so it also tells whether an instant in the metadata that claims to be in universal
time is one: some content systems write the local clock and call it GMT.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from lxml.html import HtmlElement

from archive.reading.pages.furniture import LEAST_PROSE, is_day_line
from archive.reading.pages.metadata import clock_of_utc

MOST_BEFORE: Final = 12  # runs of text before the headline; what stands further up is the head of the site
MOST_AFTER: Final = 60  # runs of text after it, up to the first prose

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:.]([0-5]\d)(?!\d)")
_CHANGED = re.compile(r"diper(?:barui|baharui)|update|modified|diubah", re.IGNORECASE)


def shown_day(tree: HtmlElement) -> str | None:
    """The line with a day and a time that stands next to the headline, after it rather than before; None if none."""
    for headline in tree.xpath("//body//h1")[-1:] or tree.xpath("//*[@itemprop='headline'][not(self::meta)]")[:1]:
        before = headline.xpath("preceding::text()[normalize-space()][not(parent::script or parent::style)]")
        lines = chain(_up_to_prose(headline), reversed(_joined(before[-MOST_BEFORE:])))
        return next(filter(_tells_time, lines), None)
    return None


def local_day(stated: str | None, shown: str | None) -> str | None:
    """The stated day or instant, unless it is called universal time and the page shows the same clock as local."""
    clock = clock_of_utc(stated) if stated else None
    told = _CLOCK.search(shown) if clock and shown else None
    return shown if told and f"{int(told[1]):02}:{told[2]}" == clock else stated


def _up_to_prose(headline: HtmlElement) -> Iterator[str]:
    runs = headline.xpath("following::text()[normalize-space()][not(parent::script or parent::style)]")[:MOST_AFTER]
    for run in _joined(runs):
        if len(run) >= LEAST_PROSE:
            return
        yield run


def _joined(runs: Sequence[str]) -> list[str]:
    return [" ".join(run.split()) for run in runs]


def _tells_time(line: str) -> bool:
    return is_day_line(line) and _CLOCK.search(line) is not None and not _CHANGED.search(line)
