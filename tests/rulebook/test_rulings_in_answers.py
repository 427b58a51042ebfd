"""What rests on a ruling is allowed only as far as its words go, and every answer says so."""

from schoolgate.policy.keeping import body_of
from schoolgate.rulebook import book, decide
from schoolgate.rulebook.answers import Answer, answer_of, answer_of_body
from schoolgate.rulebook.telling import told
from tests.policies.scenarios import all_scenarios, ask


def test_what_a_ruling_allows_is_allowed_if_it_covers_it():
    rests = [one for one in permissions() if one.ruled]
    assert rests
    for decision in rests:
        assert answer_of(decision) is Answer.ALLOWED_IF
        assert answer_of_body(body_of(decision)) is Answer.ALLOWED_IF
        assert told(decision)[0].startswith("Permitted if the ruling covers it")
        assert f"  ruled on: {decision.ruled[0]}" in told(decision)
        assert decision.to_json()["ruled"] == list(decision.ruled)


def test_without_the_ruling_it_would_not_be_allowed_and_a_ruling_that_changes_nothing_changes_nothing():
    for decision in permissions():
        less = decision.facts.model_copy(update={"rulings": ()})
        alone = decide(book(decision.policy), decision.situation, less)
        assert (answer_of(alone) in (Answer.ALLOWED, Answer.ADVISED_AGAINST)) is not bool(decision.ruled)


def permissions():
    """Every permission of the scenarios to an act that has a ruling among its facts."""
    found = []
    for one in all_scenarios():
        if "rulings" not in repr(one.facts):
            continue
        decision = ask(one, book(one.policy))
        if answer_of(decision) in (Answer.ALLOWED, Answer.ALLOWED_IF, Answer.ADVISED_AGAINST):
            found.append(decision)
    return found
