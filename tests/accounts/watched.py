"""An open account with a lead and a second one, for tests of looking after it."""

from datetime import datetime, timedelta

from schoolgate.accounts.models import Account, Proposal, TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import PolicyVersion, Reading


def open_account_of(
    school: School | None,
    *leads: Person,
    opened_at: datetime,
    name: str = "Year 4",
    answers: dict[str, object] | None = None,
    **fields: object,
) -> Account:
    """An account that went live then, led by these people."""
    proposal = None
    if answers is not None:
        version = PolicyVersion.objects.get()
        yes = record_decision("account.status", {}, at=version.in_force_from, by=leads[0], subject=version)
        proposal = Proposal.objects.create(
            by=leads[0], school=school, name=name, network="facebook", started_at=opened_at, answers=answers,
            saved_at=opened_at, submitted_at=opened_at, decided_at=opened_at, state="approved",
            version=version, decided_by=leads[0], decision=yes,
        )  # fmt: skip
    account = Account.objects.create(
        proposal=proposal, school=school, name=name, network="facebook", kind="school", state="open",
        address=f"https://www.facebook.com/{name.lower().replace(' ', '')}", made_at=opened_at,
        opened_at=opened_at, opened_by=leads[0] if leads else None, **fields,
    )  # fmt: skip
    for lead in leads:
        TeamMember.objects.create(
            account=account, person=lead, part="lead", from_day=opened_at.date() - timedelta(days=1)
        )
    return account


def in_term(school: School, at: datetime) -> None:
    """The terms of 2026/27, with a half-term break in February."""
    on = at.date()
    set_calendar(
        school=school,
        at=at,
        terms=[
            ("Autumn", on.replace(year=2026, month=9, day=2), on.replace(year=2026, month=12, day=18)),
            ("Spring 1", on.replace(year=2027, month=1, day=4), on.replace(year=2027, month=2, day=12)),
            ("Spring 2", on.replace(year=2027, month=2, day=22), on.replace(year=2027, month=3, day=25)),
            ("Summer", on.replace(year=2027, month=4, day=12), on.replace(year=2027, month=7, day=20)),
        ],
    )


CHECKS = "wildground-monitoring-1@looked_at/rule"
"""Wildground's rule for how often an account is checked: `choose(..., CHECKS, check_interval_hours=24)`."""


def choose(version: PolicyVersion, owner: Person, binding: str, **settings: object) -> None:
    """The owner's reading fills what the policy leaves open."""
    reading = Reading.objects.filter(version=version).order_by("-number").first()
    Reading.objects.create(
        version=version,
        number=reading.number + 1,
        changes={"settings": {binding: settings}},
        signed_by=owner,
        signed_at=version.in_force_from,
    )
    current_scope().memo.clear()
