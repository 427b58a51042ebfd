"""`schoolgate demo`: fill a fresh home with example federations, through the program's own actions; and
`schoolgate sign-ins`: who can be signed in as there."""

import argparse
import sys
from collections.abc import Iterable
from functools import partial
from itertools import groupby

from schoolgate.cli.examples import EXAMPLES, REAL_HOME, ExampleSignIn
from schoolgate.cli.terminal import Words


def demo_arguments(parser: argparse.ArgumentParser) -> None:
    """One federation or all five."""
    parser.add_argument("--federation", metavar="KEY", choices=EXAMPLES, default=None)


def run_demo(options: argparse.Namespace) -> int:
    """Create the example federations that are missing; leave existing ones unchanged. A home with a real
    federation gets no examples, because their password is public (`REAL_HOME`)."""
    from schoolgate.cli.demo.telling import tell
    from schoolgate.core.clock import now
    from schoolgate.core.ledger import sign_head
    from schoolgate.core.models import Federation

    if Federation.objects.filter(is_example=False).exists():
        print(
            "schoolgate demo: this installation contains a real federation, so no "
            "examples are added. Choose another, empty SCHOOLGATE_HOME for them.",
            file=sys.stderr,
        )
        return REAL_HOME
    for key in [options.federation] if options.federation else EXAMPLES:
        new = tell(key, now=now(), heard=partial(_tell_parts, key, Words()))
        if new:
            # Its first row is weeks old already: without a head, `check` takes it for one whose head is lost.
            sign_head(Federation.objects.get(slug=key).pk, now())
        print(f"{key}: {'filled' if new else 'is there already'}", file=sys.stderr)
    return 0


def _tell_parts(key: str, words: Words, done: int, of: int) -> None:
    """`progress.parts_done` reads it."""
    words(f"{key}, parts of {of}", done)


def example_sign_ins() -> list[ExampleSignIn]:
    """Return the sign-ins of the example federations in this home."""
    from schoolgate.cli.demo.cast import sign_ins

    return sign_ins()


def sign_ins_arguments(parser: argparse.ArgumentParser) -> None:
    """One federation or all."""
    parser.add_argument("--federation", metavar="KEY", default=None)


def run_sign_ins(options: argparse.Namespace) -> int:
    """Print a block a federation; nothing where there are no examples."""
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
