"""Error messages for readers, in the language of the page; each says how to fix the problem."""

from collections.abc import Mapping
from typing import Final

from index.engine import BuildInProgress, DamagedIndex, EngineError, NoIndex, OutdatedIndex, UnusableLocation
from index.facets import FACETS
from index.query.errors import BadQuery, Problem
from index.storage.failures import TooMuchToRead, Unreachable
from web.i18n import N_, gettext, number
from web.parameter_errors import (
    BadParameter,
    LongAxis,
    MissingQuery,
    RepeatedParameter,
    ReversedDays,
    TooManyLines,
    UnknownParameter,
    Valid,
)
from web.params import NOT, SINCE, UNTIL

_QUERY_SENTENCES: Final = {
    Problem.TOO_LONG: N_("Pencarian ini lebih dari %(detail)s karakter; perpendek, atau cari dalam beberapa langkah."),
    Problem.TOO_MANY_WORDS: N_("Pencarian ini berisi lebih dari %(detail)s kata; kurangi beberapa."),
    Problem.TOO_DEEP: N_("Tanda kurung bersarang lebih dari %(detail)s tingkat; kurangi beberapa."),
    Problem.UNCLOSED_QUOTE: N_("Tanda kutip ini tidak ditutup; tambahkan penutupnya atau hapus."),
    Problem.UNCLOSED_PARENTHESIS: N_("Kurung ini tidak ditutup; tambahkan “)” atau hapus."),
    Problem.STRAY_PARENTHESIS: N_("Kurung ini tidak menutup apa pun; hapus, atau tambahkan “(” sebelumnya."),
    Problem.EMPTY_PARENTHESES: N_("Tidak ada apa pun di dalam kurung ini; isi dengan kata atau hapus."),
    Problem.EMPTY_PHRASE: N_("Tidak ada kata di antara tanda kutip ini; isi dengan kata atau hapus."),
    Problem.DANGLING_OPERATOR: N_(
        "“%(detail)s” tidak menghubungkan apa pun di sini; lengkapi sisinya yang kosong, "
        "atau beri tanda kutip untuk mencarinya sebagai kata.",
    ),
    Problem.MISSING_VALUE: N_("“%(detail)s” belum berisi; tulis kata atau frasa tepat sesudah titik dua."),
    Problem.UNKNOWN_FIELD: N_(
        "Tidak ada bidang “%(detail)s”; beri spasi sesudah titik dua, atau pakai salah satu dari: %(fields)s.",
    ),
    Problem.FIELD_IN_FIELD: N_("“%(detail)s” berada di dalam bidang lain; tutup kurungnya lebih dahulu."),
    Problem.BAD_DATE: N_(
        "“%(detail)s” bukan tanggal; tulis 2018, 2018-05, 2018-05-31, atau rentang seperti 2018..2019-06.",
    ),
    Problem.REVERSED_DATES: N_("Rentang “%(detail)s” berakhir sebelum mulai; tukar kedua ujungnya."),
    Problem.BAD_SIZE: N_("“%(detail)s” bukan angka; tulis 5, atau rentang seperti 5.., 2..4, atau ..3."),
    Problem.BAD_DISTANCE: N_('“%(detail)s” bukan jarak; tulis angka 1 sampai 100, misalnya "dua kata"~5.'),
    Problem.NEAR_NEEDS_WORDS: N_(
        "“%(detail)s” menghubungkan satu kata di tiap sisinya; tulis tanpa tanda kutip, bidang, atau kurung.",
    ),
    Problem.SHORT_WILDCARD: N_(
        "“%(detail)s” cocok dengan terlalu banyak kata; tulis sedikitnya tiga huruf di samping * atau ?.",
    ),
    Problem.WILDCARD_IN_PHRASE: N_("Frasa tidak menerima tanda * atau ?; keluarkan “%(detail)s” dari tanda kutip."),
    Problem.UNSUPPORTED: N_(
        '“%(detail)s” bukan bagian dari bahasa pencarian ini; pakai AND, OR, NOT, *, atau "dua kata"~5.',
    ),
    Problem.NOTHING_TO_SEARCH: N_("Tidak ada yang dapat dicari dalam “%(detail)s”; tulis sedikitnya satu kata."),
}


VALID_VALUES: Final[Mapping[str, str]] = {
    Valid.ONE_OF: "%(names)s",
    Valid.EXACTLY: "%(names)s",
    Valid.DAY: N_("YYYY, YYYY-MM, atau YYYY-MM-DD"),
    Valid.WHOLE_NUMBER: N_("bilangan bulat mulai dari %(least)s"),
    Valid.WHOLE_NUMBER_TO: N_("bilangan bulat dari %(least)s sampai %(most)s"),
    Valid.AT_MOST_TIMES: N_("diberikan paling banyak %(most)s kali"),
    Valid.AT_MOST_IDS: N_("paling banyak %(most)s"),
    Valid.SOME_IDS: N_("sedikitnya satu id; hapus argumen ini untuk mengunduh hasil pencarian"),
    Valid.NO_FILTER_OF_IDS: N_("hapus, sebab artikelnya sudah dipilih dengan id"),
    Valid.COPIES_OF_IDS: N_("fold, show, sebab artikelnya sudah dipilih dengan id"),
    Valid.CURSOR: N_("* atau “next” dari jawaban atas pencarian yang sama"),
    Valid.NO_PAGE_WITH_CURSOR: N_("hapus, sebab ada “cursor”"),
    Valid.LEFT_OUT_BESIDE: N_("hapus, sebab ada “%(names)s”"),
    Valid.NO_PAGE_OF_COUNTS: N_("hapus, sebab semuanya dihitung sekaligus"),
    Valid.AT_MOST_CHARACTERS: N_("paling banyak %(most)s karakter"),
    Valid.AT_MOST_QUERIES: N_("paling banyak %(most)s pencarian"),
    Valid.SOME_QUERIES: N_(
        "sedikitnya satu pencarian, sebagai text/plain atau text/csv, atau di bidang %(names)s formulir"
    ),
    Valid.TABLE_OF_QUERIES: N_("tabel, atau satu pencarian tiap baris"),
    Valid.UTF8: N_("teks atau CSV dalam UTF-8"),
    Valid.CODES: N_("paling banyak %(most)s nama pendek, bukan %(names)s"),
    Valid.ONLY_CODING: N_("hapus, sebab hanya lembar koding yang punya sampel acak dan kode"),
    Valid.SINGLE_SERIES: N_("hanya berlaku dengan satu “series”; hapus, atau hapus garis lainnya"),
    Valid.ARTICLE_OF_STORY: N_("id salah satu artikel dalam berita ini"),
    Valid.TEXTS_NAMED: N_("on, atau dihapus, sebab “fields” menyebut teks"),
    Valid.TEXTS_NEEDED: N_("on, sebab %(names)s terdiri atas teks"),
    Valid.ONLY_TABLES: N_("hapus, sebab hanya %(names)s yang kolomnya dapat dipilih"),
}


# Rules that no other value would meet: what they say is what to do.
UNUSABLE: Final = frozenset(
    {
        *(Valid.NO_FILTER_OF_IDS, Valid.NO_PAGE_WITH_CURSOR, Valid.LEFT_OUT_BESIDE, Valid.NO_PAGE_OF_COUNTS),
        *(Valid.ONLY_CODING, Valid.SINGLE_SERIES, Valid.ONLY_TABLES),
    }
)


_BUSY: Final = {
    429: (
        N_("Terlalu banyak permintaan"),
        N_("Alamat Anda mengirim terlalu banyak permintaan sekaligus. Cobalah lagi sebentar lagi."),
    ),
    503: (N_("Arsip sedang sibuk"), N_("Terlalu banyak unduhan sekaligus. Cobalah lagi sebentar lagi.")),
}


# The variable part of an address → the title and the message where it names nothing.
MISSING: Final = {
    "article_id": (
        N_("Artikel ini tidak ada"),
        N_(
            "Arsip ini tidak punya artikel “%(value)s”. Mungkin alamatnya salah ketik, atau artikelnya sudah "
            "dikeluarkan; carilah dengan kata dari judulnya."
        ),
    ),
    "story_id": (
        N_("Berita ini tidak ada"),
        N_(
            "Arsip ini tidak punya berita “%(value)s”. Mungkin alamatnya salah ketik, atau berita itu kini bernama "
            "lain; carilah dengan kata dari judulnya."
        ),
    ),
    "name": (N_("Saringan ini tidak ada"), N_("Tidak ada saringan “%(value)s”. Yang ada: %(names)s.")),
}


_NAMED: Final[Mapping[type[BadParameter], str]] = {  # sentences that say no more than which argument it is
    RepeatedParameter: N_("Argumen “%(name)s” hanya dapat diberikan satu kali; hapus yang lain."),
    MissingQuery: N_("Tulis kata atau frasa yang dicari; argumen “%(name)s” kosong."),
}


def bad_query(error: BadQuery) -> str:
    """Say what is wrong with a query text and how to fix it."""
    return gettext(_QUERY_SENTENCES[error.code], detail=error.detail, fields=error.fields)


def _unknown(error: UnknownParameter) -> str:
    if not error.names:
        return gettext("Argumen “%(name)s” tidak dikenal; hapus, sebab alamat ini tidak berargumen.", name=error.name)
    names = [name for name in error.names if len(error.names) == 1 or not name.startswith(NOT)]  # of each there is one
    return gettext(
        "Argumen “%(name)s” tidak dikenal; hapus, atau pakai: %(names)s.", name=error.name, names=", ".join(names)
    )


def bad_parameter(error: BadParameter) -> str:
    """Say which URL argument is invalid, and which values are valid."""
    match error:
        case UnknownParameter():
            return _unknown(error)
        case RepeatedParameter(name=name) | MissingQuery(name=name):
            return gettext(_NAMED[type(error)], name=name)
        case ReversedDays(value=since, until=until):
            return gettext(
                "Rentang dari %(since)s sampai %(until)s berakhir sebelum mulai; tukar “%(first)s” dan “%(last)s”.",
                since=since,
                until=until,
                first=SINCE,
                last=UNTIL,
            )
        case TooManyLines():
            return _too_many(error)
        case LongAxis(value=by, bins=bins, longer=longer):
            return gettext(
                "Sumbu waktu dengan “%(by)s” terdiri atas %(bins)s bagian, terlalu banyak. Persempit rentangnya dengan "
                "“%(first)s” dan “%(last)s”, atau pakai: %(longer)s.",
                by=by,
                bins=number(bins),
                first=SINCE,
                last=UNTIL,
                longer=", ".join(longer),
            )
        case _:
            return _wrong_value(error)


def _wrong_value(error: BadParameter) -> str:
    valid = gettext(VALID_VALUES[error.rule], **error.details)
    if error.rule in UNUSABLE:
        return gettext("Argumen “%(name)s” tidak dapat dipakai di sini: %(valid)s.", name=error.name, valid=valid)
    if not error.value:
        return gettext("Argumen “%(name)s” kosong. Yang dapat: %(valid)s.", name=error.name, valid=valid)
    return gettext(
        "Argumen “%(name)s” tidak dapat bernilai “%(value)s”. Yang dapat: %(valid)s.",
        name=error.name,
        value=error.value,
        valid=valid,
    )


def _too_many(error: TooManyLines) -> str:
    if error.sampling:
        return gettext(
            "Ada sekitar %(lines)s kemunculan, terlalu banyak sekaligus; persempit pencariannya, atau ambil contoh "
            "acak dengan “%(name)s”.",
            lines=number(error.lines),
            name=error.name,
        )
    return gettext(
        "Ada sekitar %(lines)s kemunculan, terlalu banyak sekaligus; persempit pencariannya.",
        lines=number(error.lines),
    )


def engine_error(error: EngineError) -> tuple[str, str]:
    """Return the title and the message for an index that cannot answer."""
    later = gettext("Cobalah lagi sebentar lagi.")
    match error:
        case OutdatedIndex():
            told = (
                gettext("Indeks dibuat oleh versi lain"),
                gettext("Arsipnya utuh. Pengelola arsip memperbaruinya dengan perintah:"),
            )
        case NoIndex():
            told = (
                gettext("Belum ada indeks yang dapat dipakai"),
                gettext("Pengelola arsip membuatnya dengan perintah:"),
            )
        case DamagedIndex():
            told = gettext("Indeks rusak"), gettext("Pengelola arsip memulihkannya dengan perintah:")
        case BuildInProgress():
            told = gettext("Indeks sedang dibangun"), later
        case UnusableLocation():
            words = gettext("Pengelola arsip perlu memeriksa folder indeks dan izinnya.")
            told = gettext("Folder indeks tidak dapat dipakai"), words
        case Unreachable():
            words = gettext("Arsipnya utuh; server indeks tidak menjawab. Cobalah lagi sebentar lagi.")
            told = gettext("Indeks tidak dapat dicapai"), words
        case TooMuchToRead():
            told = (
                gettext("Terlalu banyak yang harus dibaca"),
                gettext(
                    "Jawaban ini memerlukan isi %(articles)s artikel, dan paling banyak %(most)s dapat dibaca "
                    "sekaligus; persempit pencariannya.",
                    articles=number(error.articles),
                    most=number(error.most),
                ),
            )
        case _:
            told = gettext("Indeks tidak dapat menjawab"), later
    return told


def http_error(status: int) -> tuple[str, str]:
    """Return the title and the message for an HTTP error status."""
    if status == 404:
        return gettext("Halaman ini tidak ada"), gettext("Periksa alamatnya, atau mulai dari halaman depan.")
    if status == 405:
        return gettext("Alamat ini hanya dapat dibaca"), gettext("Permintaan dengan cara lain tidak diterima.")
    if status in _BUSY:
        title, words = _BUSY[status]
        return gettext(title), gettext(words)
    if status < 500:
        return gettext("Permintaan ini tidak dapat dibaca"), gettext("Periksa alamatnya, lalu cobalah lagi.")
    return gettext("Terjadi kesalahan di pihak kami"), gettext("Kesalahannya tercatat. Cobalah lagi sebentar lagi.")


def too_large(status: int, most: int) -> tuple[str, str]:
    """Return the title and the message for a request that sends more KB than it may, in its body or its headers."""
    if status == 413:
        words = gettext(
            "Paling banyak %(most)s KB dapat dikirim sekaligus. Kirim sebagian dahulu, misalnya separuh daftar "
            "pencarian atau separuh kliping.",
            most=number(most),
        )
        return gettext("Kiriman ini terlalu besar"), words
    words = gettext(
        "Alamat dan cookie bersama paling banyak %(most)s KB. Kurangi saringan atau kata pencariannya; bila alamatnya "
        "pendek, hapus cookie situs ini.",
        most=number(most),
    )
    return gettext("Alamat ini terlalu panjang"), words


def missing(name: str, value: str) -> tuple[str, str]:
    """Return the title and the message for an address that names what is not there by one of the names of `MISSING`."""
    title, words = MISSING[name]
    return gettext(title), gettext(words, value=value, names=", ".join(FACETS))
