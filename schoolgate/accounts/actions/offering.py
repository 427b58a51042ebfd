"""Pass an account on to other people, who accept it on their own sign-in."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.actions.letting_in import LATER, ON_TRANSFER, let_in
from schoolgate.accounts.actions.proofs import ask_for_proofs
from schoolgate.accounts.duty_kinds import TAKE_OVER
from schoolgate.accounts.facts import open_facts, runners
from schoolgate.accounts.models import Account, Offer, TeamMember
from schoolgate.accounts.rules import care as rules
from schoolgate.accounts.states import OFFER_MOVES, AccountState, OfferState, Part
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.moves import move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.account_open import AccountOpen
from schoolgate.rulebook.situations.case import Case

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
    rules.check_may_offer(by, account, on=on)
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
    rules.check_is_offered(by, offer, to=OfferState.ACCEPTED)
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
    rules.check_is_offered(by, offer, to=OfferState.DECLINED)
    move(offer, to=OfferState.DECLINED, moves=OFFER_MOVES, at=at)
    discharge(kind=TAKE_OVER, subject=offer, by=by, at=at, how="declined")
    record("account.offer_declined", subject=offer.account, at=at, actor=by, offer=offer.pk)
    return offer


@action
def withdraw_offer(*, offer: Offer, by: Person, at: datetime) -> Offer:
    """Withdraw an offer that has no answer yet. Raises NotAllowed, NotNow."""
    rules.check_may_offer(by, offer.account, on=local_day(at))
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
