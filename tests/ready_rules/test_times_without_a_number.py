"""A clause that names a time without a number (*as soon as possible*) is filled in so, never with a number
that the policy doesn't have; what *promptly* means is for a person to say."""

import pytest

from schoolgate.policy.importing.numbers import numbers_in_words
from schoolgate.rulebook import decide
from schoolgate.rulebook.answers import Answer, answer_of
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.cases import COMMENT, FRIDAY
from schoolgate.rulebook.ready.filling import asked, filled, sentence
from schoolgate.rulebook.ready.held import left_open
from schoolgate.rulebook.ready.matching import nearest, taken_from
from schoolgate.rulebook.ready.trying import book_with_alone

ANSWERED = "Comments and messages are answered"
AT_ONCE = ("as soon as possible", "as soon as practicable", "immediately", "straight away", "without delay")
VAGUE = ("promptly", "soon", "swiftly")
SAYS = {
    "reply_within": "Comments and messages on our accounts are answered {}.",
    "remove_within": "Offensive comments on our accounts are removed {}.",
    "withdrawn_removed": "If a parent withdraws consent, the pictures are taken down {}.",
    "account_hacked": "A hacked account is reported to the headteacher {}.",
}


def begun(key, says):
    return taken_from(ready_rules()[key], says, numbers_in_words(says), ["headteacher"])


def test_every_ready_rule_with_at_once_among_its_times_is_tried():
    assert {*SAYS} == {key for key, one in ready_rules().items() if "at_once" in one.options_of("unit")}


@pytest.mark.parametrize("how", AT_ONCE)
@pytest.mark.parametrize("key", SAYS)
def test_a_time_without_a_number_is_at_once_and_no_number_stands_in_the_rule(key, how):
    ready, says = ready_rules()[key], SAYS[key].format(how)
    values = {**ready.defaults, **begun(key, says)}
    assert values["unit"] == "at_once"
    assert not asked(ready, "number", values)
    assert not {"number", "unit"} & {*left_open(ready, values)}
    said = sentence(ready, {**values, **dict.fromkeys(ready.roles, "headteacher")})
    assert not any(letter.isdigit() for letter in said)
    assert values["number"] not in {leaf for one in filled(ready, values, "a") for leaf in _leaves(one)}


@pytest.mark.parametrize("how", VAGUE)
@pytest.mark.parametrize("key", SAYS)
def test_a_vague_time_is_left_to_a_person_who_can_answer_without_a_number(key, how):
    ready, values = ready_rules()[key], begun(key, SAYS[key].format(how))
    assert (values["number"], values["unit"]) == (None, "")
    assert "unit" in left_open(ready, values)
    assert not asked(ready, "number", {**values, "unit": "at_once"})


def _leaves(written):
    if isinstance(written, dict | list | tuple):
        for one in written.values() if isinstance(written, dict) else written:
            yield from _leaves(one)
    elif type(written) is int:
        yield written


@pytest.mark.parametrize(
    ("says", "number", "unit"),
    [
        (f"{ANSWERED} as soon as possible, and in any case within two school days.", 2, "school_days"),
        (f"{ANSWERED} within 24 hours.", 24, "hours"),
        (f"{ANSWERED} immediately, or within 3 days.", 3, ""),
    ],
)
def test_a_number_that_the_clause_names_is_kept_and_of_two_times_a_person_chooses(says, number, unit):
    values = begun("reply_within", says)
    assert (values["number"], values["unit"]) == (number, unit)


def test_a_reply_at_once_is_due_when_it_comes_in_and_late_a_minute_later():
    ready = ready_rules()["reply_within"]
    book = book_with_alone(ready, {**ready.defaults, "unit": "at_once", "what": "all"})
    for now, answer in ((FRIDAY, Answer.TO_DO), ("2027-01-15T15:01:00Z", Answer.LATE)):
        assert answer_of(decide(book, "item.received", {**COMMENT, "now": now})) is answer


def test_who_is_told_of_abuse_is_no_reply_to_it():
    says = "Staff respond immediately to abuse by telling the head."
    assert "reply_within" not in {one.key for one in nearest(says)}
