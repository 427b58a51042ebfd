"""Set up an account, check it against the policy and open it; give people a part in it, with what a decision
still requires of them; pass it on to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast, get_args

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, care
from schoolgate.accounts.duty_kinds import LEAVE_ENDS, OPEN, REGULAR, TAKE_OVER
from schoolgate.accounts.handover_facts import person_added_facts
from schoolgate.accounts.models import (
    ACCOUNT_MOVES,
    OFFER_MOVES,
    Account,
    AccountKind,
    AccountState,
    ImportedAccount,
    Notice,
    Offer,
    OfferState,
    Part,
    TeamMember,
    TrainingWanted,
)
from schoolgate.accounts.opening_facts import check_may_say_purpose, create_facts, login_facts, open_facts
from schoolgate.accounts.proposal_form import deciding_role
from schoolgate.accounts.proposals import runners
from schoolgate.accounts.sites import prepare_facts, suits_facts
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on, roles_of
from schoolgate.policy import knowing, training
from schoolgate.policy.asking import answered, record_decision, record_decisions, require
from schoolgate.policy.duty_kinds import DUTY_OF
from schoolgate.policy.knowing import entrust_facts
from schoolgate.policy.models import Attested, DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force, school_in_rules
from schoolgate.policy.rules import role_for_training
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.account_run import Occasion
from schoolgate.rulebook.situations.accounts import AccountOpen, AccountPurpose, Case, Readers, Runner
from schoolgate.rulebook.situations.policy import Condition as ConditionFact
from schoolgate.rulebook.situations.policy import PersonEntrust, TaskKind

LATER: Occasion = "adding a person later"
ON_TRANSFER: Occasion = "transfer to a new lead"


def ask_to_let_in(
    person: Person, account: Account, *, by: Person, at: datetime, occasion: Occasion, about: Model
) -> DecisionRecord:
    """Ask account.person_added about a person, and record the answer about this account."""
    policy = in_force(local_day(at))
    facts = person_added_facts(person, account, policy, by=by, at=at, occasion=occasion)
    return record_decision("account.person_added", facts, at=at, by=by, subject=about)


def let_in(
    person: Person, account: Account, *, by: Person, at: datetime, occasion: Occasion, about: Model
) -> DecisionRecord:
    """Ask the same as `ask_to_let_in`, and raise Refused where the policy still requires something of
    them."""
    kept = ask_to_let_in(person, account, by=by, at=at, occasion=occasion, about=about)
    require(kept)
    return kept


_WANTED = {
    "has_read": Attested.POLICY_READ,
    "has_understood": Attested.POLICY_UNDERSTOOD,
    "trained": Attested.TRAINED,
}


def ask_for_proofs(
    decision: Decision,
    case: Case,
    policy: PolicyInForce,
    *,
    kept: DecisionRecord,
    school: School | None,
    at: datetime,
    account: int | None = None,
    place: tuple[str, Person] | None = None,
) -> None:
    """Open a duty for each proof that the decision misses.

    Reading and understanding are for the person concerned to confirm, training for the deciding role, or
    for one that may record it where none decides. No policy gives deadlines for these, so they have none.
    `place`: the person's place where it differs in the facts, "" where they alone are judged.
    """
    runners = case.people(decision.facts) or ()
    places = {f"will_run[{position}]": _number(one) for position, one in enumerate(runners)}
    people = Person.objects.in_bulk(list(places.values()))
    if place is not None:
        places[place[0]], people[place[1].pk] = place[1].pk, place[1]
    for finding in decision.findings:
        number = places.get(finding.about or "")
        if finding.kind is not Kind.REQUIRES or not finding.stands or number is None:
            continue
        for need in finding.needs:
            kind = _WANTED.get(need.what)
            if kind is None:
                continue
            given: dict[str, Any] = {
                "kind": DUTY_OF[kind],
                "account": account,
                "due": Due.none_promised(),
                "clauses": finding.clauses,
                "decision": kept,
                "at": at,
            }
            person = people[number]
            if kind is Attested.TRAINED:
                role = deciding_role(policy.book) or role_for_training(policy.book)
                open_duty(subject=person, role=role, school=school, **given)
            else:
                open_duty(subject=policy.version, person=person, **given)


def _number(runner: Runner) -> int:
    return int(runner.key.removeprefix("person-"))


TASK: dict[str, TaskKind] = {
    Part.LEAD: "post",
    Part.RUNNER: "post",
    Part.ADMINISTRATOR: "login",
    Part.MODERATOR: "moderate",
}
"""What a part in an account lets a person do, in the words of the rulebook."""


def entrusting_facts(
    parts: Iterable[tuple[Person, str]], policy: PolicyInForce, *, at: datetime
) -> list[PersonEntrust]:
    """Return what is on record for each person and part; once for each kind of task."""
    on = local_day(at)
    asked = list(dict.fromkeys((person.pk, TASK[part]) for person, part in parts))
    people = {person.pk: person for person, _part in parts}
    said = knowing.answers(people, policy.version)
    engaged = knowing.engagements(people)
    wanted: dict[int, list[ConditionFact]] = {}
    for row in TrainingWanted.objects.filter(person__in=people, ended_at=None).order_by("id"):
        wanted.setdefault(row.person_id, []).append(ConditionFact(topic=row.topic, by=person_key(row.by_id)))
    trained = {pk: training.records_of(person) for pk, person in people.items()}
    return [
        entrust_facts(
            people[pk],
            task,
            engaged.get(pk),
            trained[pk],
            acknowledged=pk in said and said[pk].answer,
            manages=knowing.manages_others(people[pk], on=on),
            on=on,
        ).model_copy(update={"now": at, "conditions": tuple(wanted.get(pk, ()))})
        for pk, task in asked
    ]


BESIDE = {"account.create": create_facts, "site.prepare": prepare_facts, "site.suits": suits_facts}
"""The other situations asked about, besides account.open."""


def asked_before_opening(
    account: Account, policy: PolicyInForce, *, by: Person, at: datetime
) -> list[tuple[str, Facts]]:
    """Return each situation with its facts, account.open first.

    Of the sign-in only where the account has one; of those who run it once for each kind of task.
    """
    found: list[tuple[str, Facts]] = [("account.open", open_facts(account, policy, by=by, at=at))]
    for situation, make in BESIDE.items():
        if policy.book.bound(situation):
            found.append((situation, make(account, policy, by=by, at=at)))
    if policy.book.bound("login.choose") and not capabilities(account.network).ours:
        found.append(("login.choose", login_facts(account, policy, by=by, at=at)))
    if policy.book.bound("person.entrust"):
        team = account.team.filter(to_day=None).select_related("person").order_by("id")
        parts = [(member.person, member.part) for member in team]
        found += [("person.entrust", facts) for facts in entrusting_facts(parts, policy, at=at)]
    return found


@action
def change_team(
    *, account: Account, by: Person, at: datetime, person: Person, part: str, leaves: bool = False
) -> None:
    """Add a person to an account's team, or remove them (`leaves`); the last lead stays.

    Raises NotAllowed, BadInput, NotNow where the account would be left without a lead.
    """
    on = local_day(at)
    access.check_may_open(by, account, on=on)
    if part not in Part.values:
        raise BadInput({"part": _("Choose a role.")})
    member = account.team.filter(person=person, part=part, to_day=None).first()
    if leaves:
        others = account.team.filter(part=Part.LEAD, to_day=None).exclude(person=person)
        if part == Part.LEAD and not others.exists():
            raise NotNow(_("An account must always have a lead."), _("Add another account lead first."))
        if member is not None:
            member.to_day = on
            member.save(update_fields=["to_day"])
    elif member is None:
        check_entrusted(person, part, account=account, by=by, at=at)
        if account.state == AccountState.OPEN and not account.being_set_up:
            let_in(person, account, by=by, at=at, occasion=LATER, about=account)
        TeamMember.objects.create(account=account, person=person, part=part, from_day=on)
    record(
        "account.team_changed", subject=account, at=at, actor=by, person=person.pk, part=part, leaves=leaves
    )
    if account.being_set_up:
        open_duties(account, in_force(on), by=by, at=at)


@action
def give_notice(
    *, account: Account, by: Person, at: datetime, to: Person, address: str, identity: str
) -> Notice:
    """Give a person notice of an account's address and identity, in the first role they hold there.

    Whether the policy requires notice to that role is decided when it is asked. Raises NotAllowed,
    BadInput.
    """
    on = local_day(at)
    access.check_may_set_up(by, account, on=on)
    wrong: dict[str, Text] = {}
    if not address.startswith("https://"):
        wrong["address"] = _("Enter the full web address, starting with https://")
    if not identity.strip():
        wrong["identity"] = _("Enter the name it can be found under.")
    roles = roles_of(to, on=on, school=account.school)
    if not roles:
        wrong["to"] = _("Choose someone with a policy role there.")
    if to.pk == by.pk:
        wrong["to"] = _("Choose someone other than yourself.")
    if wrong:
        raise BadInput(wrong)
    book = in_force(on).book
    notices = [
        Notice.objects.create(
            account=account,
            by=by,
            to_person=to,
            to_role_key=book.role(role).key,
            address=address,
            identity=identity.strip(),
            at=at,
        )
        for role in roles
    ]
    record("account.notified", subject=account, at=at, actor=by, to=to.pk, notice=notices[0].pk)
    return notices[0]


@action
def check_account(*, account: Account, by: Person, at: datetime) -> DecisionRecord:
    """Ask what is still missing before the account can be opened, record the answer, and open the duties it
    names.

    Raises NotAllowed, NotNow once it is open.
    """
    on = local_day(at)
    access.check_waiting(account)
    access.check_may_set_up(by, account, on=on)
    kept = open_duties(account, in_force(on), by=by, at=at)
    record("account.checked", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return kept


@action
def open_account(*, account: Account, by: Person, at: datetime) -> Account:
    """Open the account once everything is in place that this policy, the law and the house rules require.

    An account that existed before Schoolgate is in order from then on, and no longer needs permission to
    continue. Raises NotAllowed; NotNow once it is open; BadInput where its address is not known; Refused with
    the decision that lists what is missing, and who can supply it.
    """
    on = local_day(at)
    access.check_waiting(account)
    access.check_may_open(by, account, on=on)
    policy = in_force(on)
    if not account.address and not capabilities(account.network).ours:
        raise BadInput({"address": _("Enter the account’s address. It goes on the register.")})
    kept = _ask_everything(account, policy, by=by, at=at)
    if account.state == AccountState.OPEN:
        make_regular(account, kept, by=by, at=at)
        return account
    move(account, to=AccountState.OPEN, moves=ACCOUNT_MOVES, at=at, opened_at=at, opened_by=by)
    record("account.opened", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=OPEN, subject=account, by=by, at=at, how="opened")
    return account


def make_regular(account: Account, kept: DecisionRecord, *, by: Person, at: datetime) -> None:
    """Mark an account that existed before Schoolgate as in order: it needs no permission to continue any
    more."""
    changed = ImportedAccount.objects.filter(account=account, regular_at=None).update(
        regular_at=at, regular_by=by
    )
    if not changed:
        raise NotNow(
            _("Someone else has just confirmed that this account meets the policy."),
            _("Open it again to see its status."),
        )
    account.imported.refresh_from_db()
    record("account.regular", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=REGULAR, subject=account, by=by, at=at, how="regular")
    cancel(kind=LEAVE_ENDS, subject=account, because="regular", at=at, by=by)


def check_entrusted(person: Person, part: str, *, account: Account, by: Person, at: datetime) -> None:
    """Ask person.entrust about a person who is given a part, and record the answer. Raises Refused."""
    policy = in_force(local_day(at))
    if not policy.book.bound("person.entrust"):
        return
    for facts in entrusting_facts([(person, part)], policy, at=at):
        kept = record_decision("person.entrust", facts, at=at, by=by, subject=account)
        require(kept)
        record("account.prepared", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)


def _ask_everything(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> DecisionRecord:
    """Ask every question that an opening depends on; each answer must allow it. Returns that of
    account.open."""
    asked = asked_before_opening(account, policy, by=by, at=at)
    answers = [record_decision(situation, facts, at=at, by=by, subject=account) for situation, facts in asked]
    for kept in answers:
        require(kept)
    for kept in answers[1:]:
        record("account.prepared", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return answers[0]


def open_duties(account: Account, policy: PolicyInForce, *, by: Person, at: datetime) -> DecisionRecord:
    """Ask account.open, record the answer, and open a duty for each missing proof and for the opening
    itself.

    No policy gives deadlines for these, so they have none.
    """
    facts = open_facts(account, policy, by=by, at=at)
    kept = record_decision("account.open", facts, at=at, by=by, subject=account)
    if kept.decision is not None:
        ask_for_proofs(
            kept.decision, facts.case, policy, kept=kept, school=account.school, at=at, account=account.pk
        )
    opener = next((role.key for role in policy.book.pack.roles_with("open_account")), None)
    if opener is not None:
        open_duty(
            kind=OPEN if account.state == AccountState.WAITING else REGULAR, subject=account, role=opener,
            school=account.school, account=account.pk,
            due=Due.none_promised(), clauses=kept.clauses[:20], decision=kept, at=at,
        )  # fmt: skip
    return kept


def purposes_listed(account: Account, book: Book) -> tuple[str, ...]:
    """Return what the policy in force lists as the purposes of this school's accounts on this network; empty
    where it lists none."""
    return _listed(account, book, "school_purpose", "purpose")


def readers_listed(account: Account, book: Book) -> tuple[str, ...]:
    """Return the audiences for which the policy in force lets this school write; empty where it names
    none."""
    return tuple(one for one in _listed(account, book, "written_for", "readers") if one in get_args(Readers))


def purpose_facts(
    account: Account, *, purposes: Sequence[str], readers: Sequence[str], on: date
) -> list[AccountPurpose]:
    """Return one set of facts for each chosen purpose, and one for each chosen kind of reader."""
    school = school_in_rules(account.school)
    network = account.network or None
    asked = [AccountPurpose(on=on, school=school, network=network, purpose=one) for one in purposes]
    return asked + [
        AccountPurpose(on=on, school=school, network=network, readers=cast("Readers", one)) for one in readers
    ]


def _listed(account: Account, book: Book, point: str, name: str) -> tuple[str, ...]:
    rules = (one for one in book.at("account.purpose", point) if _is_of(account, one))
    return tuple(dict.fromkeys(value for one in rules for value in one.stated(name)))


def _is_of(account: Account, rule: CompiledRule) -> bool:
    if school_in_rules(account.school) not in rule.stated("school"):
        return False
    networks = rule.stated("network")
    return not networks or account.network.casefold() in networks


OLDEST = 25
LONGEST = 4000


@action
def say_what_it_is_for(
    *,
    account: Account,
    by: Person,
    at: datetime,
    purpose: str,
    audience: str,
    kind: str = "",
    pupils: bool | None = None,
    youngest: int | None = None,
    listed: Sequence[str] = (),
    readers: Sequence[str] = (),
) -> list[DecisionRecord]:
    """Change an account's purpose and audience. `listed` and `readers`: the entries chosen from the
    policy's own lists; the policy is asked about each (account.purpose), and the answers are recorded and
    returned.

    Only where no proposal says it: of an account that existed before Schoolgate and is not in order yet, and
    under a policy whose form doesn't ask. What a proposal says (`kind`, `pupils`, `youngest`) stays as it is.
    Raises NotAllowed, NotFound, NotNow, BadInput, Refused.
    """
    on = local_day(at)
    policy = in_force(on)
    check_may_say_purpose(by, account, policy.book, on=on)
    wrong: dict[str, Text] = {}
    for name, words in (("purpose", purpose), ("audience", audience)):
        if len(words) > LONGEST or "\x00" in words:
            wrong[name] = _("Use up to 4,000 characters, all of which can be displayed.")
    if kind and kind not in AccountKind.values:
        wrong["kind"] = _("Choose a type.")
    if youngest is not None and not 0 <= youngest <= OLDEST:
        wrong["youngest"] = _("Enter the age in years.")
    if set(listed) - set(purposes_listed(account, policy.book)):
        wrong["listed"] = _("Choose from the policy’s list.")
    if set(readers) - set(readers_listed(account, policy.book)):
        wrong["readers"] = _("Choose from the policy’s list.")
    if wrong:
        raise BadInput(wrong)
    check_leaving(Door.REGISTER, {"purpose": purpose}, about=account, by=by, at=at, school=account.school)
    asked = purpose_facts(account, purposes=listed, readers=readers, on=on)
    answers = record_decisions("account.purpose", [(facts, account) for facts in asked], at=at, by=by)
    for kept in answers:
        require(kept)
    account.purpose, account.audience = purpose.strip(), audience.strip()
    if account.proposal_id is None:
        account.kind = kind
        account.pupils_in_audience, account.youngest_pupil = pupils, youngest if pupils else None
    account.save(update_fields=["purpose", "audience", "kind", "pupils_in_audience", "youngest_pupil"])
    clauses = list(dict.fromkeys(clause for kept in answers for clause in kept.clauses))
    record(
        "account.purpose_said", subject=account, at=at, actor=by, clauses=clauses,
        decision=answers[0].pk if answers else None,
    )  # fmt: skip
    if account.being_set_up:
        open_duties(account, policy, by=by, at=at)
    return answers


_PLACES = {Part.ADMINISTRATOR: "administrators", Part.MODERATOR: "moderators"}


@action
def offer_part(
    *,
    account: Account,
    by: Person,
    at: datetime,
    to: Person,
    part: str = Part.LEAD,
    instead_of: Person | None = None,
) -> Offer:
    """Ask a person to take a part in running an account, in addition to the others or instead of one of
    them.

    Nothing changes before they accept. They are asked at once for what the policy requires of those who run
    an account, as before an opening. Raises NotAllowed, NotNow once it is closed, BadInput.
    """
    on = local_day(at)
    care.check_may_offer(by, account, on=on)
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    _check(account, to, part, instead_of, at=at)
    offer, new = Offer.objects.get_or_create(
        account=account,
        to=to,
        part=part,
        state=OfferState.WAITING,
        defaults={"by": by, "at": at, "state_at": at, "instead_of": instead_of},
    )
    if not new:
        return offer
    kept = _asked(offer, by=by, at=at)
    decision = answered(kept)
    ask_for_proofs(
        decision, _case(kept), in_force(on), kept=kept, school=account.school, at=at, account=account.pk
    )
    open_duty(
        kind=TAKE_OVER, subject=offer, person=to, due=Due.none_promised(), school=account.school,
        account=account.pk, decision=kept, at=at,
    )  # fmt: skip
    record("account.offered", subject=account, at=at, actor=by, offer=offer.pk, to=to.pk, part=part)
    return offer


@action
def accept_part(*, offer: Offer, by: Person, at: datetime) -> TeamMember:
    """Accept the offered part, on the person's own sign-in; the person it replaces steps back at the same
    moment.

    Raises NotAllowed, NotNow; Refused with what the policy still asks of this person.
    """
    on = local_day(at)
    care.check_is_offered(by, offer, to=OfferState.ACCEPTED)
    account = offer.account
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    kept = _asked(offer, by=by, at=at)
    _require_of_newcomer(offer, kept)
    let_in(by, account, by=by, at=at, occasion=ON_TRANSFER if offer.instead_of else LATER, about=account)
    move(offer, to=OfferState.ACCEPTED, moves=OFFER_MOVES, at=at, decision=kept)
    member, _new = TeamMember.objects.get_or_create(
        account=account, person=by, part=offer.part, to_day=None, defaults={"from_day": on}
    )
    if offer.instead_of is not None:
        TeamMember.objects.filter(
            account=account, person=offer.instead_of, part=offer.part, to_day=None
        ).update(to_day=on)
    discharge(kind=TAKE_OVER, subject=offer, by=by, at=at, how="accepted")
    record(
        "account.team_changed", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        person=by.pk, part=offer.part, leaves=False, offer=offer.pk,
    )  # fmt: skip
    return member


@action
def decline_part(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Decline the offered part; everything stays as it is. Raises NotAllowed, NotNow."""
    care.check_is_offered(by, offer, to=OfferState.DECLINED)
    move(offer, to=OfferState.DECLINED, moves=OFFER_MOVES, at=at)
    discharge(kind=TAKE_OVER, subject=offer, by=by, at=at, how="declined")
    record("account.offer_declined", subject=offer.account, at=at, actor=by, offer=offer.pk)
    return offer


@action
def withdraw_offer(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Withdraw an offer that has no answer yet. Raises NotAllowed, NotNow."""
    care.check_may_offer(by, offer.account, on=local_day(at))
    move(offer, to=OfferState.WITHDRAWN, moves=OFFER_MOVES, at=at)
    cancel(kind=TAKE_OVER, subject=offer, because="withdrawn", at=at, by=by)
    record("account.offer_withdrawn", subject=offer.account, at=at, actor=by, offer=offer.pk)
    return offer


def _require_of_newcomer(offer: Offer, kept: DecisionRecord) -> None:
    """Raise Refused where the policy still requires something of this person themselves."""
    decision = answered(kept)
    place, case = _place(offer), _case(kept)
    lists = {f"case.{place}": getattr(case, place), "will_run": case.people(decision.facts)}
    theirs = {
        f"{name}[{number}]"
        for name, people in lists.items()
        for number, one in enumerate(people or ())
        if one.key == person_key(offer.to_id)
    }
    if any(
        found.stands and found.about in theirs and found.kind in (Kind.REQUIRES, Kind.FORBIDS)
        for found in decision.findings
    ):
        raise Refused(kept)


def _case(kept: DecisionRecord) -> Case:
    found = answered(kept).facts
    return found.case if isinstance(found, AccountOpen) else Case()


def _place(offer: Offer) -> str:
    return _PLACES.get(Part(offer.part), "run_by")


def _asked(offer: Offer, *, by: Person, at: datetime) -> DecisionRecord:
    """Return what the policy asks of this person, as it would before the account opened."""
    on = local_day(at)
    policy = in_force(on)
    found = open_facts(offer.account, policy, by=by, at=at)
    newcomer = tuple(runners([offer.to], policy.version, on=on).values())
    part = _place(offer)
    gone = {newcomer[0].key, person_key(offer.instead_of_id) if offer.instead_of_id else ""}
    standing = tuple(one for one in getattr(found.case, part) or () if one.key not in gone)
    case = found.case.model_copy(update={part: (*standing, *newcomer)})
    return record_decision(
        "account.open", found.model_copy(update={"case": case}), at=at, by=by, subject=offer.account
    )


def _check(account: Account, to: Person, part: str, instead_of: Person | None, *, at: datetime) -> None:
    on = local_day(at)
    wrong: dict[str, Text] = {}
    if part not in Part.values:
        wrong["part"] = _("Choose a role.")
    if not Person.objects.filter(here_on(on), pk=to.pk).exists():
        wrong["to"] = _("Choose someone who is currently here.")
    elif account.team.filter(person=to, part=part, to_day=None).exists():
        wrong["to"] = _("They already have this role. Choose someone else.")
    running = account.team.filter(part=part, to_day=None)
    if instead_of is not None and not running.filter(person=instead_of).exists():
        wrong["instead_of"] = _("Choose someone with this role.")
    if wrong:
        raise BadInput(wrong)
