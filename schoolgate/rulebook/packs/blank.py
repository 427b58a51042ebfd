"""The policy of a federation that writes its own on pages: two roles, and no clause yet."""

from functools import lru_cache

from schoolgate.rulebook.capacities import HEAD_MAY, STAFF_MAY
from schoolgate.rulebook.packs.building import Pack, Place, build

BLANK = "own"
"""Its key. Its text belongs to the federation once it is in force."""


@lru_cache(maxsize=64)
def blank_pack(federation: str) -> Pack:
    """Return the policy before anything is written. `federation`: its name."""
    front = {
        "policy": {
            "key": BLANK,
            "title": "Social Media Policy",
            "federation": federation,
            "schools": [],
            "version": "1",
            "reading": 1,
            "adopted": None,
            "ratified": None,
            "review_due": None,
            "review_every_months": None,
            "owner": "headteacher",
        },
        "basis": "policy",
        "roles": [
            {"name": name, "key": name, "capacities": [*map(str, may)]}
            for name, may in (("headteacher", HEAD_MAY), ("staff", STAFF_MAY))
        ],
        "tensions": [],
    }
    return build((Place("blank policy", b""), front), [], [], [], None)
