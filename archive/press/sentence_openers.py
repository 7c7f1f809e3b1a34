"""Words by which a sentence is told from the title of a link before it, where the line break between them was lost.

An opener begins a sentence and is hardly ever a name, nor the last of several words with a capital: in news,
three times in a hundred at most. So where words in lower case follow, the sentence begins with it or with an opener
before it.
"""

from typing import Final

_OPENERS: Final = """
    Ada Adanya Adapun Agar Ajang Akan Akankah Akibat Aktor Aku Alhasil Alokasi Analis Anda Andai Apa Apabila Apalagi
    Aspek Atas Bagaimana Bagaimanapun Bagi Bahkan Baik Bakal Balapan Baterai Bayangkan Beberapa Begitu Belakangan
    Belanja Belasan Belum Bentrokan Beragam Berarti Berbagai Berbekal Berbicara Berdasar Berdasarkan Beredar Berikan
    Berikut Betapa Betul Biar Bicara Bila Bisa Bocah Bukan Cowok Cukup Dalam Dari Daripada Delapan Demikian Dengan
    Deretan Di Dia Dibanding Dibandingkan Diharapkan Dijelaskan Dikatakan Diketahui Dikutip Dilansir Dimana
    Diperkirakan Diperlukan Disamping Disebut Disebutkan Diskusi Ditambah Ditargetkan Ditemukan Dosis Enggak Entah
    Episode Estimasi Gelandang Gencatan Gim Gugatan Guna Hadiah Hal Hanya Harap Harus Hasil Hingga Ia Ilmuwan Ini
    Inovasi Interaksi Isinya Itu Itulah Jadi Jadilah Jalur Jasad Jelang Jika Juga Justru Kadang Kalangan Kalau
    Kalaupun Kami Kamu Kapan Karena Kayak Ke Keberhasilan Kebetulan Kegiatan Kehadiran Keindahan Kekalahan Kelebihan
    Kelima Kemacetan Kemarin Kemudian Kenaikan Kenapa Kepada Kepentingan Kerusakan Kesuksesan Ketersediaan Ketika
    Kewajiban Kini Kita Komedian Komentar Komponen Komposisi Komunitas Konflik Konon Konteks Kontribusi Laga
    Lagipula Lakukan Lalu Lantaran Lebih Longsor Lonjakan Maka Maklum Malah Mana Masih Masukkan Mayat Melainkan
    Melalui Melanjutkan Melansir Memanfaatkan Memang Mengapa Mengingat Mengusung Mengutip Meningkatkan Menjaga
    Menurut Menyatakan Menyoal Mereka Merujuk Meski Meskipun Misal Momen Momentum Mungkin Musisi Namun Nanti Nominal
    Nuansa Oleh Pada Padahal Paket Pantauan Para Pasangan Pastikan Pebalap Pelemahan Peluncuran Pemain Pembagian
    Pembatalan Pembatasan Pembayaran Pembebasan Pembeli Pembuat Pemenang Pemeran Pemilik Penambahan Penampilan
    Penasaran Pencapaian Pencarian Penelusuran Pengesahan Pengguna Penghentian Pengunggah Pengunjung Penumpang
    Penutupan Penyaluran Penyanyi Penyelidikan Penyerahan Penyerang Peraih Peran Perangkat Perbedaan Performa
    Pergerakan Perihal Perkara Permainan Pernikahan Persaingan Pertimbangan Petugas Pilihlah Polemik Ponsel Posisi
    Potensi Potongan Praktik Prestasi Prosesi Putusan Rancangan Rasio Rekor Revisi Rute Saat Saking Saling Sambil
    Sampai Saya Sebab Sebagai Sebagaimana Sebagian Sebanyak Sebelumnya Sebuah Sedangkan Sederet Sedikit Sehari
    Sehingga Seiring Sejak Sejumlah Sekaligus Sekalipun Sekarang Sekelompok Sekitar Selain Selama Selepas Selisih
    Seluruh Semasa Sembari Semenjak Sementara Semoga Semua Semula Senada Sentimen Seorang Seperti Seri Seringkali
    Serta Sesekali Seseorang Sesuai Setahun Setelah Setiap Siapa Situs Sontak Struktur Sudah Sungguh Supaya
    Sutradara Syarat Tahap Tak Tapi Tayangan Telah Tendangan Tentang Tentu Terakhir Tercatat Terdapat Terdiri
    Terhadap Terhitung Terkadang Terkait Terlalu Terlebih Terlepas Terlihat Termasuk Ternyata Terpantau Terutama
    Tetapi Tiap Tidak Tingkat Transaksi Tuntutan Ucapan Umpan Undangan Unggahan Untuk Usai Varian Versi Walaupun
    Walhasil Yaitu Yakni
"""

# Openers before which a sentence does not begin, but which may stand before another opener: `Jika Anda ingin`.
_CONJUNCTIONS: Final = """
    Agar Akibat Apabila Bagi Bahkan Beberapa Berbagai Bila Bukan Dalam Dan Dari Dengan Di Hanya Jadi Jika Kalau
    Karena Ke Kemudian Ketika Kini Lalu Maka Masing Menurut Meski Meskipun Namun Oleh Pada Padahal Para Saat Salah
    Sebab Sebagai Sebagian Sebanyak Sebelum Sedangkan Sehingga Sejak Sejumlah Selain Selama Sementara Semua Seperti
    Setelah Setiap Tak Tapi Tetapi Tidak Untuk Usai Walau Walaupun
"""

# Words before a name or another word with a capital that begin the same subject: `Menteri Agama`, `Warga Jakarta`.
_RANKS: Final = """
    Adik Ahli Aiptu Akademi Aktor Aktris Akun Almarhum Anak Anggota Aparat Aplikasi Apotek Artis Asosiasi Atlet Ayah
    Ayahanda Badan Bagian Balai Band Bandara Bank Bapak Bek Bendahara Bibi Bidang Bintang Biro Bos Brigjen Bripka Bu
    Bukit Bunda Bupati CEO CV Calon Camat Candi Capres Cawapres Danau Dandim Danrem Dekan Deputi Desa Dewan Dinas
    Direktorat Direktur Dirjen Dirreskrimum Dirut Divisi Dokter Dosen Dr Drs Duo Duta Eks Federasi Film Forum Fraksi
    Ganda Gedung Gelandang Gereja Group Grup Gubernur Gunung Guru Hajah Haji Hakim Hotel Humas Ibu Ibunda Ikatan
    Imam Institut Ipda Iptu Ir Irjen Istri Jaksa Jalan Jamaah Jaringan Jemaah Jenderal Jubir Juru KH Kabag Kabid
    Kabupaten Kades Kadis Kadiv Kajari Kajati Kakak Kakek Kampus Kanit Kantor Kapolda Kapolres Kapolresta Kapolri
    Kapolsek Kapten Kasat Kasi Kasubag Kasubdit Kebun Kecamatan Kedutaan Kejaksaan Kekasih Kelompok Keluarga
    Kelurahan Kementerian Kepala Keponakan Kepsek Kerabat Kerajaan Ketua Ketum Keuskupan Kiai Kiper Klinik Klub
    Koalisi Kolonel Kombes Komedian Komisaris Komisi Komite Komjen Kompol Konsulat Konten Korban Kota Kuasa Kubu
    Laksamana Lapas Legenda Lembaga Letjen Letkol Letnan Liga Lurah Mahasiswa Mahkamah Majelis Mal Manager Manajer
    Mantan Marsekal Masjid Maskapai Massa Mayjen Mayor Menantu Mendiang Menko Menteri Menurut Merek Mertua Mobil
    Museum Nabi Negara Nenek Nyonya Operator Organisasi Otoritas PT Pabrikan Pacar Pak Pakar Paman Pangdam Pangeran
    Panglima Pantai Paroki Partai Pasangan Pasar Pasukan Paus Pebalap Pebulutangkis Pelabuhan Pelaku Pelatih
    Pemerintah Pemilik Pemkab Pemkot Pemprov Pendiri Pengacara Pengadilan Pengamat Penjabat Penyanyi Penyerang
    Penyidik Perhimpunan Perpustakaan Persatuan Perum Perusahaan Pesepakbola Petenis Petugas Pihak Platform Plh Plt
    Polda Polisi Politikus Politisi Polres Polresta Polri Polsek Pondok Prajurit Presiden Produsen Prof Profesor
    Provinsi Pulau Pusat
    Putra Putri Raja Raksasa Ratu Rekan Rektor Republik Rumah Rutan Sahabat Saksi Sang Santri Satgas Satuan Sekda
    Sekjen Sekolah Sekretariat Sekretaris Serial Serikat Sersan Siswa Stadion Staf Stasiun Striker Suami Sultan
    Sungai Sutradara Taman Teman Tentara Terdakwa Terminal Tersangka Tim Timnas Toko Tol Tuan Tunggal Uni
    Universitas Ustad Ustaz Wabup Wagub Wakapolda Wakapolres Wakapolri Waketum Wakil Wali Walikota Wamen Wapres
    Warga Wasit Yayasan
"""

# Function words, which Indonesian newspapers leave in lower case within a title or a name.
_LOWERCASE: Final = """
    a agar akan akibat al ala and antar antara atas atau bagai bagi bak belum bila bin binti bisa buat bukan da
    dalam dan dari de demi dengan der di dkk dos el for gegara guna hingga in ini itu jadi jika juga kala karena ke
    kepada ketika lagi lalu lewat melalui meski of oleh pada para pasca per pun saat sambil sampai sang sebagai
    sebelum secara sejak selama seperti serta setelah seusai si soal sudah supaya tak tanpa tapi tentang terhadap
    terkait tetapi the tidak to untuk usai van via vs yang
"""

# Openers before the name that a sentence begins with: `Menurut Nirwan, total …`.
_PREPOSITIONS: Final = """
    Bagi Berbeda Bersama Berdasarkan Dalam Dari Dengan Karena Menurut Oleh Pada Selain Seperti Sejak Setelah Untuk Usai
"""

OPENERS: Final = frozenset(_OPENERS.split())
PREPOSITIONS: Final = frozenset(_PREPOSITIONS.split())
CONJUNCTIONS: Final = frozenset(_CONJUNCTIONS.split())
RANKS: Final = frozenset(_RANKS.split())
LOWERCASE_IN_TITLES: Final = frozenset(_LOWERCASE.split())
