"""What every control has answered, so that nothing it answers changes without a new version of it.

`recorded_answers.json`: control -> its version, and for each case (facts and settings) that the scenarios put
to it a short digest of the case and one of everything it said, as one text of ten characters a case.
`python -m tests.policies.prove` writes it anew; it refuses where a known case has another answer and the
control has no new version."""

import base64
import hashlib
import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from schoolgate.rulebook import book
from schoolgate.rulebook.controls import CONTROLS
from schoolgate.rulebook.controls.base import RuleResult
from tests.policies.scenarios import all_scenarios

FILE = Path(__file__).parent / "recorded_answers.json"
CASE, ANSWER = 6, 4
"""Characters of the two digests: 36 and 24 bits."""
Cases = dict[str, str]
Recorded = dict[str, tuple[int, Cases]]
DEFAULTS = {one.name: one.default for one in fields(RuleResult)}


def short(text: str, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()[:length]


def in_words(said: RuleResult) -> str:
    """Everything that a control said, without what is as always: new fields change no old answer."""
    told: dict[str, Any] = {name: getattr(said, name) for name in DEFAULTS}
    told["args"] = sorted(said.args.items())
    return repr([(name, value) for name, value in told.items() if value != DEFAULTS[name]])


@cache
def answers() -> Recorded:
    """Every control's answers to every case that the scenarios put to it."""
    found: Recorded = {key: (CONTROLS[key].version, {}) for key in sorted(CONTROLS)}
    for scenario in all_scenarios():
        under = book(scenario.policy)
        facts = f"{scenario.situation} {scenario.facts.model_dump_json(exclude_unset=True)}"
        for bound in under.bound(scenario.situation):
            case = short(f"{facts} {bound.settings.model_dump_json()}", CASE)
            said = [in_words(one) for one in bound.evaluate(scenario.facts)]
            found[bound.control][1][case] = short("\n".join(said), ANSWER)
    return {key: (version, dict(sorted(cases.items()))) for key, (version, cases) in found.items()}


def recorded() -> Recorded:
    if not FILE.exists():
        return {}
    return {key: (one[0], _parted(one[1])) for key, one in json.loads(FILE.read_text("utf-8")).items()}


def _parted(text: str) -> Cases:
    step = CASE + ANSWER
    return {text[at : at + CASE]: text[at + CASE : at + step] for at in range(0, len(text), step)}


def changed_without_a_new_version(before: Recorded, now: Recorded) -> list[str]:
    """Controls that answer a known case differently and still have the version that was recorded."""
    return [
        key
        for key, (version, cases) in now.items()
        if key in before
        and version == before[key][0]
        and any(before[key][1].get(case, said) != said for case, said in cases.items())
    ]


def write() -> list[str]:
    """Write the file anew; gives the controls that stand in the way, and then writes nothing."""
    before, now = recorded(), answers()
    stopped = changed_without_a_new_version(before, now)
    if not stopped:
        lines = [
            f'"{key}": [{version}, "{"".join(case + said for case, said in cases.items())}"]'
            for key, (version, cases) in now.items()
        ]
        FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return stopped
