"""Our recognisers of personal data beside Presidio's, in the same run on the same lines.

Presidio is no part of this project: it is measured where it is installed beside it, for example with
`PYTHONPATH=$PWD:FOLDER/lib/python3.11/site-packages` of an environment of its own.
"""

from __future__ import annotations

import logging
import re
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from bench.machine import say
from schoolgate.screening.folding import fold
from schoolgate.screening.personal import find_personal

LINES: Final = Path(__file__).with_name("fresh_personal.txt")
FASTER, MORE, ROUNDS = 3.0, 2.0, 15
BOTH: Final = frozenset(
    {"phone", "postcode", "email", "nhs", "insurance", "card", "vehicle", "passport", "licence"}
)
"""Kinds for which Presidio has a recogniser that needs no model of a language."""
CALLED: Final = {
    "PHONE_NUMBER": "phone", "UK_POSTCODE": "postcode", "EMAIL_ADDRESS": "email", "UK_NHS": "nhs",
    "UK_NINO": "insurance", "CREDIT_CARD": "card", "UK_VEHICLE_REGISTRATION": "vehicle", "DATE_TIME": "born",
    "LOCATION": "address", "IBAN_CODE": "bank", "UK_PASSPORT": "passport", "UK_DRIVING_LICENCE": "licence",
}  # fmt: skip
"""What Presidio calls what we call something else; any date is a date of birth, which is kind to it."""
_MARK = re.compile(r"\{(\w+):([^{}]*)\}")

Hits = list[tuple[str, int, int]]
Find = Callable[[str], Hits]


@dataclass(frozen=True)
class Line:
    """A line as it is read, and where it has what."""

    text: str
    things: tuple[tuple[str, int, int], ...]


def compared() -> dict[str, Any]:
    """Return both figures and their ratio; only ours where Presidio isn't installed."""
    say("screening: personal data beside Presidio")
    lines = read()
    ours = measured(_ours, lines)
    if find_spec("presidio_analyzer") is None:
        say("Presidio isn't installed")
        return {"lines": len(lines), "ours": ours, "presidio": "Presidio isn't installed"}
    theirs = measured(presidio(), lines)
    faster = round(theirs["us_a_line"] / ours["us_a_line"], 1)
    more = round(ours["found"] / max(theirs["found"], 1), 2)
    return {
        "lines": len(lines),
        "wanted": {"times_as_fast": FASTER, "times_the_recall": MORE},
        "ours": ours,
        "presidio": {
            **theirs,
            "version": version("presidio-analyzer"),
            "model": "none: a blank spaCy pipeline",
        },
        "times_as_fast": faster,
        "times_the_recall": more,
        "reached": faster >= FASTER and more >= MORE,
    }


def read() -> list[Line]:
    """Return the lines of the file."""
    rows = [row for row in LINES.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    return [_line(row) for row in rows]


def _line(row: str) -> Line:
    text, things, at = "", [], 0
    for mark in _MARK.finditer(row):
        text += row[at : mark.start()]
        things.append((mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Line(text + row[at:], tuple(things))


def measured(find: Find, lines: Iterable[Line]) -> dict[str, Any]:
    """Return recall, precision and speed.

    A thing is found where a hit of its kind has any of its characters. `touched`: where a hit of any kind
    has, as sure of itself as it may be. The time is the best of several rounds."""
    lines = list(lines)
    missed: list[str] = []
    things = wrong = both = found_of_both = touched = right = 0
    for line in lines:
        hits = find(line.text)
        for kind, start, end in line.things:
            here = {what for what, first, last in hits if first < end and start < last}
            there, touched = kind in here, touched + bool(here)
            things, both = things + 1, both + (kind in BOTH)
            found_of_both += there and kind in BOTH
            if not there:
                missed.append(f"{kind}: {line.text[start:end]}")
        beside = sum(
            all(last <= start or end <= first for _kind, start, end in line.things)
            for _what, first, last in hits
        )
        wrong, right = wrong + beside, right + len(hits) - beside
    took = []
    for _round in range(ROUNDS):
        begun = time.thread_time()
        for line in lines:
            find(line.text)
        took.append(time.thread_time() - begun)
    return {
        "found": things - len(missed),
        "recall": f"{things - len(missed)} of {things}",
        "touched_by_anything": f"{touched} of {things}",
        "recall_of_kinds_both_have": f"{found_of_both} of {both}",
        "wrong": wrong,
        "precision": f"{right} of {right + wrong}",
        "us_a_line": round(min(took) / len(lines) * 1e6),
        "missed": missed,
    }


def _ours(text: str) -> Hits:
    folded = fold(text)
    return [(str(seen.kind), *folded.span(seen.start, seen.end)) for seen in find_personal(folded.text)]


def presidio() -> Find:
    """All its recognisers for English and the United Kingdom, on a pipeline that knows no language: models
    come from a hub, not from a package. It is asked for everything it knows, and needs no network."""
    import presidio_analyzer.predefined_recognizers as recognizers  # type: ignore[import-not-found]
    import spacy  # type: ignore[import-not-found]
    import tldextract  # type: ignore[import-not-found]
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # type: ignore[import-not-found]

    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    with tempfile.TemporaryDirectory() as folder:
        spacy.blank("en").to_disk(folder)
        models = [{"lang_code": "en", "model_name": folder}]
        engine = NlpEngineProvider(
            nlp_configuration={"nlp_engine_name": "spacy", "models": models}
        ).create_engine()
        analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    known = {type(each).__name__ for each in analyzer.registry.recognizers}
    for name in sorted(dir(recognizers)):
        if name.startswith("Uk") and name not in known:
            analyzer.registry.add_recognizer(getattr(recognizers, name)())

    def find(text: str) -> Hits:
        found = analyzer.analyze(text=text, language="en")
        return [(CALLED.get(each.entity_type, each.entity_type), each.start, each.end) for each in found]

    find("0161 496 0000 a@example.org")
    return find
