"""Who was told what the policy wants everyone to know: from guides they confirmed and training on record.

The policy's own rules name the topics (`briefing.status`). A policy without such rules asks no one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolgate.core.clock import local_day
from schoolgate.core.subjects import number_of, person_key
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on
from schoolgate.policy import guides, knowing
from schoolgate.policy.asking import verdicts
from schoolgate.policy.guides import Standing
from schoolgate.policy.models import Attestation, GuideVersion, TrainingRecord
from schoolgate.policy.states import Attested, GuideAbout, GuideFor
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.learning import Briefed, BriefingStatus, ShownTo

SITUATION, POINT = "briefing.status", "shown_to_everybody"
TOPICS: Mapping[str, str] = {GuideAbout.MISUSE: "misuse", GuideAbout.IDENTITY: "identity fraud"}
"""What a guide is about -> what the rules call it."""
MOST_NAMED = 100


@dataclass(frozen=True)
class Told:
    """How a topic that everyone must know stands: the guide about it, who was told, and who was not."""

    topic: str
    guide: Standing | None
    told: int
    waiting: tuple[Person, ...]

    @property
    def named(self) -> tuple[Person, ...]:
        """Return those who wait, as many as a page names."""
        return self.waiting[:MOST_NAMED]

    @property
    def more(self) -> int:
        """Return how many more wait."""
        return len(self.waiting[MOST_NAMED:])

    @property
    def asked(self) -> int:
        """Return of how many people the policy asks it."""
        return self.told + len(self.waiting)


def topics_of(book: Book) -> tuple[str, ...]:
    """Return what the policy wants everyone to know, in its rules' words; empty where nothing."""
    return tuple(str(one) for one in book.stated(SITUATION, POINT, "topic"))


def clauses_of(book: Book) -> tuple[str, ...]:
    """Return the clauses that want everyone to know something."""
    return tuple(book.clauses_at(SITUATION, POINT))


def guide_about(topic: str, published: Iterable[Standing] | None = None) -> Standing | None:
    """Return the newest published guide for staff about this topic."""
    rows = guides.published() if published is None else published
    found = [
        one for one in rows if one.guide.audience == GuideFor.STAFF and TOPICS.get(one.guide.about) == topic
    ]
    return max(found, key=lambda one: one.guide.pk, default=None)


def shown_to(people: Iterable[int], topics: Sequence[str]) -> dict[int, tuple[ShownTo, ...]]:
    """Return what each of these people was told of these topics, and when. Two queries and one for guides."""
    ids = list(people)
    found: dict[int, list[ShownTo]] = {pk: [] for pk in ids}
    words = {topic.casefold(): topic for topic in topics}
    for pk, on, about in TrainingRecord.objects.filter(person__in=ids).values_list("person", "on", "topics"):
        found[pk] += [ShownTo(topic=words[one.casefold()], on=on) for one in about if one.casefold() in words]
    rows = Attestation.objects.filter(kind=Attested.GUIDE_READ, about_person__in=ids, answer=True)
    read = list(rows.values_list("about_person", "at", "subject"))
    versions = {number_of(subject) for _pk, _at, subject in read}
    about_of = dict(GuideVersion.objects.filter(pk__in=versions).values_list("pk", "guide__about"))
    for pk, at, subject in read:
        topic = TOPICS.get(about_of.get(number_of(subject), ""))
        if topic in topics:
            found[pk].append(ShownTo(topic=topic, on=local_day(at)))
    return {pk: tuple(sorted(all_of, key=lambda one: one.on)) for pk, all_of in found.items()}


def facts_of(people: Sequence[Person], book: Book, *, on: date) -> list[BriefingStatus]:
    """Return for each of these people what they were told, as facts."""
    shown = shown_to([one.pk for one in people], topics_of(book))
    return [_facts(one, shown[one.pk], on=on) for one in people]


def owed_by(people: Sequence[Person], book: Book, *, on: date) -> dict[str, dict[int, tuple[str, ...]]]:
    """Return for each topic who still has to be told, with the clauses by which. Each topic is asked by
    itself, as if all others had been told, because the rules of two topics may bind different people."""
    topics = topics_of(book)
    shown = shown_to([one.pk for one in people], topics)
    owed: dict[str, dict[int, tuple[str, ...]]] = {}
    for topic in topics:
        others = tuple(ShownTo(topic=one, on=on) for one in topics if one != topic)
        asked = [
            _facts(one, (*others, *(each for each in shown[one.pk] if each.topic == topic)), on=on)
            for one in people
        ]
        found = zip(people, verdicts(SITUATION, asked, on=on), strict=True)
        owed[topic] = {one.pk: clauses for one, each in found if (clauses := owed_clauses(each))}
    return owed


def owed_clauses(decision: Decision) -> tuple[str, ...]:
    """Return the clauses by which a person still has to be told."""
    return decision.clauses_at(POINT, kinds=[Kind.REQUIRES])


def standing(book: Book, *, on: date) -> list[Told]:
    """Return how each topic stands that the policy wants everyone to know."""
    topics = topics_of(book)
    if not topics:
        return []
    here = list(knowing.people_here(on).exclude(away_on(on, person="pk")).order_by("name", "pk"))
    owed, published = owed_by(here, book, on=on), guides.published()
    shown = shown_to([one.pk for one in here], topics)
    return [
        Told(
            topic=topic,
            guide=guide_about(topic, published),
            told=sum(any(each.topic == topic for each in shown[one.pk]) for one in here),
            waiting=tuple(one for one in here if one.pk in owed[topic]),
        )
        for topic in topics
    ]


def wants_word(person: Person, guide: Standing, book: Book, *, on: date) -> bool:
    """Return whether this person is asked to confirm that they have read this guide."""
    topic = TOPICS.get(guide.guide.about)
    if topic is None or guide.shown is None or topic not in topics_of(book):
        return False
    newest = guide_about(topic)
    return newest is not None and newest.guide == guide.guide and bool(owed_by([person], book, on=on)[topic])


def _facts(person: Person, shown: tuple[ShownTo, ...], *, on: date) -> BriefingStatus:
    one = Briefed.model_validate({"key": person_key(person.pk), "relation": person.relation, "shown": shown})
    return BriefingStatus(on=on, people=(one,))
