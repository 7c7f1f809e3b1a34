"""Where the title of a link within a paragraph ends: `… kata dia. Baca juga: Harga BBM Resmi Naik Menurut warga, …`.

Lost line breaks joined such a link to the sentence after it. Its end is sure where something shows it: the beginning
of the next sentence without a blank before it, several blanks, a quotation that is speech, or a function word with a
capital, which stands in lower case within a title. Only titles whose words have capitals are recognised, since nothing
tells others from a sentence. Any other link is left as it is.
"""

import re
from typing import Final

SHORTEST: Final = 15  # characters of a title
LONGEST: Final = 150
FEWEST_WORDS: Final = 4
# Function words, which Indonesian newspapers leave in lower case within a title.
_SMALL: Final = re.compile(
    r"di|ke|dari|yang|untuk|dan|dengan|pada|dalam|atas|antar|bagi|oleh|saat|agar|usai|hingga|atau|karena"
    r"|tak|soal|bak|pun|jadi|akan|bisa|tapi|ini|itu|lalu|via|sebagai|per|of|the|and|in|to|for|a|demi|tanpa"
    r"|sampai|jika|bila|kepada|terhadap|serta|vs"
)
# Words with which a sentence begins; before a word in lower case they are no part of a title.
_OPENERS: Final = (
    r"Untuk|Dalam|Pada|Ia|Dia|Di|Ke|Dari|Namun|Tetapi|Menurut|Selain|Sementara|Sebelumnya|Kemudian|Sebab|Karena|Adapun"
    r"|Meski|Meskipun|Hal|Ini|Itu|Mereka|Kami|Kita|Setelah|Sejak|Lebih|Jika|Bahkan|Dengan|Oleh|Berdasarkan|Hingga|Begitu"
    r"|Akibat|Kepada|Bagi|Terkait|Sebagai|Atas"
)
_QUOTE: Final = r"(?:&quot;|[\"“])"
_SPEECH: Final = re.compile(rf"\s+(?={_QUOTE}[A-Z][^\"“”&]{{10,400}}[,.?!](?:&quot;|[\"”]))")
_SENTENCE: Final = re.compile(rf"\s+(?=(?:{_OPENERS})\b,? ([a-z]+))")
_BLANKS: Final = re.compile(r"(?: {2,}|\t)\s*")
_JOINED: Final = re.compile(r"(?<=[a-z\d?!)'’])(?=[A-Z])")
# Names with a capital inside, which are no place where line breaks were lost; so are words that the text has elsewhere.
_NAMES: Final = re.compile(
    r"WhatsApp|LinkedIn|YouTube|TikTok|PayPal|MotoGP|BlackBerry|BlackRock|PlayStation|SpaceX|OpenAI"
    r"|ChatGPT|GoPay|GoFood|GrabFood|ShopeePay|FaceTime|DeepSeek|JavaScript|PowerPoint|OneDrive|AirAsia"
    r"|AirPods|MacBook|InDriver"
)
_WORD: Final = re.compile(r"\w{1,40}")
_NUMBERED: Final = re.compile(r"\d\. ")  # of a list: a heading stands between the title and the sentence
_NEXT: Final = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{1,5}),? ([a-z]+)")


def title_end(text: str, start: int, end: int) -> int | None:
    """Return where the title that begins at `start` surely ends, at most at `end`; None if nothing shows it."""
    stop = min(end, start + LONGEST)
    ends = (_at(_BLANKS, text, start, stop), _joined(text, start, stop), _before_sentence(text, start, stop))
    sure = min((found for found in ends if found is not None), default=None)
    if sure is None or _NUMBERED.search(text, start, sure):
        return None
    return sure if reads_as_title(text[start:sure]) else None


def reads_as_title(words: str) -> bool:
    """Whether all words have capitals but function words, and there are enough of them."""
    found = [word for word in words.split() if word[0].isalpha()]
    content = [word for word in found if not _SMALL.fullmatch(word.casefold().strip(",:;!?"))]
    return len(found) >= FEWEST_WORDS and bool(content) and all(word[0].isupper() for word in content)


def _at(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int | None:
    found = pattern.search(text, min(start + SHORTEST, stop), stop)
    return found.start() if found else None


def _joined(text: str, start: int, stop: int) -> int | None:
    """The first place where a capital follows without a blank, if a sentence begins there: not in YouTube, D2C."""
    found = _JOINED.search(text, start, stop)
    if found is None or found.start() < start + SHORTEST:
        return None
    following = _NEXT.match(text, found.end())
    if following is None or _SMALL.fullmatch(following[1]) or _is_name(text, found.start()):
        return None
    return found.start()


def _is_name(text: str, place: int) -> bool:
    """Whether the word around a capital is a name that is written so."""
    begin = place - len(text[max(0, place - 40) : place]) + len(text[max(0, place - 40) : place].rpartition(" ")[0])
    word = _WORD.search(text, begin)
    return word is not None and (_NAMES.fullmatch(word[0]) is not None or text.count(word[0]) > 1)


def _before_sentence(text: str, start: int, stop: int) -> int | None:
    """The first place before speech, or before a sentence that begins with a function word."""
    first = min(start + SHORTEST, stop)
    speech = _SPEECH.search(text, first, min(len(text), stop + LONGEST))
    places = [speech.start()] if speech and speech.start() < stop else []
    places += [found.start() for found in _SENTENCE.finditer(text, first, stop) if not _SMALL.fullmatch(found[1])][:1]
    return min((place for place in places if text[place - 1] not in ",;:."), default=None)
