"""`schoolgate import-people FILE --federation SLUG --mapping NAME --by EMAIL`: take a list of people over."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from schoolgate.cli.bringing import refused, who_brings
from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.tenancy import scope
from schoolgate.people import actions, queries
from schoolgate.people.importing.planning import Plan
from schoolgate.people.lists.storing import KeptList, keep_list
from schoolgate.people.models import ImportMapping, Person
from schoolgate.people.rules import check_may_administer
from schoolgate.people.states import Outcome

MOST_SHOWN = 200
"""Lines printed; all of them stand on the page of the list."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, where, how it is to be read, and who brings it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, xlsx, xls or ods, with headings")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument(
        "--mapping", required=True, metavar="NAME", help="a saved column mapping, by its name on the page"
    )
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the person importing it, who manages people there"
    )
    parser.add_argument("--preview", action="store_true", help="preview the changes and change nothing")
    parser.add_argument("--invite", action="store_true", help="send everyone new an invitation")


def run(options: argparse.Namespace) -> int:
    """Do it; 0: taken over or shown, 1: refused, 2: there is no such file, federation or person."""
    at = now()
    seat = who_brings("import-people", options, at)
    if seat is None:
        return 2
    try:
        with scope(seat.federation_id, seat.person_id):
            check_may_administer(queries.person(seat.person_id), on=local_day(at))
            mapping = _mapping(options.mapping)
        kept = keep_list(options.file.read_bytes(), federation_id=seat.federation_id)
        with scope(seat.federation_id, seat.person_id):
            lines, taken = _bring(options, queries.person(seat.person_id), kept, mapping, at)
    except SchoolgateError as error:
        return refused("import-people", error)
    print("\n".join(lines))
    return 0 if taken or options.preview else 1


def _mapping(name: str) -> ImportMapping:
    """How a list is to be read. Raises BadInput."""
    found = ImportMapping.objects.filter(name=name).first()
    if found is None:
        raise BadInput(
            {
                "mapping": f"There is no column mapping called {name!r} here. Name one on the import "
                "page, or leave it out."
            }
        )
    return found


def _bring(
    options: argparse.Namespace, by: Person, kept: KeptList, mapping: ImportMapping, at: datetime
) -> tuple[list[str], bool]:
    """What to print, and whether the list was taken over."""
    importing = actions.start_import(by=by, at=at, kept=kept)
    try:
        if importing.mapping_id != mapping.pk:
            actions.explain_columns(
                by=by, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape, name=mapping.name,
                columns=mapping.columns, defaults=mapping.defaults,
            )  # fmt: skip
        plan = actions.what_comes_of(importing, kept.sheet, by=by, on=local_day(at))
        taken = not options.preview and not plan.refused
        if taken:
            actions.import_people(
                by=by, at=at, importing=importing, sheet=kept.sheet, seen=plan.seen, invite=options.invite
            )
        else:
            actions.drop_import(by=by, at=at, importing=importing)
    except SchoolgateError:
        actions.drop_import(by=by, at=at, importing=importing)
        raise
    return list(_lines(plan, taken=taken)), taken


def _lines(plan: Plan, *, taken: bool) -> Iterator[str]:
    shown = [line for line in plan.lines if line.outcome != Outcome.SAME]
    for line in shown[:MOST_SHOWN]:
        why = " ".join(str(one) for one in line.said)
        yield f"line {line.number:>5}  {line.outcome.value:<11}  {line.email or '-'}  {why}"
    if len(shown) > MOST_SHOWN:
        yield f"... and {len(shown) - MOST_SHOWN} more lines"
    counts = plan.counts
    yield ", ".join(f"{each.value.replace('_', ' ')} {counts[each]}" for each in Outcome)
    yield f"people here: {counts['people_before']} before, {counts['people_after']} after"
    yield f"here but not in the list: {counts['missing']}"
    yield "imported" if taken else "nothing is changed"
