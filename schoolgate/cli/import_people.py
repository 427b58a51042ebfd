"""`schoolgate import-people FILE --federation SLUG --mapping NAME --by EMAIL`: take a list of people over."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from schoolgate.cli.bringing import import_list
from schoolgate.people.importing import PEOPLE


def arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: which file, where, how to read it, and who imports it."""
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, xlsx, xls or ods, with headings")
    parser.add_argument("--federation", required=True, metavar="SLUG", help="such as wildground")
    parser.add_argument(
        "--mapping", required=True, metavar="NAME", help="a saved column mapping, by its name on the page"
    )
    parser.add_argument(
        "--by", required=True, metavar="EMAIL", help="the person importing it, who manages people there"
    )
    parser.add_argument("--preview", action="store_true", help="preview the changes and change nothing")
    parser.add_argument(
        "--same", nargs="+", type=int, default=(), metavar="ROW",
        help="rows with another name that are still about the same person",
    )  # fmt: skip
    parser.add_argument("--invite", action="store_true", help="send everyone new an invitation")


def run(options: argparse.Namespace) -> int:
    """Do it; returns the exit status of `import_list`."""
    return import_list("import-people", PEOPLE, options, told=_told, invite=options.invite)


def _told(counts: Mapping[str, int], applied: bool) -> Iterator[str]:
    yield f"people here: {counts['people_before']} before, {counts['people_after']} after"
    yield f"here but not in the list: {counts['missing']}"
    yield "imported" if applied else "nothing has been changed"
