"""What every control has answered, so that nothing it answers changes without a new version of it.

`recorded_answers.json`: control -> its version, and for each case (facts and settings, as a short digest) a
short digest of everything it said. `python -m tests.rulebook.recording` writes it anew; it refuses where a
known case has another answer and the control has no new version."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from schoolgate.rulebook import book
from schoolgate.rulebook.controls import CONTROLS
from tests.policies.scenarios import all_scenarios

FILE = Path(__file__).parent / "recorded_answers.json"
LENGTH = 10
Recorded = dict[str, dict[str, Any]]


def short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def answers() -> Recorded:
    """Every control's answers to every case that the scenarios put to it."""
    found: Recorded = {key: {"version": control.version, "cases": {}} for key, control in CONTROLS.items()}
    for scenario in all_scenarios():
        under = book(scenario.policy)
        facts = f"{scenario.situation} {scenario.facts.model_dump_json(exclude_unset=True)}"
        for bound in under.bound(scenario.situation):
            case = short(f"{facts} {bound.settings.model_dump_json()}")
            said = [repr(one) for one in bound.judge(scenario.facts, bound.settings)]
            found[bound.control]["cases"][case] = short("\n".join(said))
    return {key: found[key] for key in sorted(found)}


def recorded() -> Recorded:
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def changed_without_a_new_version(before: Recorded, now: Recorded) -> list[str]:
    """Controls that answer a known case differently and still have the version that was recorded."""
    return [
        key
        for key, one in now.items()
        if key in before
        and one["version"] == before[key]["version"]
        and any(before[key]["cases"].get(case, said) != said for case, said in one["cases"].items())
    ]


def main() -> int:
    before, now = recorded(), answers()
    stopped = changed_without_a_new_version(before, now)
    if stopped:
        print("their answers changed: give them a new version first:", *stopped, sep="\n  ")
        return 1
    lines = [f'"{key}": {json.dumps(one, sort_keys=True)}' for key, one in now.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
