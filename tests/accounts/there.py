"""Accounts that are there already, for the tests: lines of a list, a list that is brought and explained."""

from __future__ import annotations

from schoolgate.accounts.actions.importing import ACCOUNTS
from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.importer import apply, explain_columns, upload

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
        self.kept = ACCOUNTS.read(content, federation_id=current_scope().federation_id)
        self.importing = upload(kind=ACCOUNTS, by=by, at=at, kept=self.kept)
        if self.importing.mapping is None:
            self.explain(columns=columns, defaults=defaults, name=name)

    def explain(self, *, columns=None, defaults=None, name="Our accounts"):
        return explain_columns(
            kind=ACCOUNTS, by=self.by, at=self.at, importing=self.importing, sheet=self.kept.sheet,
            shape=self.kept.shape, name=name, columns=COLUMNS if columns is None else columns,
            defaults={} if defaults is None else defaults,
        )  # fmt: skip

    @property
    def plan(self):
        return ACCOUNTS.preview(self.importing, self.kept.sheet, by=self.by, on=local_day(self.at))

    @property
    def outcomes(self):
        return [str(each.outcome) for each in self.plan.lines]

    def said(self, number=0):
        return [one.code for one in self.plan.lines[number].said]

    def confirm(self, **more):
        given = {"by": self.by, "at": self.at, "seen": self.plan.seen} | more
        return apply(kind=ACCOUNTS, importing=self.importing, sheet=self.kept.sheet, **given)


def taken_in(by, at, *lines):
    """The accounts of these lines, on the register, in the order of the lines."""
    before = set(Account.objects.values_list("pk", flat=True))
    Brought(by, at, *lines).confirm()
    return list(Account.objects.exclude(pk__in=before).order_by("pk"))
