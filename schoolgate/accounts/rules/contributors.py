"""Check who may enter, see, check and accept requests to follow, and whether it may happen now."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.facts.contributors import place_of
from schoolgate.accounts.models import Account, Admission
from schoolgate.accounts.rules.care import is_on_team
from schoolgate.accounts.states.contributors import AdmissionState
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.people.rules import can, check_capacity

LOOKS_AFTER = ("moderate", "open_account")
"""Either lets a person manage an account's followers; so does a place in its team."""
SEES_BESIDE = frozenset({*LOOKS_AFTER, "oversee", "decide_account"})


def check_looks_after(by: Person, account: Account | None, *, on: date, school: School | None = None) -> None:
    """Raise NotAllowed unless the person is on the account's team, or moderates or opens accounts there.

    Without an account: of the learning platform of a school, or of the federation."""
    if account is not None:
        if is_on_team(by, account):
            return
        school = account.school
    held = capacities(by, on=on, school=school, account=account)
    if held.isdisjoint(LOOKS_AFTER):
        check_capacity(by, LOOKS_AFTER[0], on=on, school=school, account=account)


def platforms_looked_after(by: Person, *, on: date) -> list[School | None]:
    """Return the schools whose learning platform the person looks after; None: that of the whole
    federation."""
    everywhere = [None, *School.objects.order_by("name", "pk")]
    return [place for place in everywhere if can(check_looks_after, by, None, on=on, school=place)]


def check_looks_after_a_platform(by: Person, *, on: date) -> None:
    """Raise NotAllowed for people who look after no learning platform."""
    if not platforms_looked_after(by, on=on):
        check_looks_after(by, None, on=on)


def check_may_look_into(by: Person, admission: Admission, *, on: date) -> None:
    """Raise NotAllowed for all but the person the account's form names for the check; where it names no
    one who is still here, for people who don't look after the account."""
    vetter = vetter_of(admission, on=on)
    if vetter is None:
        check_looks_after(by, admission.account, on=on, school=admission.school)
    elif vetter != by:
        raise NotAllowed(
            _("The account’s own form names someone else for this check."),
            next_step=format_lazy(_("Needs a check by: {name}."), name=vetter.name),
        )


def vetter_of(admission: Admission, *, on: date) -> Person | None:
    """Return the person the account's form names for the check, unless they have left."""
    vetter = admission.vetter
    return None if vetter is None or (vetter.left_on is not None and vetter.left_on <= on) else vetter


def check_may_decide_on(by: Person, admission: Admission, *, on: date) -> None:
    """Raise NotAllowed unless the person looks after the account, or is named for the check."""
    if admission.vetter_id != by.pk:
        check_looks_after(by, admission.account, on=on, school=admission.school)


def may_see_admission(by: Person, admission: Admission, *, on: date) -> bool:
    """Return whether a person looks after the account, is named for the check, entered it, or oversees."""
    if by.pk in (admission.vetter_id, admission.entered_by_id):
        return True
    if can(check_looks_after, by, admission.account, on=on, school=admission.school):
        return True
    held = capacities(by, on=on, school=place_of(admission), account=admission.account)
    return bool(held & SEES_BESIDE)


def check_may_see_those_of(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed for people who neither look after the account nor oversee there."""
    held = capacities(by, on=on, school=account.school, account=account)
    if held.isdisjoint(SEES_BESIDE):
        check_looks_after(by, account, on=on)


def check_undecided(admission: Admission, *to: AdmissionState) -> None:
    """Raise NotNow unless it still waits, AlreadyDone where it was decided as this step would: `to`."""
    if admission.state != AdmissionState.WAITING:
        raise done_before(
            admission,
            _("This has already been decided."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This request has been decided differently or withdrawn.")
                if to
                else _("This request has been decided or withdrawn."),
                _("Open it again to see who decided. Talk to them if you disagree."),
            ),
            state__in=to,
        )


def check_nobody_said_no(admission: Admission) -> None:
    """Raise NotNow where the last check advised against it: accepting needs another check first."""
    last = admission.vettings.order_by("-pk").first()
    if last is not None and not last.passed:
        raise NotNow(
            _("The person who checked this said the request should be declined."),
            _("Check again and say what has changed, or decline the request."),
        )
