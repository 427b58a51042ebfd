"""`schoolgate import-accounts FILE --federation SLUG --by EMAIL`: import existing accounts."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from schoolgate.accounts.importing import ACCOUNTS, offered
from schoolgate.cli.bringing import import_list


def arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: which file, where, how to read it, and who imports it."""
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
    """Do it; returns the exit status of `import_list`."""
    return import_list("import-accounts", ACCOUNTS, options, told=_told, offered=offered)


def _told(counts: Mapping[str, int], applied: bool) -> Iterator[str]:
    yield f"accounts here: {counts['accounts_before']} before, {counts['accounts_after']} after"
    yield "imported: nothing is posted to them yet" if applied else "nothing has been changed"
