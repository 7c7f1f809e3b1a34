"""A browser at a desk with the archive, for the tests of pages in Chromium."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, StorageState

from tests import CHROMIUM

NEEDS_CHROMIUM = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")]
# What another colour scheme may break; all other rules look at the same document.
RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"]
VIOLATIONS = """(rules) => axe
    .run({ resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) })
    .then((found) => found.violations.map((one) => [one.id, one.nodes[0].html]))"""


@dataclass(frozen=True, slots=True)
class Emptied:
    """A context with nothing kept, whose first page stays open: most of a context's cost is its window."""

    context: BrowserContext
    session: CDPSession  # with its first page

    def empty(self, origin: str) -> None:
        """Close what was opened, and forget all that a browser keeps."""
        for page in self.context.pages[1:]:
            page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self.session.send("Network.clearBrowserCache")


@dataclass
class Desk:
    """A browser with the archive, and the errors and warnings of its pages."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    idle: dict[tuple[int, bool], Emptied] = field(default_factory=dict)

    @contextmanager
    def context(
        self, width: int = 1280, *, script: bool = True, kept: StorageState | None = None
    ) -> Iterator[BrowserContext]:
        """A new reader, with what an earlier one has kept in the browser if it is given.

        Chromium takes a second of processor time for a context. One that began with nothing and served a test well is
        emptied for the next.
        """
        if kept is not None:
            with self._context(width, script, kept) as context:
                yield context
            return
        found = self.idle.pop((width, script), None) or self._emptied(width, script)
        try:
            yield found.context
            found.empty(self.address)
        except BaseException:
            found.context.close()
            raise
        self.idle[width, script] = found

    def _emptied(self, width: int, script: bool) -> Emptied:
        context = self._context(width, script)
        return Emptied(context, context.new_cdp_session(context.new_page()))

    def _context(self, width: int, script: bool, kept: StorageState | None = None) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=script, storage_state=kept
        )
        context.on("console", lambda message: self._hear(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def open(self, context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> None:
        page.goto(self.address + path)
        self.opened.add(path)

    def _hear(self, kind: str, words: str) -> None:
        if kind in {"error", "warning"} and "the server responded with a status of 40" not in words:
            self.complaints.append(words)


def violations(page: Page, rules: Sequence[str] | None = None) -> list[Any]:
    """What shuts somebody out of a page, by axe: each broken rule, and where; by all rules, in either colour scheme."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[Any] = []
    if rules is None:
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(VIOLATIONS, RULES_OF_COLOURS)
        page.emulate_media(color_scheme="light")
    return [*found, *page.evaluate(VIOLATIONS, rules)]
