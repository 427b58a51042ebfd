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
    """Return the text: the password and how to get a code, once each, then one short line per person, grouped
    by federation."""
    found = list(sign_ins)
    if not found:
        return []
    text = [f"  password: {', '.join(dict.fromkeys(one.password for one in found))}"]
    if steps := [one for one in found if one.second_step]:
        text.append(f"  * also needs a code: {steps[0].second_step.removesuffix(steps[0].email)}EMAIL")
    width = max(len(one.email) for one in found)
    for federation, people in groupby(found, key=lambda one: one.federation):
        text.append(f"  {federation}")
        text += [
            f"  {'*' if one.second_step else ' '} {one.email:{width}}  {one.name}, {one.role}"
            for one in people
        ]
    return text
