"""`schoolgate situations [KEY]`: what can be asked, with what facts, and on which points it is answered.

`--find WORDS` finds situations by plain words."""

import argparse
import json
import sys

from schoolgate.rulebook import SITUATIONS, RulebookError, Situation, situation
from schoolgate.rulebook.adviser.everyday import is_everyday
from schoolgate.rulebook.rules.offered import Readable, readable
from schoolgate.rulebook.unread import situations_found
from schoolgate.triage import packaged, tells_now, triage

DANGER = "incident.report"
"""The situation to which words of danger lead first, whatever else they ask."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """One situation or all."""
    parser.add_argument(
        "key", nargs="?", metavar="KEY", help="a situation such as post.publish (default: all of them)"
    )
    parser.add_argument(
        "--find", metavar="WORDS", help='search in plain words, such as "a parent complains in a comment"'
    )
    parser.add_argument(
        "--json", action="store_true", help="print the JSON Schema of the facts, and the points"
    )


def run(options: argparse.Namespace) -> int:
    """Print them; 1 where no situation fits the words, 2 for a situation that does not exist."""
    if options.find is not None:
        return _find(options)
    try:
        asked = [situation(options.key)] if options.key else list(SITUATIONS.values())
    except RulebookError as error:
        print(f"schoolgate situations: {error}", file=sys.stderr)
        return 2
    if options.json:
        found = [one.to_json() for one in asked]
        print(json.dumps(found[0] if options.key else found, indent=2))
    elif options.key:
        print("\n".join(described(asked[0])))
    else:
        for one in asked:
            print(f"{one.key:18} {one.title}")
    return 0


def _find(options: argparse.Namespace) -> int:
    if options.key:
        print("schoolgate situations: give a KEY or --find WORDS, not both", file=sys.stderr)
        return 2
    why = triage(options.find, lists=packaged()).why
    tells = tells_now((one.lane, one.kind) for one in why) and not is_everyday(options.find)
    first = [DANGER] if tells else []
    found = [SITUATIONS[key] for key in dict.fromkeys((*first, *situations_found(options.find)))]
    if options.json:
        print(json.dumps([one.to_json() for one in found], indent=2))
    for one in found if not options.json else ():
        print(f"{one.key:18} {one.title}")
    if not found:
        print(
            "schoolgate situations: nothing matches these words. Leave out --find to list them all",
            file=sys.stderr,
        )
    return 0 if found else 1


def described(one: Situation) -> list[str]:
    """A situation for people: its points by whose rules speak there, and the names of its facts."""
    lines = [f"{one.key}: {one.title}", ""]
    for basis in dict.fromkeys(one.points.values()):
        names = ", ".join(name for name, whose in one.points.items() if whose is basis)
        lines.append(f"points ({basis}): {names}")
    found = list(readable(one.facts))
    lines += [
        "",
        ("facts a rule can read (in brackets, what is asked for and who answers if it isn't known):"),
    ]
    lines += [f"  {fact.path}: {fact.values}{_asked(fact)}" for fact in found if fact.how == "compared"]
    for how, says in OTHERWISE.items():
        names = ", ".join(fact.path for fact in found if fact.how == how)
        lines += ["", says, f"  {names}"] if names else []
    return [*lines, "", "--json prints the JSON Schema of the facts."]


def _asked(fact: Readable) -> str:
    return f" ({fact.ask.need} of {fact.ask.of})" if fact.ask is not None and fact.ask.need else ""


OTHERWISE = {
    "stated": "facts a rule can only check for being stated (stated, stated_as):",
    "no": "facts no rule can read:",
}
"""How a rule reads a fact that it can't compare -> the line above them."""
