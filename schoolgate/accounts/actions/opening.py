"""Set up an account, check it against the policy, and open it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import rules
from schoolgate.accounts.actions.letting_in import LATER, let_in
from schoolgate.accounts.actions.proofs import ask_for_proofs
from schoolgate.accounts.duty_kinds import LEAVE_ENDS, OPEN, REGULAR
from schoolgate.accounts.facts import open_facts
from schoolgate.accounts.facts.asked import asked_before_opening
from schoolgate.accounts.facts.entrusting import entrusting_facts
from schoolgate.accounts.ladders import role_key
from schoolgate.accounts.models import Account, ImportedAccount, Notice, TeamMember
from schoolgate.accounts.states import ACCOUNT_MOVES, AccountState, Part
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.networks.registry import capabilities
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force


@action
def change_team(
    *, account: Account, by: Person, at: datetime, person: Person, part: str, leaves: bool = False
) -> None:
    """Add a person to an account's team, or remove them (`leaves`); the last lead stays.

    Raises NotAllowed, BadInput, NotNow where the account would be left without a lead.
    """
    on = local_day(at)
    rules.check_may_open(by, account, on=on)
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
    rules.check_may_set_up(by, account, on=on)
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
            to_role_key=role_key(book, role),
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
    rules.check_waiting(account)
    rules.check_may_set_up(by, account, on=on)
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
    rules.check_waiting(account)
    rules.check_may_open(by, account, on=on)
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
