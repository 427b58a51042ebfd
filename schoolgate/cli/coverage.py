"""`schoolgate policy coverage`: what is printed of it, and what is counted in one federation."""

from typing import Any

from schoolgate.rulebook import Book
from schoolgate.rulebook.coverage import Proven, coverage
from schoolgate.rulebook.messages import NEEDS

RESTS = {
    "rows": "on rows",
    "mark": "on marks in a text",
    "built": "on how the program is made",
    "word": "on someone's word alone",
    "told": "only told",
    "name": "in name only",
}
"""What a clause rests on, as printed; the firmest first."""


def of_federation(under: Book, proven: Proven | None) -> dict[str, Any]:
    """Return the coverage with what is counted in the federation in scope."""
    from schoolgate.policy.measuring import reach, rules_asked  # its rows can be read once Django is set up
    from schoolgate.reports.evidence import last_times

    far = reach()
    data = coverage(under, set(last_times(list(under.clauses))), proven, rules_asked(under.key))
    data["decisions"] = {
        "counted": far.counted, "facts_gone": far.facts_gone, "waiting": far.waiting, "unread": far.unread,
    }  # fmt: skip
    return data


def coverage_lines(data: dict[str, Any]) -> list[str]:
    """Return it as lines for a terminal."""
    all_of_them, far = data["clauses"], data.get("decisions")
    lines = [
        f"{data['policy']}: {all_of_them} clauses",
        f"  proven: {data['proven']}, confirmed by people only: {data['attested_only']}{_text_only(data)}",
        *(
            f"  {words}: {data['rests'][key]} ({100 * data['rests'][key] / all_of_them:.1f} %)"
            for key, words in RESTS.items()
            if all_of_them
        ),
    ]
    if far is None:
        lines.append("  reached in decisions, with evidence: not measured; name a federation")
    else:
        lines += [
            f"  reached in decisions: {data['reached']}, with evidence: {data['evidenced']}",
            f"  decisions counted: {far['counted']} ({far['facts_gone']} without their facts)",
            f"  decisions not counted yet: {far['waiting']}; can't be read: {far['unread']}",
        ]
    for one in data["by_clause"]:
        state = one["proof"] or ("has a rule, not proven" if one["bindings"] else "no rule yet")
        counted = f"; {_asked(one['asked'])}" if far is not None and one["bindings"] else ""
        lines.append(f"  {one['id']:44} {one['enforce']:7} {state:10} {RESTS[one['rests']]}{counted}")
    return lines


def together(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Return several coverages with their totals."""
    return {
        "clauses": sum(one["clauses"] for one in found),
        "rests": {key: sum(one["rests"][key] for one in found) for key in RESTS},
        "reached": sum(one["reached"] or 0 for one in found) if "decisions" in found[0] else None,
        "policies": found,
    }


def together_lines(found: list[dict[str, Any]]) -> list[str]:
    """Return them as lines for a terminal: each policy with its clauses, then the totals."""
    total = together(found)
    lines = [line for one in found for line in (*coverage_lines(one), "")]
    lines.append(f"all: {total['clauses']} clauses")
    lines += [
        f"  {words}: {total['rests'][key]} ({100 * total['rests'][key] / total['clauses']:.1f} %)"
        for key, words in RESTS.items()
    ]
    if total["reached"] is not None:
        lines.append(f"  reached in decisions: {total['reached']}")
    return lines


def _asked(asked: dict[str, Any]) -> str:
    """How often a clause was reached, and for what it waited."""
    words = [f"{name} {asked[name]} times" for name in ("decided", "shown") if asked[name]]
    if asked["waited"]:
        words.append(f"waited {asked['waited']} times, mostly for {_need(asked['waits_for'])}")
    return ", ".join(words) or "not asked yet"


def _need(what: str | None) -> str:
    return NEEDS.get(what or "", what or "a fact")


def _text_only(data: dict[str, Any]) -> str:
    number = sum(1 for one in data["by_clause"] if one["proof"] == "text")
    return f"; text only: {number}" if number else ""
