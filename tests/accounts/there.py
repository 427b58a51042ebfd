"""Accounts that are there already, for the tests: lines of a list, a list that is brought and explained."""

from __future__ import annotations

from schoolgate.accounts.actions.importing import (
    explain_account_columns,
    start_account_import,
    take_in_accounts,
    what_comes_of_accounts,
)
from schoolgate.accounts.importing.fields import TOO_SHORT
from schoolgate.accounts.models import Account
from schoolgate.accounts.states.brought_in import MOST_ACCOUNTS
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.storing import keep_list

COLUMNS = {
    "network": "Network",
    "address": "Address",
    "school": "School",
    "since": "Since",
    "run_by": "Team",
    "second": "Second",
    "name": "Name",
    "purpose": "Purpose",
    "audience": "Audience",
    "pupils": "Pupils",
    "youngest": "Youngest",
    "kind": "Kind",
    "known_to": "Known to",
}
HEAD = ",".join(COLUMNS.values())


def line(address="https://www.facebook.com/oakfield", run_by="cara@example.org", **more):
    said = {
        "network": "Facebook", "address": address, "school": "Whole federation", "since": "1/9/2016",
        "run_by": run_by, **more,
    }  # fmt: skip
    return ",".join(str(said.get(field, "")) for field in COLUMNS)


class Brought:
    """A list, brought and explained; accounts are the whole federation's where no school is named."""

    def __init__(self, by, at, *lines, columns=None, defaults=None, head=HEAD, name="Our accounts"):
        content = "\n".join([head, *lines]).encode()
        self.by, self.at = by, at
        self.kept = keep_list(
            content, federation_id=current_scope().federation_id, most_rows=MOST_ACCOUNTS + 1,
            too_short=TOO_SHORT,
        )  # fmt: skip
        self.importing = start_account_import(by=by, at=at, kept=self.kept)
        if self.importing.mapping is None:
            self.explain(columns=columns, defaults=defaults, name=name)

    def explain(self, *, columns=None, defaults=None, name="Our accounts"):
        return explain_account_columns(
            by=self.by, at=self.at, importing=self.importing, sheet=self.kept.sheet, shape=self.kept.shape,
            name=name, columns=COLUMNS if columns is None else columns,
            defaults={} if defaults is None else defaults,
        )  # fmt: skip

    @property
    def plan(self):
        return what_comes_of_accounts(self.importing, self.kept.sheet, on=local_day(self.at))

    @property
    def outcomes(self):
        return [str(each.outcome) for each in self.plan.lines]

    def said(self, number=0):
        return [one.code for one in self.plan.lines[number].said]

    def confirm(self, **more):
        given = {"by": self.by, "at": self.at, "seen": self.plan.seen} | more
        return take_in_accounts(importing=self.importing, sheet=self.kept.sheet, **given)


def taken_in(by, at, *lines):
    """The accounts of these lines, on the register, in the order of the lines."""
    before = set(Account.objects.values_list("pk", flat=True))
    Brought(by, at, *lines).confirm()
    return list(Account.objects.exclude(pk__in=before).order_by("pk"))
