#!/usr/bin/env python3
"""Train the model of what a sentence about one child tells, and write its weights.

    python scripts/telling_model.py

It learns from the sentences of bench/telling_lines: everyday ones about one child, notices about no one, and
what shouldn't be public. The frozen ones only measure (`python -m bench telling`). Needs scikit-learn, scipy
and numpy; the program itself needs none of them. The same sentences give the same file.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.telling import LANGUAGES, lines
from scripts.triage_model import HERE, SEED, matrix, written

STRENGTH = 16.0
HARMLESS, TELLING = ("everyday", "notices"), ("telling",)


def main() -> None:
    """Learn, and write the file. Each language counts the same, and in it what is harmless and what tells."""
    texts, labels, weights = [], [], []
    for language in LANGUAGES:
        for label, kinds in enumerate((HARMLESS, TELLING)):
            some = [line for kind in kinds for line in lines(language, kind)]
            texts += some
            labels += [label] * len(some)
            weights += [1 / len(some)] * len(some)
    weight = np.array(weights) * len(texts) / sum(weights)
    taught = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=SEED)
    taught.fit(matrix(texts), labels, sample_weight=weight)
    (HERE / "telling.json").write_text(written(taught), encoding="utf-8")
    print(f"learned from {len(texts)} sentences")


if __name__ == "__main__":
    main()
