"""Pages as the largest outlets laid them out between 2015 and 2024, with all that stands around their articles.

Texts and names are made up; classes and ids are those of the outlets.
"""

from typing import Final

TITLE: Final = "Warga Lereng Sundoro Panen Kentang Lebih Awal"
BODY: Final = (
    "Petani di lereng Gunung Sundoro memanen kentang tiga pekan lebih awal karena hujan es diperkirakan turun lagi.",
    "“Daripada busuk di ladang, kami cabut sekarang walaupun umbinya kecil,” kata Suryati, petani berusia 47 tahun.",
    "Dinas pertanian setempat mencatat 214 hektare ladang terdampak dan menjanjikan bibit pengganti bagi pemiliknya.",
    "Di pasar induk, harga kentang turun menjadi Rp 9.500 per kilogram, terendah sejak awal tahun lalu.",
)
OTHERS: Final = (
    "Ini Jadwal Pemadaman Listrik di Kota Bandung Besok",
    "Ribuan Pelari Ikuti Maraton Malam di Surabaya",
    "Penjelasan Pakar soal Suhu Dingin di Dataran Tinggi Dieng",
    "Daftar Harga Sembako di Pasar Tradisional Pekan Ini",
)

LINKS: Final = "".join(f'<li><a href="/b/{n}"><h3>{one}</h3></a></li>' for n, one in enumerate(OTHERS))
TEASERS: Final = "".join(
    f'<article class="list"><a href="/c/{n}"><h4>{one}</h4></a><p>Selengkapnya soal kabar ini dapat dibaca di halaman '
    "berikut, lengkap dengan keterangan para narasumbernya.</p></article>"
    for n, one in enumerate(OTHERS)
)
SHARE: Final = """<div class="share-box sosmed"><span>Bagikan</span> <a href="#">Facebook</a> <a href="#">Twitter</a>
<a href="#">WhatsApp</a> <button>Salin Tautan</button></div>"""
COMMENTS: Final = """<div id="komentar" class="comment-list"><h4>Komentar (2)</h4><p>Mantap beritanya min,
semoga para petani
di sana cepat mendapat bantuan dari pemerintah.</p><p>Kok harga di kota malah naik terus ya, tidak pernah
    turun.</p></div>"""


def _head(title: str, site: str, *more: str) -> str:
    return (
        f'<head><meta charset="utf-8"><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="{site}">{"".join(more)}</head>'
    )


def _inline(number: int) -> str:
    return f'<a href="/b/{number}">{OTHERS[number]}</a>'


PAGES: Final = {
    "detik, 2021": _head(
        TITLE,
        "detiknews",
        '<meta name="dtk:author" content="Wulan Pratiwi"><meta name="dtk:publishdate" content="2021/01/14 10:20:31">',
        '<meta name="dtk:editor" content="Bagus Santika">',
        '<link rel="canonical" href="https://news.detik.com/b/d-1/panen">',
    )
    + f"""<body><header><nav><a href="/">detikNews</a></nav></header><article class="detail">
    <div class="detail__header">
    <h1 class="detail__title">{TITLE}</h1><div class="detail__author">Wulan Pratiwi - <span>detikNews</span></div>
    <div class="detail__date">Kamis, 14 Jan 2021 10:20 WIB</div>{SHARE}</div><div class="detail__media"><figure>
    <img src="a.jpg"><figcaption class="detail__media-caption">Foto: Ladang kentang (Dok.
    Warga)</figcaption></figure></div>
    <div class="detail__body itp_bodycontent_wrapper"><div class="detail__body-text itp_bodycontent">
    <strong>Wonosobo</strong> - <p>{BODY[0]}</p><p>{BODY[1]}</p>
    <table class="linksisip"><tr><td><div class="lihatjg"><strong>Baca juga:
    </strong>{_inline(0)}</div></td></tr></table>
    <div class="parallaxindetail scrollpage"><div class="para_caption">ADVERTISEMENT</div><p>SCROLL TO CONTINUE WITH
    CONTENT</p>
    </div><p>{BODY[2]}</p><p>{BODY[3]}</p><div class="sisip_video_ds"><p>Saksikan juga video: {OTHERS[1]}</p></div>
    <p>[Gambas:Video 20detik]</p><strong>(wlp/bgs)</strong></div></div><div class="detail__body-tag mgt-16">
    <div class="nav"><a>kentang</a><a>panen</a></div></div></article>
    <div class="box cb-mostpop"><h2>Terpopuler</h2><ul>{LINKS}</ul></div>{TEASERS}{COMMENTS}</body>""",
    "Kompas, 2015": _head(f"{TITLE} - Kompas.com", "KOMPAS.com", '<meta name="author" content="Kompas Cyber Media">')
    + f"""<body><div class="kcm-main"><div class="kcm-read"><h2>{TITLE}</h2><div class="kcm-date msmall
    grey">Kamis, 14 Januari
    2021 | 10:20 WIB</div><div class="kcm-read-media"><span class="kcm-photo-caption caption">KOMPAS.com/WULAN Ladang
    kentang.</span></div><div class="kcm-read-text"><p><strong>WONOSOBO, KOMPAS.com</strong> —
    {BODY[0]}</p><p>{BODY[1]}</p>
    <p>{BODY[2]}</p><p>{BODY[3]}</p></div><table class="kcm-read-share grey"><tr><td>Penulis</td><td>: Wulan
    Pratiwi</td>
    </tr><tr><td>Editor</td><td>: Bagus Santika</td></tr></table>{SHARE}</div><div class="kcm-related"><h3>Berita
    Terkait</h3>
    <ul>{LINKS}</ul></div></div>{COMMENTS}<footer>Copyright 2008 - 2015 PT Kompas Cyber Media</footer></body>""",
    "Tempo, 2017": _head(
        f"{TITLE} - Nasional Tempo.co", "Tempo", '<meta name="date" content="2021-01-14T10:20:00+07:00">'
    )
    + f"""<body><ol class="breadcrumb"><li>Nasional</li><li>Daerah</li></ol><section id="article"><article>
    <h1 itemprop="headline">{TITLE}</h1><h4>Reporter:</h4><a class="penulis">Wulan Pratiwi</a><h4>Editor:</h4><a>Bagus
    Santika</a>
    <span id="date">Kamis, 14 Januari 2021 10:20 WIB</span>{SHARE}<div class="img-artikel"><p class="caption">Ladang
    kentang.
    TEMPO/Wulan Pratiwi</p></div><div id="isi" itemprop="articleBody"><p><strong>TEMPO.CO</strong>,
    <strong>Wonosobo</strong> -
    {BODY[0]}</p><p>Baca: {_inline(2)}</p><p>{BODY[1]}</p><div class="terkait-tengah"><h4>Berita
    terkait</h4><ul>{LINKS}</ul>
    </div><p>{BODY[2]}</p><p>{BODY[3]}</p><p><strong>WULAN PRATIWI</strong></p></div></article></section>
    <aside><h3>Terpopuler</h3><ul>{LINKS}</ul></aside>{COMMENTS}</body>""",
    "Tempo, 2022": _head(
        f"{TITLE} - Nasional Tempo.co",
        "Tempo",
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
        + TITLE
        + '","datePublished":"2021-01-14T10:20:00+07:00","author":{"@type":"Person","name":"Wulan Pratiwi"},'
        '"publisher":{"@type":"Organization","name":"Tempo.co"}}</script>',
    )
    + f"""<body><div class="detail-title"><h1 class="title margin-bottom-sm">{TITLE}</h1><p class="title
    bold">Reporter</p>
    <p class="title">Wulan Pratiwi</p><p class="date margin-bottom-sm">Kamis, 14 Januari 2021 10:20 WIB</p></div>
    <div class="detail-konten"><div class="detail-in"><p><strong>TEMPO.CO</strong>, <strong>Wonosobo</strong> -
    {BODY[0]}</p>
    <div class="inner-content-ads">Iklan</div><p>{BODY[1]}</p><p>{BODY[2]}</p><p>{BODY[3]}</p>
    <p><strong>WULAN PRATIWI</strong></p><p><strong>Baca juga: {_inline(1)}</strong></p><p><em>Selalu update info
    terkini. Simak breaking news dan berita pilihan dari Tempo.co di kanal Telegram “Tempo.co Update”. Klik
    <a href="https://t.me/tempo">https://t.me/tempo</a> untuk bergabung.</em></p></div></div>
    <div class="artikel-terkait"><h3>Rekomendasi</h3>{TEASERS}</div></body>""",
    "Sindonews, 2016": _head(
        f"{TITLE}", "SINDOnews.com", '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">'
    )
    + f"""<body><div class="breadcrumb"><a>Home</a></div><div class="article"><h1>{TITLE}</h1>
    <p class="author">Wulan Pratiwi</p>
    <time>Kamis, 14 Januari 2021 - 10:20 WIB</time><div class="caption">Ladang kentang. Foto/SINDOnews</div>
    <div id="content" itemprop="articleBody"><strong>WONOSOBO</strong> - {BODY[0]}<br><br>{BODY[1]}<br><br>
    <div class="baca-inline"><span>Baca Juga:</span><ul>{LINKS}</ul></div>{BODY[2]}<br><br>{BODY[3]}<br><br>(wlp)</div>
    <div class="tag-list"><a>kentang</a> <a>petani</a></div></div><div class="latest-news">{TEASERS}</div></body>""",
    "Sindonews, 2022": _head(
        f"{TITLE}",
        "SINDOnews Daerah",
        '<meta property="og:url" content="https://daerah.sindonews.com/read/1/707/panen-1">',
    )
    + f"""<body><div class="detail-title"><h1>{TITLE}</h1></div><div class="detail-nama-redaksi
    reporter"><a>Wulan Pratiwi</a></div>
    <div class="detail-date-artikel">Kamis, 14 Januari 2021 - 10:20 WIB</div>{SHARE}<div id="detail-desc"
    class="detail-desc">
    <b>WONOSOBO</b> - {BODY[0]}<br><br>{BODY[1]}<div class="box-ads">Advertisement</div><br><br><b>Baca juga:
    {_inline(3)}</b>
    <br><br>{BODY[2]}<br><br>{BODY[3]}<br><br>(wlp)</div><div class="paging"><a href="?showpage=all">Halaman :
    1</a><a>2</a>
    <a>Show All</a></div><div class="tag-artikel">Tag: <a>kentang</a></div>{TEASERS}{COMMENTS}</body>""",
    "CNN Indonesia, 2018": _head(TITLE, "CNN Indonesia", '<meta name="dtk:publishdate" content="2021/01/14 10:20:00">')
    + f"""<body><div class="content_detail"><h1 class="title">{TITLE}</h1>
    <div class="date">Wulan Pratiwi, CNN Indonesia |
    Kamis, 14/01/2021 10:20 WIB</div><div class="media_artikel"><span>Ladang kentang. (CNN Indonesia/Wulan
    Pratiwi)</span></div>
    {SHARE}<div class="detail_text" id="detikdetailtext"><b>Jakarta, CNN Indonesia</b> --
    {BODY[0]}<br><br>{BODY[1]}<br><br>
    <table class="linksisip" align="center"><tr><td><div class="lihatjg">Lihat juga:
    {_inline(2)}</div></td></tr></table>
    {BODY[2]}<br><br>{BODY[3]} <b>(wlp/bgs)</b></div></div><div
    class="l_content terpopuler"><ul>{LINKS}</ul></div></body>""",
    "CNN Indonesia, 2023": _head(
        f"{TITLE}",
        "nasional",
        '<meta property="og:url" content="https://www.cnnindonesia.com/nasional/20210114102000-20-1/p">'
        '<meta name="author" content="CNN Indonesia"><meta name="publishdate" content="2021/01/14 10:20:00">',
    )
    + f"""<body><h1 class="mb-2 text-[28px]">{TITLE}</h1><div class="text-cnn_grey text-sm
    mb-4">Kamis, 14 Jan 2021 10:20 WIB</div>
    <div class="detail-wrap flex gap-4"><div class="detail-text text-cnn_black text-sm grow min-w-0"><strong>Jakarta,
    CNN Indonesia</strong> -- <p>{BODY[0]}</p><p>{BODY[1]}</p><div class="paradetail"><p
    class="para_caption">ADVERTISEMENT
    </p><p>SCROLL TO CONTINUE WITH CONTENT</p></div><p>{BODY[2]}</p><p>{BODY[3]}</p><p>[Gambas:Video CNN]</p>
    <strong>(wlp/bgs)</strong></div></div><div class="nhl-list">{TEASERS}</div></body>""",
    "ANTARA, 2016": _head(
        f"{TITLE} - ANTARA News", "Antara News", '<meta name="datePublished" content="2021-01-14T10:20:00+07:00">'
    )
    + f"""<body><div id="judul_news"><h1>{TITLE}</h1></div><div class="date
    mt10">Kamis, 14 Januari 2021 10:20 WIB | 1.204 Views
    </div><div class="foto_text caption">Petani memanen kentang. (ANTARA FOTO/Wulan Pratiwi)</div><div id="content_news"
    itemprop="articleBody">Wonosobo (ANTARA News) - {BODY[0]}<br><br>{BODY[1]}<br><br>{BODY[2]}<br><br>{BODY[3]}
    <p class="mt10">Pewarta: Wulan Pratiwi<br>Editor: Bagus Santika<br>COPYRIGHT © ANTARA 2021</p></div>
    <div class="berita-terkait"><h4>Berita Terkait</h4><ul>{LINKS}</ul></div>{COMMENTS}</body>""",
    "ANTARA, 2022": _head(
        f"{TITLE} - ANTARA News",
        "Antara News",
        '<meta property="article:published_time" content="Thu, 14 Jan 2021 10:20:00 +0700">',
    )
    + f"""<body><article class="post-wrapper
    clearfix"><h1 class="post-title">{TITLE}</h1><p class="simple-share">Kamis, 14 Januari
    2021 10:20 WIB</p><figure class="image-overlay"><p class="wp-caption-text">Petani memanen kentang di lereng
    gunung.</p></figure>
    <div class="post-content clearfix">Wonosobo (ANTARA) - {BODY[0]}<br><br>{BODY[1]}<br><br>
    <span class="baca-juga"><b>Baca juga: {_inline(0)}</b></span><br><br>{BODY[2]}<br><br>{BODY[3]}<br><br>
    <span class="baca-juga"><b>Baca juga: {_inline(1)}</b></span><p class="text-muted small mt10">Pewarta: Wulan
    Pratiwi<br>
    Editor: Bagus Santika<br>COPYRIGHT &copy; ANTARA 2021</p></div></article><aside
    class="sidebar">{TEASERS}</aside></body>""",
    "ANTARA, 2024": _head(
        f"{TITLE} - ANTARA News",
        "Antara News",
        '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">',
    )
    + f"""<body><div class="wrap__article-detail"><div class="wrap__article-detail-title"><h1>{TITLE}</h1></div>
    <div class="wrap__article-detail-info"><span class="text-secondary"><i></i> Kamis, 14 Januari 2021 10:20 WIB</span>
    <span>waktu baca 2 menit</span></div><div class="wrap__article-detail-image"><figcaption>Petani.</figcaption></div>
    <div class="wrap__article-detail-content post-content"><span class="quote_old">Daripada busuk di ladang</span>
    <p>Wonosobo (ANTARA) - {BODY[0]}</p><p>{BODY[1]}</p><p><span class="baca-juga"><b>Baca juga:
    {_inline(2)}</b></span></p>
    <p>{BODY[2]}</p><p>{BODY[3]}</p><p class="text-muted mt-2 small">Pewarta: Wulan Pratiwi<br>Editor: Bagus
    Santika<br>Copyright ©
    ANTARA 2021</p><p class="text-muted small">Dilarang keras mengambil konten, melakukan crawling atau pengindeksan
    otomatis
    untuk AI di situs web ini tanpa izin tertulis dari Kantor Berita ANTARA.</p></div></div>{TEASERS}</body>""",
    "Republika, 2015": _head(f"{TITLE} | Republika Online", "Republika Online")
    + f"""<body><div class="wrap-head"><h1>{TITLE}</h1><div class="tgl">Kamis , 14 Jan 2021, 10:20 WIB</div></div>
    <div class="red">Red: Bagus Santika</div><div class="img-detailberita"><span class="caption-foto">Ladang
    kentang</span></div>
    <div class="content-detail"><p>REPUBLIKA.CO.ID, WONOSOBO -- {BODY[0]}</p><p>{BODY[1]}</p><div class="baca-juga">
    <div class="txt_baca">Baca Juga</div><ul>{LINKS}</ul></div><p>{BODY[2]}</p><p>{BODY[3]}</p></div>{SHARE}
    <div class="terpopuler"><h3>Terpopuler</h3><ul>{LINKS}</ul></div>{COMMENTS}</body>""",
    "Republika, 2020": _head(
        f"{TITLE} | Republika Online",
        "Republika Online",
        '<meta name="author" content="Bagus Santika">'
        '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">',
    )
    + f"""<body><div class="wrap_detail"><div class="wrap_detail_set"><h1>{TITLE}</h1>
    <div class="date_detail"><p>Kamis 14 Jan 2021
    10:20 WIB</p></div></div><div class="by"><p>Rep: Wulan Pratiwi/ Red: Bagus Santika</p></div><div
    class="artikel"><div>
    <p><b>REPUBLIKA.CO.ID, WONOSOBO</b> -- {BODY[0]}</p><p>{BODY[1]}</p><div class="baca-juga"><strong>Baca
    Juga</strong><ul>{LINKS}
    </ul></div><p>{BODY[2]}</p><p>{BODY[3]}</p></div></div></div><div class="terkait">{TEASERS}</div></body>""",
    "Republika, 2024": _head(
        f"{TITLE} | Republika Online",
        "Republika Online",
        '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">',
    )
    + f"""<body><div class="max-card__title"><h1>{TITLE}</h1></div><div class="date
    date-item__headline">Kamis 14 Jan 2021 10:20 WIB
    </div><div class="max-card__writer"><p>Rep: Wulan Pratiwi</p><p>Red: Bagus Santika</p></div><div
    class="article-content">
    <article><p>REPUBLIKA.CO.ID, WONOSOBO -- {BODY[0]}</p><p>{BODY[1]}</p><div
    class="ads">ADVERTISEMENT</div><p>{BODY[2]}</p>
    <p>{BODY[3]}</p><p>Baca juga: {_inline(3)}</p></article></div><div class="pagination"><a>1</a> <a>2</a>
    <a>Berikutnya</a>
    </div>{TEASERS}</body>""",
    "Okezone, 2019": _head(
        f"{TITLE} : Okezone News",
        "Okezone",
        '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">',
    )
    + f"""<body><div class="title"><h1>{TITLE}</h1></div><div class="reporter">
    <div class="namerep"><a>Wulan Pratiwi, Okezone</a> ·
    <b>Kamis 14 Januari 2021 10:20 WIB</b></div></div><div id="contentx"
    itemprop="articleBody"><p><strong>WONOSOBO</strong> -
    {BODY[0]}</p><p>{BODY[1]}</p><p><a href="/b/2"><strong>Baca juga:
    {OTHERS[2]}</strong></a></p><p>{BODY[2]}</p><p>{BODY[3]}</p>
    <p>(wlp)</p></div><div class="detail-tag"><a>#kentang</a></div><div
    class="berita-terkait"><ul>{LINKS}</ul></div>{TEASERS}</body>""",
    "Tribunnews, 2023": _head(
        f"{TITLE} - Tribunjateng.com",
        "Tribunjateng.com",
        '<meta property="og:url" content="https://jateng.tribunnews.com/2021/01/14/panen-kentang">'
        '<meta property="article:published_time" content="2021-01-14T10:20:00+07:00">',
    )
    + f"""<body><div class="breadcrumb"><span>Home</span></div><h1 class="f50
    black2" id="arttitle">{TITLE}</h1><div class="mt10">
    <time class="grey">Tayang: <span>Kamis, 14 Januari 2021 10:20 WIB</span></time><div id="penulis">Penulis: <a>Wulan
    Pratiwi</a>
    | Editor: <a>Bagus Santika</a></div></div><div class="pfoto arial f12"><span>zoom-in</span>Ladang kentang.
    (Istimewa)</div>
    <div class="side-article txt-article multi-fontsize"><p><strong>TRIBUNJATENG.COM, WONOSOBO</strong> - {BODY[0]}</p>
    <p>{BODY[1]}</p><p class="baca"><strong>Baca juga: {_inline(0)}</strong></p><div
    id="div-Inside-MediumRectangle">Iklan untuk
    Anda</div><p>{BODY[2]}</p><p>{BODY[3]}</p><p>(*)</p></div><div class="paging"><a>Halaman
    1/2</a><a>Selanjutnya</a></div>
    <div class="ovh mb20 tagcloud3">Tags <a>kentang</a></div><div class="populer">{TEASERS}</div>{COMMENTS}</body>""",
}
