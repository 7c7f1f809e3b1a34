"""How far into a body a day may stand and still date the article to the day; further down it dates it to the month.

It depends on the context of the day, and on the other days the text names. A text that names many days is mostly
background, and a day that it names more than once is that of its news.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from archive.dating.cues import Cue
from archive.dating.day_context import DayContext

MANY_DAYS = 3  # named by a text
REACH_AMONG_MANY = 700  # characters within which a day without a context dates such a text
# In characters. The day of a quote is the publication day or the day before, also further down; the day of an event is
# so only near the top.
REACH: Final[Mapping[DayContext, int]] = MappingProxyType(
    {
        DayContext.QUOTED: 0,
        DayContext.LONG_AGO: 0,
        DayContext.EVENT: 175,
        DayContext.PLAIN: 1200,
        DayContext.SPOKEN: 3000,
        DayContext.TODAY: 1_000_000,
        DayContext.DATELINE: 1_000_000,
        DayContext.PAGE: 1_000_000,
    }
)


def reach_of(cue: Cue, cues: Sequence[Cue]) -> int:
    """How many characters into the body a day may stand; `cues` are all days of the text."""
    days = [(other.month, other.day) for other in cues]
    if cue.context is DayContext.EVENT and days.count((cue.month, cue.day)) > 1:
        return REACH[DayContext.PLAIN]
    if cue.context is DayContext.PLAIN and len(set(days)) == 1:
        return REACH[DayContext.SPOKEN]
    if cue.context is DayContext.PLAIN and len(set(days)) >= MANY_DAYS:
        return REACH_AMONG_MANY
    return REACH[cue.context]
