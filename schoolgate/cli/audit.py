"""`schoolgate audit verify`: check the record again.

`schoolgate audit key`: what outsiders check signed heads with.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from schoolgate.core.home import is_torn
from schoolgate.core.ledger import (
    BadAnchor,
    Verdict,
    heads_file,
    own_heads,
    public_key_pem,
    read_heads,
    verify_all,
)

TORN = (
    "The last line of the file of signed heads was cut off while it was written, so it is left out. "
    "The next hourly signing writes a whole one."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Two words to choose from, and what each takes."""
    words = parser.add_subparsers(dest="what", required=True, metavar="verify|key")
    check = words.add_parser(
        "verify", help="recompute every federation's record and compare it with the signed heads"
    )
    check.add_argument(
        "--anchors",
        type=Path,
        metavar="FILE",
        help="signed heads to compare with (default: those in this installation)",
    )
    check.add_argument("--federation", metavar="SLUG", help="check only this federation")
    check.add_argument("--json", action="store_true", help="print the result as JSON")
    words.add_parser("key", help="print the public key used to check signed heads")


def run(options: argparse.Namespace) -> int:
    """Print what was found; 0: all are sound, 1: one is not, 2: asked for something that is not there."""
    if options.what == "key":
        print(public_key_pem(), end="")
        return 0
    try:
        heads = read_heads(options.anchors) if options.anchors else own_heads()
    except (OSError, BadAnchor) as trouble:
        print(f"schoolgate audit: {trouble}", file=sys.stderr)
        return 2
    found = verify_all(heads, own=not options.anchors, only=options.federation or "")
    if options.federation and not found:
        print(
            f"schoolgate audit: there is no federation {options.federation}. Use the name in its page "
            "addresses",
            file=sys.stderr,
        )
        return 2
    if options.json:
        print(
            json.dumps([{"slug": slug, "sound": one.sound, **asdict(one)} for slug, one in found], indent=2)
        )
    else:
        if not found:
            print("There are no federations yet, so there is nothing to check.")
        if is_torn(options.anchors or heads_file()):
            print(TORN)
        for slug, verdict in found:
            print("\n".join(lines(slug, verdict)))
    return 0 if all(verdict.sound for _, verdict in found) else 1


def lines(slug: str, verdict: Verdict) -> list[str]:
    """What is printed for one federation."""
    if verdict.sound:
        said = [f"{slug}: sound, {verdict.rows} rows"]
    else:
        said = [f"{slug}: NOT SOUND. First bad row: {verdict.first_bad}; {verdict.why}"]
    if verdict.last_head:
        said.append(
            f"  the last matching signed head is row {verdict.last_head.number}, of {verdict.last_head.at}"
        )
    if verdict.beyond:
        first, last = verdict.beyond
        said.append(
            f"  rows {first} to {last} come after the last signed head, so no outside copy confirms them"
        )
    return said
