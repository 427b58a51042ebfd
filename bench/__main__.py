"""Run the parts that are named, or all, and print what was found.

A part that fails is named with what went wrong, the others run, and the exit status is 1.
"""

import argparse
import json
import sys
import traceback
from importlib import import_module
from types import ModuleType

from bench import figures
from bench.machine import machine, say

PARTS = (
    "decide", "rulebook", "verify", "ingest", "people", "care", "register", "backups", "today", "notices",
    "before", "plans", "start", "importing", "pages", "reporting", "evidence", "hidden", "pupils", "calendar",
    "withdrawals", "sending", "archive", "pictures", "words", "screening", "telling", "triage", "disclosures",
    "inbox", "governors", "retention", "access", "sweep", "replay", "crowd", "strangers", "finding",
    "asked",
)  # fmt: skip
PAGE = "figures"


def main() -> int:
    """Standard output has one JSON document and nothing else; progress goes to standard error."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="|".join((*PARTS, PAGE)), help="which; all, where none is named"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--small", action="store_true", help="with the smallest sizes: shows that each part runs, no figures"
    )
    how.add_argument("--keep", action="store_true", help="put what is found into docs/figures.md")
    options = parser.parse_args()
    unknown = set(options.parts) - {*PARTS, PAGE}
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.parts == [PAGE]:
        figures.save(figures.stored())
        return 0
    found: dict[str, object] = {"machine": machine()}
    failed = []
    for name in [part for part in PARTS if part in options.parts or not options.parts]:
        say(f"--- {name}")
        try:
            part = import_module(f"bench.{name}")
            measured = (smallest(part) if options.small else part).run()
            figures.shown(name, measured)
            if options.keep:
                figures.keep(name, measured)
            found[name] = "runs" if options.small else measured
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are measured
            say(traceback.format_exc())
            found[name] = {"failed": f"{type(error).__name__}: {error}"}
            failed.append(name)
    print(json.dumps(found, indent=2))
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def smallest(part: ModuleType) -> ModuleType:
    """Return a part with its smallest sizes."""
    for name, size in getattr(part, "SMALLEST", {}).items():
        setattr(part, name, size)
    return part


if __name__ == "__main__":
    sys.exit(main())
