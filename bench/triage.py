"""Triage: which comments of danger are ranked first, how many harmless ones are too, and what one costs."""

import gc
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.machine import say
from schoolgate.screening import NameIndex
from schoolgate.triage import Lane, triage
from tests.triage.examples import Example, danger, harmless

RECALL, MS, MB = 0.98, 3.0, 60.0
URGENT = frozenset({Lane.DANGER, Lane.THREAT})
FIRST_SIGHT = {
    "recall": "157 of 161",
    "false_alarms": "6 of 165",
    "note": "the frozen half, before a list was changed for any example; lists and examples by one hand",
}
TIMES = 10
SMALLEST = {"TIMES": 1}


def run() -> dict[str, Any]:
    """Recall by halves, precision, languages, time and memory."""
    say("triage: recall")
    halves = {half: _half(danger(half), harmless(half)) for half in ("unseen", "seen")}
    whole = _half([*danger("unseen"), *danger("seen")], [*harmless("unseen"), *harmless("seen")])
    cost, memory = _cost(), _memory()
    reached = whole["recall"] >= RECALL and cost["p99_ms_of_processor"] <= MS and memory["mb_more"] <= MB
    return {
        "what": "short comments, English and Welsh, ranked; danger and threat count as first",
        "wanted": {"recall": RECALL, "ms": MS, "mb": MB},
        "unseen_half_at_first_sight": FIRST_SIGHT,
        "now": {**halves, "whole": whole},
        "cost": cost,
        "memory": memory,
        "model": _model(),
        "reached": reached,
    }


def _half(wanted: list[Example], calm: list[Example]) -> dict[str, Any]:
    ranked = [(each, triage(each.text)) for each in wanted]
    got = [each for each, found in ranked if found.lane in URGENT]
    wrong = sum(triage(each.text).lane in URGENT for each in calm)
    told = sum(found.language == each.language for each, found in ranked)
    kinds = {
        kind: f"{sum(e.kind == kind for e in got)} of {sum(e.kind == kind for e in wanted)}"
        for kind in dict.fromkeys(each.kind for each in wanted)
    }
    tongues = {
        name: f"{sum(e.language == name for e in got)} of {sum(e.language == name for e in wanted)}"
        for name in ("en", "cy", "mixed")
    }
    return {
        "recall": round(len(got) / len(wanted), 4),
        "found": f"{len(got)} of {len(wanted)}",
        "false_alarms": f"{wrong} of {len(calm)}",
        "precision": round(len(got) / (len(got) + wrong), 4),
        "by_kind": kinds,
        "by_language": tongues,
        "language_told": f"{told} of {len(wanted)}",
    }


def _cost() -> dict[str, Any]:
    """With five thousand names, on every example."""
    say("triage: cost")
    from bench.screened_posts import pupils

    names = NameIndex(pupils())
    texts = [each.text for half in ("unseen", "seen") for each in (*danger(half), *harmless(half))]
    gc.collect()
    took = []
    for text in texts * TIMES:
        begun = time.thread_time()
        triage(text, names=names)
        took.append(time.thread_time() - begun)
    took.sort()
    begun = time.thread_time()
    triage("i want to " * 100_000, names=names)
    return {
        "median_ms_of_processor": round(took[len(took) // 2] * 1000, 2),
        "p99_ms_of_processor": round(took[int(len(took) * 0.99)] * 1000, 2),
        "a_megabyte_ms": round((time.thread_time() - begun) * 1000),
    }


def _memory() -> dict[str, float]:
    """In a process of its own: what the tables and the model add."""
    program = (
        "import psutil, time; from schoolgate.screening import screen; p = psutil.Process();"
        "a = p.memory_info().rss; t = time.perf_counter(); from schoolgate.triage import triage;"
        "triage('what a lovely day, you are all great'); triage('dwi wrth fy modd');"
        "print((p.memory_info().rss - a) / 1e6, time.perf_counter() - t)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    more, took = found.stdout.split()
    return {"mb_more": round(float(more), 1), "seconds_to_load": round(float(took), 2)}


def _model() -> Any:
    """Beside the figures of the first trial, where `TRIAGE_DATA` has the data and scikit-learn is there."""
    folder = os.environ.get("TRIAGE_DATA", "")
    if not folder:
        return "not measured: TRIAGE_DATA names no folder; see docs/triage-model.md"
    try:
        from schoolgate.triage.model import model
        from scripts.triage_model import measured
    except ImportError:
        return "not measured: scikit-learn is missing"
    wanted = {
        "HatemojiBuild, test": (0.495, 0.505),
        "Davidson 2017, held back": (0.902, 0.977),
        "ETHOS": (0.659, 0.718),
    }
    found = measured(Path(folder), model())
    return {
        name: {"macro_f1": round(f1, 3), "auc": round(auc, 3), "to_beat": wanted[name]}
        for name, (f1, auc) in found.items()
    }
