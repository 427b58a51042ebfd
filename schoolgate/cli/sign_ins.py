"""`schoolgate sign-ins`: the sign-ins for looking around in the example federations."""

import argparse
from collections.abc import Iterable
from itertools import groupby

from schoolgate.cli.examples import ExampleSignIn


def arguments(parser: argparse.ArgumentParser) -> None:
    """One federation or all."""
    parser.add_argument("--federation", metavar="KEY", default=None)


def run(options: argparse.Namespace) -> int:
    """Print a block a federation; nothing where there are no examples."""
    from schoolgate.cli.demo import example_sign_ins

    found = [one for one in example_sign_ins() if options.federation in (None, one.key)]
    print("\n".join(lines(found)))
    return 0


def lines(sign_ins: Iterable[ExampleSignIn]) -> list[str]:
    """Return the text, one line per person, grouped by federation."""
    text = []
    for federation, people in groupby(sign_ins, key=lambda one: one.federation):
        text.append(f"  {federation}")
        for one in people:
            second = f"   two-step verification: {one.second_step}" if one.second_step else ""
            text.append(f"    {one.email:44} {one.password:22} {one.name}, {one.role}{second}")
    return text
