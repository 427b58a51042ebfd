"""`schoolgate check`: whether everything fits together: settings, rooms, events, and the database's roles."""

import argparse
import sys

from django.core.management import call_command
from django.core.management.base import SystemCheckError


def arguments(parser: argparse.ArgumentParser) -> None:
    """How strict to be."""
    parser.add_argument("--fail-level", choices=["WARNING", "ERROR"], default="ERROR")


def run(options: argparse.Namespace) -> int:
    """Print what does not fit; returns 1 when that is as bad as the level asked for."""
    try:
        call_command("check", databases=["default"], fail_level=options.fail_level)
    except SystemCheckError as found:
        print(found, file=sys.stderr)
        return 1
    return 0
