"""Enter the page for parents on a school's own website, note whether it is there, and ask for it if not."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.models import Basis, Due
from schoolgate.people.models import Person
from schoolgate.policy import guides, rules
from schoolgate.policy.asking import cited, record_decision, verdict
from schoolgate.policy.duty_kinds import PARENTS_PAGE
from schoolgate.policy.models import DecisionRecord, ParentsPage
from schoolgate.policy.parents_pages import is_web_address
from schoolgate.policy.queries import policy_begun
from schoolgate.policy.reviewing import keepers_of
from schoolgate.policy.states import PageState
from schoolgate.rulebook.kinds import Kind

STATUS, POINT = "education.status", "parents_page"


@action
def enter_parents_page(*, by: Person, at: datetime, school: School | None, address: str) -> ParentsPage:
    """Enter the address of a page for parents; one that was entered for the same website before goes.

    `school`: None for the website of the federation as a whole. Raises NotAllowed, BadInput.
    """
    rules.check_may_note_practice(by, on=local_day(at))
    tidy = address.strip()
    if not is_web_address(tidy):
        raise BadInput({"address": _("Enter the whole web address. It begins with https://")})
    before = ParentsPage.objects.select_for_update(of=("self",)).filter(school=school, ended_at=None).first()
    if before is not None and before.address == tidy:
        return before
    if before is not None:
        _end(before, by=by, at=at)
    row = ParentsPage.objects.create(school=school, address=tidy, by=by, at=at)
    _record("parentspage.entered", row, by=by, at=at)
    return row


@action
def remove_parents_page(*, by: Person, at: datetime, page: ParentsPage) -> None:
    """Take a page off the list. Raises NotAllowed."""
    rules.check_may_note_practice(by, on=local_day(at))
    _end(page, by=by, at=at)
    _record("parentspage.removed", page, by=by, at=at)


@action
def note_parents_page(*, at: datetime, page: ParentsPage, state: PageState) -> None:
    """Note what a look found; where that changed, ask the policy and open or end the task. A page that was
    taken off the list meanwhile is left alone."""
    before = ParentsPage.objects.select_for_update(of=("self",)).filter(pk=page.pk, ended_at=None).first()
    if before is None:
        return
    ParentsPage.objects.filter(pk=page.pk).update(state=state, looked_at=at)
    if state != before.state:
        _record("parentspage.looked", page, by=None, at=at, found=str(state))


def watch_parents_pages(*, at: datetime, near: date | None = None) -> None:
    """Open the task for the role that looks after the policy while the policy in force finds a page missing
    from a website, and end it once none is. Safe to run twice.

    `near`: the day on which a term is about to end: only then is someone asked who entered no page at all.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not policy.book.clauses_at(STATUS, POINT):
        return
    facts = guides.education_facts(guides.year_of(on), on=on)
    missing = verdict(STATUS, facts, on=on).clauses_at(POINT, kinds=[Kind.BREACHED])
    if not missing:
        discharge(kind=PARENTS_PAGE, subject=policy.version, by=None, at=at, how="there")
        return
    owner, overseer = keepers_of(policy.book)
    if owner is not None and (facts.pages or near is not None):
        open_duty(
            kind=PARENTS_PAGE, subject=policy.version, at=at, role=owner, clauses=missing,
            due=Due.day(near) if near else Due.none_promised(),
            then=Then(basis=Basis.HOUSE, role=overseer) if overseer and near else None,
        )  # fmt: skip


def _end(page: ParentsPage, *, by: Person, at: datetime) -> None:
    ParentsPage.objects.filter(pk=page.pk, ended_at=None).update(ended_at=at, ended_by=by)


def _record(event: str, page: ParentsPage, *, by: Person | None, at: datetime, found: str = "") -> None:
    """Ask the policy about the school year with this page as it is now, and name its clauses."""
    kept = _asked(page, by=by, at=at)
    clauses = cited(kept, POINT) if kept else ()
    more = {"found": found} if found else {}
    record(event, subject=page, at=at, actor=by, clauses=clauses, decision=kept.pk if kept else None, **more)
    watch_parents_pages(at=at)


def _asked(page: ParentsPage, *, by: Person | None, at: datetime) -> DecisionRecord | None:
    on = local_day(at)
    if policy_begun(on) is None:
        return None
    facts = guides.education_facts(guides.year_of(on), on=on)
    return record_decision(STATUS, facts, at=at, by=by, subject=page)
