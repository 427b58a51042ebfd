"""What people are asked about their own contacts and pages, and the word they gave on it.

It asks people that the policy binds, on what its rules forbid or want of them, as what they are to the
school. A word counts while the clauses that asked have the same words, and until the rhythm that the
federation chose is due again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from schoolgate.conduct import reminding
from schoolgate.conduct.answers import CONTACT, SENTENCE, fixed_sentence
from schoolgate.conduct.models import CONNECTIONS, SETTINGS, WORD, OwnWord, Said, Topic
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.policy import knowing
from schoolgate.policy.asking import forget_facts, record_decision, verdict
from schoolgate.policy.keeping import Wording
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Kind

PROFILE = "personal.profile"
ACTS = ("follow", "accept", "message")
"""What makes someone a contact. Policies have their clauses for one or the other."""
AGAINST = (Kind.FORBIDS, Kind.REQUIRES)
RHYTHM = {SETTINGS: (Topic.DISCLAIMER,), CONNECTIONS: (Topic.PUPILS, Topic.FORMER, Topic.PARENTS)}
"""The task of the federation's rhythm -> what it asks people for again."""
OTHERS = {Topic.PUPILS: "pupil", Topic.FORMER: "former_pupil", Topic.PARENTS: "parent"}


@dataclass(frozen=True)
class Asked:
    """A topic on which a person is asked, by which clauses, with the word they gave. `open`: they gave none,
    or not on these clauses, or it is time again."""

    topic: Topic
    clauses: tuple[str, ...]
    word: OwnWord | None
    open: bool


def asked_of(people: Iterable[Person], *, at: datetime) -> Mapping[int, list[Asked]]:
    """Return what each of these people is asked. The number of queries does not grow with them."""
    on, everybody = local_day(at), list(people)
    policy = policy_begun(on)
    if policy is None or not everybody:
        return {one.pk: [] for one in everybody}
    stands = knowing.standing(everybody, on=on)
    bound = [one for one in everybody if stands[one.pk].place is knowing.Place.BOUND]
    words = {(row.person_id, row.topic): row for row in OwnWord.objects.filter(person__in=bound)}
    again = _again(bound)
    found: dict[int, list[Asked]] = {one.pk: [] for one in everybody}
    for one in bound:
        for topic, clauses in _clauses(one, policy, at=at).items():
            word = words.get((one.pk, topic))
            since = again.get((one.pk, topic))
            stale = word is not None and since is not None and word.at < since
            changed = word is None or word.wordings != wordings(policy, clauses)
            found[one.pk].append(Asked(topic, clauses, word, changed or stale))
    return found


def situations_of(person: Person, topic: str, said: str, *, at: datetime) -> list[tuple[str, Facts]]:
    """Return the situations, with their facts, that a word on a topic puts to the policy."""
    if topic == Topic.DISCLAIMER:
        sentence = fixed_sentence(
            verdict(PROFILE, reminding.named_page_facts(person, at=at), on=local_day(at))
        )
        return [(PROFILE, reminding.own_page_facts(person, said, at=at, sentence=sentence))]
    return [(CONTACT, reminding.contact_facts(person, OTHERS[Topic(topic)], act, at=at)) for act in ACTS]


def wordings(policy: PolicyInForce, clauses: Iterable[str]) -> dict[str, str]:
    """Return these clauses, each with the digest of its words now."""
    return {one: Wording.of(policy.book.clause(one)).digest for one in clauses}


def _clauses(person: Person, policy: PolicyInForce, *, at: datetime) -> Mapping[Topic, tuple[str, ...]]:
    """Return what people like this one are asked on, with the clauses: once for all of them."""
    memo, key = current_scope().memo, ("conduct.wording", person.relation, policy.reading.pk, at)
    found: dict[Topic, tuple[str, ...]] | None = memo.get(key)  # type: ignore[assignment]
    if found is None:
        on, found = local_day(at), {}
        for topic in Topic:
            points = ("own_disclaimer", SENTENCE) if topic is Topic.DISCLAIMER else ()
            each = situations_of(person, topic, Said.AGAINST, at=at)
            said = [verdict(situation, known, on=on) for situation, known in each]
            cited = [
                clause for one in said for clause in one.clauses_at(*(points or one.points), kinds=AGAINST)
            ]
            if cited:
                found[topic] = tuple(dict.fromkeys(cited))
        memo[key] = found
    return found


def _again(people: Iterable[Person]) -> dict[tuple[int, Topic], datetime]:
    """Return when each of these people was last asked for each topic by the rhythm."""
    ids = {subject_of(one): one.pk for one in people}
    rows = Duty.objects.filter(kind__in=RHYTHM, subject__in=ids).values_list("subject", "kind")
    last = rows.annotate(last=Max("opened_at")).order_by()
    return {(ids[subject], topic): at for subject, kind, at in last for topic in RHYTHM[kind]}


AT_ONCE = 500
"""People that one transaction of the sweep looks at."""


@action
def give_word(*, by: Person, at: datetime, said: Mapping[str, str]) -> list[OwnWord]:
    """Save a person's own word on topics that the policy in force asks them about: topic -> `Said`.

    It ends their task once nothing is open. Raises NotNow for a topic that they aren't asked about; BadInput
    (the topic) for an answer that it doesn't have.
    """
    asked = {one.topic: one for one in asked_of([by], at=at)[by.pk]}
    for topic, answer in said.items():
        if topic not in asked:
            raise NotNow(
                _("Your policy doesn’t ask you this any more."), _("You don’t need to do anything else.")
            )
        if answer not in Said.values or (answer == Said.SHOWN and topic != Topic.DISCLAIMER):
            raise BadInput({topic: _("Choose from the list.")})
    rows = [_save(by, asked[Topic(topic)], answer, at=at) for topic, answer in said.items()]
    left = {one.topic for one in asked_of([by], at=at)[by.pk] if one.open}
    if not left:
        discharge(kind=WORD, subject=by, person=by, by=by, at=at, how="said")
    contacts = RHYTHM[CONNECTIONS]
    if left.isdisjoint(contacts) and not set(contacts).isdisjoint(said):
        discharge(kind=CONNECTIONS, subject=by, person=by, by=by, at=at, how="said")
    return rows


def _save(by: Person, asked: Asked, said: str, *, at: datetime) -> OwnWord:
    number = asked.word.pk if asked.word else reserve(OwnWord, 1)[0]
    kept: list[DecisionRecord] = []
    for situation, known in situations_of(by, asked.topic, said, at=at):
        kept.append(record_decision(situation, known, at=at, by=None, subject=f"conduct.ownword:{number}"))
        forget_facts(kept[-1])
    policy = in_force(local_day(at))
    first = next((one for one in kept if one.clauses), kept[0])
    row = OwnWord(
        pk=number, federation_id=by.federation_id, person=by, topic=asked.topic, said=said, at=at,
        version=policy.version, decision=first, wordings=wordings(policy, asked.clauses),
    )  # fmt: skip
    row.save(force_insert=asked.word is None, force_update=asked.word is not None)
    record("ownword.given", subject=row, at=at, clauses=asked.clauses, decision=first.pk)
    return row


@action
def ask_for_words(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Open the task to declare for people who have something open, and end it for those who aren't
    asked any more; the program's own sweep. Safe to run twice.

    Checks `limit` people with ids above `after`; returns the id to continue from, None at the end."""
    on = local_day(at)
    here = Person.objects.filter(here_on(on), pk__gt=after).exclude(away_on(on, person="pk"))
    looked = list(here.order_by("pk")[:limit])
    asked = asked_of(looked, at=at)
    rows = Duty.objects.filter(
        kind=WORD, subject__in=[subject_of(one) for one in looked], state__in=STILL_TO_DO
    )
    standing = {number_of(one) for one in rows.values_list("subject", flat=True)}
    wanted = []
    for one in looked:
        clauses = [clause for each in asked[one.pk] if each.open for clause in each.clauses]
        if clauses and one.pk not in standing:
            wanted.append(Opened(WORD, one, Due.none_promised(), person=one, clauses=tuple(clauses)))
        elif not clauses and one.pk in standing:
            cancel(kind=WORD, subject=one, because="not_asked", at=at)
    open_duties(at=at, wanted=wanted)
    return looked[-1].pk if len(looked) == limit else None
