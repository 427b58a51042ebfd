"""Who was told what the policy wants everyone to know: from guides they confirmed and training on record.

The policy's own rules name the topics (`briefing.status`). A policy without such rules asks no one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.duties.actions import Opened, Then, discharge, open_duties, open_duty
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on
from schoolgate.policy import guides, knowing
from schoolgate.policy.asking import answered, record_decisions, verdicts
from schoolgate.policy.duty_kinds import BRIEF, BRIEF_ALL
from schoolgate.policy.guides import Standing
from schoolgate.policy.models import (
    Attestation,
    Attested,
    Guide,
    GuideAbout,
    GuideFor,
    GuideVersion,
    TrainingRecord,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind, Outcome
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


# Tell everyone what the policy wants them to know: the task to read a guide, its confirmation, and what
# training counts for it.


AT_ONCE = 500
"""People that one transaction of the sweep looks at."""


@action
def confirm_guide(*, by: Person, at: datetime, guide: Guide, number: int) -> Attestation:
    """Record that a person has read the published version of a guide that the policy wants everyone to know,
    by their own sign-in. `number`: of the version they saw.

    Raises NotNow where another version was published meanwhile, or they aren't asked.
    """
    on = local_day(at)
    book = in_force(on).book
    found = guides.guide(guide.pk)
    if found.shown is None or found.shown.number != number or found.guide.ended_at is not None:
        raise NotNow(_("The guide has changed since you opened it."), _("Read it again."))
    if not wants_word(by, found, book, on=on):
        raise NotNow(_("You don’t have to confirm this guide."), _("You don’t need to do anything else."))
    shown = found.shown
    row = attest(
        kind=Attested.GUIDE_READ, about=shown, about_person=by, by=by, at=at,
        seen={"title": shown.title, "text": shown.text, "title_cy": shown.title_cy, "text_cy": shown.text_cy},
    )  # fmt: skip
    note_told(people=[by], topics=[TOPICS[found.guide.about]], at=at)
    return row


@action
def note_told(*, people: Iterable[Person], topics: Iterable[str], at: datetime) -> None:
    """Record that these people have now been told these topics, as far as the policy wants everyone to know
    them: with its clauses, and their tasks ended. Nothing happens for other topics."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    wanted = {topic.casefold() for topic in topics_of(policy.book)}
    said = wanted & {topic.casefold() for topic in topics}
    everybody = list({one.pk: one for one in people}.values())
    if not said or not everybody:
        return
    facts = facts_of(everybody, policy.book, on=on)
    asked = list(zip(facts, everybody, strict=True))
    for kept in record_decisions(SITUATION, asked, at=at, by=None):
        if kept.outcome == Outcome.PERMITTED:
            clauses = answered(kept).clauses
            record("briefing.told", subject=kept.subject, at=at, clauses=clauses, decision=kept.pk)
    rows = Duty.objects.filter(kind=BRIEF, person__in=everybody, state__in=STILL_TO_DO)
    duties = list(rows.select_related("person"))
    about = dict(
        Guide.objects.filter(pk__in={number_of(one.subject) for one in duties}).values_list("pk", "about")
    )
    for duty in duties:
        if TOPICS.get(about.get(number_of(duty.subject), ""), "").casefold() in said:
            discharge(kind=BRIEF, subject=duty.subject, person=duty.person, by=duty.person, at=at, how="told")


@action
def watch_briefings(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask people who sign in to read what the policy in force wants everyone to know, once there is a guide
    about it. Safe to run twice.

    Checks `limit` people with ids above `after`; returns the id to continue from, None at the end.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not topics_of(policy.book):
        return None
    here = knowing.people_here(on).select_related("user").filter(pk__gt=after).order_by("pk")
    looked = list(here.exclude(away_on(on, person="pk"))[:limit])
    without = knowing.without_sign_in(looked, at=at)
    published = guides.published()
    for topic, clauses in owed_by(looked, policy.book, on=on).items():
        about = guide_about(topic, published)
        if about is not None:
            reached = [one for one in looked if one.pk in clauses and one.pk not in without]
            _ask(reached, about.guide, clauses, policy, at=at)
    return looked[-1].pk if len(looked) == limit else None


@action
def watch_untold(*, at: datetime) -> None:
    """Ask the role that looks after the policy to tell those that no guide reaches: there is none about it
    yet, or they don't sign in. Ends the task once no one is left. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not topics_of(policy.book):
        return
    waiting = [(one.guide, each) for one in standing(policy.book, on=on) for each in one.waiting]
    without = knowing.without_sign_in([each for _guide, each in waiting], at=at)
    unreached = [each for guide, each in waiting if guide is None or each.pk in without]
    owner, overseer = keepers_of(policy.book)
    if not unreached:
        discharge(kind=BRIEF_ALL, subject=policy.version, by=None, at=at, how="told")
        return
    if owner is None or Duty.objects.filter(kind=BRIEF_ALL, state__in=STILL_TO_DO).exists():
        return
    facts = facts_of(unreached[:1], policy.book, on=on)[0]
    kept = record_decisions(SITUATION, [(facts, unreached[0])], at=at, by=None)[0]
    open_duty(
        kind=BRIEF_ALL, subject=policy.version, role=owner, at=at, due=Due.none_promised(),
        clauses=owed_clauses(answered(kept)), decision=kept,
        then=Then(basis=Basis.HOUSE, role=overseer) if overseer else None,
    )  # fmt: skip


def _ask(
    people: Sequence[Person],
    guide: Guide,
    clauses: dict[int, tuple[str, ...]],
    policy: PolicyInForce,
    *,
    at: datetime,
) -> None:
    """Open the task to read this guide for those who don't have it yet, with the decision it comes from."""
    rows = Duty.objects.filter(kind=BRIEF, subject=subject_of(guide), person__in=people)
    rows = rows.filter(state__in=STILL_TO_DO)
    there = set(rows.values_list("person_id", flat=True))
    new = [one for one in people if one.pk not in there]
    facts = facts_of(new, policy.book, on=local_day(at))
    kept = record_decisions(SITUATION, list(zip(facts, new, strict=True)), at=at, by=None)
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=BRIEF, subject=guide, person=one, due=Due.none_promised(), clauses=clauses[one.pk],
                decision=row,
            )
            for one, row in zip(new, kept, strict=True)
        ],
    )  # fmt: skip
