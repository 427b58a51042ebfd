"""`schoolgate evidence CLAUSE --federation SLUG`: the record's rows that rest on a clause, newest first.

With `--file` the same as a file that can be checked without Schoolgate; of all clauses, with the word `all`.
"""

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from schoolgate.cli.policy import RESTS
from schoolgate.core.clock import local_day, now
from schoolgate.core.days import day_in
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.core.saying import subject_in_words
from schoolgate.core.tenancy import scope
from schoolgate.core.typed import typed
from schoolgate.people.queries import book_of
from schoolgate.reports.evidence import Evidence, event_in_words, evidence_for
from schoolgate.reports.evidence_file.making import Asked, export_evidence
from schoolgate.reports.keeping import how_kept

MOST = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which clause, of which federation, and how many rows."""
    parser.add_argument("clause", metavar="CLAUSE", help="such as wildground-monitoring-4; all, with --file")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument("--limit", type=_number, default=25, metavar="N", help="maximum number of rows (25)")
    parser.add_argument("--before", type=_number, metavar="NUMBER", help="only rows with a lower number")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--file", type=Path, metavar="ZIP", help="write the evidence to a file that anyone can check"
    )
    parser.add_argument("--from", dest="first", type=_day, metavar="DAY", help="in the file: from this day")
    parser.add_argument("--to", dest="last", type=_day, metavar="DAY", help="in the file: up to this day")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 19 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def _day(text: str) -> date:
    try:
        return day_in(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, such as 2027-01-31") from None


def run(options: argparse.Namespace) -> int:
    """Print the rows, also where there are none; 2 for a clause or a federation that does not exist."""
    federation = Federation.objects.filter(slug=options.federation).first()
    if federation is None:
        print(
            f"schoolgate evidence: there is no federation {options.federation!r}. Use the name in its "
            "page addresses",
            file=sys.stderr,
        )
        return 2
    book = book_of(federation)
    if options.file is not None and options.clause == "all":
        return _write(options, Asked(federation))
    try:
        clause = book.clause(options.clause)
    except KeyError:
        print(
            f"schoolgate evidence: {federation.policy_key} has no clause {options.clause!r}. List them "
            f"with: {typed('policy', 'show', federation.policy_key)}",
            file=sys.stderr,
        )
        return 2
    with scope(federation.pk):
        how = how_kept(book, clause.id, on=local_day(now()))
    if options.file is not None:
        says, rests = clause.wording or clause.says, (RESTS[how.rests], *how.kept_by)
        return _write(options, Asked(federation, clause.id, says, rests))
    with scope(federation.pk):
        found, following = evidence_for(clause.id, before=options.before, limit=min(options.limit, MOST))
        rows = [_row(each) for each in found]
    told: dict[str, Any] = {
        "federation": federation.slug,
        "clause": clause.id,
        "section": clause.section,
        "says": clause.says,
        "rests": str(how.rests),
        "asked": {situation: asking.to_json() for situation, asking in how.asked.items()},
        "not_asked": list(how.open),
        "decided": how.total.decided,
        "decided_this_term": how.term.decided if how.term else None,
        "proven_by": list(how.proofs),
        "rows": rows,
        "next_before": following,
    }
    print(json.dumps(told, indent=2, ensure_ascii=False) if options.json else "\n".join(_lines(told)))
    return 0


def _write(options: argparse.Namespace, asked: Asked) -> int:
    """Write the evidence file; 2 where it can't be made."""
    asked = replace(asked, first=options.first, last=options.last)
    try:
        with options.file.open("x+b") as out, scope(asked.federation.pk):
            made = export_evidence(asked=asked, out=out, at=now())
    except FileExistsError:
        print(f"schoolgate evidence: {options.file} exists. Choose another name", file=sys.stderr)
        return 2
    except (OSError, SchoolgateError) as trouble:
        options.file.unlink(missing_ok=True)
        print(f"schoolgate evidence: {trouble}", file=sys.stderr)
        return 2
    print(f"{options.file}: {made.rows} rows, SHA-256 {made.digest}")
    return 0


def _row(each: Evidence) -> dict[str, Any]:
    return {
        "number": each.row.number,
        "at": each.row.at.isoformat(),
        "event": each.row.event,
        "says": event_in_words(each.row.event),
        "actor": each.row.actor or None,
        "by": each.by.name if each.by else None,
        "subject": each.row.subject,
        "about": each.subject,
        "decision": each.row.decision,
        "outcome": each.decision.outcome if each.decision else None,
        "clauses": list(each.row.clauses),
    }


def _lines(told: dict[str, Any]) -> list[str]:
    lines = [f"{told['clause']} ({told['section']})", f"  {told['says']}"]
    lines.append(f"  rests: {RESTS[told['rests']]}")
    if told["asked"]:
        lines.append(f"  decided {told['decided']} times")
    elif told["not_asked"]:
        lines.append("  not used in a decision yet")
    if not told["rows"]:
        lines.append("  nothing recorded yet")
    for row in told["rows"]:
        whom = row["by"] or ("the program" if row["actor"] is None else "someone who has left")
        rests = f", decision {row['decision']}" if row["decision"] else ""
        lines.append(
            f"  {row['number']:>8}  {row['at'][:16]}  {row['says']} By {whom}: "
            f"{subject_in_words(row['about'])}{rests}"
        )
    if told["next_before"]:
        lines.append(f"  older rows: --before {told['next_before']}")
    return lines
