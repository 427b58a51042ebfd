"""`schoolgate data-map`: whose data is stored where, why, how long, and what ends it; never a row."""

import argparse
import json
import sys

from schoolgate.core.data_map.checks import as_csv, as_json, as_markdown, people
from schoolgate.core.data_map.entries import load


def arguments(parser: argparse.ArgumentParser) -> None:
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


def run(options: argparse.Namespace) -> int:
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
