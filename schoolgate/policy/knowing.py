"""Who is bound by the policy in force, who was asked to read it, and what they answered; who may see that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, get_args

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.people.models import Invitation, Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import capacities, held_on, here_on
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import verdicts
from schoolgate.policy.duty_kinds import TALK
from schoolgate.policy.models import (
    Asking,
    Attestation,
    Attested,
    Engagement,
    ManagerStep,
    PaperAnswer,
    PolicyVersion,
    TrainingRecord,
    UnderstandingCheck,
)
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.policy.rules import check_may_own
from schoolgate.rulebook import Decision, decide
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.kinds import Kind, Outcome, SilentBecause
from schoolgate.rulebook.situations import learning
from schoolgate.rulebook.situations.learning import Knower, PolicyKnown
from schoolgate.rulebook.situations.policy import Learnt, PersonEntrust, PolicyBinds, TaskKind

# Build, from rows about people, their roles and their knowledge, the facts of policy.binds, policy.known,
# training.status and person.entrust.


TakesPart = Literal["runs_account", "writes_on_account"]


def binds_facts(
    person: Person, engaged: Engagement | None, takes_part: Iterable[str] | None, *, on: date
) -> PolicyBinds:
    """Return the facts that decide whether the policy binds this person. What has not been entered stays
    unknown."""
    return PolicyBinds.model_validate(
        {
            "on": on,
            "person": known.Person.model_validate(
                {"key": person_key(person.pk), "relation": person.relation}
            ),
            "works_as": tuple(engaged.works_as) or None if engaged else None,
            "systems_access": engaged.systems_access if engaged else None,
            "takes_part": None if takes_part is None else tuple(sorted(takes_part)),
        }
    )


def knower(person: Person, **on_record: Any) -> Knower:
    """Return what is on record about a person's knowledge of the policy, by the names of `Knower`."""
    return Knower.model_validate({"key": person_key(person.pk), "relation": person.relation, **on_record})


def acknowledge_facts(
    person: Person, *, number: int, on: date, to_end: bool, right: int | None, asked: int | None
) -> PolicyKnown:
    """Return the facts of a person about to acknowledge the policy, with `right` of `asked` questions
    answered correctly."""
    one = knower(person, opened_to_end=to_end, questions_right=right, questions_asked=asked)
    return PolicyKnown(on=on, act="acknowledge", number=number, people=(one,), signs_as="having_read")


def entrust_facts(
    person: Person,
    task: TaskKind,
    engaged: Engagement | None,
    trainings: Iterable[TrainingRecord],
    *,
    acknowledged: bool,
    manages: bool,
    on: date,
) -> PersonEntrust:
    """Return the facts of a person about to be given a part: what is on record about them."""
    binds = binds_facts(person, engaged, None, on=on)
    return PersonEntrust(
        on=on,
        task=task,
        person=binds.person,
        works_as=binds.works_as,
        systems_access=binds.systems_access,
        acknowledged=acknowledged,
        manages=manages,
        trainings=tuple(
            Learnt(on=row.on, topics=tuple(row.topics), version=row.version.number if row.version else None)
            for row in trainings
        ),
        conditions=(),
    )


# Reads of what line managers did about someone in their team.


def steps_about(people: Iterable[int], version: PolicyVersion) -> QuerySet[ManagerStep]:
    """Return what line managers did about these people under a version, newest first."""
    rows = ManagerStep.objects.filter(version=version, person_id__in=list(people))
    return rows.select_related("by").order_by("-on", "-id")


def steps_of(people: Iterable[int], version: PolicyVersion) -> dict[int, tuple[learning.ManagerStep, ...]]:
    """Return the same as facts, by person. One query."""
    found: dict[int, tuple[learning.ManagerStep, ...]] = {}
    for row in steps_about(people, version):
        step = learning.ManagerStep.model_validate({"what": row.did, "on": row.on})
        found[row.person_id] = (*found.get(row.person_id, ()), step)
    return found


# Reads of who is bound by the policy in force, who was asked to read it, and their answers.


Parts = Callable[[list[int], date], Mapping[int, frozenset[str]]]
OWED = (Kind.OBLIGES, Kind.REQUIRES)


class Place(StrEnum):
    """Whether the policy binds a person, as far as is known."""

    BOUND = "bound"
    NOT_BOUND = "not_bound"
    NOT_KNOWN = "not_known"
    """Something that decides it is not on record."""
    OPEN = "open"
    """The policy's words leave it open, and there is no ruling on it."""


_PLACES = {
    Outcome.PERMITTED: Place.BOUND,
    Outcome.HOLD: Place.NOT_KNOWN,
    Outcome.REFER: Place.OPEN,
}


@dataclass(frozen=True)
class PolicyScope:
    """Whether the policy binds a person, by which of its clauses; `decision` is the answer in full."""

    place: Place
    facts: PolicyBinds
    decision: Decision

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that bind them."""
        return self.decision.clauses_at("bound")


@dataclass(frozen=True)
class Wants:
    """What the policy in force asks of the people it binds, each with its clauses; empty where nothing.

    `word`: that some of them acknowledge it. `reading`: that they have read it to the end first.
    `understanding`: that they answered questions on it first. `for_account`, `understood_for_account`: that
    the people who run an account have acknowledged that they have read, and understood, it before the
    account opens.
    """

    word: tuple[str, ...]
    reading: tuple[str, ...]
    understanding: tuple[str, ...]
    for_account: tuple[str, ...]
    understood_for_account: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether anyone is asked when a version comes into force."""
        return bool(self.word or self.reading)


@dataclass(frozen=True)
class AcknowledgementAnswer:
    """A person's latest answer about a version."""

    answer: bool
    at: datetime
    how: str
    """`signed_in`, `link` or `paper`."""


def _no_parts(_people: list[int], _on: date) -> Mapping[int, frozenset[str]]:
    raise LookupError


_find_parts: Parts = _no_parts


def find_parts_with(find: Parts) -> None:
    """Register how to find the parts that people have in the federation's accounts: accounts are above this
    app and call this when the program starts."""
    global _find_parts  # noqa: PLW0603 - set once, at the start
    _find_parts = find


def people_here(on: date) -> QuerySet[Person]:
    """Return everyone who is here on a day."""
    return Person.objects.filter(here_on(on))


def people_who(
    answered: str, version: PolicyVersion, *, on: date, after: Person | None = None, limit: int
) -> list[Person]:
    """Return people by name, from after `after`: whose last answer is `yes` or `declined`, asked and still
    `waiting`, or everyone here where `answered` is empty."""
    word = words_on(version).filter(about_person=OuterRef("pk"))
    rows = people_here(on).annotate(said=Subquery(word.order_by("-id").values("answer")[:1]))
    if answered == "waiting":
        rows = rows.filter(said=None, pk__in=askings(version).values("person"))
    elif answered:
        rows = rows.filter(said=answered == "yes")
    if after is not None:
        rows = rows.filter(name__gte=after.name).exclude(name=after.name, pk__lte=after.pk)
    return list(rows.order_by("name", "pk")[:limit])


def askings(version: PolicyVersion) -> QuerySet[Asking]:
    """Return who was asked about a version with the document that it has now."""
    return Asking.objects.filter(version=version, document=version.document)


def words_on(version: PolicyVersion) -> QuerySet[Attestation]:
    """Return what people said about having read a version with the document it has now (docs/adr/0065)."""
    return Attestation.objects.filter(version=version, kind=Attested.POLICY_READ, document=version.document)


def asked_about(version: PolicyVersion, people: Iterable[Person]) -> set[int]:
    """Return the ids of those of these people who were asked about a version. One query."""
    return set(askings(version).filter(person__in=people).values_list("person_id", flat=True))


def asking_of(person: Person, version: PolicyVersion) -> Asking | None:
    """Return how a person was asked about a version, if they were."""
    return askings(version).filter(person=person).select_related("person", "version").first()


def paper(pk: int) -> PaperAnswer:
    """Return an answer given on paper. Raises NotFound."""
    found = PaperAnswer.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def standing(people: Iterable[Person], *, on: date) -> dict[int, PolicyScope]:
    """Whether the policy in force binds each of these people. The number of queries does not grow with
    them."""
    everybody = list(people)
    ids = [person.pk for person in everybody]
    engaged = engagements(ids)
    try:
        parts: Mapping[int, frozenset[str]] | None = _find_parts(ids, on)
    except LookupError:
        parts = None
    asked = [
        binds_facts(
            person,
            engaged.get(person.pk),
            None if parts is None else parts.get(person.pk, frozenset()),
            on=on,
        )
        for person in everybody
    ]
    decided = verdicts("policy.binds", asked, on=on)
    return {
        person.pk: PolicyScope(_place(decision), facts, decision)
        for person, facts, decision in zip(everybody, asked, decided, strict=True)
    }


def _place(decision: Decision) -> Place:
    """Return whether the policy binds a person. Where no rule says who is bound, but a clause that is to be
    read may, that isn't known."""
    if decision.silent_because is SilentBecause.NO_RULE and decision.unread:
        return Place.NOT_KNOWN
    return _PLACES.get(decision.points["bound"], Place.NOT_BOUND)


def engagements(people: Iterable[int]) -> dict[int, Engagement]:
    """What each of these people is engaged as, by the newest entry."""
    rows = Engagement.objects.filter(person_id__in=list(people)).order_by("person_id", "-id")
    return {row.person_id: row for row in rows.distinct("person_id")}


def wants(policy: PolicyInForce, *, on: date) -> Wants:
    """Return what the policy asks of the people it binds, from its own answers about a person who has done
    nothing yet."""
    memo = current_scope().memo
    found = memo.get(("policy.wants", on, policy.reading.pk))
    if not isinstance(found, Wants):
        nobody = Person(relation="staff")
        nobody.pk = 1
        signing = decide(
            policy.book,
            "policy.known",
            acknowledge_facts(nobody, number=1, on=on, to_end=False, right=None, asked=None),
            on=on,
        )
        anybody = tuple(Knower(key=one, relation=one, acknowledged=0) for one in get_args(Relation))
        sweep = decide(
            policy.book, "policy.known", PolicyKnown(on=on, act="sweep", number=1, people=anybody), on=on
        )
        found = memo["policy.wants", on, policy.reading.pk] = Wants(
            word=owed_at("policy_known", sweep),
            reading=owed_at("policy_opened", signing),
            understanding=owed_at("policy_understood", signing),
            for_account=policy.book.clauses_at("account.open", "read"),
            understood_for_account=policy.book.clauses_at("account.open", "understood"),
        )
    return found


def owed_at(point: str, decision: Decision) -> tuple[str, ...]:
    """Return the clauses by which something is owed or missing at a point."""
    return decision.clauses_at(point, kinds=OWED)


def asked_facts(
    people: Iterable[Person], policy: PolicyInForce, *, on: date, managers: Mapping[int, Person] | None = None
) -> dict[int, PolicyKnown]:
    """Return for each of these people whether they know the version in force. Four queries, however many
    they are."""
    everybody = list(people)
    ids = [person.pk for person in everybody]
    said = answers(ids, policy.version)
    last = last_read(ids)
    steps = steps_of(ids, policy.version)
    asked = dict(askings(policy.version).filter(person_id__in=ids).values_list("person_id", "at"))
    facts = {}
    for person in everybody:
        answer = said.get(person.pk)
        manager = (managers or {}).get(person.pk)
        one = knower(
            person,
            acknowledged=policy.version.number if answer and answer.answer else _before(last, person, policy),
            declined=answer is not None and not answer.answer,
            manager=person_key(manager.pk) if manager else None,
            asked_on=local_day(asked[person.pk]) if person.pk in asked else None,
            manager_steps=steps.get(person.pk, ()),
        )
        facts[person.pk] = PolicyKnown(on=on, act="sweep", number=policy.version.number, people=(one,))
    return facts


def _before(last: Mapping[int, PolicyVersion], person: Person, policy: PolicyInForce) -> int:
    earlier = last.get(person.pk)
    return earlier.number if earlier is not None and earlier.number < policy.version.number else 0


def answers(people: Iterable[int], version: PolicyVersion) -> dict[int, AcknowledgementAnswer]:
    """Return the last word of each of these people on having read a version. One query."""
    rows = words_on(version).filter(about_person_id__in=list(people))
    rows = rows.select_related("link").order_by("about_person_id", "-id").distinct("about_person_id")
    return {row.about_person_id: said_of(row) for row in rows if row.about_person_id}


def said_of(row: Attestation) -> AcknowledgementAnswer:
    """Return how a person answered: by their own sign-in, through a link to their own mailbox, or on
    paper."""
    how = "paper" if row.on_paper else "link" if getattr(row, "link", None) else "signed_in"
    return AcknowledgementAnswer(row.answer, row.at, how)


def last_read(people: Iterable[int], *, before: PolicyVersion | None = None) -> dict[int, PolicyVersion]:
    """Return the newest version that each of these people said they have read; one older than `before`
    where it is given."""
    rows = Attestation.objects.filter(
        about_person_id__in=list(people), kind=Attested.POLICY_READ, answer=True
    )
    if before is not None:
        rows = rows.filter(version__pack_key=before.pack_key, version__number__lt=before.number)
    rows = rows.select_related("version__text").defer("version__text__text")
    newest = rows.order_by("about_person_id", "-version__number", "-id").distinct("about_person_id")
    return {row.about_person_id: row.version for row in newest if row.about_person_id}


def asks_of(known: Decision, wanted: Wants) -> tuple[str, ...]:
    """Return the clauses by which a bound person is asked; empty where this person is not."""
    return owed_at("policy_known", known) or wanted.reading


def managers_of(people: Iterable[int], *, on: date) -> dict[int, Person]:
    """Return the line manager of each of these people on a day, where one is entered."""
    rows = RoleAssignment.objects.filter(
        held_on(on), scope_kind=ScopeKind.LINE_MANAGER_OF, managed_id__in=list(people)
    )
    rows = rows.filter(here_on(on, "person__")).select_related("person")
    return {row.managed_id: row.person for row in rows.order_by("-id") if row.managed_id}


def without_sign_in(people: Iterable[Person], *, at: datetime) -> set[int]:
    """People who only read: they have no password, and no invitation to choose one is open."""
    none = {person.pk for person in people if not person.user.has_usable_password()}
    invited = Invitation.objects.filter(person_id__in=none, used_at=None, expires_at__gt=at)
    return none - set(invited.values_list("person_id", flat=True))


def unanswered(version: PolicyVersion) -> QuerySet[Asking]:
    """Return the people who were asked about a version and have answered neither yes nor no."""
    word = words_on(version).filter(about_person=OuterRef("person"))
    return askings(version).filter(~Exists(word))


def last_check(person: Person, version: PolicyVersion) -> UnderstandingCheck | None:
    """Return the newest check of understanding that a person took on a version."""
    return UnderstandingCheck.objects.filter(person=person, version=version).order_by("-number").first()


@dataclass(frozen=True)
class Counted:
    """Acknowledgement counts for some of the people who are bound."""

    bound: int = 0
    yes: int = 0
    declined: int = 0
    not_known: int = 0
    """People who may or may not be bound by the policy: not on record, or no ruling yet. They are not counted
    as answers."""

    @property
    def waiting(self) -> int:
        """Return how many are bound and have not answered yet."""
        return self.bound - self.yes - self.declined

    def and_one(self, place: Place, said: AcknowledgementAnswer | None) -> Counted:
        """Return the numbers with one more person."""
        if place in (Place.NOT_KNOWN, Place.OPEN):
            return Counted(self.bound, self.yes, self.declined, self.not_known + 1)
        if place is Place.NOT_BOUND:
            return self
        yes = said is not None and said.answer
        no = said is not None and not said.answer
        return Counted(self.bound + 1, self.yes + yes, self.declined + no, self.not_known)


def counted(*, on: date) -> tuple[Counted, dict[int | None, Counted]]:
    """Return how many are bound, have said yes, have declined: in total, and by the schools that people
    hold a role in (None: in none of them). People with roles in two schools count in both."""
    policy = in_force(on)
    everybody = list(people_here(on).only("pk", "relation", "federation_id"))
    stands = standing(everybody, on=on)
    said = answers(list(stands), policy.version)
    schools: dict[int, set[int]] = {}
    held = RoleAssignment.objects.filter(held_on(on), school__isnull=False)
    for person_id, school_id in held.values_list("person_id", "school_id"):
        schools.setdefault(person_id, set()).add(school_id or 0)
    whole, by_school = Counted(), dict[int | None, Counted]()
    for pk, found in stands.items():
        whole = whole.and_one(found.place, said.get(pk))
        of_these: list[int | None] = [*schools.get(pk, ())] or [None]
        for school in of_these:
            by_school[school] = by_school.get(school, Counted()).and_one(found.place, said.get(pk))
    return whole, by_school


def history_of(person: Person) -> list[tuple[Attestation, AcknowledgementAnswer]]:
    """Return every answer of a person about having read a version, newest first, with how it was given."""
    rows = Attestation.objects.filter(about_person=person, kind=Attested.POLICY_READ)
    rows = rows.select_related("version", "by", "link", "paper").order_by("-id")[:50]
    return [(row, said_of(row)) for row in rows]


def is_waited_for(person: Person, version: PolicyVersion) -> bool:
    """Whether a person was asked about a version and has answered neither yes nor no."""
    return unanswered(version).filter(person=person).exists()


def talk_stands(person: Person) -> bool:
    """Return whether a talk with this person about their refusal is still outstanding."""
    return bool(standing_duties(TALK, [person])[subject_of(person)])


def team_of(person: Person, *, on: date) -> list[Person]:
    """Return the people here whose line manager a person is, by name."""
    held = RoleAssignment.objects.filter(held_on(on), person=person, scope_kind=ScopeKind.LINE_MANAGER_OF)
    return list(people_here(on).filter(pk__in=held.values("managed")).order_by("name", "pk"))


def manages_others(person: Person, *, on: date) -> bool:
    """Whether a person is entered as the line manager of another."""
    return RoleAssignment.objects.filter(
        held_on(on), person=person, scope_kind=ScopeKind.LINE_MANAGER_OF
    ).exists()


# Who may see acknowledgements, and who may enter answers given on paper.


SEES = frozenset({"own_policy", "oversee"})


def check_may_see_known(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy, or oversees its use."""
    if not capacities(person, on=on) & SEES:
        check_capacity(person, "own_policy", on=on)


def check_may_enter_paper(person: Person, *, about: Person, on: date) -> None:
    """Raise NotAllowed unless the person looks after the policy, and the paper is another person's."""
    check_may_own(person, on=on)
    if person.pk == about.pk:
        raise NotAllowed(
            _("You sign in yourself, so you can’t record a paper declaration of your own."),
            _("Make your declaration on the policy page."),
        )


def may_see_step(person: Person, subject: str, on: date) -> bool:
    """Return whether a person may see decisions about a line manager's step: only the line manager of the
    person it is about."""
    about = ManagerStep.objects.filter(pk=number_of(subject)).values_list("person_id", flat=True).first()
    return about is not None and managers_of([about], on=on).get(about) == person
