"""The controls of a trend: how it is counted and drawn, each choice as a link."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from index.answers.trends import Measure, TrendReport
from web import labels
from web.i18n import gettext
from web.pages.workbench.controls import Control, Option
from web.pages.workbench.trend_tables import INTERVALS, MEASURES
from web.workbench.trend_arguments import TrendArguments

_SPLITS: Final = ("outlet", "section", "agency", "place")


def trend_controls(asked: TrendArguments, report: TrendReport) -> Iterator[Control]:
    """Yield the controls of a trend; it can be split if it has a single query."""

    def option(label: str, changed: TrendArguments, *, current: bool) -> Option:
        return Option(label, changed.url("pages.trends"), current)

    request = report.request
    yield Control(
        gettext("Hitung"),
        tuple(
            option(gettext(name), replace(asked, count=measure), current=measure is request.measure)
            for measure, name in MEASURES.items()
            if measure is request.measure or not (measure is Measure.OUTLETS and request.split == "outlet")
        ),
    )
    yield Control(
        gettext("Per"),
        tuple(option(gettext(name), replace(asked, by=by), current=by is report.by) for by, name in INTERVALS.items()),
    )
    yield Control(
        gettext("Skala"),
        (
            option(gettext("bagian arsip (per 1.000)"), replace(asked, share=True), current=request.share),
            option(gettext("jumlah"), replace(asked, share=False), current=not request.share),
        ),
    )
    yield Control(
        gettext("Tanggal tak pasti"),
        (
            option(gettext("diarsir"), replace(asked, uncertain=True), current=request.uncertain),
            option(gettext("tidak dihitung"), replace(asked, uncertain=False), current=not request.uncertain),
        ),
    )
    if len(asked.series) < 2:
        splits = [
            option(labels.facet(name).lower(), _split(asked, name), current=name == request.split) for name in _SPLITS
        ]
        whole = option(gettext("tidak"), replace(asked, split=None), current=not request.split)
        yield Control(gettext("Pecah menurut"), (whole, *splits))


def _split(asked: TrendArguments, name: str) -> TrendArguments:
    """Split by a fact; a line for each outlet has one outlet, so it counts stories instead."""
    pointless = name == "outlet" and asked.count is Measure.OUTLETS
    return replace(asked, split=name, count=Measure.STORIES if pointless else asked.count)
