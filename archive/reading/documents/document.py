"""What parsers of documents share: how they say that a file cannot be read."""


class BadDocument(Exception):
    """A document cannot be read. `judged` is True if its bytes are in order and hold nothing to index."""

    def __init__(self, reason: str, *, judged: bool = False) -> None:
        super().__init__(reason)
        self.judged = judged


def damaged(what: str) -> BadDocument:
    """A document that a library cannot parse."""
    return BadDocument(f"the {what} is damaged or was cut short; open it, save it anew and read again")


def encrypted(what: str) -> BadDocument:
    """A document that needs a password."""
    return BadDocument(f"the {what} is encrypted; open it with its password and save it without one")
