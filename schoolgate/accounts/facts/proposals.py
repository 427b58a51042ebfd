"""From rows to the facts of account.propose and account.decide."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from django.db.models import Q, QuerySet

from schoolgate.accounts.answers import case_of, people_in
from schoolgate.accounts.ladders import recipients
from schoolgate.accounts.models import Account, Proposal
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.people.models import Permission, Person
from schoolgate.people.permissions import permissions_about
from schoolgate.people.queries import Where, role_keys
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.queries import PolicyInForce, vouched
from schoolgate.policy.states import Attested
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.account_begin import AccountPropose
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_decide import Signature as SignatureFact
from schoolgate.rulebook.situations.case import Case, Placed, Runner

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
