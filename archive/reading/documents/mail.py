"""E-mails (.eml) and saved pages in MIME (.mhtml) by the standard library.

An e-mail is an article with its subject as title, unless it only carries files. The page in a saved one is passed on as
it is. Who sent an e-mail is not taken for the reporter, nor the day a page was saved for its date.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

from archive.reading.documents.document import BadDocument

MOST_PARTS = 10_000  # of one e-mail; a page with all its pictures has some hundred
LOCATION = "Content-Location"
SAVED_AS = "Snapshot-Content-Location"
CUT_SHORT = ("CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect")


def mail_parts(raw: bytes) -> Iterator[object]:
    """Yield the page, or the article and then the attached files: `{"page"}`, `{"fields"}`, `{"file", "name"}`."""
    message = message_from_bytes(raw, policy=policy.default)
    parts = []
    for part in message.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            raise BadDocument(f"more than {MOST_PARTS:,} parts; is it an e-mail?", judged=True)
    page = _saved_page(message, parts)
    yield from _page(message, page) if page is not None else _mail(message, parts)
    if any(type(defect).__name__ in CUT_SHORT for part in parts for defect in part.defects):
        raise BadDocument("it was cut short; what stood before was read: fetch it again")


def _saved_page(message: Message, parts: Sequence[Message]) -> Message | None:
    """The page of a file that is a saved one; None if it is an e-mail."""
    pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
    location = _header(message, SAVED_AS)
    if not pages or not (location or any(LOCATION in part for part in pages)):
        return None
    return next((page for page in pages if _header(page, LOCATION) == location), pages[0])


def _page(message: Message, page: Message) -> Iterator[object]:
    address = _header(message, SAVED_AS) or _header(page, LOCATION)
    yield {
        "page": _encoded(page),
        "charset": page.get_content_charset(),
        "fields": {"url": address} if address.startswith(("http://", "https://")) else {},
    }


def _mail(message: Message, parts: Sequence[Message]) -> Iterator[object]:
    texts = [part for part in parts if part.get_content_maintype() == "text" and not _is_attached(part)]
    plain = [text for part in texts if part.get_content_subtype() == "plain" and (text := _text(part).strip())]
    html = [text for part in texts if part.get_content_subtype() == "html" and (text := _text(part).strip())]
    if plain or html:
        fields = {"title": _header(message, "Subject"), "date": _header(message, "Date")}
        yield {"fields": fields | {"text": "\n\n".join(plain or html)}}
    for at, part in enumerate(parts, 1):
        if _is_attached(part) and not part.is_multipart():
            yield {"file": _encoded(part), "name": part.get_filename() or f"lampiran-{at}"}


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or (
        part.get_filename() is not None and part.get_content_maintype() != "image"
    )


def _text(part: Message) -> str:
    try:
        return str(part.get_content()) if isinstance(part, EmailMessage) else ""
    except (LookupError, KeyError, ValueError):  # an encoding that does not exist
        return _bytes(part).decode("utf-8", "replace")


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _encoded(part: Message) -> str:
    return b64encode(_bytes(part)).decode()


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, TypeError, AttributeError):  # the library fails on some malformed headers
        return ""
