#!/usr/bin/env python3
"""Train the model of abusive language from open data in a folder, measure it, and write its weights.

    python scripts/triage_model.py FOLDER [--measure-only]

The folder has `davidson2017`, `hatemojibuild`, `wordlists` and, to measure with only, `ethos`. Needs
scikit-learn, scipy and numpy; the program itself needs none of them. The same data give the same file.
"""

import argparse
import csv
from array import array
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from schoolgate.triage.model import BITS, Model, bad_words, model, packed, parts_of, valued

HERE = Path(__file__).resolve().parents[1] / "schoolgate" / "triage"
SEED, HELD_BACK, STRENGTH = 2026, 0.2, 8.0
NOTICE = """\
# Words that people may find offensive, for telling abuse; each with marks. Not for showing.
# From "profanity" (Surge AI, MIT, at 77dabf36) and "List of Dirty, Naughty, Obscene, and Otherwise Bad Words"
# (LDNOOBW, Shutterstock, CC BY 4.0, at 5faf2ba4; only the words were taken). See NOTICES.md.
"""
Rows = list[tuple[str, int]]


def main() -> None:
    """Write the words, train, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    if not options.measure_only:
        (HERE / "lists" / "words.tsv").write_text(_words(options.folder / "wordlists"), encoding="utf-8")
        bad_words.cache_clear()
        (HERE / "model.json").write_text(_trained(options.folder), encoding="utf-8")
        model.cache_clear()
    for name, (macro_f1, auc) in measured(options.folder, model()).items():
        print(f"{name}: macro-F1 {macro_f1:.3f}, AUC {auc:.3f}")


def measured(folder: Path, made: Model) -> dict[str, tuple[float, float]]:
    """Return macro-F1 at one half and AUC on what the model hasn't seen."""
    sets = {
        "HatemojiBuild, test": _hatemoji(folder, ("test",)),
        "Davidson 2017, held back": _davidson(folder)[1],
        "ETHOS": _ethos(folder),
    }
    found = {}
    for name, rows in sets.items():
        if rows:
            scores = np.array([made.score(text) for text, _label in rows])
            labels = [label for _text, label in rows]
            f1 = float(f1_score(labels, scores > 0.5, average="macro"))
            found[name] = (f1, float(roc_auc_score(labels, scores)))
    return found


def _trained(folder: Path) -> str:
    tweets, emoji = _davidson(folder)[0], _hatemoji(folder, ("train", "validation", "dev"))
    rows = tweets + emoji
    labels = np.array([label for _text, label in rows])
    weight = np.full(len(rows), 0.5 / len(emoji))
    for label in (0, 1):
        here = labels[: len(tweets)] == label
        weight[: len(tweets)][here] = 0.25 / here.sum()
    weight *= len(rows)
    taught = LogisticRegression(C=STRENGTH, max_iter=300, solver="liblinear", random_state=SEED)
    taught.fit(matrix([text for text, _label in rows]), labels, sample_weight=weight)
    return written(taught)


def written(taught: LogisticRegression) -> str:
    """Return the file of a model, its weights in whole numbers."""
    learned = taught.coef_[0]
    scale = float(np.abs(learned).max() / 127)
    whole = array("b", np.rint(learned / scale).astype(np.int8).tobytes())
    return packed(whole, scale, float(taught.intercept_[0]))


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return what these texts are made of, a row each."""
    ends, places, values = [0], [], []
    for text in texts:
        row: dict[int, float] = {}
        for those, value in valued(parts_of(text)):
            for place in those:
                row[place] = row.get(place, 0.0) + value
        places += row.keys()
        values += row.values()
        ends.append(len(places))
    return sparse.csr_matrix((values, places, ends), shape=(len(texts), 1 << BITS))


def _davidson(folder: Path) -> tuple[Rows, Rows]:
    with (folder / "davidson2017" / "labeled_data.csv").open(encoding="utf-8") as file:
        rows = [(row["tweet"], int(row["class"] != "2")) for row in csv.DictReader(file)]
    order = np.random.RandomState(SEED).permutation(len(rows))
    cut = int(len(rows) * (1 - HELD_BACK))
    return [rows[at] for at in order[:cut]], [rows[at] for at in order[cut:]]


def _hatemoji(folder: Path, splits: tuple[str, ...]) -> Rows:
    rows: Rows = []
    for path in sorted((folder / "hatemojibuild").glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            rows += [
                (row["text"], int(row["label_gold"]))
                for row in csv.DictReader(file)
                if row["split"] in splits
            ]
    return rows


def _ethos(folder: Path) -> Rows:
    path = folder / "ethos" / "Ethos_Dataset_Binary.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        return [
            (row["comment"], int(float(row["isHate"]) >= 0.5)) for row in csv.DictReader(file, delimiter=";")
        ]


def _words(folder: Path) -> str:
    marks: dict[str, set[str]] = {}
    with (folder / "surge_profanity_en.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            own = marks.setdefault(row["text"].lower().strip(), set())
            own.add(f"S{round(float(row['severity_rating']))}")
            own |= {f"L{row[name]}" for name in ("category_1", "category_2") if row[name]}
    for line in (folder / "ldnoobw_en.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            marks.setdefault(line.strip().lower(), set()).add("Lother list")
    return NOTICE + "".join(f"{word}\t{';'.join(sorted(own))}\n" for word, own in sorted(marks.items()))


if __name__ == "__main__":
    main()
