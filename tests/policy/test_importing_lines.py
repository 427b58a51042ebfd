"""The line of a registered clause serves another school: with its own numbers and roles it makes a policy."""

import pytest

from schoolgate.policy.importing.learned import learn, taught_by
from schoolgate.policy.importing.proposing import WrittenProposals, pick
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs.building import Place
from schoolgate.rulebook.yaml_text import plain

POLICIES = ("boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton")


def written(key, taught, lines):
    """A file of proposals in which each of these lines is picked for the clause that it is from."""
    front = plain(to_yaml(book(key).pack).encode(), key)
    sentences = [
        {
            "place": "page 1", "section": "All", "says": one.clause.says, "pick": 1,
            "modality": str(one.clause.modality), "actor": one.clause.actor, "area": one.clause.area,
            "parameters": dict(one.clause.parameters),
            "kinds": [{"kind": one.kind, "like": one.clause.id, "settings": dict(one.theirs)}],
        }
        for one in lines
    ]  # fmt: skip
    return WrittenProposals.model_validate(
        {
            "source": "policy.md", "policy": {**front["policy"], "key": "st-annes"}, "roles": front["roles"],
            "role_words": front["role_words"], "sentences": sentences,
        }
    )  # fmt: skip


@pytest.mark.parametrize("key", POLICIES)
def test_every_line_that_is_proposed_makes_a_policy(key):
    taught = learn([book(key)])
    lines = [line for one in taught_by(book(key)) for line in one.templates]
    first = {(one.kind, one.clause.id): one for one in reversed(lines)}.values()
    found = pick(written(key, taught, list(first)), Place("proposals", b""), taught)
    assert found.rules == found.clauses == len(first) > 20
