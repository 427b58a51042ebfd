"""Permission checks: each raises with a sentence and a next step; `can` answers yes or no with the same
check."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import Federation, School
from schoolgate.people import queries
from schoolgate.people.models import FACTOR_COMPULSORY, FactorReset, Invitation, Membership, Person
from schoolgate.people.queries import HasSchool, holders_of_capacity
from schoolgate.people.safeguarding import lead_of

ACTS: dict[str, str | Promise] = {
    "propose_account": _("propose an account"),
    "decide_account": _("decide on an account"),
    "open_account": _("open an account"),
    "hold_keys": _("look after an account’s sign-in details"),
    "write_post": _("write posts"),
    "approve_post": _("approve posts"),
    "attest_pictures": _("confirm that consent for a picture has been checked"),
    "stop_everything": _("stop all posting"),
    "moderate": _("moderate comments"),
    "answer": _("reply to comments and messages"),
    "second_person": _("cover for an overdue reply"),
    "see_incidents": _("see incidents"),
    "own_policy": _("look after the policy"),
    "oversee": _("oversee how the policy is followed"),
    "administer": _("look after people and their roles"),
    "be_told": _("be told what happens"),
    "advise": _("give advice"),
}
"""What each capacity lets a person do, in words that fit after a colon."""


MAY_RESET = ("administer", "decide_account")
"""What the people who reset a third person's second step hold."""
RESETTERS = 2
"""How many of them it takes; the person who runs the server can be one (docs/how-to/people.md)."""

_unread: ContextVar[bool] = ContextVar("schoolgate_refusal_unread", default=False)
"""Whether no one will read what a refusal says."""


def can(check: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Return whether `check` passes with these arguments: False where it raises NotAllowed, or NotFound for
    what this person must not know about."""
    token = _unread.set(True)
    try:
        check(*args, **kwargs)
    except (NotAllowed, NotFound):
        return False
    finally:
        _unread.reset(token)
    return True


def check_capacity(
    person: Person,
    capacity: str,
    *,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    item: str = "",
    about: Person | None = None,
    anywhere: bool = False,
    in_person: bool = False,
) -> None:
    """Raise NotAllowed unless one of the roles `person` holds at this place on `on` carries `capacity`.

    The next step names who does, because a refusal should say who to ask. Within `can` they aren't read.
    """
    place: dict[str, Any] = {"school": school, "account": account, "about": about, "anywhere": anywhere}
    held = queries.capacities(person, on=on, item=item, in_person=in_person, **place)
    if capacity in held:
        return
    others: list[Person] = []
    if not _unread.get():
        others = holders_of_capacity(capacity, federation=person.federation, on=on, **place)
    raise NotAllowed(
        format_lazy(_("You don’t have a role that may do this: {act}."), act=ACTS[capacity]),
        next_step=_ask([other for other in others if other.pk != person.pk]),
    )


def _ask(people: list[Person]) -> str | Promise:
    if not people:
        return _(
            "No one has a role like this yet. Ask the person who looks after people and roles to give it."
        )
    return format_lazy(_("Ask {names}."), names=", ".join(each.name for each in people[:3]))


def check_has_a_role(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `person` holds some role of the policy on `on`."""
    if not queries.assignments(person, on=on, where=queries.Where(anywhere=True)).exists():
        raise NotAllowed(
            _("You have no role in the policy."),
            next_step=_("Ask the person who looks after people and roles."),
        )


def check_may_administer(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `person` manages people and their roles in the whole federation."""
    check_capacity(person, "administer", on=on)


def check_may_give(giver: Person, to: Person, *, on: date) -> None:
    """Raise NotAllowed unless `giver` manages people here and gives the role to another person."""
    check_may_administer(giver, on=on)
    if giver.pk == to.pk:
        raise NotAllowed(
            _("You can’t give yourself a role."),
            next_step=_("Ask someone else who looks after people and roles."),
        )


def is_unstaffed(federation: Federation, *, on: date) -> bool:
    """Return whether no one manages people here yet, so that the set-up command may add the first person."""
    return not holders_of_capacity("administer", federation=federation, on=on)


def check_may_see_people(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `person` administers, decides on accounts or oversees the policy."""
    held = queries.capacities(person, on=on, anywhere=True)
    if not held & {"administer", "decide_account", "oversee", "own_policy"}:
        check_capacity(person, "administer", on=on)


def check_opens(invitation: Invitation, *, at: datetime) -> None:
    """Raise NotNow unless the link of this invitation may still begin its sign-in.

    It belongs to one place, as long as the person has that; it was mailed to the sign-in's own address, or
    given out at the server's command line while only this federation knows the sign-in; and it ends with the
    first password chosen, wherever that was.
    """
    user = invitation.user
    if user.has_usable_password():
        raise NotNow(
            _("This link no longer works."),
            next_step=_("You already have a password. Sign in with it, or get a new one by email."),
        )
    memberships = Membership.objects.filter(user=user)
    still = Q(ends_on=None) | Q(ends_on__gt=local_day(at))
    has_place = memberships.filter(still, person_id=invitation.person_id).exists()
    mailed_to_them = invitation.sent_to.lower() == user.email.lower()
    at_the_machine = not invitation.sent_to and memberships.count() == 1
    is_open = invitation.used_at is None and at < invitation.expires_at
    if not (is_open and has_place and (mailed_to_them or at_the_machine)):
        raise NotNow(_("This link no longer works."), next_step=_("Ask for a new invitation."))


def factor_is_compulsory(person: Person, *, on: date) -> bool:
    """Return whether a role that `person` holds anywhere on `on`, or being safeguarding lead or deputy, makes
    a second step at sign-in compulsory."""
    if FACTOR_COMPULSORY & queries.capacities(person, on=on, anywhere=True):
        return True
    return bool(lead_of(person, queries.held_by(person, on=on)))


def check_may_reset_factor(by: Person, person: Person, *, on: date) -> None:
    """Raise NotAllowed unless `by` may take part in resetting the second step of `person`.

    Both people must administer or decide, and neither may be the person concerned. Only the federation
    through which a user first came in may do it: another one could weaken a sign-in that is not its own.
    """
    if by.pk == person.pk:
        raise NotAllowed(
            _("You can’t reset your own two-step verification."),
            next_step=_(
                "Ask two others who look after people and roles, or who decide on accounts. If there is only "
                "one, the person who runs the server is the second."
            ),
        )
    held = queries.capacities(by, on=on, anywhere=True)
    if not held & set(MAY_RESET):
        check_capacity(by, "decide_account", on=on, anywhere=True)
    check_sign_in_is_ours(person, on=on)


def others_who_may_reset(person: Person, *, on: date) -> list[Person]:
    """Return who may take part in resetting the second step of `person`: two of them do it."""
    held = holders_of_capacity(*MAY_RESET, federation=person.federation, on=on, anywhere=True)
    return [each for each in held if each.pk != person.pk]


def who_may_confirm(person: Person, *, asked_by: Person, on: date) -> list[Person]:
    """Return who here may confirm a reset of the second step of `person` that `asked_by` asks for. If no one
    may, the person who runs the server does."""
    return [each for each in others_who_may_reset(person, on=on) if each.pk != asked_by.pk]


def check_sign_in_is_ours(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the user of `person` first came in through this federation."""
    first = queries.membership_begun_with(person.user, on=on)
    if first is None or first.person_id != person.pk:
        raise NotAllowed(
            _("This person first signed in through another federation. Only that federation can do this."),
            next_step=_("Ask the person to contact the federation they first signed in through."),
        )


def check_may_confirm_reset(by: Person, reset: FactorReset, *, on: date) -> None:
    """Raise NotAllowed unless `by` is a second person, different from the first, who may reset."""
    check_may_reset_factor(by, reset.person, on=on)
    if by.pk == reset.asked_by_id:
        raise NotAllowed(
            _("A second person must confirm your request."),
            next_step=_(
                "Ask someone else who looks after people and roles, or who decides on accounts. If there is "
                "no one else, ask the person who runs the server."
            ),
        )
