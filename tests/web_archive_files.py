"""Makes small web archives for tests."""

import gzip


class Crawl:
    """A web archive that is written record by record."""

    def __init__(self, *, packed: bool = False) -> None:
        self.raw = b""
        self._packed = packed
        self._add("warcinfo", "", b"software: uji\r\n", "application/warc-fields")

    def _add(self, kind: str, url: str, block: bytes, content_type: str, day: str = "2020-01-01") -> None:
        fields = {"WARC-Type": kind, "WARC-Date": f"{day}T00:00:00Z", "WARC-Target-URI": url}
        head = "".join(f"{name}: {told}\r\n" for name, told in fields.items() if told)
        head += f"WARC-Record-ID: <urn:uuid:{len(self.raw)}>\r\nContent-Type: {content_type}\r\n"
        record = f"WARC/1.0\r\n{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"
        self.raw += gzip.compress(record) if self._packed else record

    def add(self, url: str, content: bytes, day: str = "2020-01-01", status: str = "200 OK", **headers: str) -> "Crawl":
        fields = {"Content-Type": "text/html", **{name.replace("_", "-"): told for name, told in headers.items()}}
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {told}\r\n" for name, told in fields.items())
        self._add("response", url, head.encode() + b"\r\n" + content, "application/http; msgtype=response", day)
        return self

    def revisit(self, url: str) -> "Crawl":
        self._add("revisit", url, b"HTTP/1.1 200 OK\r\n\r\n", "application/http; msgtype=response")
        return self
