"""The arguments of the API as OpenAPI parameters. Their names and valid values are those that `web.params` accepts."""

from typing import Final

from index.answers.concordance import DEFAULT_WIDTH, MOST_WIDTH
from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import MOST_IDS
from index.answers.exporting.formats import FORMATS
from index.answers.trends import MOST_SERIES, Measure
from index.association import Measure as Association
from index.concordance import LineOrder
from index.facets import KNOWN_VALUES
from index.query.request import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Copies, Lead, Sort
from index.trends import Interval
from index.word_statistics import WordKind
from web import params
from web.exporting.arguments import CODES, DEFAULT_SAMPLE, MOST_CODED
from web.openapi.operations import OPERATIONS, EmptyQuery
from web.openapi.schema_types import POSITION, TEXT, Schema, list_of, one_of
from web.serialization.harvest import FIELDS as HIT_FIELDS
from web.workbench.batch_arguments import FORMATS as BATCH_FORMATS
from web.workbench.batch_arguments import HITS
from web.workbench.comparison_arguments import COUNTED, FIRST, SECOND
from web.workbench.comparison_arguments import DEFAULT_SIZE as DEFAULT_SIDE_WORDS
from web.workbench.concordance_arguments import (
    CURSOR,
    MOST_SAMPLE,
    MOST_SEED,
    ONCE,
    ORDER,
    SAMPLE,
    SEED,
    START,
    STORIES,
    WIDTH,
)
from web.workbench.concordance_arguments import DEFAULT_SIZE as DEFAULT_LINES
from web.workbench.coverage_arguments import INTERVALS
from web.workbench.trend_arguments import BY, COUNT, SERIES, SHARE, SPLIT, SPLITS, UNCERTAIN
from web.workbench.word_arguments import DEFAULT_SIZE as DEFAULT_WORDS
from web.workbench.word_arguments import DEFAULT_WINDOW, MEASURE, MOST_WINDOW, STOP, WINDOW

_YEAR: Final = r"(?!0000)\d{4}"
_MONTH: Final = rf"{_YEAR}-(0[1-9]|1[0-2])"
_DAY: Final[Schema] = {
    "type": "string",
    "pattern": rf"^({_YEAR}|{_MONTH}(-(0[1-9]|[12]\d|3[01]))?)?$",
    "examples": ["2019", "2019-09"],
}
_SIDE: Final = "a query text, or arguments of a search such as `q=banjir&outlet=Kompas.com`; absent, the whole archive"
_SWITCH = one_of(params.Switch)
_FACTS: Final = {
    "outlet": "The outlet that published the article",
    "bureau": "The regional bureau of the outlet",
    "section": "The section of the outlet, under one name for all spellings",
    "agency": "The news agency that the article is from",
    "reporter": "A reporter",
    "editor": "An editor",
    "place": "The place of the dateline",
    "year": "The year, YYYY",
    "month": "The month, YYYY-MM",
    "precision": "How exactly the date is known",
    "basis": "What the date rests on",
    "versions": "How many articles the story has, in the whole archive",
    "outlets": "How many outlets have an article of the story, in the whole archive",
    "story": "The id of the story",
    "day": "The day of any year, MM-DD, of articles dated to the day",
    "weekday": "The day of the week, of articles dated to the day",
}
_FORMS: Final[dict[str, Schema]] = {
    "year": {"type": "string", "pattern": f"^{_YEAR}$", "examples": ["2019"]},
    "month": {"type": "string", "pattern": f"^{_MONTH}$", "examples": ["2019-09"]},
    "day": {
        "type": "string",
        "pattern": r"^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d))$",
        "examples": ["08-17"],
    },
}


def _parameter(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _up_to(most: int, *, least: int, default: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


def _with_default(schema: Schema, value: object) -> Schema:
    return {**schema, "default": value}


def _filters() -> dict[str, Schema]:
    """A parameter for each filter, chosen and excluded; both may be repeated."""
    found = {}
    for name in params.CHOICES:
        value = one_of(KNOWN_VALUES[name]) if name in KNOWN_VALUES else _FORMS.get(name, TEXT)
        described = _FACTS[name]
        found[name] = _parameter(name, f"{described}; repeated, any of the values.", list_of(value))
        no = params.NOT + name
        found[no] = _parameter(no, f"{described}: values that the article must not have.", list_of(value))
    return found


_ALL: Final = (
    _parameter(params.TEXT, "The query text, in the query language of the pages.", TEXT),
    _parameter(
        params.EXPAND,
        "Whether short forms, long forms and other spellings are searched as well.",
        _with_default(_SWITCH, params.Switch.ON.value),
    ),
    _parameter(params.OFF, "A form of a word, or an expansion, that is not searched; may be repeated.", list_of(TEXT)),
    _parameter(params.ON, "A far relative of a word that is searched too; may be repeated.", list_of(TEXT)),
    _parameter(params.SINCE, "The first day: YYYY, YYYY-MM or YYYY-MM-DD.", _DAY),
    _parameter(params.UNTIL, "The last day: YYYY, YYYY-MM or YYYY-MM-DD.", _DAY),
    _parameter(
        params.SORT,
        "The order of hits; undated ones come last. `indexed` begins with what was indexed last.",
        _with_default(one_of(Sort), Sort.RELEVANCE),
    ),
    _parameter(
        params.COPIES,
        "What a hit is: a story (`fold`), a loose group (`loose`) or an article (`show`).",
        _with_default(one_of(Copies), Copies.FOLD),
    ),
    _parameter(
        params.LEAD, "Which of the articles folded into a hit stands for it.", _with_default(one_of(Lead), Lead.BEST)
    ),
    _parameter(params.PAGE, "The page, 1 being the first.", {**POSITION, "maximum": 999_999_999, "default": 1}),
    _parameter(params.SIZE, "Hits a page.", {**POSITION, "maximum": MAX_PAGE_SIZE, "default": DEFAULT_PAGE_SIZE}),
    _parameter(params.PART, "Which part of a very long article.", _with_default(POSITION, 1)),
    _parameter(
        SERIES,
        "A query text, or arguments of a search such as `q=banjir&outlet=Kompas.com`; repeated, several series.",
        {**list_of(TEXT), "maxItems": MOST_SERIES},
    ),
    _parameter(BY, "The length of a bin; by default by the span of what was found.", one_of(Interval)),
    _parameter(COUNT, "What is counted.", _with_default(one_of(Measure), Measure.STORIES.value)),
    _parameter(SHARE, "Whether counts are told as shares of the archive.", _SWITCH),
    _parameter(SPLIT, "A facet by whose values a single series is split.", one_of(SPLITS)),
    _parameter(
        UNCERTAIN,
        "Whether articles count whose date was derived.",
        _with_default(_SWITCH, params.Switch.ON.value),
    ),
    _parameter(params.FORMAT, "The format of the file.", _with_default(one_of(FORMATS), "csv")),
    _parameter(params.TEXTS, "Whether the file has texts; by default tables have them, references do not.", _SWITCH),
    _parameter(params.FIELDS, "The columns of a table, in order.", {**list_of(one_of(COLUMNS)), "uniqueItems": True}),
    _parameter(
        params.ABOUT,
        "Whether the file begins with where it comes from.",
        _with_default(_SWITCH, params.Switch.ON.value),
    ),
    _parameter(
        params.IDS,
        "Ids of the articles, in place of a query; many are posted as a form.",
        {**list_of(TEXT), "maxItems": MOST_IDS},
    ),
    _parameter(
        WIDTH, "Characters on each side of a place.", {**POSITION, "maximum": MOST_WIDTH, "default": DEFAULT_WIDTH}
    ),
    _parameter(ORDER, "The order of lines.", _with_default(one_of(LineOrder), LineOrder.RIGHT.value)),
    _parameter(SAMPLE, "So many of all places, chosen at random.", {**POSITION, "maximum": MOST_SAMPLE}),
    _parameter(
        SEED,
        "What the choice of a sample depends on.",
        _up_to(MOST_SEED, least=0, default=0),
    ),
    _parameter(STORIES, "Whether each story counts once, by its first article that matches.", one_of([ONCE])),
    _parameter(CURSOR, "`*`, or the `next` of an answer from the same index.", {**TEXT, "examples": [START]}),
    _parameter(WINDOW, "Words on each side of a place.", _up_to(MOST_WINDOW, least=1, default=DEFAULT_WINDOW)),
    _parameter(
        MEASURE, "What words are ordered by.", _with_default(one_of(Association), Association.LOG_LIKELIHOOD.value)
    ),
    _parameter(STOP, "Whether function words are told too.", _with_default(_SWITCH, params.Switch.OFF.value)),
    _parameter(FIRST, f"The first side: {_SIDE}; `q` may stand for it.", TEXT),
    _parameter(SECOND, f"The second side: {_SIDE}.", TEXT),
    _parameter(CODES, "Names of the empty columns of a coding sheet.", list_of(TEXT)),
    _parameter(HITS, "How many hits of each query.", _up_to(MAX_PAGE_SIZE, least=0, default=0)),
    _parameter(params.BASE, "The id of the version that the others are compared with; the oldest by default.", TEXT),
    _parameter(params.WITH, "The id of the version that is compared word by word with the base.", TEXT),
)
_PARAMETERS: Final[dict[str, Schema]] = {**{str(one["name"]): one for one in _ALL}, **_filters()}
# Arguments of single operations that differ from those of the same name.
_WORDS: Final = _parameter(params.SIZE, "The number of words.", _up_to(MAX_PAGE_SIZE, least=1, default=DEFAULT_WORDS))
_OWN: Final[dict[tuple[str, str], Schema]] = {
    ("search", params.FIELDS): _parameter(
        params.FIELDS,
        "Facts of hits, with commas between: hits have these alone, and there are no facets.",
        {**list_of(one_of(HIT_FIELDS)), "uniqueItems": True},
    ),
    ("similar", params.SIZE): _parameter(
        params.SIZE, "The number of articles.", _up_to(MAX_PAGE_SIZE, least=1, default=DEFAULT_PAGE_SIZE)
    ),
    ("collocates", params.SIZE): _WORDS,
    ("keywords", params.SIZE): _WORDS,
    ("compare", params.SIZE): _parameter(
        params.SIZE, "The number of words of each side.", _up_to(MAX_PAGE_SIZE, least=1, default=DEFAULT_SIDE_WORDS)
    ),
    ("compare", COUNT): _parameter(COUNT, "What is counted.", _with_default(one_of(COUNTED), Measure.STORIES.value)),
    ("collocates", BY): _parameter(BY, "What one word is.", _with_default(one_of(WordKind), WordKind.FORM.value)),
    ("export", SAMPLE): _parameter(
        SAMPLE, "Articles of a coding sheet.", {**POSITION, "maximum": MOST_CODED, "default": DEFAULT_SAMPLE}
    ),
    ("export", SEED): _parameter(
        SEED, "What the choice of a coding sheet depends on.", _up_to(MOST_SEED, least=0, default=0)
    ),
    ("export", params.COPIES): _parameter(
        params.COPIES,
        "What a row is: a story (`fold`), a loose group (`loose`) or an article (`show`).",
        _with_default(one_of(Copies), Copies.SHOW),
    ),
    ("kwic", params.SIZE): _parameter(
        params.SIZE, "Lines a page.", {**POSITION, "maximum": MAX_PAGE_SIZE, "default": DEFAULT_LINES}
    ),
    ("batch", BY): _parameter(BY, "The length of a period.", _with_default(one_of(Interval), Interval.YEAR.value)),
    ("batch", params.FORMAT): _parameter(
        params.FORMAT,
        "JSON, or the table of counts or of hits, as CSV or as a workbook.",
        _with_default(one_of(BATCH_FORMATS), BATCH_FORMATS[0]),
    ),
    ("coverage", BY): _parameter(BY, "The length of a bin.", _with_default(one_of(INTERVALS), Interval.YEAR.value)),
}


def parameter(operation: str, name: str) -> Schema:
    """Return the OpenAPI parameter for an argument of an operation."""
    found = _OWN.get((operation, name)) or _PARAMETERS[name]
    if name != params.TEXT:
        return found
    empty = OPERATIONS[operation].empty_query
    described = {**found, "description": f"{found['description']} {empty}"}
    return {**described, "required": True} if empty is EmptyQuery.REFUSED else described
