"""What follows a decision on a request: removal, wiping of names, and who is in a site."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.duty_kinds import ADMISSION_DO
from schoolgate.accounts.facts.contributors import circle_facts
from schoolgate.accounts.models import Account, Admission, Circle
from schoolgate.accounts.rules.contributors import check_looks_after, check_may_decide_on
from schoolgate.accounts.states.contributors import ADMISSION_MOVES, IS_OVER, AdmissionState
from schoolgate.core import holds
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before, move
from schoolgate.duties.actions import cancel
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision
from schoolgate.policy.queries import in_force


@action
def end_admission(*, admission: Admission, by: Person, at: datetime, reason: str) -> Admission:
    """Record that an accepted follower was removed, on the network too, and why. Raises NotAllowed, NotNow,
    BadInput."""
    check_may_decide_on(by, admission, on=local_day(at))
    if not reason.strip():
        raise BadInput({"reason": _("Say why they’ve been removed.")})
    return out_again(admission, by=by, at=at, reason=reason)


def out_again(admission: Admission, *, by: Person, at: datetime, reason: str) -> Admission:
    """Update the row for `end_admission`, for an action that has asked its own questions. Raises NotNow."""
    move(
        admission,
        to=AdmissionState.ENDED,
        moves=ADMISSION_MOVES,
        at=at,
        ended_at=at,
        ended_by=by,
        end_reason=reason.strip(),
    )
    cancel(kind=ADMISSION_DO, subject=admission, because="ended", at=at, by=by)
    record("admission.ended", subject=admission, at=at, actor=by)
    return admission


@action
def wipe_admission(*, admission: Admission, by: Person, at: datetime) -> Admission:
    """Wipe what identifies the person: name, how they are known, and the reasons. The decision stays.

    A later request of the same person is then no longer recognised. Raises NotAllowed, NotNow while it is not
    over, is wiped already, or must be retained.
    """
    check_may_decide_on(by, admission, on=local_day(at))
    if admission.state not in IS_OVER:
        raise NotNow(
            _("You can’t delete these details while the request is open or they have access."),
            _("End that first, then delete the details."),
        )
    if admission.erased_at is not None:
        raise done_before(admission, _("This has already been deleted."), erased_at__isnull=False)
    holds.check_may_delete(admission)
    blank = {"who": "", "who_key": "", "known_how": "", "reason": "", "end_reason": ""}
    Admission.objects.filter(pk=admission.pk).update(**blank, erased_at=at, erased_by=by)
    admission.vettings.update(how_known="")
    for name, value in blank.items():
        setattr(admission, name, value)
    admission.erased_at, admission.erased_by = at, by
    record("admission.erased", subject=admission, at=at, actor=by)
    return admission


@action
def say_circle(
    *,
    account: Account,
    by: Person,
    at: datetime,
    with_pupils: bool | None,
    made_for_pupils: bool | None,
    private_messages: bool | None,
) -> Circle:
    """Record who is in an account or site and who can send private messages there. The facts are recorded
    whatever the policy says about them; its answer is stored with them. Raises NotAllowed."""
    on = local_day(at)
    check_looks_after(by, account, on=on)
    said = {
        "with_pupils": with_pupils,
        "made_for_pupils": made_for_pupils,
        "private_messages": private_messages,
        "said_by": by,
        "said_at": at,
    }
    circle, _new = Circle.objects.update_or_create(account=account, defaults=said)
    facts = circle_facts(account, in_force(on), by=by, at=at)
    kept = record_decision("contact.site_settings", facts, at=at, by=by, subject=circle)
    record("circle.said", subject=circle, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return circle
