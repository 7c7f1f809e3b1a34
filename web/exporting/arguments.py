"""The arguments of exports: those of a search, without order and page, and those that say what the file is like.

Unlike a search, an export has a row for each article unless `copies` asks otherwise: what was taken away can be folded
later, and never unfolded.
"""

from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from index.answers.exporting.columns import COLUMNS
from index.answers.exporting.export import MOST_IDS, ExportRequest
from index.answers.exporting.formats import FORMATS, Format
from index.query.request import Copies, Query
from web import params
from web.parameter_errors import BadParameter, Valid
from web.params import Switch

OWN: Final = (params.FORMAT, params.TEXTS, params.FIELDS, params.ABOUT, params.IDS)
RESULT: Final = tuple(name for name in params.NAMES if name not in {params.SORT, params.PAGE, params.SIZE})
NAMES: Final = (*RESULT, *OWN)
WITH_IDS: Final = (params.COPIES, *OWN)  # what can be asked where the articles are chosen by their ids
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
    asked = params.single(args, params.FORMAT) or "csv"
    if asked not in FORMATS:
        raise BadParameter(params.FORMAT, asked, Valid.ONE_OF, names=", ".join(FORMATS))
    chosen, ids = FORMATS[asked], chosen_ids(args)
    columns = _columns(args, chosen)
    texts = _switched_on(args, params.TEXTS, default=chosen.texts)
    if not texts and columns and params.TEXTS in columns:
        raise BadParameter(params.TEXTS, "off", Valid.TEXTS_NAMED)
    if not texts and chosen.texts and not chosen.table:
        raise BadParameter(params.TEXTS, "off", Valid.TEXTS_NEEDED, names=chosen.name)
    introduced = _switched_on(args, params.ABOUT, default=True)
    return AskedExport(chosen, ExportRequest(result_query(args), ids, texts, columns, introduced))


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
