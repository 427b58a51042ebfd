"""Accounts that are there already, for the tests: lines of a list, a list that is brought and explained."""

from __future__ import annotations

from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.accounts.models import Account
from schoolgate.people.list_importer import explain_columns
from tests.people import lists

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


class Brought(lists.Brought):
    """Its accounts are the whole federation's where no school is named."""

    kind, head, name = ACCOUNTS, HEAD, "Our accounts"

    def explain(self, *, columns=None, defaults=None, name="Our accounts"):
        return explain_columns(
            kind=ACCOUNTS, by=self.by, at=self.at, importing=self.importing, sheet=self.kept.sheet,
            shape=self.kept.shape, name=name, columns=COLUMNS if columns is None else columns,
            defaults={} if defaults is None else defaults,
        )  # fmt: skip


def taken_in(by, at, *lines):
    """The accounts of these lines, on the register, in the order of the lines."""
    before = set(Account.objects.values_list("pk", flat=True))
    Brought(by, at, *lines).confirm()
    return list(Account.objects.exclude(pk__in=before).order_by("pk"))
