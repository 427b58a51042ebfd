"""Start, save, change, submit and withdraw a proposal, or permit an account that existed before Schoolgate to
go on for now. What the program knows of its answers before anyone gives them is filled in, and who writes the
proposal keeps or changes it.

No policy mentions such a permission. That it needs a reason and an end date, how long it may last and that
those who decide on accounts give it are the program's own rules, and pages show them as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals
from schoolgate.accounts.deciding import (
    considered_facts,
    make_account,
    sign_facts,
    stop_waiting,
    wait_for_next,
)
from schoolgate.accounts.duty_kinds import DECIDE, LEAVE_ENDS, PUT_RIGHT, SIGN, SIGN_AGAIN
from schoolgate.accounts.models import (
    DECIDE_BEFORE,
    LONGEST_LEAVE,
    PROPOSAL_MOVES,
    Account,
    AccountKind,
    GoingOn,
    ImportedAccount,
    Part,
    Proposal,
    ProposalEdition,
    ProposalState,
    Signature,
    SignatureVoided,
)
from schoolgate.accounts.opening import ask_for_proofs
from schoolgate.accounts.opening_facts import check_to_be_regular, open_facts, role_that_lets
from schoolgate.accounts.proposal_form import (
    LONGEST,
    Difference,
    asked,
    deciders,
    differences,
    people_in,
    read_answers,
    said_of,
    weighed_against,
)
from schoolgate.accounts.proposals import ask_about_deciding, author_of, propose_facts, shown_digest
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_words_of
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.registry import network_keys
from schoolgate.people.assignments import end_permission, give_permission
from schoolgate.people.list_lines import LINE_MANAGER
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, holders_of_roles, line_managers
from schoolgate.policy.asking import record_decision, require, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import REFUSED, Basis
from schoolgate.rulebook.proposal_form import FormPoint

HOST, HOST_NAME, OUR_SCHOOL = "host", "host.name", "school"
"""Who hosts a site, the host's name, and the host that is the school itself."""
RUNNING = {"administrators": Part.ADMINISTRATOR, "moderators": Part.MODERATOR}


def known_answers(
    proposal: Proposal, points: Iterable[FormPoint], book: Book, *, on: date
) -> Mapping[str, Any]:
    """Return what is known of these points and isn't answered yet; nothing once the proposal was sent."""
    if proposal.state != ProposalState.DRAFT:
        return {}
    found = {
        point.key: _known(point, proposal, book, on=on)
        for point in points
        if point.key not in proposal.answers
    }
    return {key: value for key, value in found.items() if value}


def _known(point: FormPoint, proposal: Proposal, book: Book, *, on: date) -> Any:
    match point.key:
        case "author":
            return proposal.by_id
        case "line_manager":
            managers = line_managers(author_of(proposal), LINE_MANAGER, on=on)
            return managers[0].pk if len(managers) == 1 else None
        case "department":
            return _said_before(proposal, point.key)
        case "host":
            return OUR_SCHOOL if proposal.network == OURS and proposal.school_id else ""
        case "administrators" | "moderators":
            people = _who_do(RUNNING[point.key], proposal, book, on=on)
            return [one.pk for one in people] if len(people) == point.minimum else []
        case _:
            return None


def _said_before(proposal: Proposal, key: str) -> Any:
    """Return the answer in the last proposal of the same person that has one."""
    others = Proposal.objects.filter(by=proposal.by, answers__has_key=key).exclude(pk=proposal.pk)
    return others.order_by("-saved_at", "-pk").values_list(f"answers__{key}", flat=True).first()


def _who_do(part: Part, proposal: Proposal, book: Book, *, on: date) -> list[Person]:
    """Return who has the role with the name of this part at the proposal's school; who administer, where
    no one has the moderators' and the administrators' role moderates too."""
    people = holders_of_roles([part], Where(proposal.school), on=on)
    moderating = {role.key for role in book.pack.roles_with("moderate")}
    if people or part != Part.MODERATOR or Part.ADMINISTRATOR not in moderating:
        return people
    return holders_of_roles([Part.ADMINISTRATOR], Where(proposal.school), on=on)


def named_by_choice(point: FormPoint, proposal: Proposal) -> FormPoint:
    """Return the point without the choices that say it themselves: the school that hosts has its name."""
    if point.key != HOST_NAME or proposal.school_id is None:
        return point
    kept = tuple(
        {key: tuple(one for one in values if (key, one) != (HOST, OUR_SCHOOL)) for key, values in way.items()}
        for way in point.required_if
    )
    return replace(point, required_if=tuple(way for way in kept if all(way.values())))


def with_what_choices_name(answers: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """Return the answers with the school's name for the host, where it is the school."""
    if hosted_by_school(answers, proposal) and proposal.school is not None:
        return {**answers, HOST_NAME: proposal.school.name}
    return answers


def hosted_by_school(answers: Mapping[str, Any], proposal: Proposal) -> bool:
    """Return whether the host is the proposal's own school, so no one types its name."""
    return answers.get(HOST) == OUR_SCHOOL and proposal.school_id is not None


YOUNGEST, OLDEST = 0, 25
CARRIED_OVER = (
    "name", "network", "kind", "pupils_in_audience", "youngest_pupil", "answers", "considered",
)  # fmt: skip
"""What a second try begins with."""


@action
def start_proposal(
    *, by: Person, at: datetime, school: School | None = None, second_try_of: Proposal | None = None
) -> Proposal:
    """Begin the case for an account. Raises NotAllowed where none of the person's roles proposes.

    `second_try_of`: a refused proposal of the same person, whose words the new one begins with; raises
    NotFound for another's, NotNow for one that was not refused.
    """
    on = local_day(at)
    if second_try_of is not None:
        proposals.check_own_refused(by, second_try_of)
        school = school or second_try_of.school
    proposals.check_may_propose(by, school, on=on)
    in_force(on)
    proposal = Proposal(by=by, school=school, started_at=at, saved_at=at)
    if second_try_of is not None:
        proposal.second_try_of = second_try_of
        for field in (
            "name",
            "network",
            "kind",
            "pupils_in_audience",
            "youngest_pupil",
            "answers",
            "considered",
        ):
            setattr(proposal, field, getattr(second_try_of, field))
    proposal.save()
    record("proposal.made", subject=proposal, at=at, actor=by)
    return proposal


class Filled(TypedDict, total=False):
    """What may be filled in on a proposal; None leaves what is there, as a field that isn't given does.
    `answers`, by the keys of the policy's form, are all answers. `considered`: the text for each thing
    against which the policy wants the idea weighed."""

    answers: Mapping[str, Any]
    school: School | None
    name: str | None
    network: str | None
    kind: str | None
    pupils_in_audience: bool | None
    youngest_pupil: int | None
    considered: Mapping[str, str]


@action
def save_proposal(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    **filled: Unpack[Filled],
) -> Proposal:
    """Save the fields filled in so far, in place of the earlier ones; nothing has to be complete yet.

    Raises NotFound for another's draft, NotNow once it was submitted, BadInput by field.
    """
    proposals.check_own_draft(by, proposal)
    fill_in(proposal, by=by, at=at, **filled)
    proposal.saved_at = at
    proposal.save()
    return proposal


def fill_in(proposal: Proposal, *, by: Person, at: datetime, **filled: Unpack[Filled]) -> None:
    """Put what was filled in on the proposal, unsaved; as in `save_proposal`. Raises NotAllowed, BadInput."""
    school, youngest_pupil = filled.get("school"), filled.get("youngest_pupil")
    if school is not None:
        proposals.check_may_propose(by, school, on=local_day(at))
        proposal.school = school
    wrong = _put_own(
        proposal, name=filled.get("name"), network=filled.get("network"), kind=filled.get("kind")
    )
    if youngest_pupil is not None and not YOUNGEST <= youngest_pupil <= OLDEST:
        wrong["youngest_pupil"] = _("Enter an age in whole years.")
    if wrong:
        raise BadInput(wrong)
    pupils_in_audience = filled.get("pupils_in_audience")
    if pupils_in_audience is not None:
        proposal.pupils_in_audience = pupils_in_audience
        proposal.youngest_pupil = youngest_pupil if pupils_in_audience else None
    book = in_force(local_day(at)).book
    answers, considered = filled.get("answers"), filled.get("considered")
    if answers is not None:
        read = read_answers(book.proposal_form, answers)
        proposal.answers = with_what_choices_name(read, proposal)
        _check_people(people_in(book.proposal_form, proposal.answers))
    if considered is not None:
        proposal.considered = _read_considered(weighed_against(book), considered)


@action
def submit_proposal(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Submit the proposal, when it states what the policy asks for.

    It then waits for the first signature or for the role that decides; where the policy approves no proposal
    it needs neither, and the account can be set up at once. Raises BadInput for what the program needs,
    Refused with the decision that names what is missing and the clause that asks for it; WordsHeld.
    """
    proposals.check_own_draft(by, proposal)
    proposals.check_ready(proposal)
    check_words_of(proposal, by=by, at=at)
    policy = in_force(local_day(at))
    leave_out_what_is_not_asked(proposal, policy)
    proposal.save(update_fields=["answers"])
    thought = record_decision(
        "account.considered", considered_facts(proposal, policy, at=at), at=at, by=by, subject=proposal
    )
    kept = record_decision(
        "account.propose", propose_facts(proposal, policy, at=at), at=at, by=by, subject=proposal
    )
    require(kept)
    move(
        proposal,
        to=ProposalState.SUBMITTED,
        moves=PROPOSAL_MOVES,
        at=at,
        submitted_at=at,
        version=policy.version,
    )
    add_edition(proposal, by=by, at=at)
    clauses = list(dict.fromkeys((*kept.clauses, *thought.clauses)))
    record("proposal.submitted", subject=proposal, at=at, actor=by, clauses=clauses, decision=kept.pk)
    if deciders(policy.book):
        wait_for_next(proposal, policy, kept, at=at)
        ask_those_who_run_it(proposal, policy, kept, at=at)
    else:
        move(proposal, to=ProposalState.NOTED, moves=PROPOSAL_MOVES, at=at, decided_at=at)
        make_account(proposal, policy, at=at)
    return proposal


@action
def withdraw_proposal(*, proposal: Proposal, by: Person, at: datetime) -> Proposal:
    """Take a proposal back before it is decided. Raises NotFound for another's, NotNow once it is decided."""
    if proposal.by_id != by.pk:
        raise NotFound
    move(proposal, to=ProposalState.WITHDRAWN, moves=PROPOSAL_MOVES, at=at)
    stop_waiting(proposal, because="withdrawn", by=by, at=at)
    record("proposal.withdrawn", subject=proposal, at=at, actor=by)
    return proposal


def leave_out_what_is_not_asked(proposal: Proposal, policy: PolicyInForce) -> None:
    """Remove the details of a choice that was not made: they are never shown, so no one signs them."""
    form = asked(policy.book.proposal_form, proposal.answers)
    proposal.answers = {
        point.key: proposal.answers[point.key] for point in form if point.key in proposal.answers
    }


def add_edition(proposal: Proposal, *, by: Person, at: datetime) -> ProposalEdition:
    """Save what the proposal says now, as its next edition."""
    number = proposal.editions.count() + 1
    return ProposalEdition.objects.create(
        proposal=proposal, number=number, said=said_of(proposal), by=by, at=at
    )


def ask_those_who_run_it(
    proposal: Proposal, policy: PolicyInForce, kept: DecisionRecord, *, at: datetime
) -> None:
    """Open the duties of those who are to run it and have not read, understood or been trained yet."""
    facts = ask_about_deciding(proposal, policy, at=at)
    decision = verdict("account.decide", facts, on=local_day(at))
    ask_for_proofs(decision, facts.case, policy, kept=kept, school=proposal.school, at=at)


def _put_own(
    proposal: Proposal, *, name: str | None, network: str | None, kind: str | None
) -> dict[str, Any]:
    """Put the program's own fields on the proposal; return what is wrong, by field."""
    wrong: dict[str, Any] = {}
    if name is not None:
        proposal.name = name.strip()
        if len(proposal.name) > 120:
            wrong["name"] = _("The name must be under 120 characters.")
    if network is not None:
        proposal.network = network
        if network and network not in network_keys():
            wrong["network"] = _("Choose a network.")
    if kind is not None:
        proposal.kind = kind
        if kind and kind not in AccountKind.values:
            wrong["kind"] = _("Choose the kind of account.")
    return wrong


def _read_considered(wanted: tuple[str, ...], given: Mapping[str, str]) -> dict[str, str]:
    wrong: dict[str, Any] = {
        key: _("This policy doesn’t ask for this. Leave it blank.") for key in given if key not in wanted
    }
    wrong |= {
        key: _("This is too long. Use fewer than 20,000 characters.")
        for key, words in given.items()
        if len(words) > LONGEST
    }
    if wrong:
        raise BadInput(wrong)
    return {key: given[key].strip() for key in wanted if given.get(key, "").strip()}


def _check_people(ids: list[int]) -> None:
    known = set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True))
    if set(ids) - known:
        raise BadInput({"answers": _("We don’t recognise one of these people. Choose from the list.")})


@dataclass(frozen=True)
class Change:
    """What a change would do: the fields that differ, the signatures it would void, and what the policy says
    about those."""

    fields: tuple[Difference, ...]
    falling: tuple[Signature, ...]
    said: Decision | None


def would_change(*, proposal: Proposal, by: Person, at: datetime, given: Filled) -> Change:
    """Return what this change would do, without doing it.

    Raises what `change_proposal` raises for the fields themselves.
    """
    proposals.check_own_waiting(by, proposal)
    planned = Proposal.objects.get(pk=proposal.pk)
    before = said_of(planned)
    policy = in_force(local_day(at))
    fill_in(planned, by=by, at=at, **given)
    proposals.check_ready(planned)
    leave_out_what_is_not_asked(planned, policy)
    fields = tuple(differences(before, said_of(planned)))
    falling = _falling(proposal, planned) if fields else ()
    said = None
    if falling:
        changed = {one.key for one in fields}
        facts = sign_facts(planned, policy, falling, by=by, at=at, changed=changed)
        said = verdict("account.sign", facts, on=local_day(at))
    return Change(fields, falling, said)


@action
def change_proposal(
    *,
    proposal: Proposal,
    by: Person,
    at: datetime,
    falling: Collection[int] = (),
    **given: Unpack[Filled],
) -> Proposal:
    """Change a submitted proposal that has no decision yet; it must be as complete as when it was
    submitted.

    `falling`: the ids of the signatures that the
    applicant was told this change would void. They end, stay on record, and their signers are asked to
    check again. Raises NotFound, NotNow (decided, or a signature would be voided that was not shown),
    BadInput, NotAllowed, Refused, WordsHeld.
    """
    waiting = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposals.check_own_waiting(by, waiting)
    policy = in_force(local_day(at))
    before = said_of(waiting)
    fill_in(waiting, by=by, at=at, **given)
    proposals.check_ready(waiting)
    check_words_of(waiting, by=by, at=at)
    leave_out_what_is_not_asked(waiting, policy)
    fields = differences(before, said_of(waiting))
    if not fields:
        return proposal
    fallen = _falling(proposal, waiting)
    if {signature.pk for signature in fallen} - set(falling):
        raise NotNow(
            _("This change would cancel a signature you weren’t told about."),
            _("Check the change again, then save it."),
        )
    kept = record_decision(
        "account.propose", propose_facts(waiting, policy, at=at), at=at, by=by, subject=proposal
    )
    require(kept)
    waiting.saved_at = at
    waiting.save()
    edition = add_edition(waiting, by=by, at=at)
    record(
        "proposal.changed", subject=proposal, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        edition=edition.number,
    )  # fmt: skip
    if fallen:
        _void(waiting, policy, fallen, edition, [one.key for one in fields], by=by, at=at)
    discharge(kind=PUT_RIGHT, subject=proposal, by=by, at=at, how="changed")
    stop_waiting(proposal, because="changed", by=by, at=at, kinds=(SIGN, DECIDE))
    wait_for_next(waiting, policy, kept, at=at)
    ask_those_who_run_it(waiting, policy, kept, at=at)
    proposal.refresh_from_db()
    return proposal


def _falling(proposal: Proposal, planned: Proposal) -> tuple[Signature, ...]:
    """Return the valid signatures that cover a field which the planned text changes."""
    will_say, digest = said_of(planned), shown_digest(planned)
    rows = proposal.signatures.filter(voided=None).select_related("by", "edition").order_by("step")
    return tuple(row for row in rows if _covers_a_change(row, will_say, digest))


def _covers_a_change(signature: Signature, will_say: Mapping[str, Any], digest: str) -> bool:
    if signature.edition is None:
        return signature.seen_digest != digest
    return bool(differences(signature.edition.said, will_say))


def _void(
    proposal: Proposal,
    policy: PolicyInForce,
    fallen: Sequence[Signature],
    edition: ProposalEdition,
    changed: list[str],
    *,
    by: Person,
    at: datetime,
) -> None:
    facts = sign_facts(proposal, policy, fallen, by=by, at=at, changed=changed)
    kept = record_decision("account.sign", facts, at=at, by=by, subject=proposal)
    for signature in fallen:
        SignatureVoided.objects.create(
            signature=signature, edition=edition, changed=changed, by=by, at=at, decision=kept
        )
        record(
            "proposal.signature_voided", subject=proposal, at=at, actor=by, clauses=kept.clauses,
            decision=kept.pk, step=signature.step, signature=signature.pk,
        )  # fmt: skip
        _ask_again(proposal, signature, kept, at=at)


def _ask_again(proposal: Proposal, signature: Signature, kept: DecisionRecord, *, at: datetime) -> None:
    if signature.by.left_on is not None and signature.by.left_on <= local_day(at):
        return
    open_duty(
        kind=SIGN_AGAIN, subject=proposal, at=at, due=Due.none_promised(), person=signature.by,
        school=proposal.school, clauses=kept.clauses, decision=kept,
    )  # fmt: skip


COVERS = "go_on"
"""What the permission covers, as `people.give_permission` stores it."""
LONGEST_REASON = 600
OVER = (ProposalState.REFUSED, ProposalState.WITHDRAWN)


@action
def let_go_on(*, account: Account, by: Person, at: datetime, until: date, reason: str) -> GoingOn:
    """Let an account that existed before Schoolgate publish until a day, while the policy still requires
    something.

    The policy is asked with what is known, and its answer is stored with the permission. Legal requirements
    must be answered and met: the permission covers neither them nor what this program never allows. Raises
    NotAllowed (who may give it), NotFound, NotNow, BadInput (until, reason), Refused (law).
    """
    on = local_day(at)
    policy = in_force(on)
    check_to_be_regular(account)
    role = role_that_lets(by, account, policy.book, on=on)
    _check_said(until, reason, on=on)
    kept = record_decision(
        "account.open", open_facts(account, policy, by=by, at=at), at=at, by=by, subject=account
    )
    _check_law(kept, policy)
    leave = give_permission(
        by=by,
        at=at,
        role_key=policy.book.role(role).key,
        written=True,
        covers=COVERS,
        subject=subject_of(account),
        from_day=on,
        to_day=until,
    )
    discharge(kind=LEAVE_ENDS, subject=account, by=by, at=at, how="given_anew")
    given = GoingOn.objects.create(
        account=account,
        leave=leave,
        reason=reason.strip(),
        until=until,
        outstanding=sum(outcome not in ("permitted", "silent") for outcome in kept.points.values()),
        decision=kept,
    )
    record(
        "account.goes_on", subject=account, at=at, actor=by, decision=kept.pk, leave=leave.pk,
        until=until.isoformat(),
    )  # fmt: skip
    if until - on <= DECIDE_BEFORE:
        _ask_to_go_on(given, at=at)
    return given


@action
def take_back_going_on(*, given: GoingOn, by: Person, at: datetime) -> GoingOn:
    """End a permission before its day, in the role that gave it; the account waits again. Raises NotAllowed,
    NotNow (it has ended)."""
    if given.until < local_day(at):
        raise NotNow(_("This permission has expired."), _("Give another if one is still needed."))
    end_permission(by=by, at=at, leave=given.leave)
    cancel(kind=LEAVE_ENDS, subject=given.account, because="taken_back", at=at, by=by)
    record("account.goes_on_no_more", subject=given.account, at=at, actor=by, leave=given.leave_id)
    return given


@action
def ask_before_permission_ends(*, at: datetime) -> int:
    """Ask those who gave a permission to continue again before it ends (daily sweep). Safe to run twice.
    Returns how many were asked."""
    on = local_day(at)
    rows = GoingOn.objects.filter(
        asked_again_at=None,
        leave__ended_at=None,
        until__lte=on + DECIDE_BEFORE,
        account__imported__regular_at=None,
    ).select_related("account__school", "leave")
    due = [row for row in rows.order_by("until", "pk") if row.account.being_set_up]
    for given in due:
        _ask_to_go_on(given, at=at)
    return len(due)


@action
def propose_account_there(*, account: Account, by: Person, at: datetime) -> Proposal:
    """Submit an account that existed before Schoolgate for the decision that this policy requires, as a
    proposal filled in as far as it is known. Once approved, the account has everything a new one has.

    Raises NotFound (it did not exist before), NotNow (in order; this policy decides on no accounts; already
    waiting for a decision), NotAllowed (the person can't propose there).
    """
    check_to_be_regular(account)
    book = in_force(local_day(at)).book
    if not deciders(book):
        raise NotNow(
            _("Under this policy no one decides on accounts, so no one can be asked."),
            _("The account’s page shows what it still needs."),
        )
    before = (
        ImportedAccount.objects.select_for_update(of=("self",))
        .select_related("proposal")
        .get(account=account)
    )
    if account.proposal_id is not None or (before.proposal and before.proposal.state not in OVER):
        raise NotNow(_("There is already a proposal for this account."), _("Continue with that one."))
    proposals.check_may_propose(by, account.school, on=local_day(at))
    proposal = start_proposal(by=by, at=at, school=account.school)
    team = account.team.filter(to_day=None, part=Part.LEAD).order_by("id")
    leads = list(team.values_list("person_id", flat=True))
    known = {"aim": account.purpose, "intended_audience": account.audience, "run_by": leads}
    asked = {point.key for point in book.proposal_form}
    proposal = save_proposal(
        proposal=proposal,
        by=by,
        at=at,
        name=account.name,
        school=account.school,
        network=account.network,
        kind=account.kind or None,
        pupils_in_audience=account.pupils_in_audience,
        youngest_pupil=account.youngest_pupil,
        answers={key: value for key, value in known.items() if key in asked and value},
    )
    ImportedAccount.objects.filter(pk=before.pk).update(proposal=proposal)
    record("account.proposed_afterwards", subject=account, at=at, actor=by, proposal=proposal.pk)
    return proposal


def law_points(policy: PolicyInForce) -> list[str]:
    """Return the points of an account's opening at which the law speaks."""
    bound = policy.book.bound("account.open")
    return list(dict.fromkeys(one.point for one in bound if one.basis == Basis.LAW))


def _check_law(kept: DecisionRecord, policy: PolicyInForce) -> None:
    """Raise Refused where the law is not known to be met, or this program never allows it."""
    require(kept, *law_points(policy))
    for one in policy.book.bound("account.open"):
        if one.basis == Basis.HOUSE and kept.points.get(one.point) in REFUSED:
            require(kept, one.point)


def _check_said(until: date, reason: str, *, on: date) -> None:
    wrong: dict[str, Text] = {}
    if until <= on:
        wrong["until"] = _("Choose a date in the future.")
    elif until > on + LONGEST_LEAVE:
        wrong["until"] = format_lazy(
            _("Permission lasts up to {days} days. That is Schoolgate’s own rule. You can give it again."),
            days=LONGEST_LEAVE.days,
        )
    if not reason.strip():
        wrong["reason"] = _("Explain why it may continue meanwhile. This appears in reports.")
    elif len(reason.strip()) > LONGEST_REASON:
        wrong["reason"] = _("Use up to 600 characters.")
    elif "\x00" in reason:
        wrong["reason"] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)


def _ask_to_go_on(given: GoingOn, *, at: datetime) -> None:
    open_duty(
        kind=LEAVE_ENDS, subject=given.account, at=at, due=Due.day(given.until), role=given.leave.role_key,
        school=given.account.school, account=given.account_id,
    )  # fmt: skip
    GoingOn.objects.filter(pk=given.pk).update(asked_again_at=at)
    given.asked_again_at = at
