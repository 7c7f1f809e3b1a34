"""The arguments of words around a query and of its keywords: those of a search, the window, the measure, the words."""

from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from index.association import Measure
from index.query.request import Query
from index.word_statistics import CollocatesWanted, KeywordsWanted, WordKind
from web import params
from web.exporting.arguments import whole_number
from web.parameter_errors import BadParameter, MissingQuery, Valid
from web.workbench.concordance_arguments import ONCE, STORIES
from web.workbench.trend_arguments import BY, require_first_page

WINDOW, MEASURE, STOP = "window", "measure", "stop"
COLLOCATE_NAMES: Final = (WINDOW, MEASURE, BY, STOP, STORIES)
MOST_WINDOW: Final = 20  # words on each side
DEFAULT_WINDOW: Final = CollocatesWanted().window
DEFAULT_SIZE: Final = 50  # words


@dataclass(frozen=True, slots=True)
class WordArguments:
    """Which words are wanted of a query; `stop` tells whether function words are among those around it."""

    query: Query
    collocates: CollocatesWanted
    keywords: KeywordsWanted
    stop: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """The arguments beside those of the query, in a fixed order, without defaults."""
        wanted = self.collocates
        pairs = [(WINDOW, str(wanted.window))] if wanted.window != DEFAULT_WINDOW else []
        pairs += [(MEASURE, wanted.measure.value)] if wanted.measure is not Measure.LOG_LIKELIHOOD else []
        pairs += [(BY, wanted.by.value)] if wanted.by is not WordKind.FORM else []
        pairs += [(STOP, "on")] if self.stop else []
        return pairs + ([(STORIES, ONCE)] if wanted.stories_once else [])

    def url(self, endpoint: str) -> str:
        """The URL of an endpoint for these arguments."""
        return params.url(endpoint, self.query, *self.pairs())


def read(args: MultiDict[str, str]) -> WordArguments:
    """Parse the arguments of a URL; `size` is the number of words.

    Raises:
        BadParameter: If an argument cannot be parsed.
    """
    query = params.read(args)
    require_first_page(query)
    most = query.size if params.single(args, params.SIZE) else DEFAULT_SIZE
    stories = params.single(args, STORIES)
    if stories not in {"", ONCE}:
        raise BadParameter(STORIES, stories, Valid.EXACTLY, names=ONCE)
    collocates = CollocatesWanted(
        window=whole_number(args, WINDOW, 1, MOST_WINDOW) or DEFAULT_WINDOW,
        by=params.one_of(WordKind, args, BY, WordKind.FORM),
        measure=params.one_of(Measure, args, MEASURE, Measure.LOG_LIKELIHOOD),
        most=most,
        stories_once=stories == ONCE,
    )
    stop = params.one_of(params.Switch, args, STOP, params.Switch.OFF) is params.Switch.ON
    return WordArguments(query.selection(), collocates, replace(KeywordsWanted(), most=most), stop)


def require_narrowed(query: Query) -> None:
    """Refuse keywords of the whole archive, which nothing sets apart from itself. Raises MissingQuery."""
    if not query.text.strip() and query == query.unfiltered():
        raise MissingQuery(params.TEXT, "a word or a phrase, or be left out beside a filter or a range of days")
