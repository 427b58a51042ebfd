"""How fast the rulebook answers: a post with every control on, and the scenarios of all five policies."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from schoolgate.rulebook import book, books, decide
from schoolgate.rulebook.book import Book
from schoolgate.rulebook.situations.post_publish import PostPublish
from tests.policies.scenarios import all_scenarios

YES = {"answer": True, "by": "a", "at": "2025-05-06T11:00:00Z", "of_this_version": True}
PERSON = {
    "relation": "pupil",
    "shown": True,
    "named": "no",
    "consents": [{"by": "q", "roles": ["parent"], "written": True}],
    "leadership": [{"by": "z", "roles": ["SLT"]}],
    "opted_out": False,
    "do_not_publish": False,
    "at_school_activity": True,
    "connected": True,
}
CHECK = {
    "by": "b",
    "at": "2025-05-06T11:00:00Z",
    "list_dated": "2025-05-01",
    "channel": "noticeboard",
    "of_this_version": True,
}
FACTS: dict[str, Any] = {
    "now": "2025-05-06T12:00:00Z",
    "author": {"key": "a", "relation": "staff", "roles": ["Staff"]},
    "account": {
        "network": "noticeboard",
        "official": True,
        "hosting": "school",
        "pupil_site": True,
        "youngest_pupil": 13,
        "pupils_may_read": True,
        "says_who_runs_it": True,
        "school": "Llanidloes High School",
        "logo_allowed": True,
    },
    "approvals": [{"by": "b", "roles": ["Line Manager", "Senior Leader"], "of_this_version": True}],
    "has_picture": True,
    "picture": {
        "alt_text": "x",
        "shows_people": True,
        "shows_pupils": True,
        "shows_security": False,
        "consent_list": CHECK,
        "fit": YES,
        "dressed": YES,
        "ridicules": {**YES, "answer": False},
    },
    "people": [{"key": f"k{number}", **PERSON} for number in range(3)],
    "materials": [{"what": "logo", "origin": "own", "credited": True, "permission": True, "labels": []}],
    "links": [{"fitting": YES, "safe": YES, "blocked": False}],
    "suitable_for_children": YES,
    "suitable_for_any_reader": YES,
    "suits_ages": YES,
    "professional": YES,
    "confidentiality_kept": YES,
    "privacy_kept": YES,
    "may_be_controversial": True,
    "personal_view": True,
    "disclaimer": True,
    "signed": True,
    "author_position": True,
    "purpose": "news",
    "subject_school": "Llanidloes High School",
    "tells_success_or_news": True,
    "names_partner": True,
    "partner_permission": True,
    "knows_safeguarding": True,
    "author_in_doubt": True,
    "speaks_as": [],
    "authorities": [],
}


def every_control() -> Book:
    """A book that binds every control that any policy has for a post, each once at each point."""
    bindings, seen, clauses, tensions = [], set(), {}, {}
    for key in books():
        pack = book(key).pack
        for binding in pack.bindings:
            if "post.publish" in binding.situations and (binding.control, binding.point) not in seen:
                seen.add((binding.control, binding.point))
                bindings.append(binding)
        clauses |= pack.clauses
        tensions |= pack.tensions
    first, *rest = book("wootton").packs
    return Book((replace(first, bindings=tuple(bindings), clauses=clauses, tensions=tensions), *rest))


def measure(rounds: int = 5000) -> dict[str, float]:
    """Decisions a second of one core (digest of the facts included), and the 99th percentile in ms.

    Both in processor time: what else runs on the machine is not measured.
    """
    under, facts = every_control(), PostPublish.model_validate(FACTS)
    for _ in range(rounds // 10):
        decide(under, "post.publish", facts)
    took = []
    began = time.process_time()
    for _ in range(rounds):
        one = time.process_time()
        assert decide(under, "post.publish", facts).facts_digest
        took.append(time.process_time() - one)
    a_second = rounds / (time.process_time() - began)
    mixed = [(book(one.policy), one.situation, one.facts) for one in all_scenarios()]
    began = time.process_time()
    for asked, situation, known in mixed:
        decide(asked, situation, known)
    return {
        "controls_on": len(under.bound("post.publish")),
        "decide_post_per_second": round(a_second),
        "decide_post_p99_ms": round(sorted(took)[int(rounds * 0.99)] * 1000, 3),
        "decide_mixed_per_second": round(len(mixed) / (time.process_time() - began)),
    }


if __name__ == "__main__":
    print(measure())
