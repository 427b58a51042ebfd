"""What was chosen under one version, taken over into the next as far as it still fits."""

import pytest

from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import as_text, from_yaml, to_yaml
from schoolgate.rulebook.readings import Changes, taken_over
from schoolgate.rulebook.yaml_text import plain

EXPECTED = "boroughbridge-listening-2@reply_due/clock.timed"
SAYS = "boroughbridge-listening-2"
CHOSEN = Changes(
    settings={EXPECTED: {"response_hours": 48}},
    roles={"governors": ("oversee", "advise")},
    wordings={SAYS: "We aim to respond."},
)


@pytest.fixture
def before():
    return book("boroughbridge").pack


def rewritten(pack, change):
    """The pack as its next version has it, after `change` was made to its file."""
    data = plain(to_yaml(pack).encode(), "text")
    change(data)
    return from_yaml(as_text(data))


def clause(data, key=SAYS):
    return next(one for one in data["clauses"] if one["id"] == key)


def settles(data, hours=24):
    """The next text gives the hours itself."""
    clause(data)["parameters"]["response_hours"] = hours
    for one in data["bindings"]:
        if SAYS in one["clauses"] and one["control"] == "clock.timed":
            one["settings"]["response_hours"] = hours


def left(found):
    return [(one.what, one.about, one.name, one.value) for one in found]


def test_what_still_fits_is_taken_over_whole(before):
    after = rewritten(
        before, lambda data: clause(data, "boroughbridge-roles-15").update(says="Said otherwise.")
    )
    assert taken_over(before, after, CHOSEN) == (CHOSEN, [])


def test_what_the_next_text_settles_itself_is_left_behind_and_named(before):
    fits, found = taken_over(before, rewritten(before, settles), CHOSEN)
    assert fits == CHOSEN.model_copy(update={"settings": {}})
    assert left(found) == [("setting", EXPECTED, "response_hours", 48)]
    assert found[0].clauses == (SAYS,)


def test_printed_words_of_a_sentence_that_was_changed_are_left_behind(before):
    after = rewritten(before, lambda data: clause(data).update(says="What others write gets a response."))
    fits, found = taken_over(before, after, CHOSEN)
    assert fits.wordings == {}
    assert left(found) == [("wording", SAYS, "", "We aim to respond.")]
    assert found[0].value == "We aim to respond."


def test_a_role_that_is_there_no_more_is_left_behind_by_its_name(before):
    def without_them(data):
        text = as_text(data).replace("Governors", "Trustees").replace("key: governors", "key: trustees")
        data.clear()
        data.update(plain(text.encode(), "text"))

    fits, found = taken_over(before, rewritten(before, without_them), CHOSEN)
    assert fits.roles == {}
    assert ("role", "governors", "Governors", ("oversee", "advise")) in left(found)


def test_what_a_role_carries_by_the_next_text_anyway_is_neither_chosen_nor_lost(before):
    def carries(data):
        role = next(one for one in data["roles"] if one["key"] == "governors")
        role["capacities"] = ["advise", "oversee"]

    fits, found = taken_over(before, rewritten(before, carries), CHOSEN)
    assert (fits.roles, found) == ({}, [])


def test_a_rule_that_is_gone_takes_its_choice_with_it(before):
    def gone(data):
        data["bindings"] = [one for one in data["bindings"] if one.get("control") != "clock.timed"]

    fits, found = taken_over(before, rewritten(before, gone), CHOSEN)
    assert fits.settings == {}
    assert left(found) == [("setting", EXPECTED, "response_hours", 48)]
