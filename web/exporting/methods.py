"""The paragraph on methods: the facts about a search in sentences, in Indonesian or English, for a paper."""

from collections.abc import Iterator
from datetime import date

from index.answers.expansion_report import Expansion
from index.answers.exporting.methods import Methods
from index.query.request import Choices, Copies, Query
from web import i18n, labels, params
from web.config import LANGUAGES
from web.exporting.setting import SOFTWARE, archive_title, public_url
from web.i18n import gettext, ngettext


def paragraphs(held: Methods, day: date) -> dict[str, str]:
    """Return the paragraph in every language, by its code."""
    found = {}
    for language in LANGUAGES:
        with i18n.speaking(language):
            found[language] = " ".join(_sentences(held, day))
    return found


def _sentences(held: Methods, day: date) -> Iterator[str]:
    yield _searched(held, day)
    if held.read_as:
        yield gettext("Pencarian %(query)s dibaca sebagai: %(read)s.", query=_quoted(held), read=held.read_as)
    if held.inflected:
        yield gettext("Dicari dalam semua bentuk dekatnya: %(words)s.", words=", ".join(held.inflected))
    yield from _expanded(held)
    if filters := "; ".join(_filters(held.query)):
        yield gettext("Saringan: %(filters)s.", filters=filters)
    yield _found(held)
    yield from _dated(held)


def _searched(held: Methods, day: date) -> str:
    index = held.answer.index
    return gettext(
        "Artikel dicari pada %(day)s di arsip %(archive)s (indeks %(index)s: %(articles)s artikel, %(stories)s berita "
        "berbeda; perangkat lunak %(software)s%(address)s).",
        day=i18n.day(day, "d MMMM yyyy"),
        archive=archive_title(),
        index=index.id,
        articles=labels.number(index.articles),
        stories=labels.number(index.stories),
        software=SOFTWARE,
        address=public_url() and f"; {public_url()}/{params.query_string(params.whole(held.query))}",
    )


def _quoted(held: Methods) -> str:
    """The query in quotation marks, unless it has some itself, by which it stands out."""
    text = held.query.text.strip()
    return text if any(mark in text for mark in '"“”') else f"“{text}”"


def _expanded(held: Methods) -> Iterator[str]:
    if held.searched:
        yield gettext("Yang searti ikut dicari: %(words)s.", words=_words(held.searched))
    if held.offered:
        yield gettext("Ditawarkan tetapi tidak dicari: %(words)s.", words=_words(held.offered))
    if not held.query.expand:
        yield gettext("Singkatan, kepanjangan, dan ejaan lain tidak ikut dicari.")
    if held.query.off:
        yield gettext("Tidak dicari atas pilihan peneliti: %(words)s.", words=", ".join(held.query.off))
    if held.query.on:
        yield gettext("Ikut dicari atas pilihan peneliti: %(words)s.", words=", ".join(held.query.on))


def _words(found: tuple[Expansion, ...]) -> str:
    return ", ".join(dict.fromkeys(f"{one.asked} → {one.also}" for one in found))


def _filters(query: Query) -> Iterator[str]:
    yield from _choices(query.chosen, "")
    yield from _choices(query.excluded, gettext("bukan "))
    if query.since:
        yield gettext("sejak %(day)s", day=labels.partial_day(query.since))
    if query.until:
        yield gettext("sampai %(day)s", day=labels.partial_day(query.until))


def _choices(choices: Choices, before: str) -> Iterator[str]:
    for name, values in choices.items():
        told = gettext(" atau ").join(labels.value(name, value) for value in values)
        yield f"{before}{labels.facet(name).lower()} {told}"


def _found(held: Methods) -> str:
    found = held.answer
    articles = ngettext("%(count)s artikel", "%(count)s artikel", found.articles)
    stories = ngettext("%(count)s berita berbeda", "%(count)s berita berbeda", found.stories)
    totals = {"articles": articles, "stories": stories}
    if held.query.copies is Copies.SHOW:
        return gettext("Ditemukan %(articles)s, dihitung satu per satu (%(stories)s).", **totals)
    told = gettext(
        "Ditemukan %(articles)s, yaitu %(stories)s setelah salinan digabungkan: yang identik, disunting, dipotong, "
        "atau diperluas.",
        **totals,
    )
    if held.query.copies is Copies.FOLD:
        return told
    return told + " " + gettext("Teks berpola sama dan rangkuman ikut dilipat.")


def _dated(held: Methods) -> Iterator[str]:
    if held.first and held.first == held.last:
        yield gettext("Semuanya bertanggal %(day)s.", day=labels.partial_day(held.first))
    elif held.first and held.last:
        first, last = labels.partial_day(held.first), labels.partial_day(held.last)
        yield gettext("Tanggalnya dari %(first)s sampai %(last)s.", first=first, last=last)
    if held.undated:
        yield ngettext("%(count)s artikel tidak bertanggal.", "%(count)s artikel tidak bertanggal.", held.undated)
    if held.inferred:
        yield ngettext(
            "Tanggal %(count)s artikel disimpulkan dari teks atau salinannya.",
            "Tanggal %(count)s artikel disimpulkan dari teks atau salinannya.",
            held.inferred,
        )
    if left_out := held.answer.undated_left_out:
        yield ngettext(
            "%(count)s artikel lain yang cocok tidak diikutkan karena tanggalnya tidak cukup diketahui.",
            "%(count)s artikel lain yang cocok tidak diikutkan karena tanggalnya tidak cukup diketahui.",
            left_out,
        )
