"""The contract of snapshots: a reader that was taken answers from what was published then, whatever comes later."""

from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import STORIES, Stories
from archive.meanings.definition_counts import DefinitionCounts
from archive.meanings.definitions import Definition
from archive.meanings.short_forms import SHORT_FORMS_FILE
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import save as save_boilerplate
from index.engine import Engine, Reader
from index.query.request import Query
from tests.contract.engine_contract import an_article

PUBLICATIONS = 4  # the files of a generation are removed by the second one after it
COPY = "Banjir merendam tiga kecamatan di Samarinda sejak Senin pagi, dan warga mengungsi ke balai desa yang kering."


def publish(engine: Engine, number: int) -> None:
    """Publish an archive in which everything an engine can be asked depends on the number."""
    articles = [an_article(f"{name}{number}", f"{COPY} zeta{number}") for name in "ab"]
    detector = NearDuplicateDetector()
    for one in articles:
        detector.add(one.id, fingerprint(one.paragraphs))
    stories = detector.group(lambda _: ())
    with engine.build(fresh=True) as building:
        for one in articles:
            building.add(one)
        counts = DefinitionCounts([(Definition("ZT", f"zeta{number}"), 9)])
        counts.save(building.companion_file(SHORT_FORMS_FILE))
        line = BoilerplateLine(f"Outlet {number}", "Baca juga", 9, learned=True)
        save_boilerplate([line], building.companion_file(BOILERPLATE))
        stories.save(building.companion_file(STORIES))
        building.set_stories(stories.story_ids, stories.loose_group_ids)


def told(reader: Reader, number: int) -> list[object]:
    """Everything a reader answers about the archive with that number, but for the moment it was built."""
    found, info = reader.find(Query(f"zeta{number}")), reader.info()
    vocabulary, stories = reader.vocabulary(), reader.relatives()
    return [
        (info.id, info.articles, info.stories, found.index == info),
        (found.articles, found.stories, found.counts, found.tree, list(found.matches)),
        [reader.get(f"{name}{number}") for name in "ab"],
        (vocabulary.articles(f"zeta{number}"), list(vocabulary.starting("zeta", 9)), list(vocabulary.near("zeta", 9))),
        [form for form in reader.short_forms().forms if form.short == "zt"],
        list(reader.boilerplate()),
        (stories.story_ids, _links(stories, number)),
        list(reader.check()),
    ]


def _links(stories: Stories, number: int) -> object:
    return [list(stories.links_of(f"{name}{number}")) for name in "ab"]


def test_a_snapshot_goes_on_answering_from_what_it_held(engine: Engine) -> None:
    publish(engine, 0)
    asked, expected = engine.snapshot(), told(engine, 0)
    assert all(expected[:-1]), "there is something of every kind to lose"
    for number in range(1, PUBLICATIONS):
        publish(engine, number)
        assert told(asked, 0) == expected
        assert told(engine, number) == told(engine.snapshot(), number) != expected
        assert asked.find(Query(f"zeta{number}")).articles == 0


def test_what_a_snapshot_reads_late_is_still_that_of_its_generation(engine: Engine) -> None:
    publish(engine, 0)
    unasked, expected = engine.snapshot(), told(engine, 0)
    publish(engine, 7)
    later = engine.snapshot()  # of a generation that nobody has asked anything
    for number in range(1, PUBLICATIONS):
        publish(engine, number)
    assert told(unasked, 0) == expected
    publish(engine, 7)
    assert told(later, 7) == told(engine, 7)


def test_the_hits_of_an_answer_are_those_of_the_generation_that_answered(engine: Engine) -> None:
    publish(engine, 0)
    found = engine.snapshot().find(Query("zeta0"))
    for number in range(1, PUBLICATIONS):
        publish(engine, number)
    assert [match.article.id for match in found.matches] == ["a0"]
