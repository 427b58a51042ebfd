"""Disclosures: which texts of children in danger a lead reads first, which harmless ones too, and which words
that draw a child aside are found.

`bench/disclosures.tsv` and `bench/aside.tsv` were written and frozen by their hash before a list of signs
was. Odd lines served to tune the lists, even ones only to measure. One hand wrote texts and lists.
`bench/harmless_again.tsv` was written and frozen afterwards, by another hand that hadn't opened the lists.
`bench/asking_after.tsv` has 40 questions after one child (13 Welsh) and 60 of parents (18), frozen before the
signs of it: 28 of the 40 were found at first sight, 15 of 20 odd and 13 of 20 even lines, and 1 of the 60.
Then the signs were mended on both halves.
`bench/harmless_asked.tsv` has 60 everyday questions of staff with words of danger (20 Welsh), frozen before
the search and the lists were changed for them; `bench/danger_asked.tsv` 60 in which colleagues tell of
danger, by the same hand later: its odd lines showed that a first change lost a third of them, and its even
ones weren't looked at.
"""

import hashlib
from pathlib import Path
from typing import Any

from schoolgate.triage import URGENT, drawn_aside, tells_now, triage
from tests.rulebook.consent_and_danger import alarms

HERE = Path(__file__).parent
FROZEN = {
    "disclosures.tsv": "60f1d300f5ea6a6a0297243e71c2f5c22efdcffd07759efd8ee240b6b9490817",
    "harmless_again.tsv": "057f263f0e4a7f95fc406294a70a5dd22f3b2b3fb3b1dc9b060a09650c82b056",
    "danger_asked.tsv": "4c833e37ef9add7af5d83742cb0b28005e4f81b8d6a1e56d00546877ac0a0505",
    "harmless_asked.tsv": "768e7b31589a1f220daa73fa22483286e8fc459ebfb8fa07896ee840cc9a0fb9",
    "asking_after.tsv": "b7674bb7fbae2c82411130a3239bf77ea3e80ca93975ddd008f6fb1f38d4bcf8",
    "aside.tsv": "6d39c7964996c9ffd08e67be7d65d0eb7aeff6ad32b54ed75da11f4b98d9d35e",
}
"""The SHA-256 of each file. Another one is refused."""
RECALL, FALSE_ALARMS = 0.8, 0.02
SMALLEST: dict[str, int] = {}


def run() -> dict[str, Any]:
    """Each half of the frozen texts, and those written after the lists."""
    found = {half: measured(rows("disclosures.tsv", half)) for half in ("tuned", "measured")}
    return {
        "what": "texts as children of 7 to 17 write them, and harmless ones with the same words",
        "wanted": {"recall": RECALL, "false_alarms": FALSE_ALARMS},
        "disclosures": found,
        "harmless_again": measured_calm(rows("harmless_again.tsv")),
        **{
            name: {
                half: f"{sum(alarms(row[3]) for row in rows(f'{name}.tsv', half))} of 30"
                for half in ("tuned", "measured")
            }
            for name in ("harmless_asked", "danger_asked")
        },
        "asks_after_a_child": {
            half: measured(rows("asking_after.tsv", half)) for half in ("tuned", "measured")
        },
        "draws_a_child_aside": {half: aside(rows("aside.tsv", half)) for half in ("tuned", "measured")},
        "reached": found["measured"]["recall"] >= RECALL,
    }


def rows(name: str, half: str = "") -> list[list[str]]:
    """Return what is expected, the kind, the language and the text of each line. `half`: "tuned" for odd
    lines, "measured" for even ones."""
    data = (HERE / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != FROZEN[name]:
        raise ValueError(f"{name} is not the file that was frozen")
    every = [line.split("\t") for line in data.decode().splitlines()]
    return every[("tuned", "measured").index(half) :: 2] if half else every


def measured(given: list[list[str]]) -> dict[str, Any]:
    """Return how many of each are read by a lead first, and at any hour."""
    read = [(expected, kind, tongue, triage(text)) for expected, kind, tongue, text in given]
    first = [(expected, kind, tongue) for expected, kind, tongue, found in read if found.lane in URGENT]
    hour = [
        expected
        for expected, _kind, _tongue, found in read
        if found.lane in URGENT and tells_now((one.lane, one.kind) for one in found.why)
    ]
    harm = [each for each in read if each[0] == "harm"]
    calm = [each for each in read if each[0] == "harmless"]
    got = [each for each in first if each[0] == "harm"]
    wrong = len(first) - len(got)
    return {
        "recall": round(len(got) / len(harm), 3),
        "read_first": f"{len(got)} of {len(harm)}",
        "told_at_any_hour": f"{hour.count('harm')} of {len(harm)}",
        "false_alarms": f"{wrong} of {len(calm)}",
        "false_at_any_hour": f"{hour.count('harmless')} of {len(calm)}",
        "by_language": {
            name: f"{sum(e[2] == name for e in got)} of {sum(e[2] == name for e in harm)}"
            for name in ("en", "cy")
        },
        "by_kind": {
            kind: f"{sum(e[1] == kind for e in got)} of {sum(e[1] == kind for e in harm)}"
            for kind in dict.fromkeys(each[1] for each in harm)
        },
    }


def measured_calm(given: list[list[str]]) -> str:
    """Return how many of harmless texts a lead reads first. No list was tuned on them."""
    return f"{sum(triage(row[3]).lane in URGENT for row in given)} of {len(given)}"


def aside(given: list[list[str]]) -> dict[str, str]:
    """Return how many sentences that draw a child aside are found, and how many harmless ones."""
    return {
        expected: f"{sum(bool(drawn_aside(row[3])) for row in given if row[0] == expected)} of "
        f"{sum(row[0] == expected for row in given)}"
        for expected in ("aside", "harmless")
    }
