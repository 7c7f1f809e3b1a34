"""The names that files give to our fields, in English and Indonesian, most specific first.

They are those of scrapers (Scrapy, newspaper3k, news-please, trafilatura), of exports (WordPress, MongoDB, NewsAPI,
JSON Feed, schema.org, GDELT, Media Cloud) and of the collections of Indonesian news. Names are compared without case,
blanks and signs between words. A name that may hold the time of scraping or of a change is in no list:
neither is ever the day of publication.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

CACHED_NAMES = 4096  # spellings of names; a collection has some hundred

_SEPARATORS = re.compile(r"[\s_:;,/#*?-]+")


@lru_cache(maxsize=CACHED_NAMES)
def normalized(name: str) -> str:
    """A name as names are compared."""
    return _SEPARATORS.sub("", name.casefold())


# Names of texts that stand for an article only where no name above does.
SUMMARIES: Final = (
    "content_snippet description deskripsi meta_description summary ringkasan excerpt abstract abstrak lead lede "
    "teaser snippet cuplikan sinopsis"
)

# Our field → names used in files. Of several that have a value, the first counts.
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        field: tuple(names.split())
        for field, names in {
            "id": "id article_id id_artikel id_berita berita_id news_id doc_id post_id stories_id item_id uuid guid",
            "text": "text teks body content isi isi_berita isi_artikel isi_konten isi_teks isi_lengkap isi_text "
            "berita_isi konten konten_berita konten_artikel main_text main_content content_text text_content "
            "content_encoded content_plain plain_text clean_text cleaned_text body_text text_body article_body "
            "article_text article_content news_content news_text news_body news_article post_content story_text "
            "story_body full_text full_content content_full full_article teks_berita teks_artikel naskah narasi uraian "
            "tulisan paragraf paragraphs contents article artikel berita detail_berita isi_detail news story document "
            "dokumen body_html content_html article_html html raw_text " + SUMMARIES,
            "title": "title judul headline judul_berita judul_artikel berita_judul artikel_judul article_title "
            "news_title judul_utama post_title title_text judul_text page_title title_page title_rss og_title "
            "headlines news_headline heading tajuk",
            "date": "date tanggal published published_at date_published publish_date published_date publication_date "
            "date_publish published_time publish_time publication_time article_published_time time_published "
            "published_on publish_at publish_on date_publication date_pub pub_date first_published "
            "first_published_at display_date posted_at posted_on posted_date post_date date_posted post_date_gmt "
            "upload_date date_upload tanggal_terbit tanggal_publikasi tanggal_publish tanggal_tayang tanggal_posting "
            "tanggal_upload tanggal_berita tanggal_artikel tanggal_rilis tgl tgl_terbit tgl_publikasi tgl_publish "
            "tgl_tayang tgl_posting tgl_upload tgl_berita tgl_artikel waktu waktu_terbit waktu_publish waktu_publikasi "
            "waktu_tayang waktu_posting waktu_berita tanggal_waktu waktu_tanggal hari_tanggal article_date news_date "
            "date_article date_news release_date issued terbit diterbitkan dipublikasikan tayang publikasi "
            "date_time tanggal_jam date_string time timestamp created_at created created_on created_date created_time "
            "create_date create_time date_created creation_date dibuat dibuat_pada tanggal_dibuat tahun_terbit year "
            "tahun",
            "outlet": "outlet media outlet_name media_name nama_media nama_outlet news_outlet publisher publisher_name "
            "penerbit sumber_berita nama_sumber news_source source_name source_title sumber_media media_online "
            "nama_portal portal_berita news_portal portal nama_situs situs situs_berita site_name site og_site_name "
            "newspaper koran surat_kabar majalah publication publication_name news_site provider brand source sumber "
            "source_hostname hostname source_domain domain nama_domain host website situs_web web media_url source_url "
            "url_media",
            "bureau": "bureau biro",
            "agency": "agency kantor_berita news_agency",
            "reporter": "author authors author_name author_names authors_name nama_penulis penulis penulis_berita "
            "reporter reporters nama_reporter pewarta nama_pewarta wartawan nama_wartawan jurnalis nama_jurnalis "
            "journalist journalists byline by oleh ditulis_oleh written_by writer writers news_author "
            "article_author meta_author post_author creator dc_creator kontributor contributor contributors pengarang",
            "editor": "editor editors nama_editor penyunting redaktur edited_by disunting_oleh",
            "place": "place tempat lokasi location dateline tempat_berita lokasi_berita lokasi_kejadian",
            "section": "section kategori category rubrik kanal channel categories kategori_berita category_name "
            "nama_kategori news_category article_section section_name subkategori topic_category desk kategori_artikel",
            "url": "url link tautan uri permalink article_url news_url url_berita url_artikel link_berita link_artikel "
            "link_judul judul_link tautan_berita tautan_artikel alamat_url alamat_berita alamat_web article_link "
            "news_link post_link post_url page_url web_url source_link canonical canonical_url canonical_link og_url "
            "full_url original_url original_link url_asli link_url link_href judul_href title_href title_link "
            "title_url loc href document_identifier main_entity_of_page amp_url url_amp",
        }.items()
    }
)
FIELDS: Final = tuple(NAMES)
LISTED: Final = frozenset(normalized(name) for names in NAMES.values() for name in names)
SUMMARY_NAMES: Final = frozenset(map(normalized, SUMMARIES.split()))

# Names of times at which somebody else did something: fetched, stored or changed the article.
_NO_PUBLICATION = re.compile(
    r"scrap|crawl|fetch|download|unduh|retriev|modif|updat|ubah|perbarui|insert|index|import|export|collect|harvest|acces|"
    r"akses|extract|ekstrak|process|seen|saved|simpan|ambil|visited|kunjung|filedate|deleted|expire"
)


def is_time_of_handling(name: str) -> bool:
    """Whether a name is that of a time of scraping, storing or changing, which is no time of publication."""
    return _NO_PUBLICATION.search(normalized(name)) is not None
