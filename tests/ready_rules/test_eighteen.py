"""Eighteen everyday questions, written down before anything could answer them, in a policy of ready rules.

At first 13 came out as written. One named a fact that there isn't, two lacked a fact that the program
always has (the check of the consent list, and that who never confirmed the policy has confirmed version 0):
all three were corrected afterwards. At a press call a duty alone was called allowed, which was mended in
the engine.
"""

from dataclasses import replace
from pathlib import Path

from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import answer_of
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, split
from schoolgate.rulebook.kinds import Enforce
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled, sentence
from schoolgate.rulebook.yaml_text import plain

FILE = Path(__file__).parent / "eighteen.yaml"
WRITTEN = plain(FILE.read_bytes(), FILE.name, words=True)


def policy():
    """The policy of the questions: one clause for each of its ready rules, by its key."""
    ready = ready_rules()
    said = {key: {**ready[key].defaults, **values} for key, values in WRITTEN["policy"].items()}
    clauses = {
        key: Clause(
            key, ready[key].group, sentence(ready[key], values), ready[key].modality, "staff", "policy",
            Enforce.GUIDE, {},
        )
        for key, values in said.items()
    }  # fmt: skip
    rules = {
        key: tuple({**one, "in_full": split(clauses[key].says)} for one in filled(ready[key], values, key))
        for key, values in said.items()
    }
    return book_of(changed(replace(blank_pack("Bryn"), clauses=clauses), Changes(rules=rules)))


def test_eighteen_everyday_questions_are_answered_from_ready_rules_alone():
    book, wrong = policy(), {}
    assert len(WRITTEN["questions"]) == 18
    for one in WRITTEN["questions"]:
        decision = decide(book, one["situation"], one["facts"])
        due = [
            str(duty.due.day or (duty.due.instant and duty.due.instant.isoformat()))
            for duty in decision.duties
        ]
        if str(answer_of(decision)) != one["answer"] or one["rule"] not in decision.clauses:
            wrong[one["asks"]] = str(answer_of(decision)), decision.clauses
        elif "due" in one and one["due"] not in due:
            wrong[one["asks"]] = due
    assert wrong == {}
