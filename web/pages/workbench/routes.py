"""The addresses of the workbench: trends, coverage, lines in context and words, as pages and as files."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from index.answers.exporting.formats import TABLES
from index.answers.trends import MOST_SERIES, Line, TrendReport
from index.query.request import Query
from index.trends import Interval
from web import app_engine, labels
from web.i18n import gettext
from web.pages.workbench import coverage as coverage_values
from web.pages.workbench.batch import asked as batch_asked
from web.pages.workbench.batch import batch_page, empty_page
from web.pages.workbench.comparison import comparison_page, comparison_table
from web.pages.workbench.concordance import concordance_page, concordance_table
from web.pages.workbench.files import table_download, table_file
from web.pages.workbench.similar import similar_page
from web.pages.workbench.trend_tables import trend_table, unit
from web.pages.workbench.trends import trend_page
from web.pages.workbench.words import word_page, word_table
from web.serving.xml_answers import xml_answer
from web.workbench import (
    comparison_arguments,
    concordance_arguments,
    coverage_arguments,
    trend_arguments,
    word_arguments,
)
from web.workbench.answers import comparison_of, coverage_of, every_line_of, line_labels, report_of
from web.workbench.batch import batch_of
from web.workbench.batch_arguments import MOST_QUERIES
from web.workbench.batch_files import table_response
from web.workbench.line_chart import PANEL, WIDE, Chart, chart, panels

PAGES = {
    "trends": trend_arguments.NAMES,
    "coverage": coverage_arguments.NAMES,
    "compare": comparison_arguments.NAMES,
    "kwic": concordance_arguments.NAMES,
    "words": word_arguments.COLLOCATE_NAMES,
}  # that have a table, which is a file in each format, with the arguments of both
FILES = frozenset({"pages.trends_svg", *(f"pages.{page}_{format_}" for page in PAGES for format_ in TABLES)})
OWN_ARGUMENTS = {
    **{f"pages.{page}": names for page, names in PAGES.items()},
    **{
        file: tuple(name for name in PAGES[file[6:].partition("_")[0]] if name != concordance_arguments.CURSOR)
        for file in FILES
    },
}


def add_routes(blueprint: Blueprint) -> None:
    """Add the addresses to the blueprint of the pages."""
    blueprint.add_url_rule("/trends", view_func=trends)
    blueprint.add_url_rule("/trends.svg", view_func=trends_svg)
    blueprint.add_url_rule("/compare", view_func=compare)
    blueprint.add_url_rule("/batch", view_func=batch, methods=["GET", "POST"])
    blueprint.add_url_rule("/kwic", view_func=kwic)
    blueprint.add_url_rule("/words", view_func=words)
    blueprint.add_url_rule("/similar/<path:article_id>", view_func=similar_articles)
    blueprint.add_url_rule("/coverage", view_func=coverage)
    tables = {
        "trends": trends_file,
        "coverage": coverage_file,
        "compare": compare_file,
        "kwic": kwic_file,
        "words": words_file,
    }
    for page, view in tables.items():
        for format_ in TABLES:
            address, endpoint = f"/{page}.{format_}", f"{page}_{format_}"
            blueprint.add_url_rule(address, endpoint, view, defaults={"format_": format_})


def trends() -> str:
    """Several queries over time: the chart, its numbers, and the outlets of its peak."""
    page = trend_page(trend_arguments.read(request.args))
    return render_template("trends.html", page=page, most=MOST_SERIES, index=page.report.index)


def trends_file(format_: str) -> Response:
    """The numbers of a chart."""
    asked = trend_arguments.read(request.args)
    return table_file(trend_table(asked, report_of(asked)), format_)


def trends_svg() -> Response:
    """A chart as a file of its own, with its legend and the index it comes from."""
    asked = trend_arguments.read(request.args)
    report = report_of(asked)
    legend, subject = line_labels(report), trend_arguments.subject(asked)
    return xml_answer(
        "trends.svg",
        "image/svg+xml",
        charts=_charts(report) if report.bins else (),
        split=report.request.split,
        frame=PANEL if report.request.split else WIDE,
        title=": ".join(filter(None, (subject, ", ".join(legend)))),
        subject=subject,
        legend=legend,
        unit=unit(report),
        origin=gettext("Indeks %(id)s, dibangun %(day)s", id=report.index.id, day=labels.instant(report.index.built)),
    )


def _charts(report: TrendReport) -> tuple[Chart, ...]:
    def unlinked(_: Line, __: str) -> str:
        return ""

    return panels(report, unlinked) if report.request.split else (chart(report, WIDE, unlinked),)


def coverage() -> str:
    """The articles of each outlet in each year or month: the picture, and the table of its numbers."""
    asked = coverage_arguments.read(request.args)
    page = coverage_values.coverage_page(asked)
    names = (gettext("tahun"), gettext("bulan"))
    return render_template(
        "coverage.html",
        page=page,
        label=trend_arguments.label(asked.query),
        narrowed=asked.query != Query(),
        intervals=[
            (by, name, replace(asked, by=by).url("pages.coverage"))
            for by, name in zip((Interval.YEAR, Interval.MONTH), names, strict=True)
        ],
        index=page.coverage.index,
    )


def coverage_file(format_: str) -> Response:
    """The numbers of a coverage."""
    asked = coverage_arguments.read(request.args)
    return table_file(coverage_values.coverage_table(asked, coverage_of(asked)), format_)


def compare() -> str:
    """Two queries side by side."""
    page = comparison_page(comparison_arguments.read(request.args))
    return render_template("compare.html", page=page, index=app_engine.reader().info())


def compare_file(format_: str) -> Response:
    """The outlets of two queries."""
    asked = comparison_arguments.read(request.args)
    comparison_arguments.require_side(asked)
    return table_file(comparison_table(asked, comparison_of(asked)), format_)


def batch() -> Response | str:
    """A list of queries, each counted; with `format`, the table of counts or of hits."""
    page = empty_page()
    if request.method == "POST":
        wanted, listed = batch_asked()
        if wanted.queries and wanted.format != "json":
            return table_response(batch_of(wanted), wanted.format)
        if wanted.queries:
            page = batch_page(replace(wanted, hits=0), listed)
    return render_template("batch.html", page=page, most=MOST_QUERIES, index=app_engine.reader().info())


def kwic() -> str:
    """Lines in context: each place of a query with the words before and after it."""
    page = concordance_page(concordance_arguments.read(request.args))
    index = page.found.index if page.found else app_engine.reader().info()
    return render_template("kwic.html", page=page, index=index)


def kwic_file(format_: str) -> Response:
    """All lines of a query, however many they are, a few at a time."""
    asked = concordance_arguments.read(request.args)
    trend_arguments.require_query(asked.query)
    found, lines = every_line_of(asked)
    return table_download(concordance_table(asked, found, lines), format_)


def words() -> str:
    """The words around a query, and those that set its articles apart."""
    page = word_page(word_arguments.read(request.args))
    return render_template("words.html", page=page, index=app_engine.reader().info())


def words_file(format_: str) -> Response:
    """The words around a query and its keywords, with all measures."""
    asked = word_arguments.read(request.args)
    trend_arguments.require_query(asked.query)
    return table_file(word_table(asked), format_)


def similar_articles(article_id: str) -> str:
    """The articles most similar to one."""
    return render_template("similar.html", page=similar_page(article_id), index=app_engine.reader().info())
