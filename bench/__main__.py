"""Run the parts that are named, or all, and print what was found."""

import argparse
import json
import sys
from importlib import import_module

from bench.machine import machine, say

PARTS = (
    "decide", "rulebook", "verify", "ingest", "people", "care", "register", "backups", "today", "notices",
    "before", "plans", "start", "importing", "pages", "reporting", "evidence", "hidden", "pupils", "calendar",
    "withdrawals", "sending", "archive", "pictures", "words", "screening", "triage", "inbox", "governors",
    "retention", "access",
    "sweep", "replay", "crowd",
)  # fmt: skip


def main() -> int:
    """Standard output has one JSON document and nothing else; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="|".join(PARTS), help="which; all, where none is named")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    found: dict[str, object] = {"machine": machine()}
    for part in [part for part in PARTS if part in options.parts or not options.parts]:
        say(f"--- {part}")
        found[part] = import_module(f"bench.{part}").run()
    print(json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
