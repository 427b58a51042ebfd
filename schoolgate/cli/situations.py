"""`schoolgate situations [KEY]`: what can be asked, with what facts, and on which points it is answered."""

import argparse
import json
import sys

from schoolgate.rulebook import SITUATIONS, RulebookError, Situation, situation


def arguments(parser: argparse.ArgumentParser) -> None:
    """One situation or all."""
    parser.add_argument(
        "key", nargs="?", metavar="KEY", help="a situation such as post.publish; without it all"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the JSON Schema of the facts, and the points"
    )


def run(options: argparse.Namespace) -> int:
    """Print them; 2 for a situation that does not exist."""
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


def described(one: Situation) -> list[str]:
    """A situation for people: its points by whose rules speak there, and the names of its facts."""
    lines = [f"{one.key}: {one.title}", ""]
    for basis in dict.fromkeys(one.points.values()):
        names = ", ".join(name for name, whose in one.points.items() if whose is basis)
        lines.append(f"points ({basis}): {names}")
    lines += ["", "facts: " + ", ".join(one.facts.model_fields), "", "--json prints their JSON Schema."]
    return lines
