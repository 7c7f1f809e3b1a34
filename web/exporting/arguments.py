"""The arguments of exports: those of a search, without order and page, and those that say what the file is like.

Unlike a search, an export has a row for each article unless `copies` asks otherwise: what was taken away can be folded
later, and never unfolded.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from index.answers.exporting.coding_sheet import CODER, READ, REMARKS
from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import MOST_IDS, ExportRequest
from index.answers.exporting.formats import FORMATS, Format
from index.query.request import Copies, Query
from web import params
from web.parameter_errors import BadParameter, Valid
from web.params import Switch

SAMPLE, SEED, CODES = "sample", "seed", "codes"  # coding sheets only
OWN: Final = (params.FORMAT, params.TEXTS, params.FIELDS, params.ABOUT, params.IDS, SAMPLE, SEED, CODES)
RESULT: Final = tuple(name for name in params.NAMES if name not in {params.SORT, params.PAGE, params.SIZE})
NAMES: Final = (*RESULT, *OWN)
WITH_IDS: Final = (params.COPIES, *OWN)  # what can be asked where the articles are chosen by their ids
CODING: Final = "coding"
CODING_WORKBOOK: Final = "coding.xlsx"
CODING_SHEETS: Final = (CODING, CODING_WORKBOOK)
DEFAULT_SAMPLE: Final = 100  # articles of a coding sheet
MOST_CODED: Final = 10_000
MOST_SEED: Final = 10**18
MOST_CODES: Final = 50  # columns for codes
LONGEST_CODE: Final = 100  # characters of the name of one
_WHOLE: Final = re.compile(r"\d{1,19}", re.ASCII)
TABLES: Final = ", ".join(name for name, one in FORMATS.items() if one.table)


@dataclass(frozen=True, slots=True)
class AskedExport:
    """What the arguments ask for."""

    format: Format
    request: ExportRequest


def result_query(args: MultiDict[str, str]) -> Query:
    """Return the query whose result is taken away; copies are not folded unless the arguments ask for it."""
    query = params.read(args)
    return query if args.get(params.COPIES) else replace(query, copies=Copies.SHOW)


def read(args: MultiDict[str, str]) -> AskedExport:
    """Parse the arguments of an export; BadParameter if one cannot be."""
    params.require_known(args, NAMES)
    asked = params.single(args, params.FORMAT) or (CODING if any(map(args.get, (SAMPLE, SEED, CODES))) else "csv")
    if asked not in FORMATS:
        raise BadParameter(params.FORMAT, asked, Valid.ONE_OF, names=", ".join(FORMATS))
    chosen, ids = FORMATS[asked], chosen_ids(args)
    columns = _columns(args, chosen)
    texts = _switched_on(args, params.TEXTS, default=chosen.texts)
    if not texts and columns and params.TEXTS in columns:
        raise BadParameter(params.TEXTS, "off", Valid.TEXTS_NAMED)
    if not texts and chosen.texts and not chosen.table:
        raise BadParameter(params.TEXTS, "off", Valid.TEXTS_NEEDED, names=chosen.name)
    sample, codes = _sample(args, chosen), _codes(args, chosen)
    introduced = _switched_on(args, params.ABOUT, default=True)
    return AskedExport(chosen, ExportRequest(result_query(args), ids, texts, columns, introduced, *sample, codes))


def _sample(args: MultiDict[str, str], chosen: Format) -> tuple[int | None, int]:
    """The size and the seed of a sample; only a coding sheet has one."""
    size, seed = whole_number(args, SAMPLE, 1, MOST_CODED), whole_number(args, SEED, 0, MOST_SEED)
    if chosen.name not in CODING_SHEETS:
        _only_coding(args, SAMPLE, SEED)
        return None, 0
    if args.get(params.IDS):
        raise BadParameter(params.IDS, "", Valid.LEFT_OUT_BESIDE, names=f"{params.FORMAT}={chosen.name}")
    return size or DEFAULT_SAMPLE, seed or 0


def _codes(args: MultiDict[str, str], chosen: Format) -> tuple[str, ...]:
    """The names of the columns for codes."""
    if chosen.name not in CODING_SHEETS:
        _only_coding(args, CODES)
        return ()
    value = ",".join(args.getlist(CODES))
    names = tuple(dict.fromkeys(filter(None, (name.strip() for name in value.split(",")))))
    taken = {*READ, CODER, REMARKS}
    if len(names) > MOST_CODES or any(len(name) > LONGEST_CODE or name in taken for name in names):
        raise BadParameter(CODES, value, Valid.CODES, most=MOST_CODES, names=", ".join(sorted(taken)))
    return names


def _only_coding(args: MultiDict[str, str], *names: str) -> None:
    for name in names:
        if value := params.single(args, name):
            raise BadParameter(name, value, Valid.ONLY_CODING)


def whole_number(args: MultiDict[str, str], name: str, least: int, most: int) -> int | None:
    """Return the whole number of an argument, None if it is absent.

    Raises:
        BadParameter: If it is no number, or out of bounds.
    """
    value = params.single(args, name)
    if not value:
        return None
    if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
        raise BadParameter(name, value, Valid.WHOLE_NUMBER_TO, least=least, most=most)
    return int(value)


def _switched_on(args: MultiDict[str, str], name: str, *, default: bool) -> bool:
    return params.one_of(Switch, args, name, Switch.ON if default else Switch.OFF) is Switch.ON


def _columns(args: MultiDict[str, str], chosen: Format) -> tuple[str, ...] | None:
    value = ",".join(args.getlist(params.FIELDS))
    names = tuple(dict.fromkeys(filter(None, (name.strip() for name in value.split(",")))))
    if not names:
        return None
    if not chosen.table:
        raise BadParameter(params.FIELDS, value, Valid.ONLY_TABLES, names=TABLES)
    for name in names:
        if name not in COLUMNS:
            raise BadParameter(params.FIELDS, name, Valid.ONE_OF, names=", ".join(COLUMNS))
    return names


def chosen_ids(args: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the ids of chosen articles, one a line where a value has several. BadParameter if they cannot be taken."""
    given = (line.strip() for value in args.getlist(params.IDS) for line in value.splitlines())
    ids = tuple(dict.fromkeys(filter(None, given)))
    if params.IDS in args and not ids:  # absent would mean everything, which a program with an empty list does not want
        raise BadParameter(params.IDS, "", Valid.SOME_IDS)
    if len(ids) > MOST_IDS:
        raise BadParameter(params.IDS, f"{len(ids)} ids", Valid.AT_MOST_IDS, most=MOST_IDS)
    if ids:
        for name, value in args.items():
            if value and name not in WITH_IDS:
                raise BadParameter(name, value, Valid.NO_FILTER_OF_IDS)
        if args.get(params.COPIES) == Copies.LOOSE:
            raise BadParameter(params.COPIES, Copies.LOOSE, Valid.COPIES_OF_IDS)
    return ids
