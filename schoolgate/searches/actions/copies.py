"""Store, open, print, pass on and destroy the copies that a check left."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.holds import check_may_delete
from schoolgate.core.ids import reserve
from schoolgate.core.moves import done_before
from schoolgate.core.sealed_words import check_words, opened, seal, wipe
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision, require
from schoolgate.policy.choices import MONITORED_COPIES, days_chosen
from schoolgate.policy.models import DecisionRecord
from schoolgate.searches.asking import POINT_OF, require_permitted
from schoolgate.searches.duty_kinds import DESTROY_COPY
from schoolgate.searches.facts import monitor_facts
from schoolgate.searches.models import CheckCopy, CopyUsed, SystemCheck
from schoolgate.searches.rules import checks_seen
from schoolgate.searches.states import CheckState, CopyUse


@action
def store_copy(*, by: Person, at: datetime, check: SystemCheck, content: str) -> CheckCopy:
    """Store a copy of what a check showed, sealed, and open the task of destroying it on its day.

    Raises NotAllowed for all but the doer, NotNow before the check is made, BadInput, and Refused where the
    policy doesn't allow copies or no one chose how long they are stored.
    """
    if by.pk != check.doer_id:
        raise NotAllowed(_("Someone else is doing this check."), _("Ask the person named on it."))
    if check.state != CheckState.DONE:
        raise NotNow(_("This check hasn’t been done yet."), _("First record what the check showed."))
    words = check_words(content=(content, _("Enter the text to be stored.")))
    number = reserve(CheckCopy, 1)[0]
    subject = f"searches.checkcopy:{number}"
    days = days_chosen(MONITORED_COPIES, on=local_day(at))
    for act in ("record", "retain"):
        facts = monitor_facts(check, at=at, act=act, days=days if act == "retain" else None)
        kept = record_decision("systems.monitor", facts, at=at, by=by, subject=subject)
        require_permitted(kept, "monitoring", POINT_OF[act])
    copy = CheckCopy.objects.create(
        pk=number, check_made=check, by=by, at=at, decision=kept,
        content_ref=seal("search", words, about=subject),
        keep_until=local_day(at) + timedelta(days=days or 0),
    )  # fmt: skip
    record("checkcopy.stored", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    open_duty(
        kind=DESTROY_COPY, subject=check, at=at, due=Due.day(copy.keep_until), person=check.doer,
        clauses=kept.clauses, decision=kept,
    )  # fmt: skip
    return copy


@action
def open_copy(*, by: Person, at: datetime, copy: CheckCopy) -> str:
    """Return what a copy says, and record that it was opened. Raises NotNow once it is destroyed, Refused
    after the last day of its storing."""
    _check_there(by, copy, at)
    _ask(copy, "retain", by=by, at=at)
    record("checkcopy.opened", subject=copy, at=at, actor=by)
    return str(opened(copy.content_ref).get("content", ""))


@action
def use_copy(
    *, by: Person, at: datetime, copy: CheckCopy, how: str, recipient: str = "", reason: str = "",
    legal_basis: str = "",
) -> CopyUsed:  # fmt: skip
    """Record that a copy is printed or passed on; recipient, reason and legal basis are sealed.

    Raises NotNow, BadInput, and Refused where the policy doesn't allow it or wants more to be said.
    """
    _check_there(by, copy, at)
    words = check_words(recipient=(recipient, ""), reason=(reason, ""), legal_basis=(legal_basis, ""))
    given = frozenset(name for name, text in words.items() if text)
    kept = _ask(copy, CopyUse(how).value, by=by, at=at, given=given)
    row = CopyUsed.objects.create(
        copy=copy, by=by, at=at, how=how, decision=kept,
        words_ref=seal("search", words, about=copy) if given else None,
    )  # fmt: skip
    record("checkcopy.used", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk, how=how)
    return row


@action
def destroy_copy(*, by: Person, at: datetime, copy: CheckCopy) -> CheckCopy:
    """Destroy a copy: its content goes from the vault, and the row says who did it and when.

    A policy that says nothing on destroying doesn't stop it. Raises NotNow where it is gone already or is
    retained for a request, Refused while an open concern needs it.
    """
    _check_there(by, copy, at, destroying=True)
    facts = monitor_facts(copy.check_made, at=at, act="delete", copy=copy)
    kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
    require(kept, "deleting_copies", "needed_for_case")
    check_may_delete(copy)
    changed = CheckCopy.objects.filter(pk=copy.pk, destroyed_at=None).update(
        content_ref=None, destroyed_at=at, destroyed_by=by, destroy_decision=kept
    )
    if changed != 1:
        raise done_before(copy, _("This copy has already been destroyed."), destroyed_at__isnull=False)
    wipe(copy.content_ref)
    copy.refresh_from_db()
    record("checkcopy.destroyed", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    _next_task(copy.check_made, by=by, at=at)
    return copy


def _next_task(check: SystemCheck, *, by: Person, at: datetime) -> None:
    """End the task of destroying, and open it again for the next copy of this check, if there is one."""
    discharge(kind=DESTROY_COPY, subject=check, by=by, at=at, how="destroyed")
    left = (
        check.copies.filter(destroyed_at=None).select_related("decision").order_by("keep_until", "pk").first()
    )
    if left is not None:
        open_duty(
            kind=DESTROY_COPY, subject=check, at=at, due=Due.day(left.keep_until), person=check.doer,
            clauses=left.decision.clauses, decision=left.decision,
        )  # fmt: skip


def _check_there(by: Person, copy: CheckCopy, at: datetime, *, destroying: bool = False) -> None:
    if not SystemCheck.objects.filter(checks_seen(by, on=local_day(at)), pk=copy.check_made_id).exists():
        raise NotAllowed(_("You aren’t involved in this check."), _("Ask the person who asked for it."))
    if copy.destroyed_at is not None:
        if destroying:
            raise done_before(copy, _("This copy has already been destroyed."), destroyed_at__isnull=False)
        raise NotNow(
            _("This copy has been destroyed."), _("The check’s page says who destroyed it and when.")
        )


def _ask(
    copy: CheckCopy, act: str, *, by: Person, at: datetime, given: frozenset[str] = frozenset()
) -> DecisionRecord:
    """Ask whether the copy may still be stored, or what is done with it; return that decision."""
    days = (copy.keep_until - local_day(copy.at)).days
    facts = monitor_facts(copy.check_made, at=at, act="retain", copy=copy, days=days)
    kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
    require_permitted(kept, POINT_OF["retain"])
    if act != "retain":
        facts = monitor_facts(copy.check_made, at=at, act=act, copy=copy, passed_on=given)
        kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
        require_permitted(kept, POINT_OF[act])
    return kept
