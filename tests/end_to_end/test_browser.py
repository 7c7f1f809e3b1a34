"""The pages in a real browser: with and without script, by keyboard, on a small screen, in both colour schemes."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.desk import NEEDS_CHROMIUM, Desk, violations
from tests.web.sample_archive import KALSEL, STORY

pytestmark = [*NEEDS_CHROMIUM, pytest.mark.long]

PAGES = {
    "the first page": "/",
    "results": "/?q=perundingan+Korut",
    "an expanded query": "/?q=(AS+OR+as)+berunding+Menteri+Luar+Negeri&off=perundingan&off=Menlu",
    "filtered results": "/?q=hujan&year=2018&not.outlet=Tempo.co",
    "nothing found": "/?q=zzz+Korut&outlet=Tempo.co",
    "a whole question": "/?q=siapa+pejabat+yang+bertemu+Pompeo+di+Seoul+perundinagn",
    "hostile and endless words": "/?q=perundingan&copies=show",
    "an article": f"/article/{KALSEL}?q=perundingan+Korut",
    "an article of endless words": "/article/longs?q=perundingan",
    "the citations of an article": f"/article/{KALSEL}/cite",
    "clippings": "/clippings?q=perundingan&copies=show",
    "a story": f"/story/{STORY}",
    "a facet": "/facets/outlet?q=hujan",
    "trends": "/trends?series=hujan&series=perundingan&by=month",
    "a split trend": "/trends?series=hujan&split=outlet&by=year",
    "coverage": "/coverage",
    "lines in context": "/kwic?q=perundingan+Korut&order=left",
    "a comparison": "/compare?a=hujan&b=perundingan",
    "batches": "/batch",
    "words around": "/words?q=hujan&stop=on",
    "similar articles": "/similar/cuaca-3",
    "help": "/help",
    "a bad query": "/?q=Korut+OR+(",
    "no such page": "/nowhere",
}
LAYOUT_SHIFTS = """() => new Promise((found) => {
    const shifts = [];
    new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value)))
        .observe({ type: "layout-shift", buffered: true });
    const all = () => found(shifts.reduce((sum, one) => sum + one, 0));
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(all)));
})"""
# The browser may paint a row before all of it has arrived. Its parts then move by some pixels: .015 was the most in
# pages sent in pieces of 600 bytes. A picture without a size moves a page by .1 and more: https://web.dev/cls.
MOST_SHIFT = 0.02
HIT_PAGES = [
    "/?q=perundingan+Korut",
    "/?q=hujan",
    "/?q=hujan&year=2018&outlet=Detik",
    "/?q=(AS+OR+as)+berunding",
    "/?q=perundingan&from=2018&lead=earliest",
    "/?sort=oldest",
]
MOST_REQUESTS = 5
MOST_BYTES = {"?q=": 10_000, ".css": 16_000, ".js": 10_000}  # as sent, compressed
TOP = "(one) => one.getBoundingClientRect().top"
LEFT = "(one) => one.getBoundingClientRect().left"
_UNTIL = "(one) => new Promise((found) => { (function look() { %s ? found(true) : requestAnimationFrame(look); })(); })"
STICKS = _UNTIL % "one.getBoundingClientRect().top === 0"
SCROLLS = _UNTIL % "one.scrollTop > 0"
TICKS = """[...document.querySelectorAll('.time text[y="60"]')]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width).map((box) => [box.left, box.right])"""
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize("script", [True, False])
def test_searching_narrowing_and_reading_work_with_and_without_script(desk: Desk, script: bool) -> None:
    with desk.context(script=script) as context:
        page = desk.open(context, "/")
        page.fill("#find", "perundingan Korut")
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("2 berita berbeda")
        page.get_by_role("link", name="New York 1").click()
        expect(page.locator("h1")).to_contain_text("1 berita berbeda")
        page.click(".hit h3 a")
        expect(page.locator("h1")).to_contain_text("Pompeo")
        page.click(".walk .next")
        expect(page).to_have_url(re.compile("#hit-1$"))
        page.get_by_role("link", name="← 1 hasil").click()
        expect(page.locator(".chip")).to_have_count(3)


def test_without_script_each_hit_leads_to_the_next(desk: Desk) -> None:
    with desk.context(script=False) as context:
        page = desk.open(context, f"/article/{KALSEL}?q=Korut#hit-1")
        page.locator("#hit-1 + .step a").last.click()
        expect(page).to_have_url(re.compile("#hit-2$"))


def test_without_script_facets_stand_open_on_a_wide_screen_and_closed_on_a_narrow_one(desk: Desk) -> None:
    for width, visible in ((1280, True), (320, False)):
        with desk.context(width, script=False) as context:
            page = desk.open(context, "/?q=hujan")
            assert page.locator(".facets .value").first.is_visible() == visible
    with desk.context(320, script=False) as context:
        page = desk.open(context, "/?q=hujan")
        page.click(".facets .fold > summary")
        expect(page.locator(".facets .value").first).to_be_visible()


def test_hits_are_walked_by_keyboard(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        titles = page.locator(".hit h3 a").all_inner_texts()
        for key, place in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            expect(page.locator(".hit h3 a").nth(place)).to_be_focused()
        page.keyboard.press("o")
        page.wait_for_url("**/article/**")
        assert page.inner_text("h1") == titles[1]  # arrows between hits are no text to the eye
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("#hit-1$"))
        page.keyboard.press("n")
        expect(page).to_have_url(re.compile("#hit-2$"))
        page.keyboard.press("p")
        expect(page).to_have_url(re.compile("#hit-1$"))


def test_the_box_takes_shortcuts_as_letters(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        page.keyboard.press("/")
        page.keyboard.type("jok/n?")
        assert page.input_value("#find") == "jok/n?"
        expect(page.locator("#keys")).to_be_hidden()


def test_the_shortcuts_are_listed_on_demand(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#keys")).to_be_hidden()


def test_the_first_stop_of_the_keyboard_leads_past_the_top(desk: Desk) -> None:
    for path, target in (("/help", "#main"), ("/?q=hujan", "#hits"), ("/?q=zzz", "#hits")):
        with desk.context() as context:
            page = desk.open(context, path)
            page.keyboard.press("Tab")
            expect(page.locator(".skip")).to_be_focused()
            page.keyboard.press("Enter")
            expect(page.locator(target)).to_be_focused()


@pytest.mark.parametrize("path", ["/?q=hujan", "/?q=perundingan+Korut"])
def test_from_the_skip_link_to_the_first_hit_are_at_most_three_stops(desk: Desk, path: str) -> None:
    with desk.context() as context:
        page = desk.open(context, path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for _ in range(3):
            page.keyboard.press("Tab")
            if page.locator(".hit h3 a").first.evaluate("(title) => title === document.activeElement"):
                break
        expect(page.locator(".hit h3 a").first).to_be_focused()


def test_from_an_article_the_keyboard_goes_to_the_next_hit_and_back(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        titles = page.locator(".hit h3 a").all_inner_texts()
        addresses = [one.get_attribute("href") or "" for one in page.locator(".hit h3 a").all()]
        page.goto(desk.address + addresses[0])
        for key, place in (("j", 1), ("j", 2), ("k", 1)):
            page.keyboard.press(key)
            page.wait_for_url(desk.address + addresses[place])
            assert page.inner_text("h1") == titles[place]


def test_citation_and_address_are_copied_or_else_selected(desk: Desk) -> None:
    with desk.context() as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = desk.open(context, f"/article/{KALSEL}?q=Korut#p2")
        page.get_by_role("button", name="Salin tautan").click()
        expect(page.get_by_role("button", name="Disalin")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == f"{desk.address}/article/{KALSEL}#p2"
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
        page.get_by_text("Kutip", exact=True).click()
        page.get_by_role("button", name="Salin kutipan").click()
        expect(page.get_by_role("button", name="Tekan Ctrl+C")).to_be_visible()
        assert page.evaluate("getSelection().toString()").startswith("[Utusan khusus Amerika Serikat")
        assert f"/article/{KALSEL}#p2 (indeks" in page.inner_text("#citation")
        page.click(".ways .styles")
        assert page.url.endswith(f"/article/{KALSEL}/cite?paragraph=2#quoted")


def test_without_script_the_citation_opens_and_no_button_pretends_to_copy(desk: Desk) -> None:
    with desk.context(320, script=False) as context:
        page = desk.open(context, f"/article/{KALSEL}")
        expect(page.locator("#citation")).to_be_hidden()
        page.get_by_text("Kutip", exact=True).click()
        expect(page.locator("#citation")).to_be_visible()
        expect(page.locator(".copy").first).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_what_was_searched_as_well_is_taken_away_and_given_back_by_keyboard(desk: Desk, script: bool) -> None:
    with desk.context(320, script=script) as context:
        page = desk.open(context, "/?q=Korut")
        expect(page.locator(".also .why summary")).to_contain_text("kepanjangan")
        expect(page.locator(".also > span")).to_have_text("Korea Utara")
        page.get_by_role("link", name="Jangan cari Korea Utara").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".also s")).to_have_text("Korea Utara")
        expect(page.locator(".hit mark", has_text="Korea Utara")).to_have_count(0)
        page.get_by_role("link", name="Cari juga Korea Utara").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".also s")).to_have_count(0)
        page.get_by_role("link", name="hanya yang diketik").click()
        expect(page.locator(".also")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1280, 320])
def test_forms_of_a_word_are_chosen_in_a_panel_that_stays_open(desk: Desk, width: int, script: bool) -> None:
    with desk.context(width, script=script) as context:
        page = desk.open(context, "/?q=berunding")
        one = page.get_by_role("link", name="Jangan cari bentuk perundingan")
        expect(one).to_be_hidden()
        page.get_by_text(re.compile(r"\d bentuk")).click()
        one.click()
        page.get_by_role("link", name="Cari lagi bentuk perundingan").click()
        expect(one).to_be_visible()
        expect(page.locator(".forms s")).to_have_count(0)


def test_menus_and_panels_close_by_escape_and_by_a_click_elsewhere(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=berunding")
        forms, menus = page.locator(".panel summary"), page.locator(".menu summary")
        forms.click()
        expect(page.locator(".panel")).to_have_attribute("open", "")
        page.keyboard.press("Escape")
        expect(page.locator(".panel")).not_to_have_attribute("open", re.compile(""))
        expect(forms).to_be_focused()
        menus.first.click()
        expect(page.get_by_role("link", name="terlama")).to_be_visible()
        page.locator(".total").click()
        expect(page.get_by_role("link", name="terlama")).to_be_hidden()


def test_a_word_is_completed_by_keyboard(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/")
        box = page.get_by_role("combobox", name="Cari berita")
        box.press_sequentially("hujan peru")
        option = page.get_by_role("option", name="perundingan 6 artikel")
        expect(option).to_be_visible()
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(page.get_by_role("status")).to_have_text("1 saran")
        box.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
        expect(box).to_be_focused()
        box.press("ArrowDown")
        expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
        box.press("ArrowUp")
        box.press("Enter")
        expect(box).to_have_value("hujan perundingan")
        expect(page.get_by_role("listbox")).to_be_hidden()
        box.press("Enter")
        page.wait_for_url("**/?q=hujan+perundingan")


def test_suggestions_are_closed_by_escape_and_by_leaving_and_keep_what_was_typed(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/")
        box, options = page.get_by_role("combobox"), page.get_by_role("listbox")
        box.press_sequentially("peru")
        expect(options).to_be_visible()
        box.press("Escape")
        expect(options).to_be_hidden()
        expect(box).to_have_value("peru")
        box.press("ArrowDown")
        expect(options).to_be_visible()
        box.press("Tab")
        expect(options).to_be_hidden()
        expect(box).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_is_taken_by_a_click_or_passed_over(desk: Desk) -> None:
    with desk.context(320) as context:
        page = desk.open(context, "/?q=hujan")
        box = page.get_by_role("combobox")
        box.fill("peru")
        page.get_by_role("option").first.click()
        expect(box).to_have_value("perundingan")
        expect(box).to_be_focused()
        box.fill("perunding")
        expect(page.get_by_role("option")).to_have_count(1)
        box.press("Enter")  # none is chosen: what was typed is searched
        page.wait_for_url("**/?q=perunding")


def test_only_the_last_of_fast_letters_is_asked_for(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
        page.get_by_role("combobox").evaluate(
            """(box) => { for (const text of ["per", "peru", "perun", "perundi"]) {
                box.value = text; box.dispatchEvent(new Event("input")); } }"""
        )
        expect(page.get_by_role("option")).to_have_count(1)
        assert asked == [f"{desk.address}/api/v1/suggest?q=perundi"]


def test_the_number_of_a_paragraph_stands_on_one_line(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, f"/article/{KALSEL}")
        page.evaluate("document.querySelector('.anchor').textContent = '128'")
        assert page.eval_on_selector(".anchor", "(one) => one.getBoundingClientRect().height") < 30


@pytest.mark.parametrize("path", ["/words?q=hujan", "/kwic?q=hujan"])
def test_a_printed_page_of_words_names_what_was_asked(desk: Desk, path: str) -> None:
    with desk.context() as context:
        page = desk.open(context, path)
        page.emulate_media(media="print")
        expect(page.locator("main .printed")).to_have_text("hujan")
        expect(page.locator("main .printed")).to_be_visible()


def test_an_address_of_a_long_id_does_not_widen_the_page_of_the_api(desk: Desk) -> None:
    with desk.context(320) as context:
        page = desk.open(context, "/api")
        page.evaluate(
            "document.querySelector('.operations section a code').textContent = '/api/v1/articles/' + 'x'.repeat(99)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_open_suggestions_shut_nobody_out(desk: Desk) -> None:
    with desk.context(320) as context:
        page = desk.open(context, "/?q=hujan")
        page.get_by_role("combobox").fill("per")
        expect(page.get_by_role("listbox")).to_be_visible()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert violations(page) == []


def test_without_script_the_box_is_a_plain_one(desk: Desk) -> None:
    with desk.context(script=False) as context:
        page = desk.open(context, "/")
        expect(page.locator("#find")).not_to_have_attribute("role", "combobox")
        expect(page.get_by_role("listbox")).to_have_count(0)


def test_an_inferred_date_tells_its_evidence_to_the_keyboard(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=Pompeo")
        page.locator(".evidence summary").first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("“Rabu malam (30/5)” menyebut")).to_be_visible()


@pytest.mark.parametrize(("width", "months"), [(320, 6), (1280, 12)])
def test_the_months_of_a_year_stand_apart(desk: Desk, width: int, months: int) -> None:
    with desk.context(width) as context:
        page = desk.open(context, "/?q=hujan&year=2018")
        ends = page.evaluate(TICKS)
        assert len(ends) == months
        assert all(end + 4 < begin for (_, end), (begin, _) in pairwise(ends))


def test_a_range_is_drawn_on_the_timeline_by_mouse(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        first, last = (page.locator(f'[data-at="{year}"] .reach').bounding_box() for year in (2016, 2018))
        assert first is not None
        assert last is not None
        page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 30)
        page.mouse.down()
        page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 35, steps=4)
        expect(page.locator(".ranged")).to_have_count(3)
        page.mouse.up()
        page.wait_for_url("**/?q=hujan&from=2016&to=2018")


def test_a_range_is_chosen_on_the_timeline_by_keys_and_its_bars_are_one_stop(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan&year=2016&year=2020")
        assert page.locator('.bars a[tabindex="0"]').count() == 1
        page.locator('.bars a[tabindex="0"]').focus()
        page.keyboard.press("End")
        expect(page.locator('[data-at="2023"]')).to_be_focused()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowLeft")
        expect(page.locator(".time").get_by_role("status")).to_contain_text("Dari 2021 sampai 2022")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=hujan&from=2021&to=2022")


def test_a_click_on_a_bar_still_follows_it(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        page.locator('[data-at="2018"]').click()
        page.wait_for_url("**/?q=hujan&year=2018")


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 900, 330), (320, 800, 420)])
@pytest.mark.parametrize("script", [True, False])
def test_the_first_hit_stands_on_the_first_screen(desk: Desk, width: int, height: int, most: int, script: bool) -> None:
    with desk.context(width, script=script) as context:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        for path in HIT_PAGES:
            page.goto(desk.address + path)
            assert 100 < page.locator(".hit").first.evaluate(TOP) < most, path


def test_chips_and_sort_bar_keep_to_one_line(desk: Desk) -> None:
    heights = "(lines) => [...document.querySelectorAll(lines)].map((one) => one.clientHeight)"
    with desk.context() as context:
        page = context.new_page()
        for path in HIT_PAGES:
            page.goto(desk.address + path)
            for width in (320, 768, 1280, 1920):
                page.set_viewport_size({"width": width, "height": 800})
                assert max(page.evaluate(heights, ".read, .order" if width < 800 else ".order")) < 56, (width, path)
                if width > 900:  # below, the range is for screen readers alone
                    assert page.locator("#results").evaluate(LEFT) >= page.locator(".order").evaluate(LEFT), path


def test_on_a_small_screen_a_menu_shows_what_is_chosen_unless_it_goes_without_saying(desk: Desk) -> None:
    shown = """(menus) => menus.map((menu) => [...menu.querySelectorAll("summary > *")]
        .filter((one) => one.getBoundingClientRect().width > 2).map((one) => one.firstChild.textContent).join(" "))"""
    with desk.context(320) as context:
        page = desk.open(context, "/?q=perundingan")
        assert page.locator(".menu").evaluate_all(shown) == ["relevansi", "Salinan", "Versi"]
        desk.go(page, "/?q=perundingan&sort=oldest&copies=loose&lead=longest")
        assert page.locator(".menu").evaluate_all(shown) == ["terlama", "longgar", "terpanjang"]


def test_on_a_wide_screen_every_chip_is_seen(desk: Desk) -> None:
    with desk.context(1000) as context:
        page = desk.open(context, "/?q=(AS+OR+as)+berunding+perundingan+Menteri+Luar+Negeri")
        edges = page.locator(".chip, .also, .clear").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().right)"
        )
        assert len(edges) > 5
        assert max(edges) <= 1000
        assert page.locator(".read").evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_the_filters_stay_in_view_and_scroll_by_themselves(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        page.mouse.move(800, 600)
        page.mouse.wheel(0, 250)
        assert page.locator(".facets").evaluate(STICKS)
        page.mouse.move(150, 400)
        page.mouse.wheel(0, 300)
        assert page.locator(".facets").evaluate(SCROLLS)


def test_a_value_and_its_exclusion_share_a_line(desk: Desk) -> None:
    apart = """() => [...document.querySelectorAll(".facets li")].map((line) => {
        const [value, exclusion] = [".value", ".not"].map((one) => line.querySelector(one).getBoundingClientRect().top);
        return Math.abs(value - exclusion);
    })"""
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        page.evaluate(OPEN_ALL)
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found = page.evaluate(apart)
            assert len(found) > 10
            assert max(found) < 2, width


def test_a_result_page_is_small_asks_for_little_and_does_not_shift(desk: Desk) -> None:
    with desk.context() as context:
        page = context.new_page()
        bodies: dict[str, int] = {}
        page.on("requestfinished", lambda request: bodies.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(desk.address + "/?q=perundingan+Korut", wait_until="networkidle")
        kinds = {name: sum(size for url, size in bodies.items() if name in url) for name in (".css", ".js", "?q=")}
        assert len(bodies) <= MOST_REQUESTS, list(bodies)
        assert all(500 < kinds[kind] <= most for kind, most in MOST_BYTES.items()), kinds
        assert page.evaluate(LAYOUT_SHIFTS) <= MOST_SHIFT


def test_headings_and_landmarks_lead_to_every_part_of_the_results(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan")
        expect(page.get_by_role("heading", level=1)).to_contain_text("40 berita berbeda")
        for name in ("Pencarian dibaca sebagai", "1–10 dari 40"):
            expect(page.get_by_role("heading", level=2, name=name)).to_be_attached()
            expect(page.get_by_role("region", name=name)).to_be_attached()
        expect(page.get_by_role("complementary", name="Saring")).to_be_visible()
        assert page.get_by_role("heading", level=3).count() > 10


def test_printed_hits_keep_their_marks_and_say_where_and_when_they_were_found(desk: Desk) -> None:
    with desk.context() as context:
        page = desk.open(context, "/?q=hujan&year=2018")
        printed = page.locator(".printed")
        expect(printed).to_be_hidden()
        page.emulate_media(media="print")
        expect(printed).to_contain_text(f"{desk.address}/?q=hujan&year=2018")
        expect(printed).to_contain_text(re.compile(r"pada \d+ \w+ 20\d\d"))
        expect(page.locator(".facets")).to_be_hidden()
        mark = page.locator(".snippet mark").first
        assert mark.evaluate("(one) => getComputedStyle(one).textDecorationLine") == "underline"


@pytest.fixture(scope="module")
def wide_page(desk: Desk) -> Iterator[Page]:
    """One page that goes from address to address, since a browser takes long to make another."""
    with desk.context() as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def narrow_page(desk: Desk) -> Iterator[Page]:
    with desk.context(320) as context:
        yield context.new_page()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_moves_while_it_is_loaded_or_is_wider_than_the_screen(desk: Desk, narrow_page: Page, name: str) -> None:
    narrow_page.set_viewport_size({"width": 320, "height": 800})
    desk.go(narrow_page, PAGES[name])
    assert narrow_page.evaluate(LAYOUT_SHIFTS) <= MOST_SHIFT
    narrow_page.evaluate(OPEN_ALL)
    for width in (320, 768):
        narrow_page.set_viewport_size({"width": width, "height": 800})
        assert narrow_page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_no_page_moves_while_it_is_loaded_or_shuts_anybody_out(desk: Desk, wide_page: Page, name: str) -> None:
    desk.go(wide_page, PAGES[name])
    assert wide_page.evaluate(LAYOUT_SHIFTS) <= MOST_SHIFT
    wide_page.evaluate(OPEN_ALL)
    assert violations(wide_page) == []


def test_small_screens_shut_nobody_out_of_headers_and_filters(desk: Desk) -> None:
    with desk.context() as context:
        page = context.new_page()
        for path, width, height in (("/", 320, 800), ("/?q=hujan", 1280, 300)):
            page.set_viewport_size({"width": width, "height": height})
            desk.go(page, path)
            assert violations(page, ["empty-table-header", "scrollable-region-focusable"]) == [], path


def test_controls_are_large_enough_for_a_finger(desk: Desk) -> None:
    small = """[...document.querySelectorAll(
            "button, input:not([type=hidden]), summary, .clear, " +
            ".chip a, .also a, .forms a, .facets a, .order a, .top a")]
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.width && Math.min(box.width, box.height) < 23.5).map(([words]) => words)"""
    with desk.context(320) as context:
        for path in ("/?q=hujan&outlet=Detik&not.place=Kota+1", PAGES["an expanded query"]):
            page = desk.open(context, path)
            page.evaluate(OPEN_ALL)
            assert page.evaluate(small) == []


def test_no_page_complained(desk: Desk) -> None:
    with desk.context() as context:
        for path in PAGES.values():
            if path not in desk.opened:
                desk.open(context, path)
    assert desk.complaints == []


@pytest.mark.parametrize("by", ["year", "month"])
def test_a_table_of_numbers_hides_no_row_unless_it_is_long(desk: Desk, by: str) -> None:
    with desk.context() as context:
        page = desk.open(context, f"/trends?series=hujan&by={by}")
        rows = page.locator(".tall tbody tr").count()
        hidden = page.eval_on_selector(".tall", "(one) => one.scrollHeight - one.clientHeight")
        assert (hidden > 0) == (rows > 20), rows
