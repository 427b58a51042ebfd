#!/usr/bin/env python3
"""Train the models that learn from sentences of this repository, and write their weights.

    python scripts/learned_models.py [telling] [danger]

They learn from bench/lines: `telling` from everyday sentences about one child, notices about no one, and
what shouldn't be public, and from sentences of each that are put together from frames (`made_lines.py`);
`danger` from comments that are harmless or may show danger, and posts. The frozen lines only measure (`python
-m bench learned`). Needs scikit-learn, scipy and numpy; the program itself needs none of them. The same
sentences give the same file.
"""

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.disclosures import rows
from bench.learned import LANGUAGES, lines
from schoolgate.core.own_files import said_in
from schoolgate.rulebook import book, books
from schoolgate.screening.personal import SENTENCE
from scripts.made_lines import made
from scripts.triage_model import HERE, SEED, matrix, written
from tests.triage.examples import harmless

GUIDES = HERE.parent / "policy" / "guide_starts"
LEARNED = {
    "telling": (
        ("everyday", "praise", "notices", "clauses", "guides", "made harmless"),
        ("telling", "made telling"),
    ),
    "danger": (("harmless", "seen", "notices", "everyday", "clauses", "guides"), ("danger",)),
}
"""What each learns from: what is harmless, a quarter of the policies' clauses among it, and what isn't."""
STRENGTH = {"telling": 24.0, "danger": 32.0}
COUNTS = {"made harmless": 0.25, "made telling": 0.25}
"""How much a sentence counts beside the others of its side: 1, unless it's here."""
HARMLESS = {("telling", "en"): 1.5, ("telling", "cy"): 1.1}
"""How much all harmless ones count beside all others: 1, unless it's here."""


def main() -> None:
    """Learn, and write the files that are named, or all."""
    for name in sys.argv[1:] or LEARNED:
        (HERE / f"{name}.json").write_text(_learned(name), encoding="utf-8")


def _learned(name: str) -> str:
    """Return the file of a model."""
    texts: list[str] = []
    labels: list[int] = []
    weights: list[float] = []
    for language in LANGUAGES:
        for label, kinds in enumerate(LEARNED[name]):
            some = [(line, COUNTS.get(kind, 1.0)) for kind in kinds for line in _of_kind(language, kind)]
            side = 1.0 if label else HARMLESS.get((name, language), 1.0)
            whole = sum(count for _line, count in some)
            texts += [line for line, _count in some]
            labels += [label] * len(some)
            weights += [side * count / whole for _line, count in some]
    weight = np.array(weights) * len(texts) / sum(weights)
    taught = LogisticRegression(C=STRENGTH[name], max_iter=300, solver="liblinear", random_state=SEED)
    taught.fit(matrix(texts), labels, sample_weight=weight)
    print(f"{name}: learned from {len(texts)} sentences")
    return written(taught)


def _of_kind(language: str, kind: str) -> list[str]:
    if kind == "clauses":  # they're restated in English, and many
        says = [one.says for key in books() for one in book(key).clauses.values()]
        return says[::4] if language == "en" else []
    if kind.startswith("made "):
        return made(language, telling=kind == "made telling")
    if kind == "guides":  # what pupils are told, sentence by sentence
        starts = [said_in(each) for each in sorted(GUIDES.glob("*.yaml"))]
        texts = [each[{"en": "text", "cy": "text_cy"}[language]] for one in starts for each in one.values()]
        sentences = (one.group().strip() for text in texts for one in SENTENCE.finditer(text))
        return [each for each in sentences if each]
    if kind == "seen":  # with words of danger; the lists were made with these
        tuned = [
            row[3] for row in rows("disclosures.tsv", "tuned") if (row[0], row[2]) == ("harmless", language)
        ]
        return tuned + [one.text for one in harmless("seen") if language == "en"]
    return lines(language, kind)


if __name__ == "__main__":
    main()
