"""What people are asked about their own contacts and pages, and the word they gave on it.

It asks people that the policy binds, on what its rules forbid or want of them, as what they are to the
school. A word counts while the clauses that asked have the same words, and until the rhythm that the
federation chose is due again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from schoolgate.conduct import facts
from schoolgate.conduct.answers import CONTACT, SENTENCE, fixed_sentence
from schoolgate.conduct.duty_kinds import CONNECTIONS, SETTINGS
from schoolgate.conduct.models import OwnWord
from schoolgate.conduct.states import Said, Topic
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Person
from schoolgate.policy import knowing
from schoolgate.policy.asking import verdict
from schoolgate.policy.keeping import Wording
from schoolgate.policy.queries import PolicyInForce, policy_begun
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
        sentence = fixed_sentence(verdict(PROFILE, facts.named_page_facts(person, at=at), on=local_day(at)))
        return [(PROFILE, facts.own_page_facts(person, said, at=at, sentence=sentence))]
    return [(CONTACT, facts.contact_facts(person, OTHERS[Topic(topic)], act, at=at)) for act in ACTS]


def wordings(policy: PolicyInForce, clauses: Iterable[str]) -> dict[str, str]:
    """Return these clauses, each with the digest of its words now."""
    return {one: Wording.of(policy.book.clause(one)).digest for one in clauses}


def _clauses(person: Person, policy: PolicyInForce, *, at: datetime) -> Mapping[Topic, tuple[str, ...]]:
    """Return what people like this one are asked on, with the clauses: once for all of them."""
    memo, key = current_scope().memo, ("conduct.words", person.relation, policy.reading.pk, at)
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
