"""Addresses that an error page offers: the same page, with the argument that is wrong put right or left out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import request

from web import languages
from web.i18n import gettext
from web.parameter_errors import BadParameter, MissingQuery, RepeatedParameter, ReversedDays, UnknownParameter
from web.params import LANGUAGE, SINCE, UNTIL

MOST_NAMES: Final = 3  # names offered in place of an unknown one; more are no help

Arguments = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A link on an error page."""

    label: str
    address: str


def remedies(error: BadParameter) -> tuple[Remedy, ...]:
    """Return what helps on from the address of this request; all its other arguments stay as they are."""
    wrong = error.name
    given = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE or wrong == LANGUAGE]
    match error:
        case ReversedDays(value=since, until=until):
            swapped = {SINCE: until, UNTIL: since}
            label = gettext("Tukar: dari %(since)s sampai %(until)s", since=until, until=since)
            return (
                _remedy(label, [(name, swapped.get(name, value)) for name, value in given]),
                _remedy(gettext("Tanpa rentang tanggal"), _without(given, lambda name, _: name in swapped)),
            )
        case MissingQuery():
            return (Remedy(gettext("Tulis di halamannya"), languages.address_with(given, page=True)),)
        case UnknownParameter(name=name, names=names) if len(names) <= MOST_NAMES:
            renamed = [
                _remedy(
                    gettext("Pakai “%(name)s”", name=near),
                    [(near if other == name else other, value) for other, value in given],
                )
                for near in names
            ]
            return (*renamed, _left_out(error.name, given))
        case RepeatedParameter(name=name, value=value):
            return (
                _remedy(
                    gettext("Hanya “%(value)s”", value=_first(given, name)),
                    _without(given, lambda other, one: other == name and one != _first(given, name)),
                ),
                _remedy(
                    gettext("Hanya “%(value)s”", value=value),
                    _without(given, lambda other, one: other == name and one != value),
                ),
            )
        case _:
            return (_left_out(error.name, given),)


def _left_out(name: str, given: Arguments) -> Remedy:
    return _remedy(gettext("Tanpa argumen “%(name)s”", name=name), _without(given, lambda other, _: other == name))


def _first(given: Arguments, name: str) -> str:
    return next(value for other, value in given if other == name and value)


def _without(given: Arguments, left_out: Callable[[str, str], bool]) -> Arguments:
    return [(name, value) for name, value in given if not left_out(name, value)]


def _remedy(label: str, arguments: Arguments) -> Remedy:
    return Remedy(label, languages.address_with(arguments))
