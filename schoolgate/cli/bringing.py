"""What the import commands share: who imports and where, and what to print if it can't be done."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from schoolgate.core.clock import local_day, now
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.core.tenancy import scope
from schoolgate.people import queries
from schoolgate.people.lists import importer
from schoolgate.people.lists.importer import Importer, KeptList, L, ListPlan, M, P
from schoolgate.people.models import Membership, Outcome, Person
from schoolgate.people.queries import live_memberships

MOST_SHOWN = 200
"""Most lines printed; the list's page shows them all."""


def who_brings(command: str, options: argparse.Namespace, at: datetime) -> Membership | None:
    """The place of `--by` in `--federation`; None, with a line that says which, where the federation, the
    person or the file is not there."""
    federation = Federation.objects.filter(slug=options.federation).first()
    membership = _membership(federation, options.by, at) if federation else None
    if membership is not None and options.file.is_file():
        return membership
    missing = "file" if membership else "person" if federation else "federation"
    print(f"schoolgate {command}: there is no such {missing}. Check the spelling", file=sys.stderr)
    return None


def _membership(federation: Federation, email: str, at: datetime) -> Membership | None:
    memberships = Membership.objects.filter(live_memberships(local_day(at)), federation=federation)
    return memberships.filter(user__email__iexact=email.strip()).first()


def refused(command: str, error: SchoolgateError) -> int:
    """Say why it is not taken; returns the command's status, 1."""
    fields = error.fields.values() if isinstance(error, BadInput) else ()
    print(f"schoolgate {command}:", error, *map(str, fields), file=sys.stderr)
    return 1


def import_list(
    command: str,
    kind: Importer[L, M, P],
    options: argparse.Namespace,
    *,
    told: Callable[[Mapping[str, int], bool], Iterable[str]],
    offered: Callable[[Sequence[str]], Mapping[str, str]] | None = None,
    **choices: Any,
) -> int:
    """Import the list of `options`, or print what it would change (`--preview`).

    Args:
        told: the last lines printed: takes the counts, and whether the list was imported.
        offered: which headings mean what, where neither `--mapping` nor an earlier list says so.
        choices: what `kind` writes by.

    Returns the exit status; 0: imported or shown, 1: refused, all or some of its lines, 2: there is no such
    file, federation or person.
    """
    at = now()
    membership = who_brings(command, options, at)
    if membership is None:
        return 2
    try:
        with scope(membership.federation_id, membership.person_id):
            kind.may(queries.person(membership.person_id), on=local_day(at))
            named = _named(kind, options.mapping)
        kept = kind.read(options.file.read_bytes(), federation_id=membership.federation_id)
        with scope(membership.federation_id, membership.person_id):
            by = queries.person(membership.person_id)
            importing = importer.upload(kind=kind, by=by, at=at, kept=kept)
            try:
                _explain(kind, importing, named, kept, offered, by=by, at=at)
                plan = kind.preview(importing, kept.sheet, by=by, on=local_day(at))
                agreed = getattr(options, "same", ())
                asked = {line.number for line in plan.asked} - set(agreed)
                takes = not plan.unknown and (plan.changes or not plan.refused)
                applied = not options.preview and takes and not asked
                if applied:
                    importer.apply(
                        kind=kind,
                        by=by,
                        at=at,
                        importing=importing,
                        sheet=kept.sheet,
                        seen=plan.seen,
                        agreed=agreed,
                        **choices,
                    )
            except SchoolgateError:
                importer.drop(kind=kind, by=by, at=at, importing=importing)
                raise
            if not applied:
                importer.drop(kind=kind, by=by, at=at, importing=importing)
            lines = [*_lines(plan), *_unanswered(asked, options), *told(plan.counts, applied)]
    except SchoolgateError as error:
        return refused(command, error)
    print("\n".join(lines))
    return 0 if options.preview or (applied and not plan.refused) else 1


def _named(kind: Importer[L, M, P], name: str | None) -> M | None:
    """How lists are read under that name. Raises BadInput where none has it."""
    found = kind.mapping(name) if name else None
    if name and found is None:
        raise BadInput(
            {
                "mapping": f"There is no column mapping called {name!r} here. Name one on the import "
                "page, or leave it out."
            }
        )
    return found


def _explain(
    kind: Importer[L, M, P],
    importing: L,
    named: M | None,
    kept: KeptList,
    offered: Callable[[Sequence[str]], Mapping[str, str]] | None,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Read the list by a named way, by the way in which such headings were read before, or by the headings
    themselves. Raises BadInput."""
    before = importing.mapping_id  # type: ignore[attr-defined]  # each kind of list has its own
    if before is not None and (named is None or named.pk == before):
        return
    if named is not None:
        name, columns, defaults = named.name, named.columns, named.defaults
    else:
        name, defaults = f"import-{kind.lists._meta.app_label} {kept.shape[:8]}", {}
        columns = offered(kept.sheet.lines[0].cells) if offered else {}
    importer.explain_columns(
        kind=kind, by=by, at=at, importing=importing, sheet=kept.sheet, shape=kept.shape, name=name,
        columns=columns, defaults=defaults,
    )  # fmt: skip


def _unanswered(asked: Collection[int], options: argparse.Namespace) -> Iterator[str]:
    if asked and not options.preview:
        rows = " ".join(map(str, sorted(asked)))
        yield f"may be about someone else: {rows}. Repeat with --same {rows} where each is the same person"


def _lines(plan: ListPlan) -> Iterator[str]:
    lines = [line for line in plan.lines if line.outcome != Outcome.SAME]
    for line in lines[:MOST_SHOWN]:
        why = " ".join(str(one) for one in line.said)
        yield f"line {line.number:>5}  {line.outcome.value:<11}  {line.address or '-'}  {why}"
    if len(lines) > MOST_SHOWN:
        yield f"... and {len(lines) - MOST_SHOWN} more lines"
    yield ", ".join(f"{each.value.replace('_', ' ')} {plan.counts[each]}" for each in Outcome)
