"""`python -m tests.policies.prove`: write down what the scenarios prove, for `schoolgate policy coverage`."""

import json

from schoolgate.rulebook import book, books
from schoolgate.rulebook.packs import FOLDER
from tests.policies.proofs import proofs


def main() -> None:
    for key in books():
        found = proofs(book(key))
        (FOLDER / key / "proof.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        open_ones = [one.id for one in book(key).pack.bindings if one.id not in found]
        print(
            f"{key}: {len(found)} of {len(book(key).pack.bindings)} bindings proven", *open_ones, sep="\n  "
        )


if __name__ == "__main__":
    main()
