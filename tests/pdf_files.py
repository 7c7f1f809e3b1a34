"""Makes small PDF files for tests: text at places, in one typeface."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text at a place, in points from the lower left corner."""

    left: float
    bottom: float
    text: str
    size: float = 10


def pdf(pages: Sequence[Sequence[Text]], title: str = "", image: bool = False) -> bytes:
    """A PDF file with these pages; with an image each has one that fills it."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    objects.append(
        _stream(b"\x80", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    )
    objects.append(b"<</Title(" + _string(title) + b")/Author(Juru Ketik)>>")
    kids = []
    for page in pages:
        content = b"q 600 0 0 800 0 0 cm /I Do Q\n" if image else b""
        content += b"".join(
            f"BT /F {line.size} Tf {line.left} {line.bottom} Td (".encode() + _string(line.text) + b") Tj ET\n"
            for line in page
        )
        objects.append(_stream(content))
        resources = b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R%s>>" % (len(objects), resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _file(objects)


def _string(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(content: bytes, told: str = "") -> bytes:
    return f"<<{told}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(made))
    )


def column(lines: Sequence[str], left: float, top: float, size: float = 10) -> list[Text]:
    """Lines below each other."""
    return [Text(left, top - 1.2 * size * at, line, size) for at, line in enumerate(lines)]
