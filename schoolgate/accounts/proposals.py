"""Who may propose, discuss, sign and decide, what is read of proposals, and their facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, cast

from django.db.models import Prefetch, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.access import SEES_ALL
from schoolgate.accounts.models import (
    Account,
    Condition,
    ConditionWord,
    Proposal,
    ProposalState,
    SentBack,
    Signature,
    Talk,
)
from schoolgate.accounts.proposal_form import case_of, deciders, people_in, recipients, short_of, steps
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, Parts, read_once, with_all_parts
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.networks.registry import network_keys
from schoolgate.people.assignments import end_permission, give_permission
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import (
    Where,
    assignments,
    assignments_at,
    book_for,
    capacities,
    permissions_about,
    role_keys,
)
from schoolgate.people.rules import check_capacity
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import Attested, PolicyVersion
from schoolgate.policy.queries import PolicyInForce, in_force, vouched
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.rules.rule import Rule
from schoolgate.rulebook.situations.account_run import AccountUse
from schoolgate.rulebook.situations.account_run import Condition as ConditionFact
from schoolgate.rulebook.situations.accounts import AccountDecide, AccountPropose, Case, Placed, Runner
from schoolgate.rulebook.situations.accounts import Signature as SignatureFact

MAY_RUN = "run_account"
"""What a permission covers that lets a person who is not employed run an account."""


def role_names(
    person: Person, book: Book, *, on: date, school: School | None, about: Person | None = None
) -> tuple[str, ...]:
    """Return the policy's own names of the roles that the person holds there on that day, in the policy's
    order."""
    held = set(role_keys(person, Where(school=school, about=about), on=on))
    return tuple(role.name for role in book.roles if role.key in held)


def actor(
    person: Person, book: Book, *, on: date, school: School | None, about: Person | None = None
) -> known.Person:
    """Return the acting person as a fact."""
    roles = role_names(person, book, on=on, school=school, about=about)
    return known.Person.model_validate(
        {"key": person_key(person.pk), "relation": person.relation, "roles": roles}
    )


def runners(people: Iterable[Person], version: PolicyVersion, *, on: date) -> dict[int, Runner]:
    """Return what is on record about the people who will run an account.

    The number of queries does not grow with them. Reading and understanding count for the version in force,
    training for as long as the policy says. What is not on record has not happened as far as this
    federation can show, so it is no and not unknown.
    """
    everybody = {person.pk: person for person in people}
    said = vouched(everybody, version, on=on)
    subjects = {subject_of(person): pk for pk, person in everybody.items()}
    given = (
        permission_on(on).filter(covers=MAY_RUN, subject__in=list(subjects)).values_list("subject", flat=True)
    )
    allowed = {subjects[subject] for subject in given}
    return {
        pk: Runner.model_validate(
            {
                "key": person_key(pk),
                "relation": person.relation,
                "has_read": said[pk].get(Attested.POLICY_READ, False),
                "has_understood": said[pk].get(Attested.POLICY_UNDERSTOOD, False),
                "trained": said[pk].get(Attested.TRAINED, False),
                "authorised": False if _gone(person, on) else True if pk in allowed else None,
            }
        )
        for pk, person in everybody.items()
    }


def case_for(proposal: Proposal, policy: PolicyInForce, *, on: date) -> Case:
    """Return the case that the proposal makes, with what is on record about the people it names."""
    form = policy.book.proposal_form
    named = Person.objects.filter(pk__in=people_in(form, proposal.answers))
    return case_of(form, proposal.answers, runners(named, policy.version, on=on))


def placed(thing: Proposal | Account) -> Placed:
    """Return the network, the school's country and the age of the audience."""
    return Placed.model_validate(
        {
            "network": thing.network or None,
            "country": thing.school.country if thing.school else None,
            "pupils_in_audience": thing.pupils_in_audience,
            "youngest_pupil": thing.youngest_pupil,
        }
    )


def propose_facts(proposal: Proposal, policy: PolicyInForce, *, at: datetime) -> AccountPropose:
    """Return the facts of submitting a proposal."""
    on = local_day(at)
    return AccountPropose(
        now=at,
        on=on,
        by=actor(proposal.by, policy.book, on=on, school=proposal.school),
        addressed_to=recipients(policy.book),
        placed=placed(proposal),
        case=case_for(proposal, policy, on=on),
        leaves=departures(proposal, policy.book, on=on),
    )


def decide_facts(
    proposal: Proposal,
    policy: PolicyInForce,
    *,
    by: Person,
    act: Literal["approve", "reject"],
    acting_role: str | None,
    seen: str,
    reason_is_strong: bool | None,
    at: datetime,
) -> AccountDecide:
    """Return the facts of a signature or of a decision. `seen`: digest of the proposal as `by` was shown
    it."""
    on = local_day(at)
    now_stands = shown_digest(proposal)
    strong = None
    if reason_is_strong is not None:
        strong = known.Attested(
            answer=reason_is_strong, by=person_key(by.pk), at=at, of_this_version=seen == now_stands
        )
    author = author_of(proposal)
    return AccountDecide(
        now=at,
        on=on,
        by=actor(by, policy.book, on=on, school=proposal.school, about=author),
        act=act,
        acting_role=acting_role,
        applicant=person_key(proposal.by_id),
        opened_by_decider=seen == now_stands,
        complete=proposal.submitted_at is not None,
        signatures=signature_facts(proposal, policy.book),
        talks=_talks(proposal, policy.book),
        reason_is_strong=strong,
        platform=proposal.network or None,
        case=case_for(proposal, policy, on=on),
        leaves=departures(proposal, policy.book, on=on),
    )


def ask_about_deciding(proposal: Proposal, policy: PolicyInForce, *, at: datetime) -> AccountDecide:
    """Return the facts of an approval without an approver: what would still be missing at the decision."""
    on = local_day(at)
    return AccountDecide(
        now=at,
        on=on,
        act="approve",
        applicant=person_key(proposal.by_id),
        complete=proposal.submitted_at is not None,
        signatures=signature_facts(proposal, policy.book),
        talks=_talks(proposal, policy.book),
        platform=proposal.network or None,
        case=case_for(proposal, policy, on=on),
        leaves=departures(proposal, policy.book, on=on),
    )


def shown_digest(proposal: Proposal) -> str:
    """Return a digest of all that a decider or signer is shown of a proposal: it changes when any of it
    does."""
    shown = [
        proposal.pk,
        proposal.name,
        proposal.network,
        proposal.school_id,
        proposal.kind,
        proposal.pupils_in_audience,
        proposal.youngest_pupil,
        proposal.answers,
    ]
    return digest([*shown, proposal.considered] if proposal.considered else shown)


def author_of(proposal: Proposal) -> Person:
    """Return the author named in the form; where it names none, the person who submitted the proposal."""
    named = proposal.answers.get("author")
    if not named:
        return proposal.by
    return read_once(("accounts.author", named), lambda: Person.objects.get(pk=named))


def signature_facts(proposal: Proposal, book: Book) -> tuple[SignatureFact, ...]:
    """Return the valid signatures as facts. One that was given to another text says so."""
    stands = shown_digest(proposal)
    names = book.role_names
    rows = proposal.signatures.filter(voided=None).order_by("step")
    return tuple(
        SignatureFact(
            role=names[row.role_key],
            by=person_key(row.by_id),
            at=row.at,
            of_this_version=row.seen_digest == stands,
        )
        for row in rows
        if row.role_key in names
    )


def departures(thing: Proposal | Account, book: Book, *, on: date) -> tuple[known.Permission, ...]:
    """Return permissions on record to depart, for this thing, from what a clause only advises."""
    names = book.role_names
    rows = permissions_about(subject_of(thing), on=on)
    return tuple(
        known.Permission(
            clause=row.covers,
            role=names[row.role_key],
            by=person_key(row.given_by_id),
            written=row.written,
            from_day=row.from_day,
            to_day=row.to_day,
        )
        for row in rows
        if row.covers in book.clauses and row.role_key in names
    )


def _talks(proposal: Proposal, book: Book) -> tuple[known.Given, ...]:
    return tuple(
        known.Given(
            by=person_key(row.by_id),
            roles=role_names(row.by, book, on=local_day(row.at), school=proposal.school),
            at=row.at,
            covers=tuple(row.covers),
        )
        for row in proposal.talks.select_related("by").order_by("id")
    )


def permission_on(on: date) -> QuerySet[Permission]:
    """Return permissions in force on a day."""
    return Permission.objects.filter(Q(to_day=None) | Q(to_day__gte=on), from_day__lte=on, ended_at=None)


def _gone(person: Person, on: date) -> bool:
    return person.left_on is not None and person.left_on <= on


def check_may_propose(by: Person, school: School | None, *, on: date) -> None:
    """Raise NotAllowed unless one of the person's roles lets them propose, there or, without a school,
    anywhere."""
    check_capacity(by, "propose_account", on=on, school=school, anywhere=school is None)


def check_own_draft(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's draft, which only its writer sees; NotNow once it was submitted."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.DRAFT:
        raise NotNow(
            _("This proposal has been sent for approval and can’t be changed."),
            _("Withdraw it, or ask the person who decides to request changes."),
        )


def check_ready(proposal: Proposal) -> None:
    """Raise BadInput for what the program needs to know of any account, whatever the policy asks."""
    missing: dict[str, Text] = {}
    if not proposal.name:
        missing["name"] = _("Enter a name for the account.")
    if proposal.network not in network_keys():
        missing["network"] = _("Choose a network.")
    if not proposal.kind:
        missing["kind"] = _("Choose the kind of account.")
    if missing:
        raise BadInput(missing)


def _leaving(proposal: Proposal) -> Leaving:
    """Return the words of a proposal that the register shows once there is an account."""
    said = {name: str(proposal.answers.get(name) or "") for name in ("aim", "purpose_reason")}
    words = {"name": proposal.name, **said}
    return Leaving(Door.REGISTER, words, about=proposal, school=proposal.school)


read_by_two("accounts.proposal", _leaving)


def part_to_sign(by: Person, proposal: Proposal, book: Book, *, on: date) -> tuple[int, str]:
    """Return the step and the policy's role in which this person signs: their first open one, else the next
    step in turn.

    The policy says whether it is that step's turn, and whether this person may take it: a person who holds
    none of the roles, signs a second time or has left is refused by the clause. Raises NotNow where
    everything is signed.
    """
    signed = set(proposal.signatures.filter(voided=None).values_list("step", flat=True))
    still_open = [(number, name) for number, name in enumerate(steps(book), start=1) if number not in signed]
    if not still_open:
        raise NotNow(_("Every part of the form is already signed."), _("Open it again to see its status."))
    held = _roles_held(by, proposal, on=on)
    mine = [(number, name) for number, name in still_open if book.role(name).key in held]
    return (mine or still_open)[0]


def check_signs_as(by: Person, proposal: Proposal, book: Book, role: str, *, on: date) -> None:
    """Raise NotAllowed unless the person holds this role of the policy there: the final check, for a policy
    that would let anyone sign."""
    if book.role(role).key not in _roles_held(by, proposal, on=on):
        raise NotAllowed(
            format_lazy(_("This form must be signed by: {roles}."), roles=", ".join(steps(book))),
            _("If one of these roles is yours, ask the person who manages people here."),
        )


def check_own_waiting(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's proposal; NotNow unless it waits for its decision."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.SUBMITTED:
        raise NotNow(
            _("Only a proposal awaiting a decision can be changed."),
            _("Open it again to see its status."),
        )


def check_own_refused(by: Person, proposal: Proposal) -> None:
    """Raise NotFound for another person's proposal; NotNow unless it was refused."""
    if proposal.by_id != by.pk:
        raise NotFound
    if proposal.state != ProposalState.REFUSED:
        raise NotNow(_("You can only try again after a refusal."), _("Start a new proposal instead."))


def check_may_decide(by: Person, proposal: Proposal, book: Book, *, on: date) -> str:
    """Return the policy's role in which the person decides; raise NotAllowed where none of theirs may.

    The capacity must come from the deciding role itself: a person who may approve other things does not
    decide here.
    """
    check_capacity(by, "decide_account", on=on, school=proposal.school, about=author_of(proposal))
    held = _roles_held(by, proposal, on=on)
    for name in deciders(book):
        if book.role(name).key in held:
            return name
    raise NotAllowed(
        format_lazy(
            _("Under this policy, proposals are decided by: {roles}."), roles=", ".join(deciders(book))
        ),
        _("Ask one of them."),
    )


def check_may_allow(by: Person, proposal: Proposal, person: Person, book: Book, *, on: date) -> str:
    """Return the policy's role in which someone lets a person who isn't employed take a part; raise
    NotAllowed unless they decide on the proposal and it is someone else, NotNow while it isn't sent or was
    refused."""
    role = check_may_decide(by, proposal, book, on=on)
    if by.pk == person.pk:
        raise NotAllowed(
            _("You can’t give yourself permission."), _("Ask someone else who decides on accounts.")
        )
    if proposal.state not in (ProposalState.SUBMITTED, ProposalState.APPROVED):
        raise NotNow(
            _("Only people in a proposal that was sent or approved can be given permission."),
            _("Open it again to see its status."),
        )
    return role


def may_see_proposal(by: Person, proposal: Proposal, *, on: date) -> bool:
    """Return whether a person may see the proposal: a draft only its writer; once submitted, also those who
    decide, sign, oversee or advise."""
    if proposal.by_id == by.pk:
        return True
    if proposal.state == ProposalState.DRAFT:
        return False
    held = capacities(by, on=on, school=proposal.school, about=author_of(proposal))
    return bool(held & {"decide_account", "oversee", "open_account", "administer", "advise"})


def check_may_talk_over(by: Person, proposal: Proposal, *, on: date) -> None:
    """Raise NotAllowed for the applicant and the author, and for people who neither decide nor advise
    there."""
    if by.pk in (proposal.by_id, author_of(proposal).pk):
        raise NotAllowed(
            _("Only the person you talked to can confirm this."),
            _("Ask them to sign in and say so themselves."),
        )
    held = capacities(by, on=on, school=proposal.school, about=author_of(proposal))
    if not held & {"decide_account", "advise"}:
        check_capacity(by, "advise", on=on, school=proposal.school, about=author_of(proposal))


def _roles_held(by: Person, proposal: Proposal, *, on: date) -> Sequence[str]:
    where = Where(school=proposal.school, about=author_of(proposal))
    return role_keys(by, where, on=on)


@dataclass(frozen=True)
class Rung:
    """One step of the way to a decision: the policy's role, who holds it, and who of them can take it.

    `able`: without the proposer and, where there are several signatures, without the author; for the line
    manager's step only the person the form names, once it names one.
    """

    role: str
    people: tuple[Person, ...]
    able: tuple[Person, ...]


@dataclass(frozen=True)
class PartToAllow:
    """A person who isn't employed, named for a part that the policy gives them only with permission. `leave`:
    the one in force, with who gave it; `clauses`: those that ask for it."""

    person: Person
    leave: Permission | None
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """All the people whose approval a proposal needs. `in_order`: the rungs are signatures, one after the
    other; otherwise one of them decides. `short`: the roles left without anyone."""

    rungs: tuple[Rung, ...]
    in_order: bool
    short: tuple[str, ...]


def proposals(person: Person, on: date) -> QuerySet[Proposal]:
    """Return the proposals that a person may see, for paging: their own, and submitted ones where they decide
    or oversee.

    Two queries before the rows: the person's assignments and the federation's policy.
    """
    mine = Q(by=person)
    roles = {role.key: role.capacities for role in book_for(person).roles}
    for assignment in assignments(person, on=on, where=Where(anywhere=True)):
        if not SEES_ALL & roles.get(assignment.role_key, frozenset()):
            continue
        if assignment.scope_kind == "federation":
            mine |= ~Q(state=ProposalState.DRAFT)
        elif assignment.scope_kind == "school":
            mine |= Q(school_id=assignment.school_id) & ~Q(state=ProposalState.DRAFT)
        elif assignment.scope_kind == "line_manager_of":
            mine |= Q(by_id=assignment.managed_id) & ~Q(state=ProposalState.DRAFT)
    return Proposal.objects.filter(mine).select_related("by", "school")


def proposal_for(person: Person, pk: int, *, on: date) -> Proposal:
    """Return one proposal with its signatures, including voided ones, and its discussions.

    Raises NotFound where the person may not know of it.
    """
    for found in with_all_parts(_one().ask({A_NUMBER: pk}), PARTS):
        if may_see_proposal(person, found, on=on):
            return found
    raise NotFound


PARTS: Parts = {
    "signatures": lambda: Prefetch(
        "signatures", Signature.objects.select_related("by", "voided", "edition").order_by("step", "id")
    ),
    "sent_back": lambda: Prefetch("sent_back", SentBack.objects.select_related("by").order_by("-id")),
    "talks": lambda: Prefetch("talks", Talk.objects.select_related("by").order_by("id")),
}
"""What belongs to a proposal."""


@cache
def _one() -> FixedQuery[Proposal]:
    beside = ("by", "school", "decided_by", "decision", "version", "second_try_of")
    return FixedQuery(Proposal.objects.select_related(*beside).filter(pk=A_NUMBER))


def people_offered(named: Collection[int], *, most: int) -> list[tuple[int, str]]:
    """Return the people the form offers, by id and name: the first who are here, and those it names
    already."""
    rows = list(Person.objects.filter(left_on=None).order_by("name", "pk").values_list("pk", "name")[:most])
    absent = set(named) - {pk for pk, _name in rows}
    if absent:
        rows += Person.objects.filter(pk__in=absent).order_by("name", "pk").values_list("pk", "name")
    return rows


def ladder(proposal: Proposal, book: Book, *, on: date) -> Ladder:
    """Return who could sign and decide on this proposal now. The number of queries does not depend on how
    many there are."""
    in_order = steps(book)
    roles = in_order or deciders(book)
    author = author_of(proposal)
    held = _holders([book.role(role).key for role in roles], proposal, author, on=on)
    out = {proposal.by_id, author.pk} if in_order else {proposal.by_id}
    named = proposal.answers.get("line_manager")
    rungs = []
    for number, role in enumerate(roles):
        people = held.get(book.role(role).key, ())
        able = [person for person in people if person.pk not in out]
        if in_order and number == 0 and named:
            able = [person for person in able if person.pk == named]
        rungs.append(Rung(role, tuple(people), tuple(able)))
    could = [(rung.role, [person.pk for person in rung.able]) for rung in rungs]
    return Ladder(tuple(rungs), bool(in_order), short_of(could, all_of_them=bool(in_order)))


def _holders(
    keys: Sequence[str], proposal: Proposal, author: Person, *, on: date
) -> Mapping[str, Sequence[Person]]:
    """Return role key -> its holders on that day in the proposal's place, by name."""
    rows = (
        assignments_at(Where(school=proposal.school, about=author), on=on)
        .filter(role_key__in=keys)
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    found: dict[str, dict[int, Person]] = {}
    for row in rows:
        found.setdefault(row.role_key, {})[row.person_id] = row.person
    return {key: list(people.values()) for key, people in found.items()}


def people_to_allow(proposal: Proposal, book: Book, *, on: date) -> list[PartToAllow]:
    """Return the people named in a proposal who need permission for their part, by name; none where this
    policy asks for none. Three queries at most."""
    asked: dict[int, list[str]] = {}
    for bound in book.at("account.decide", "approved_people"):
        key = (bound.settings.each or "").partition(".")[2] if isinstance(bound.settings, Rule) else ""
        for pk in proposal.answers.get(key) or []:
            asked.setdefault(pk, []).extend(bound.clauses)
    if not asked:
        return []
    people = list(Person.objects.filter(pk__in=asked).exclude(relation="staff").order_by("name", "pk"))
    rows = permission_on(on).filter(covers=MAY_RUN, subject__in=[subject_of(one) for one in people])
    leaves = {row.subject: row for row in rows.select_related("given_by").order_by("pk")}
    return [
        PartToAllow(one, leaves.get(subject_of(one)), tuple(dict.fromkeys(asked[one.pk]))) for one in people
    ]


@action
def allow_part(
    *, proposal: Proposal, person: Person, by: Person, at: datetime, to_day: date | None
) -> Permission:
    """Allow a person named in a proposal to take their part, in the role that decides on it: up to a last
    day, or with no end. An earlier permission ends.

    Raises NotAllowed for people who don't decide on it and for the person's own; NotFound for people who need
    none; NotNow before it was sent for approval or after a refusal; BadInput for a day in the past.
    """
    on = local_day(at)
    book = in_force(on).book
    role = check_may_allow(by, proposal, person, book, on=on)
    found = _part(proposal, person, on=on)
    if found.leave is not None:
        end_permission(by=by, at=at, leave=found.leave)
    leave = give_permission(
        by=by, at=at, role_key=book.role(role).key, written=True, covers=MAY_RUN,
        subject=subject_of(person), from_day=on, to_day=to_day,
    )  # fmt: skip
    record(
        "proposal.part_allowed", subject=proposal, at=at, actor=by, clauses=found.clauses, permission=leave.pk
    )
    return leave


@action
def end_part(*, proposal: Proposal, person: Person, by: Person, at: datetime) -> Permission:
    """End that permission. Raises NotAllowed, NotFound, NotNow where there is none."""
    on = local_day(at)
    check_may_allow(by, proposal, person, in_force(on).book, on=on)
    found = _part(proposal, person, on=on)
    if found.leave is None:
        raise _no_part(proposal, person)
    record("proposal.part_ended", subject=proposal, at=at, actor=by, clauses=found.clauses)
    return end_permission(by=by, at=at, leave=found.leave)


def _no_part(proposal: Proposal, person: Person) -> NotNow:
    """Return what is told where no such permission stands: a colleague ended it, or its time is over."""
    given = Permission.objects.filter(subject=subject_of(person), covers=MAY_RUN).order_by("-pk").first()
    over = NotNow(_("There is no permission to end here."), _("Give another if one is still needed."))
    if given is None:
        return over
    return done_before(
        given,
        _("This permission has already ended."),
        _("Give another if one is still needed."),
        otherwise=over,
        ended_at__isnull=False,
    )


def _part(proposal: Proposal, person: Person, *, on: date) -> PartToAllow:
    for one in people_to_allow(proposal, in_force(on).book, on=on):
        if one.person.pk == person.pk:
            return one
    raise NotFound


def use_facts(
    account: Account,
    conditions: Iterable[Condition],
    said: Mapping[int, ConditionWord],
    *,
    by: Person,
    book: Book,
    at: datetime,
    act: Literal["post"],
) -> AccountUse:
    """Return the facts of doing something with an account. `said`: condition -> the statement that still
    counts; without one it is not known whether the condition covers this act."""
    return AccountUse(
        now=at,
        on=local_day(at),
        by=actor(by, book, on=local_day(at), school=account.school),
        act=act,
        conditions=tuple(
            ConditionFact(
                type=cast("Any", row.type),
                key=name_of(row),
                touched=said[row.pk].touched if row.pk in said else None,
                fulfilled=said[row.pk].fulfilled if row.pk in said else None,
            )
            for row in conditions
        ),
    )


def name_of(condition: Condition) -> str:
    """Return a condition's name in facts and answers, which contain no text written by people."""
    return f"condition {condition.pk}"
