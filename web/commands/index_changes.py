"""The command `flask diff-index`: what came, went and changed since an index."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from index.engine import IndexInfo, Reader
from index.query.errors import BadQuery
from index.query.request import Copies, Query
from index.reindexing.listings import Changes, Listings
from index.storage.address import IndexAddress
from web.app_engine import reader
from web.commands.console import pluralized, print_fields, print_json, visible
from web.commands.errors import Command, InvalidInput
from web.commands.index_facts import info_fields
from web.commands.results import print_query_error

SIGNS = (("came", "+"), ("went", "-"), ("changed", "~"))


@click.command("diff-index", cls=Command)
@click.argument("before", required=False)
@click.argument("after", required=False)
@click.option("--query", metavar="TEXT", help="Only articles that match, as far as the published index can tell.")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@with_appcontext
def diff_index_command(before: str | None, after: str | None, query: str | None, *, as_json: bool) -> None:
    """Tell which articles came, went and changed since an index.

    BEFORE and AFTER are ids of indexes, or their first letters; AFTER is the published index unless it is named.
    Without any, the indexes that can be compared are listed. A line has a sign (+ came, - went, ~ changed), a tab,
    the id, a tab, and the title.
    """
    listings, current = Listings(listings_folder()), reader()
    known = [current.info(), *(info for info in listings.listed() if info.id != current.info().id)]
    if before is None:
        _print_known(known, as_json=as_json)
        return
    old, new = _named(known, before), _named(known, after) if after else known[0]
    found = listings.changes(old.id, new.id, current)
    if query is not None:
        found = _matching(current, found, query)
    _print_changes(current, (old, new), found, as_json=as_json)
    if query is not None and found.went:
        gone = pluralized(len(found.went), "article", "articles")
        told = f"whether the query matches what went ({gone}) is not known: the published index does not have it"
        click.echo(told, err=True)


def beside_index(ending: str) -> Path:
    """A path beside the folder of the index, or in the instance folder, for what is no part of it."""
    index: Path | IndexAddress = current_app.config["KLIPING_INDEX"]
    if isinstance(index, IndexAddress):
        return Path(current_app.instance_path) / f"{index.name}{ending}"
    return Path(index).with_name(f"{Path(index).name}{ending}")


def listings_folder() -> Path:
    """The folder of the listings, beside the index."""
    return beside_index(".listings")


def _print_known(known: list[IndexInfo], *, as_json: bool) -> None:
    if as_json:
        print_json({"indexes": [info_fields(info) for info in known]})
        return
    for info in known:
        print_fields(
            (info.id, f"{info.built.astimezone():%Y-%m-%d %H:%M}", pluralized(info.articles, "article", "articles"))
        )


def _named(known: list[IndexInfo], name: str) -> IndexInfo:
    found = [info for info in known if name and info.id.startswith(name)]
    if len(found) != 1:
        what = "no index is known whose" if not found else "several known indexes'"
        ids = ", ".join(info.id for info in known)
        raise InvalidInput(f"{what} id begins with {visible(name)}; known are {ids}")
    return found[0]


def _matching(current: Reader, found: Changes, text: str) -> Changes:
    try:
        ids = {article_id for (article_id,) in current.facts(Query(text, copies=Copies.SHOW), ())}
    except BadQuery as error:
        print_query_error(text, error)
        raise
    came, changed = (tuple(one for one in part if one in ids) for part in (found.came, found.changed))
    held = {article_id for article_id, _ in current.digests()}
    went = tuple(one for one in found.went if one in ids or one not in held)
    return Changes(came, went, changed, found.same)


def _print_changes(current: Reader, indexes: tuple[IndexInfo, IndexInfo], found: Changes, *, as_json: bool) -> None:
    old, new = indexes
    counts = {name: len(getattr(found, name)) for name, _ in SIGNS}
    if as_json:
        ids = {name: list(getattr(found, name)) for name, _ in SIGNS}
        print_json({"before": info_fields(old), "after": info_fields(new), **ids, "same": found.same})
        return
    for name, sign in SIGNS:
        for article_id in getattr(found, name):
            held = current.get(article_id)
            print_fields((sign, article_id, held.article.title if held else ""))
    told = f"{old.id} → {new.id}: {counts['came']:,} came, {counts['went']:,} went, {counts['changed']:,} changed"
    click.echo(f"{told}, {found.same:,} unchanged", err=True)
    if found.went:
        click.echo("titles of what went are not known: only the indexes before have them", err=True)
    if not any(counts.values()) and old.id != new.id:
        click.echo("the articles are the same; their stories, or the rules of Kliping, are not", err=True)
