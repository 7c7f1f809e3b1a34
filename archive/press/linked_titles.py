"""Where the title of a link within a paragraph ends: `… kata dia. Baca juga: Harga BBM Resmi Naik Menurut warga, …`.

Lost line breaks joined such a link to the sentence after it. Its end is sure where something shows it: the beginning
of the next sentence without a blank before it, several blanks, a quotation that is speech, the end of a sentence, or a
sentence whose first word opens no other part of one, or is a name that the text has elsewhere. Only titles whose words
have capitals are recognised, since nothing tells others from a sentence: within one, the first word of content in lower
case belongs to the next sentence. Any other link is left as it is.
"""

import re
from typing import Final, NamedTuple

from archive.press.sentence_openers import CONJUNCTIONS, LOWERCASE_IN_TITLES, OPENERS, PREPOSITIONS, RANKS

NEARBY: Final = 20_000  # characters before and after a link that are searched for the words around its end
SHORTEST: Final = 15  # characters of a title
LONGEST: Final = 150  # characters of a title
FEWEST_WORDS: Final = 4  # of a title
MOST_LOWER: Final = 0.34  # share of its words of content in lower case, where a line break shows its end
MOST_WORDS_OF_A_SUBJECT: Final = 4  # of a sentence, with capitals, before its first word in lower case, ...
MOST_WORDS_BEHIND_A_JOINT: Final = 10  # ... and where a lost line break shows that one begins
LONGEST_NAME: Final = 3  # words
# Behind a noun with a capital these tell that a sentence begins with it: a title would give them capitals.
_POINTING: Final = frozenset(("ini", "itu", "tersebut"))
SPOKEN_WORDS: Final = 3  # in lower case among the first of a quotation; words quoted in a title have capitals
_QUOTED_WORDS: Final = 6
_TOKEN: Final = re.compile(r"&quot;|[^\W_]+(?:[-'’.,/][^\W_]+)*|[^\w\s]|_")
_BLANKS: Final = re.compile(r"(?: {2,}|\t)\s*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’)]*(?:\s|$)")
_JOINED: Final = re.compile(
    r"(?<=[a-z?!)])(?=[A-Z])|(?<=\d)(?=[A-Z][a-z])|(?<=\w['’])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})|(?<=\w)(?=[\"“][A-Z(])"
)
# Names with a capital inside, which are no place where line breaks were lost; so are words that the text has elsewhere.
_NAMES: Final = re.compile(
    r"WhatsApp|LinkedIn|YouTube|TikTok|PayPal|MotoGP|BlackBerry|BlackRock|PlayStation|SpaceX|OpenAI"
    r"|ChatGPT|GoPay|GoFood|GrabFood|ShopeePay|FaceTime|DeepSeek|JavaScript|PowerPoint|OneDrive|AirAsia"
    r"|AirPods|MacBook|InDriver"
)
_WORD: Final = re.compile(r"\w{1,40}")
_NUMBERED: Final = re.compile(r"\d\. ")  # of a list: a heading stands between the title and the sentence
_ENDS: Final = frozenset(".?!")
_SENTENCES: Final = re.compile(r"\. [A-Z]")
# Phrases with which a sentence turns to something else; a title has a capital in their second word.
_TURN: Final = re.compile(
    r"\b(?:Sementara|Selain|Karena|Oleh karena|Oleh sebab|Untuk|Setelah|Di samping|Tak hanya|Tidak hanya|Bukan hanya"
    r"|Meski|Kendati|Namun|Dengan) (?:itu|demikian|begitu)\b"
    r"|\b(?:Sebelumnya|Selanjutnya|Menurutnya|Akibatnya|Pasalnya|Artinya|Misalnya|Namun|Padahal|Bahkan|Kemudian"
    r"|Pertama|Kedua|Ketiga), |\bDapatkan (?:update|informasi) |\bView in Single Page\b"
)
_SAYING: Final = re.compile(
    r"mengatakan|menjelaskan|menyebut(?:kan)?|menuturkan|menambahkan|menegaskan|menyampaikan|mengungkap(?:kan)?"
    r"|menyatakan|memastikan|mengaku(?:i)?|menilai|meminta|berharap|memaparkan|menerangkan|mengingatkan|menekankan"
    r"|mengimbau|membeberkan|menyinggung|menanggapi|membantah|menduga|bilang|bercerita|mencontohkan|mengakui"
)
_DERIVED_OPENER: Final = re.compile(
    r"[A-Z][a-z]{3,}nya|([A-Z])([a-z]{2,})-(?i:\1)\2|(?:Me[lmnr]|Di|Ter|Ber)[a-z]{3,}kan"
)
_QUOTES: Final = frozenset(('"', "“", "&quot;"))


class _Word(NamedTuple):
    """A word or sign behind a link, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def is_content(self) -> bool:
        """Whether a title would write it with a capital."""
        return self.text[0].isalpha() and self.text.casefold() not in LOWERCASE_IN_TITLES


def title_end(text: str, start: int, end: int, *, glued: bool = False) -> int | None:
    """Return where the title that begins at `start` surely ends, at most at `end`; None if nothing shows it.

    `glued` tells that the link follows a sentence without a blank: then a sentence follows its title without one, too.
    """
    stop = min(end, start + LONGEST)
    joint = _joined(text, start, end)
    ends = (_blanks(text, start, stop), joint, _before_sentence(text, start, end))
    sure = min((found for found in ends if found is not None and found <= stop), default=None)
    if sure is None and end <= stop and not _runs_on(text, start, end):
        sure = without_blanks(text, start, end)
    if sure is None or sure - start < SHORTEST or _NUMBERED.search(text, start, sure + 1):
        return None
    return sure if reads_as_title(text[start:sure], MOST_LOWER if glued and sure == joint else 0) else None


def is_whole_title(text: str, start: int, end: int) -> bool:
    """Whether nothing but a title stands between a link and another element of the page: no sentence ends in it."""
    return SHORTEST <= end - start <= LONGEST and _SENTENCE_END.search(text, start, end) is None


def reads_as_title(words: str, most_lower: float = 0) -> bool:
    """Whether all words have capitals but function words, and at most a share of the others; and there are enough."""
    found = [word for word in words.split() if word[0].isalpha()]
    content = [word for word in found if word.casefold().strip(",:;.!?'\"’”)") not in LOWERCASE_IN_TITLES]
    lower = sum(not word[0].isupper() for word in content)
    return len(found) >= FEWEST_WORDS and bool(content) and lower <= most_lower * len(content)


def without_blanks(text: str, start: int, end: int, signs: str = "") -> int:
    """Return where `text[start:end]` ends without blanks and some signs behind."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in signs):
        end -= 1
    return end


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether more than one title may stand in `text[start:end]`."""
    joined = (found.start() for found in _JOINED.finditer(text, start + 1, end))
    return _SENTENCES.search(text, start, end) is not None or any(not _is_name(text, place) for place in joined)


def _blanks(text: str, start: int, stop: int) -> int | None:
    found = _BLANKS.search(text, min(start + SHORTEST, stop), stop)
    return found.start() if found else None


def _joined(text: str, start: int, end: int) -> int | None:
    """The first place where a capital or a quotation follows without a blank, if a sentence begins there."""
    for found in _JOINED.finditer(text, start + SHORTEST, max(start + SHORTEST, min(end, start + LONGEST))):
        words = _words(text, found.start(), end)
        if words[0].text in _QUOTES:
            if _is_speech(words[1:]):
                return found.start()
        elif not _is_name(text, found.start()) and _begins_sentence(words, MOST_WORDS_BEHIND_A_JOINT):
            return found.start()
    return None


def _begins_sentence(words: list[_Word], most: int = MOST_WORDS_OF_A_SUBJECT) -> bool:
    """Whether words in lower case follow a few with capitals, at most `most`, as in a sentence and not in a title."""
    subject = 0
    for number, word in enumerate(words):
        if word.is_content and word.is_lower:
            return number > 0
        subject += word.is_content
        if subject > most or word.text in _QUOTES:
            break
    return bool(words) and _opens_sentence(words[0].text) and words[1:2] != [] and not words[1].text[0].isupper()


def _is_name(text: str, place: int) -> bool:
    """Whether the word around a capital is a name that is written so."""
    before = text[max(0, place - 40) : place]
    begin = place - len(before.rpartition(" ")[2])
    word, behind = _WORD.match(text, begin), _WORD.match(text, place)
    if word is None or behind is None or word.end() <= place:
        return False
    if _NAMES.fullmatch(word[0]) or text.count(word[0], *_near(place)) > 1:
        return True
    if not text[place - 1].isupper() or _opens_sentence(behind[0]):
        return False
    words = (behind[0], behind[0].lower())  # `PPSurat`, `SKAwi`
    return not any(_stands_in(text, known, *_near(place)) for known in words)


def _before_sentence(text: str, start: int, end: int) -> int | None:
    """The place where the next sentence begins, if the words around it leave no doubt."""
    words = _words(text, start, end)
    turn = _TURN.search(text, start, min(end, start + LONGEST))
    lower = next((n for n, word in enumerate(words) if word.is_content and word.is_lower), None)
    if turn and (lower is None or turn.start() < words[lower].start):
        return _end_before(text, start, turn.start())
    if lower is None:
        return None
    for quote in range(1, min(lower, len(words))):
        if words[quote].text in _QUOTES and _is_speech(words[quote + 1 :]):
            return _end_before(text, start, words[quote].start)
    first = next((n for n in range(lower - 1, 0, -1) if words[n].text[0].isupper()), 0)
    if first < FEWEST_WORDS:
        return None
    ended = next((n for n in range(2, first + 1) if _ends_sentence(words[n - 1], words[n])), None)
    if ended is not None:  # what follows is a sentence, or the title goes on: names may do either
        return words[ended - 1].end if _begins_sentence(words[ended:]) else None
    begin = _sentence_start(text, words, first)
    return _end_before(text, start, words[begin].start) if begin else None


def _ends_sentence(word: _Word, following: _Word) -> bool:
    return word.text in _ENDS and following.text[0].isupper()


def _end_before(text: str, start: int, place: int) -> int | None:
    """The end of a title before a place; None if a sign before it tells that the title goes on."""
    end = without_blanks(text, start, place, '"“')
    return None if text[end - 1] in ",;:-–/&(" else end


def _sentence_start(text: str, words: list[_Word], first: int) -> int | None:
    """Which word begins the sentence whose last word with a capital is `first`; None if it is not sure."""
    if (opener := _opener_of_subject(words, first)) is not None:
        return opener
    if _opens_sentence(words[first].text) or _is_pointed_at(words, first):
        while first > FEWEST_WORDS and words[first - 1].text in CONJUNCTIONS:
            first -= 1  # `Jika Anda ingin`
        return first
    for length in range(LONGEST_NAME, 0, -1) if _says(words[first + 1 :]) else ():
        begin = first - length + 1
        if begin >= FEWEST_WORDS and _is_known_name(text, words, begin, first):
            return begin
    return None


def _opener_of_subject(words: list[_Word], last: int) -> int | None:
    """Which word opens a sentence with a name that ends with `last`, as in `Menurut Nirwan, total …`; else None.

    A preposition with a capital opens one, where the title before it writes such words in lower case.
    """
    if words[last + 1].text != ",":
        return None
    for opener in range(last - 1, max(FEWEST_WORDS, last - LONGEST_NAME) - 1, -1):
        if words[opener].text in PREPOSITIONS:
            return opener if any(word.text in LOWERCASE_IN_TITLES for word in words[:opener]) else None
        if not words[opener].text[0].isupper():
            break
    return None


def _is_pointed_at(words: list[_Word], place: int) -> bool:
    """Whether `ini`, `itu` or `tersebut` follows a noun, as in `Kasus ini`, or it is `Salah satu`."""
    noun, following = words[place].text, words[place + 1].text
    if following == "satu":
        return noun == "Salah"
    return following in _POINTING and noun[1:].islower() and not _is_rank(words[place - 1])


def _says(words: list[_Word]) -> bool:
    """Whether a name before these words is that of a speaker: an ordinary word before it would tell whose it is."""
    return any(_SAYING.fullmatch(word.text) for word in words[:2])


def _opens_sentence(word: str) -> bool:
    return word in OPENERS or _DERIVED_OPENER.fullmatch(word) is not None


def _is_known_name(text: str, words: list[_Word], begin: int, last: int) -> bool:
    """Whether the words are a name that the text has named before, and never with the word before it."""
    before, named = words[begin - 1], words[begin : last + 1]
    if not all(word.text[0].isupper() for word in named) or any(map(_is_rank, words[max(0, begin - 6) : begin])):
        return False
    name = text[named[0].start : named[-1].end]
    if text[before.start : named[-1].end] != f"{before.text} {name}" or before.text.casefold() in LOWERCASE_IN_TITLES:
        return False
    first, last_place = _near(words[0].start)
    if text.count(f"{before.text} {name}", first, last_place) > 1 or (begin == last and _is_common(text, name, first)):
        return False
    return _stands_in(text, name, first, words[0].start)


def _is_rank(word: _Word) -> bool:
    return word.text in RANKS or (len(word.text) > 1 and word.text.isupper())


def _is_common(text: str, name: str, start: int) -> bool:
    """Whether a word that is taken for a name is that of a place, or an ordinary word."""
    places = (f"{preposition} {name}" for preposition in ("di", "ke", "dari", "asal"))
    return any(_stands_in(text, words, start, start + 2 * NEARBY) for words in (name.lower(), *places))


def _near(place: int) -> tuple[int, int]:
    """The stretch around a place that is searched for other mentions."""
    return max(0, place - NEARBY), place + NEARBY


def _stands_in(text: str, words: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` contains the words as whole words."""
    place = text.find(words, start, end)
    while place >= 0:
        around = text[max(0, place - 1) : place] + text[place + len(words) : place + len(words) + 1]
        if not any(sign.isalnum() or sign in "-_" for sign in around):
            return True
        place = text.find(words, place + 1, end)
    return False


def _is_speech(words: list[_Word]) -> bool:
    """Whether the words of a quotation are speech and no part of a title."""
    return sum(word.text[0].islower() for word in words[:_QUOTED_WORDS]) >= SPOKEN_WORDS


def _words(text: str, start: int, end: int) -> list[_Word]:
    return [_Word(found[0], *found.span()) for found in _TOKEN.finditer(text, start, min(end, start + 2 * LONGEST))]
