"""The page of the API: each operation with its arguments, and a form or a link that tries it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from flask import current_app, url_for

from index.engine import Match
from index.query.request import Query
from web import params
from web.i18n import N_, gettext
from web.openapi.arguments import parameter
from web.openapi.document import paths
from web.openapi.operations import OPERATIONS

# What a form has fields for; the others are listed below it.
_FIELDS: Final = ("q", "series", "from", "to", "outlet", "by", "count", "sort", "copies", "size")


# What each operation answers. The description of the API has the same in English, as the catalogue must have it.
_SUMMARIES: Final[Mapping[str, str]] = {
    "search": N_("Hasil, jumlah, dan saringan sebuah pencarian."),
    "suggest": N_("Saran untuk melengkapi kata terakhir yang diketik."),
    "facet": N_("Semua nilai sebuah saringan dalam hasil sebuah pencarian."),
    "article": N_("Sebuah artikel: teksnya, keterangannya, dan bagian yang cocok dengan sebuah pencarian."),
    "similar": N_("Artikel yang paling serupa dengan sebuah artikel; setiap berita sekali, tanpa salinannya sendiri."),
    "story": N_("Sebuah berita: semua versi satu teks, dan perubahan pada tiap versi."),
    "trends": N_("Beberapa pencarian menurut waktu."),
    "coverage": N_("Berapa artikel tiap media dalam setiap tahun atau bulan."),
    "compare": N_("Dua pencarian berdampingan: media, waktu, dan kata yang membedakan keduanya."),
    "batch": N_("Setiap pencarian dalam sebuah daftar, dihitung menurut media dan waktu, dengan hasil teratasnya."),
    "citation": N_("Kutipan sebuah artikel dalam setiap gaya, dan datanya untuk pengelola rujukan."),
    "methods": N_("Satu paragraf untuk makalah yang menjelaskan sebuah pencarian, dalam bahasa Indonesia dan Inggris."),
    "export": N_("Seluruh hasil sebuah pencarian, atau artikel pilihan, sebagai berkas."),
    "kwic": N_("Setiap kemunculan sebuah pencarian dengan kata-kata sebelum dan sesudahnya."),
    "collocates": N_("Kata di sekitar tiap kemunculan sebuah pencarian, dengan ukuran keterkaitannya."),
    "keywords": N_("Kata yang membedakan hasil sebuah pencarian dari seluruh arsip."),
    "status": N_("Indeks yang menjawab."),
    "openapi": N_("Uraian API ini sebagai OpenAPI 3.1."),
}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: its name, its meaning in English, and its values if they are fixed."""

    name: str
    description: str
    values: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class Address:
    """An operation of the API: its path, its arguments, and those that its form has fields for.

    A path with a variable part, or to which something is sent, has no form; `example` is such a path of this archive,
    or the page that sends it, "" if there is none.
    """

    name: str
    method: str
    path: str
    summary: str
    arguments: tuple[Argument, ...]
    fields: tuple[Argument, ...]
    example: str = ""


def addresses(newest: Match | None) -> Iterator[Address]:
    """Yield the operations of the API; examples are of the newest article, if there is any."""
    examples = {"facet": params.url("api.facet", Query(), name="outlet"), "batch": params.url("pages.batch", Query())}
    if newest:
        for name in ("article", "similar", "citation"):
            examples[name] = url_for(f"api.{name}", article_id=newest.article.id)
        examples["story"] = params.url("api.story", Query(), story_id=newest.story)
    for path, name in paths(current_app):
        operation = OPERATIONS[name]
        arguments = tuple(_argument(name, one) for one in operation.arguments)
        fields = () if operation.variable or operation.body else tuple(one for one in arguments if one.name in _FIELDS)
        yield Address(
            name, operation.method.upper(), path, gettext(_SUMMARIES[name]), arguments, fields, examples.get(name, "")
        )


def _argument(operation: str, name: str) -> Argument:
    one = parameter(operation, name)
    schema = cast("Mapping[str, Any]", one["schema"])
    repeated = schema.get("type") == "array"
    values = (schema["items"] if repeated else schema).get("enum", ())
    return Argument(name, str(one["description"]), tuple(values), repeated)
