"""`schoolgate import-accounts FILE --federation SLUG --by EMAIL`: take in the accounts that are there."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from schoolgate.accounts.actions.importing import (
    drop_account_import,
    explain_account_columns,
    start_account_import,
    take_in_accounts,
    what_comes_of_accounts,
)
from schoolgate.accounts.importing.fields import TOO_SHORT, offered
from schoolgate.accounts.importing.planning import Plan
from schoolgate.accounts.models import AccountImport, AccountMapping
from schoolgate.accounts.rules.brought_in import check_may_bring_in
from schoolgate.accounts.states.brought_in import MOST_ACCOUNTS
from schoolgate.cli.bringing import refused, who_brings
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.people import queries
from schoolgate.people.lists.storing import KeptList, keep_list
from schoolgate.people.models import Person
from schoolgate.people.states import Outcome

OWN_NAME = "import-accounts"
"""The name of a way of reading that the command makes itself, from the headings that it knows."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, where, how it is to be read, and who brings it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, xlsx, xls or ods, with headings")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument("--by", required=True, metavar="EMAIL", help="the person importing it")
    parser.add_argument(
        "--mapping",
        metavar="NAME",
        help="a saved column mapping, by its name on the page (without it, the "
        "headings must be recognisable)",
    )
    parser.add_argument("--preview", action="store_true", help="preview the result and change nothing")


def run(options: argparse.Namespace) -> int:
    """Do it; 0: taken in or shown, 1: refused, 2: there is no such file, federation or person."""
    at = now()
    seat = who_brings("import-accounts", options, at)
    if seat is None:
        return 2
    try:
        with scope(seat.federation_id, seat.person_id):
            check_may_bring_in(queries.person(seat.person_id), on=local_day(at))
        kept = keep_list(
            options.file.read_bytes(), federation_id=seat.federation_id, most_rows=MOST_ACCOUNTS + 1,
            too_short=TOO_SHORT,
        )  # fmt: skip
        with scope(seat.federation_id, seat.person_id):
            lines, taken = _bring(options, queries.person(seat.person_id), kept, at)
    except SchoolgateError as error:
        return refused("import-accounts", error)
    print("\n".join(lines))
    return 0 if taken or options.preview else 1


def _bring(options: argparse.Namespace, by: Person, kept: KeptList, at: datetime) -> tuple[list[str], bool]:
    """What to print, and whether the list was taken in."""
    importing = start_account_import(by=by, at=at, kept=kept)
    try:
        _explain(options.mapping, importing, by, kept, at)
        plan = what_comes_of_accounts(importing, kept.sheet, on=local_day(at))
        taken = not options.preview and not plan.refused
        if taken:
            take_in_accounts(by=by, at=at, importing=importing, sheet=kept.sheet, seen=plan.seen)
        else:
            drop_account_import(by=by, at=at, importing=importing)
    except SchoolgateError:
        drop_account_import(by=by, at=at, importing=importing)
        raise
    return list(_lines(plan, taken=taken)), taken


def _explain(name: str | None, importing: AccountImport, by: Person, kept: KeptList, at: datetime) -> None:
    """Read the list by a named way, by the way in which such headings were read before, or by the headings
    themselves. Raises BadInput."""
    named = AccountMapping.objects.filter(name=name).first() if name else importing.mapping
    if name and named is None:
        raise BadInput(
            {
                "mapping": f"There is no column mapping called {name!r} here. Name one on the import "
                "page, or leave it out."
            }
        )
    if named is not None and named.pk == importing.mapping_id:
        return
    headings = kept.sheet.lines[0].cells
    explain_account_columns(
        by=by, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape,
        name=named.name if named else f"{OWN_NAME} {kept.shape[:8]}",
        columns=named.columns if named else offered(headings),
        defaults=named.defaults if named else {},
    )  # fmt: skip


def _lines(plan: Plan, *, taken: bool) -> Iterator[str]:
    for line in plan.lines:
        if line.outcome != Outcome.SAME:
            why = " ".join(str(one) for one in line.said)
            yield f"line {line.number:>5}  {line.outcome.value:<11}  {line.address or '-'}  {why}"
    counts = plan.counts
    told = (Outcome.REFUSED, Outcome.NEW, Outcome.SAME)
    yield ", ".join(f"{each.value} {counts[each]}" for each in told)
    yield f"accounts here: {counts['accounts_before']} before, {counts['accounts_after']} after"
    yield "imported: nothing is posted to them yet" if taken else "nothing has been changed"
