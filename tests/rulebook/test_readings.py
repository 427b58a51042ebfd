"""What a federation may choose where its policy's words leave something open."""

import pytest

from schoolgate.rulebook import Book, book, decide
from schoolgate.rulebook.compare import Case, differing
from schoolgate.rulebook.errors import BadPack
from schoolgate.rulebook.kinds import Basis, Kind
from schoolgate.rulebook.readings import Changes, changed, differences, left_open
from schoolgate.rulebook.situations import situation

EXPECTED = "boroughbridge-listening-2@reply_due/clock.timed"
EXPECTED_SAYS = "boroughbridge-listening-2"
TWO_DAYS = Changes(settings={EXPECTED: {"response_hours": 48}})
COMMENT = {
    "now": "2026-11-17T10:00:00Z", "received_at": "2026-11-17T10:00:00Z", "kind": "comment",
    "account_is_official": True, "from_relation": "parent",
}  # fmt: skip


@pytest.fixture
def pack():
    return book("boroughbridge").pack


def read(pack, changes):
    return Book((changed(pack, changes), *book(pack.meta.key).packs[1:]))


def facts(**more):
    return situation("item.received").facts.model_validate({**COMMENT, **more})


def owed(under):
    found = decide(under, "item.received", facts())
    return [
        (duty.due.instant and duty.due.instant.isoformat())
        for duty in found.duties
        if duty.what == "response"
    ]


TRAINED = "wootton-review-6@trained_regularly_procedures/rule"
APPROVES = {
    "on": "2025-05-06", "task": "approve", "person": {"key": "a", "relation": "staff"}, "acknowledged": True,
    "manages": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "kind"),
    [
        ("2024-05-06", 12, Kind.MET),
        ("2024-05-05", 12, Kind.REQUIRES),
        ("2010-05-05", None, Kind.MET),
    ],
)
def test_training_counts_for_the_months_that_the_federation_chose(day, months, kind):
    chosen = Changes(settings={TRAINED: {"training_interval_months": months}} if months else {})
    trained = [{"on": day, "topics": ["approval and moderation"]}]
    found = decide(read(book("wootton").pack, chosen), "person.entrust", {**APPROVES, "trainings": trained})
    (said,) = found.at("trained_regularly_procedures")
    assert (said.kind, said.basis) == (kind, Basis.CHOSEN if months else Basis.POLICY)


def test_a_time_that_the_policy_leaves_open_is_none_until_the_federation_chooses(pack):
    assert owed(book("boroughbridge")) == [None]
    assert owed(read(pack, TWO_DAYS)) == ["2026-11-19T10:00:00+00:00"]


def test_what_the_federation_chose_is_shown_as_its_choice(pack):
    found = decide(read(pack, TWO_DAYS), "item.received", facts())
    assert {str(one.basis) for one in found.findings if "boroughbridge-listening-2" in one.clauses} == {
        "chosen"
    }


def test_a_chosen_time_is_not_told_beside_a_sentence_that_there_is_none(pack):
    told = {"response_expected": book("boroughbridge"), "response_in_time": read(pack, TWO_DAYS)}
    for message, under in told.items():
        found = decide(under, "item.received", facts())
        assert [one.message for one in found.findings if EXPECTED_SAYS in one.clauses] == [f"inbox.{message}"]


def test_it_stands_among_what_is_left_open_and_what_the_words_settle_does_not(pack):
    names = {(one.binding, one.name) for one in left_open(pack)}
    assert (EXPECTED, "response_hours") in names
    assert (EXPECTED, "what") not in names


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"settings": {"no-such@rule/here": {"x": 1}}}, "unknown rule"),
        ({"settings": {EXPECTED: {"hours": 1}}}, "unknown setting hours"),
        ({"settings": {EXPECTED: {"response_hours": "soon"}}}, "response_hours"),
        ({"settings": {EXPECTED: {"what": "reply"}}}, "another value needs a new version"),
        ({"roles": {"nobody": []}}, "unknown role nobody"),
        ({"roles": {"governor": ["fly"]}}, "unknown"),
        ({"wordings": {"wildground-rights-1": "Words."}}, "unknown clause"),
        ({"wordings": {"boroughbridge-listening-2": " "}}, "words of 1 to"),
    ],
)
def test_what_does_not_fit_is_told_in_a_line(pack, changes, told):
    with pytest.raises(BadPack) as refused:
        changed(pack, Changes.model_validate(changes))
    assert told in str(refused.value)


def test_what_was_chosen_for_a_rule_that_the_program_says_in_another_way_since_still_counts(pack):
    place = "boroughbridge-monitoring-1@looked_at"
    before = changed(pack, Changes(settings={f"{place}/a.kind.of_then": {"check_interval_hours": 48}}))
    now = changed(pack, Changes(settings={f"{place}/rule": {"check_interval_hours": 48}}))
    assert before == now != pack
    with pytest.raises(BadPack, match="unknown rule"):
        changed(pack, Changes(settings={f"{place}/a.kind.of_then": {"another_name": 48}}))


def test_that_nothing_ever_ends_a_rule_is_no_open_question():
    learn = book("learn-to-live").pack
    rule = next((one for one in learn.bindings if "years_since_leaving" in one.settings.model_dump()), None)
    if rule is None:
        return
    with pytest.raises(BadPack):
        changed(learn, Changes(settings={rule.id: {"years_since_leaving": 3}}))


def test_a_value_that_the_words_settle_may_be_said_again(pack):
    same = changed(pack, Changes(settings={EXPECTED: {"what": "response"}}))
    assert {one.id for one in same.bindings if one.chosen} == set()


def test_no_reading_changes_another_policy(pack):
    before = owed(book("wildground"))
    read(pack, TWO_DAYS)
    assert owed(book("wildground")) == before


def test_two_readings_are_told_apart_clause_by_clause(pack):
    after = Changes(
        settings={EXPECTED: {"response_hours": 48}}, wordings={"boroughbridge-listening-2": "As printed."}
    )
    assert [
        (one.what, one.clauses, one.name, one.before, one.after)
        for one in differences(pack, Changes(), after)
    ] == [
        ("setting", ("boroughbridge-listening-2",), "response_hours", None, 48),
        ("wording", ("boroughbridge-listening-2",), "", None, "As printed."),
    ]
    assert list(differences(pack, after, after)) == []


def test_a_case_that_two_books_answer_alike_is_not_told(pack):
    cases = [
        Case("a comment", "item.received", facts()),
        Case("by a colleague", "item.received", facts(from_relation="staff")),
    ]
    found = list(differing(book("boroughbridge"), read(pack, TWO_DAYS), cases))
    assert [one.key for one in found] == ["a comment"]
    assert [[duty["due"] for duty in each] for each in found[0].to_json()["owed"]] == [
        [{"none_promised": True}],
        [{"instant": "2026-11-19T10:00:00+00:00"}],
    ]
