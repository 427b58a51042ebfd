"""`schoolgate audit verify`: check the record again.

`schoolgate audit key`: what outsiders check signed heads with.

`schoolgate evidence CLAUSE --federation SLUG`: the record's rows that rest on a clause, newest first.

With `--file` the same as a file that can be checked without Schoolgate; of all clauses, with the word `all`.

`schoolgate data-map`: whose data is stored where, why, how long, and what ends it; never a row.
"""

import argparse
import json
import sys
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from schoolgate.cli.policy import RESTS
from schoolgate.core.clock import local_day, now
from schoolgate.core.data_map.checks import as_csv, as_json, as_markdown, people
from schoolgate.core.data_map.entries import load
from schoolgate.core.days import day_in
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.home import is_torn, typed
from schoolgate.core.ledger import (
    BadAnchor,
    Verdict,
    heads_file,
    own_heads,
    public_key_pem,
    read_heads,
    verify_all,
)
from schoolgate.core.models import Federation
from schoolgate.core.saying import subject_in_words
from schoolgate.core.tenancy import scope
from schoolgate.people.queries import book_of
from schoolgate.reports.evidence import Asked, Evidence, event_in_words, evidence_for, export_evidence
from schoolgate.reports.keeping import how_kept

TORN = (
    "The last line of the file of signed heads was cut off while it was written, so it is left out. "
    "The next hourly signing writes a whole one."
)


def audit_arguments(parser: argparse.ArgumentParser) -> None:
    """Two words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="verify|key")
    check = words.add_parser(
        "verify", help="recompute every federation's record and compare it with the signed heads"
    )
    check.add_argument(
        "--anchors",
        type=Path,
        metavar="FILE",
        help="signed heads to compare with (default: those in this installation)",
    )
    check.add_argument("--federation", metavar="SLUG", help="check only this federation")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    words.add_parser("key", help="print the public key used to check signed heads")


def run_audit(options: argparse.Namespace) -> int:
    """Print what was found; 0: all are sound, 1: one is not, 2: asked for something that is not there."""
    if options.what == "key":
        print(public_key_pem(), end="")
        return 0
    try:
        heads = read_heads(options.anchors) if options.anchors else own_heads()
    except (OSError, BadAnchor) as trouble:
        print(f"schoolgate audit: {trouble}", file=sys.stderr)
        return 2
    found = verify_all(heads, own=not options.anchors, only=options.federation or "")
    if options.federation and not found:
        print(
            f"schoolgate audit: there is no federation {options.federation}. Use the name in its page "
            "addresses",
            file=sys.stderr,
        )
        return 2
    if options.json:
        print(
            json.dumps([{"slug": slug, "sound": one.sound, **asdict(one)} for slug, one in found], indent=2)
        )
    else:
        if not found:
            print("There are no federations yet, so there is nothing to check.")
        if is_torn(options.anchors or heads_file()):
            print(TORN)
        for slug, verdict in found:
            print("\n".join(lines(slug, verdict)))
    return 0 if all(verdict.sound for _, verdict in found) else 1


def lines(slug: str, verdict: Verdict) -> list[str]:
    """What is printed for one federation."""
    if verdict.sound:
        said = [f"{slug}: sound, {verdict.rows} rows"]
    else:
        said = [f"{slug}: NOT SOUND. First bad row: {verdict.first_bad}; {verdict.why}"]
    if verdict.last_head:
        said.append(
            f"  the last matching signed head is row {verdict.last_head.number}, of {verdict.last_head.at}"
        )
    if verdict.beyond:
        first, last = verdict.beyond
        said.append(
            f"  rows {first} to {last} come after the last signed head, so no outside copy confirms them"
        )
    return said


MOST = 1000


def evidence_arguments(parser: argparse.ArgumentParser) -> None:
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


def run_evidence(options: argparse.Namespace) -> int:
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


def data_map_arguments(parser: argparse.ArgumentParser) -> None:
    """In which form, and whether rows are counted."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print it as JSON")
    form.add_argument("--csv", action="store_true", help="print one line per field, for a spreadsheet")
    form.add_argument("--markdown", action="store_true", help="print docs/data-protection/data-map.md")
    parser.add_argument(
        "--counts",
        metavar="SLUG",
        help="include this federation's row counts for each table (JSON and CSV too)",
    )


def run_data_map(options: argparse.Namespace) -> int:
    """Print it; 2 for a federation that does not exist, or for counts in Markdown."""
    if options.counts and options.markdown:
        print("schoolgate data-map: the page has no counts. Use --csv or --json", file=sys.stderr)
        return 2
    counts = None
    if options.counts:
        counts = _counted(options.counts)
        if counts is None:
            print(
                f"schoolgate data-map: there is no federation {options.counts!r}. Use the name in its "
                "page addresses",
                file=sys.stderr,
            )
            return 2
    said = load()
    if options.json:
        print(json.dumps(as_json(said, counts), indent=2, ensure_ascii=False))
    elif options.csv:
        print(as_csv(said, counts), end="")
    elif options.markdown:
        print(as_markdown(said), end="")
    else:
        for label in said.tables:
            fields = said.fields_of(label)
            about = tuple(sorted({one for field in fields for one in field.whose}))
            number = "" if counts is None else f"{'-' if counts[label] is None else counts[label]:>8}  "
            print(f"{number}{label:32} {said.tables[label].ends:18} {people(about)}")
    return 0


def _counted(slug: str) -> dict[str, int | None] | None:
    """Rows of a federation, or None where there is none of that name; only this needs the database."""
    from schoolgate.core.data_map.checks import rows_of
    from schoolgate.core.env import env
    from schoolgate.core.models import Federation
    from schoolgate.core.postgres.server import ensure_server

    if env().embedded_database:
        ensure_server(env().home)
    federation = Federation.objects.filter(slug=slug).first()
    return None if federation is None else rows_of(federation.pk)
