"""`python -m tests.policies.prove`: write down what the scenarios prove, for `schoolgate policy coverage`."""

import json

from schoolgate.rulebook import book, books
from schoolgate.rulebook.packs import FOLDER
from tests.policies.proofs import proofs, recorded


def main() -> None:
    for key in books():
        found = proofs(key)
        (FOLDER / key / "proof.json").write_text(json.dumps(recorded(found), indent=1) + "\n", "utf-8")
        told = f"{key}: {len(found.kinds)} of {len(book(key).pack.bindings)} rules proven"
        print(told, *found.unproven, sep="\n  ")


if __name__ == "__main__":
    main()
