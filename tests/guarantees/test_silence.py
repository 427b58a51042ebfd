"""The policy is never called silent while a clause in force touches what is asked and no rule of it spoke."""

import random
from dataclasses import replace

import pytest

from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import decide
from schoolgate.rulebook.adviser import ENTRIES, Situated
from schoolgate.rulebook.adviser.asking import answer
from schoolgate.rulebook.adviser.fitting import asked_in_words, touching
from schoolgate.rulebook.answers import Answer, answer_of, answer_of_body
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import Clause, split
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack
from schoolgate.rulebook.readings import Changes, changed
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled, sentence
from schoolgate.rulebook.unread import speaks_by_words_of
from schoolgate.web.frame.wording import quote_from, verdict
from tests.guarantees.test_answers import AT, HATS, options

WEBSITE = (
    "Written permission from parents or carers will be obtained before photographs of pupils are "
    "published on the school website."
)
GOOD = (Answer.ALLOWED, Answer.ADVISED_AGAINST, Answer.SILENT)


def policy(*said):
    """An own policy: for each clause its words and the key of its ready rule with what is filled in, ticked
    as said in full; or None."""
    clauses, rules = {}, {}
    for place, (says, key, values) in enumerate(said):
        ready = ready_rules()[key] if key else None
        how = ready.modality if ready else Modality.MUST
        name = f"c{place}"
        clauses[name] = Clause(name, "1 General", says, how, "staff", "general", Enforce.GUIDE, {})
        if ready:
            rules[name] = tuple({**one, "in_full": split(says)} for one in filled(ready, values, name))
    return book_of(changed(replace(blank_pack("Bryn"), clauses=clauses), Changes(rules=rules)))


def begun(ready):
    """What its form begins with, with the headteacher as every role."""
    return {**ready.defaults, **dict.fromkeys(ready.roles, "headteacher")}


@pytest.mark.parametrize("key", [*ready_rules()])
def test_no_question_is_answered_with_silence_or_a_yes_while_a_clause_that_touches_it_was_not_evaluated(key):
    """Each ready rule alone in a policy, ticked, under every question of the catalogue, answered at
    random."""
    ready, draw, wrong = ready_rules()[key], random.Random(key), []
    says = sentence(ready, begun(ready))
    book = policy((says, key, begun(ready)))
    for entry in ENTRIES.values():
        fits = {*touching(book, entry.key)}
        leads_here = {one.id for one in book.clauses.values() if speaks_by_words_of(one, entry.situation)}
        asked_so = Situated(entry, AT, HATS, {})
        for _way in range(3 if fits or leads_here else 0):
            said = {leaf.path: draw.choice(some) for leaf in asked_so.leaves if (some := options(leaf))}
            plain = decide(book, entry.situation, asked_so.facts(said))
            decision = asked_in_words(book, plain, (), (), entry.key)
            spoke = {*decision.clauses, *decision.excluded_by}
            if fits - spoke and answer_of(decision) in GOOD:
                wrong.append((entry.key, str(answer_of(decision))))
            if leads_here - spoke and answer_of(plain) is Answer.SILENT:
                wrong.append((entry.situation, "silent"))
            assert answer_of_body(body_of(decision)) is answer_of(decision)
    assert wrong == []


def test_the_rule_offered_for_consent_answers_for_the_schools_website():
    values = {"giver": "parent", "age": 13, "form": "written", "unless": (), "agreed_by": ""}
    book = policy((WEBSITE, "picture_consent", values))
    told = answer(book, Situated(ENTRIES["pupil-picture-website"], AT), {}).decision
    decision = asked_in_words(book, told, (), (), "pupil-picture-website")
    assert answer_of(decision) is Answer.NOT_YET
    assert decision.clauses_at("photo_consent") == ("c0",)


def test_a_clause_whose_rule_is_for_another_case_is_read_first_and_stands_above_all_others():
    """The rule is about friends; the sentence about pictures is ticked all the same."""
    book = policy(
        ("The office keeps the school's equipment in good order.", "", {}),
        (WEBSITE, "no_pupil_friends", begun(ready_rules()["no_pupil_friends"])),
    )
    told = answer(book, Situated(ENTRIES["pupil-picture-website"], AT), {}).decision
    decision = asked_in_words(book, told, (), (), "pupil-picture-website")
    assert answer_of(decision) is Answer.READ_FIRST
    shown = verdict(decision, at=AT, quote=quote_from(book))
    assert [one.id for one in shown.read_at_once] == ["c1"]


def test_silence_is_said_where_no_clause_touches_the_question_and_the_others_stand_in_one_fold():
    book = policy(
        ("Staff must not accept pupils as friends on their own accounts.", "", {}),
        ("Contacts of staff with the public must be friendly.", "", {}),
    )
    entry = "pupil-picture-website"
    told = answer(book, Situated(ENTRIES[entry], AT), {}).decision
    decision = asked_in_words(book, replace(told, unread=("c1",)), (), (), entry)
    assert (answer_of(decision), decision.near) == (Answer.SILENT, ())
    shown = verdict(decision, at=AT, quote=quote_from(book))
    assert ([*shown.read_at_once], [one.id for one in shown.read_besides]) == ([], ["c1"])
    assert answer_of_body(body_of(decision)) is Answer.SILENT
