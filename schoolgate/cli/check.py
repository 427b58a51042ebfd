"""`schoolgate check`: whether this home is sound and does its work, line by line, and what to do."""

import argparse
import json
import sys

from django.core.management import call_command
from django.core.management.base import SystemCheckError

from schoolgate.core.clock import now


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Define the arguments: how to report, or only the settings and apps."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--fail-level",
        choices=["WARNING", "ERROR"],
        help="check only settings, rooms and database roles, and exit with 1 at this level or worse",
    )


def run_check(options: argparse.Namespace) -> int:
    """Print one line for each check as soon as it's done; return 1 if something needs attention.

    No line names a person or a school, or quotes what anyone wrote.
    """
    if options.fail_level:
        return _only_settings(options.fail_level)
    # Only now: the checks need the apps' models, and the command's help does not.
    from schoolgate.cli import checking

    found = []
    for line in checking.all_lines(now):
        found.append(line)
        if not options.json:
            to_do = f"\n      {line.to_do}" if line.to_do else ""
            print(f"{'ok  ' if line.ok else 'LOOK'}  {line.what}: {line.says}{to_do}", flush=True)
    sound = all(line.ok for line in found)
    if options.json:
        print(json.dumps({"ok": sound, "lines": [line.to_json() for line in found]}, indent=1))
    return 0 if sound else 1


def _only_settings(fail_level: str) -> int:
    try:
        call_command("check", databases=["default"], fail_level=fail_level)
    except SystemCheckError as found:
        print(found, file=sys.stderr)
        return 1
    return 0
