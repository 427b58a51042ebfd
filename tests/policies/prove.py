"""`python -m tests.policies.prove`: write down what the scenarios show, in one go.

`packs/<key>/proof.json` (what proves each rule, for `schoolgate policy coverage`) and
`tests/rulebook/recorded_answers.json` (what each control answered). Exits 1 where a control answers a known
case differently and has no new version."""

import json
import sys

from schoolgate.rulebook import book, books
from schoolgate.rulebook.packs import FOLDER
from tests.policies.proofs import proofs, recorded
from tests.rulebook import recording


def main() -> int:
    for key in books():
        found = proofs(key)
        (FOLDER / key / "proof.json").write_text(json.dumps(recorded(found), indent=1) + "\n", "utf-8")
        told = f"{key}: {len(found.kinds)} of {len(book(key).pack.bindings)} rules proven"
        print(told, *found.unproven, sep="\n  ")
    stopped = recording.write()
    if stopped:
        print("their answers changed: give them a new version first:", *stopped, sep="\n  ")
    return 1 if stopped else 0


if __name__ == "__main__":
    sys.exit(main())
