"""A federation's own policy is written by its owner: clauses in a version, rules in a reading."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.models import School
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.policy import queries
from schoolgate.policy.adopting import adopt, adopt_version, losing_rules
from schoolgate.policy.asking import record_decision
from schoolgate.policy.models import PackText, PolicyVersion, Reading, ReadingDraft
from schoolgate.policy.own_policy import (
    ClauseText,
    keep_clause,
    keep_rules,
    remove_clause,
    say_aside,
    say_in_full,
    say_what_changed,
)
from schoolgate.policy.readings import save_draft, sign_draft, start_draft, try_draft
from schoolgate.policy.writing import can_be_excepted, example, named_in, writing
from schoolgate.pupils.models import Pupil
from schoolgate.rulebook import Outcome, decide
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.rules.making import begun, step_begun, with_condition
from tests.cast import someone
from tests.worlds import enter_federation, world

SIXTH = Path(__file__).parents[1] / "own_policies"
CLAUSE = "st-annes-posts-5"
LATER = timedelta(days=1)
WORDS = ClauseText("4. Posts", "Volunteers do not post for the school.", Modality.MUST_NOT, "staff")
VOLUNTEER = {"author": {"key": "p", "relation": "volunteer"}}


@world()
def own_policy_in_force(at):
    """St Anne's, whose own policy is in force, and the headteacher who looks after it."""
    federation = enter_federation("st-annes", "st-annes")
    with scope(federation.pk):
        owner = someone("Ben Carter", "headteacher")
        adopt(by=owner, at=at)
    return SimpleNamespace(federation=federation, ben=owner)


@pytest.fixture
def ben(in_world, at, tmp_path):
    """The headteacher, who looks after the policy of St Anne's; it is in force."""
    own_policies_in(SIXTH)
    there = in_world(own_policy_in_force, at)
    with scope(there.federation.pk):
        yield there.ben
    own_policies_in(tmp_path / "nowhere")


def no_volunteers(at, clause=CLAUSE):
    found = writing(at.date()).pack.clauses[clause]
    rule = begun(found, step_begun("forbid"), ask="post.publish", point="author_shown")
    return with_condition(rule, "forbid", {"author.relation": "volunteer"})


def answer(at, point="author_shown", facts=VOLUNTEER):
    current_scope().memo.clear()
    return decide(queries.in_force(at.date()).book, "post.publish", facts).points[point]


def sign(ben, at):
    draft = ReadingDraft.objects.get()
    draft = save_draft(
        by=ben, at=at, draft=draft, edition=draft.edition, changes=draft.changes, because="As agreed."
    )
    draft = try_draft(by=ben, at=at, draft=draft, edition=draft.edition)
    return sign_draft(by=ben, at=at, draft=draft, edition=draft.edition)


# --- Clauses -----------------------------------------------------------------------------------------


def test_a_new_clause_stands_behind_its_section_in_a_version_that_is_prepared(ben, at):
    version, clause = keep_clause(by=ben, at=at, words=WORDS)
    now = writing(at.date())
    assert (version.number, version.state, now.coming) == (2, "draft", version)
    keys = list(now.text.clauses)
    assert clause == "st-annes-posts-7"
    assert keys[keys.index(clause) - 1] == "st-annes-posts-6"
    assert clause not in now.pack.clauses
    assert now.text.bindings == now.pack.bindings


def test_a_clause_of_a_new_section_comes_last(ben, at):
    words = ClauseText("9. Parents' groups", "Groups of parents are their own.", Modality.STATES, "staff")
    _version, clause = keep_clause(by=ben, at=at, words=words)
    assert list(writing(at.date()).text.clauses)[-1] == clause == "st-annes-9-parents-groups-1"


def test_a_changed_clause_keeps_its_place_and_its_rules(ben, at):
    keep_clause(by=ben, at=at, words=WORDS, clause=CLAUSE)
    now = writing(at.date())
    assert list(now.text.clauses) == list(now.pack.clauses)
    assert now.text.clauses[CLAUSE].says == WORDS.says
    assert now.text.bindings == now.pack.bindings


def test_each_change_of_the_text_is_in_the_record_by_its_digest(ben, at):
    version, clause = keep_clause(by=ben, at=at, words=WORDS)
    seen = writing(at.date()).seen
    other = ClauseText("4. Posts", "Volunteers never post.", Modality.MUST_NOT, "staff")
    version, _same = keep_clause(by=ben, at=at, words=other, clause=clause, seen=seen)
    assert PolicyVersion.objects.filter(state="draft").count() == 1
    assert PackText.objects.count() == 3  # in force, first draft, second draft
    assert version.text.digest != seen


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(ben, at):
    keep_clause(by=ben, at=at, words=WORDS)
    with pytest.raises(NotNow):
        keep_clause(by=ben, at=at, words=WORDS, clause=CLAUSE, seen="")


def test_a_clause_names_the_roles_and_numbers_that_its_rules_may_use(ben, at):
    words = ClauseText(
        "4. Posts", "The Headteacher answers within 24 hours.", Modality.MUST, "headteacher", numbers=(2,)
    )
    _version, clause = keep_clause(by=ben, at=at, words=words)
    found = writing(at.date()).text.clauses[clause]
    assert found.parameters == {"roles": ["headteacher"], "numbers": [2, 24]}


@pytest.mark.parametrize("words", ["Section 4.2 counts.", "By 12:30.", "In 2026/27."])
def test_figures_of_sections_times_and_years_are_no_numbers_of_a_clause(ben, at, words):
    assert "numbers" not in named_in(writing(at.date()).pack, words)


def test_parameters_that_came_with_a_clause_stay(ben, at):
    keep_clause(by=ben, at=at, words=WORDS, clause=CLAUSE)
    assert "earliest" in writing(at.date()).text.clauses[CLAUSE].parameters


@pytest.mark.parametrize("words", [ClauseText("", "x", Modality.MUST, "staff"),
                                   ClauseText("4. Posts", " ", Modality.MUST, "staff")])  # fmt: skip
def test_a_clause_without_words_or_section_is_refused(ben, at, words):
    with pytest.raises(BadInput):
        keep_clause(by=ben, at=at, words=words)
    assert not PolicyVersion.objects.filter(state="draft").exists()


def test_what_changed_is_said_in_words_of_the_owner(ben, at):
    keep_clause(by=ben, at=at, words=WORDS)
    version = say_what_changed(by=ben, at=at, words="No volunteers.", seen=writing(at.date()).seen)
    assert version.material_changes == "No volunteers."
    assert writing(at.date()).text.clauses


def test_there_is_nothing_to_say_where_no_version_is_prepared(ben, at):
    with pytest.raises(NotNow):
        say_what_changed(by=ben, at=at, words="x", seen="")


# --- Rules -------------------------------------------------------------------------------------------


def test_a_rule_counts_once_its_reading_is_signed(ben, at):
    draft = keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    assert answer(at) is Outcome.SILENT
    assert writing(at.date()).state(CLAUSE) == "next"
    reading = sign(ben, at)
    assert answer(at) is Outcome.NOT_PERMITTED
    assert (reading.number, writing(at.date()).state(CLAUSE)) == (2, "rule")
    assert not ReadingDraft.objects.filter(pk=draft.pk).exists()


def test_a_signed_reading_has_a_digest_of_its_rules(ben, at):
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    assert sign(ben, at).bindings_digest != Reading.objects.get(number=1).bindings_digest


def test_what_was_decided_stays_and_is_counted_as_what_would_differ(ben, at):
    kept = record_decision("post.publish", VOLUNTEER, at=at, by=None, subject="publishing.post:1")
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    draft = ReadingDraft.objects.get()
    draft = try_draft(by=ben, at=at, draft=draft, edition=draft.edition)
    assert [one["key"] for one in draft.tried["past"]["shown"]] == [str(kept.pk)]
    sign(ben, at)
    kept.refresh_from_db()
    assert kept.points["author_shown"] == "silent"


def test_a_rule_that_uses_a_role_that_its_clause_does_not_name_is_refused(ben, at):
    found = writing(at.date()).pack.clauses[CLAUSE]
    rule = begun(
        found, step_begun("refer", of="chair of governors"), ask="post.publish", point="author_shown"
    )
    with pytest.raises(BadInput) as refused:
        keep_rules(by=ben, at=at, clause=CLAUSE, written=[rule], edition=0)
    assert "chair of governors" in str(refused.value.fields["rule"])
    assert not ReadingDraft.objects.exists()


def test_a_rule_that_is_none_is_refused_with_the_nearest_words(ben, at):
    rule = {**no_volunteers(at), "forbid": {"author.relation": "volunter"}}
    with pytest.raises(BadInput) as refused:
        keep_rules(by=ben, at=at, clause=CLAUSE, written=[rule], edition=0)
    assert "did you mean volunteer" in str(refused.value.fields["rule"])


def test_more_rules_than_a_clause_can_have_are_refused(ben, at):
    with pytest.raises(BadInput):
        keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)] * 21, edition=0)


def test_rules_are_not_overwritten_by_somebody_who_did_not_see_them(ben, at):
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    with pytest.raises(NotNow):
        keep_rules(by=ben, at=at, clause=CLAUSE, written=[], edition=0)


def test_a_clause_with_the_rules_of_its_text_again_is_not_in_the_reading(ben, at):
    draft = keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    draft = keep_rules(by=ben, at=at, clause=CLAUSE, written=[], edition=draft.edition)
    assert (draft.changes, writing(at.date()).state(CLAUSE)) == ({}, "text")


def test_the_rules_that_came_with_a_clause_can_be_taken_away(ben, at):
    clause = "st-annes-pictures-6"
    assert writing(at.date()).state(clause) == "rule"
    draft = keep_rules(by=ben, at=at, clause=clause, written=[], edition=0)
    assert (draft.changes, writing(at.date()).state(clause)) == ({"rules": {clause: []}}, "next")


def test_a_policy_of_our_own_that_names_a_pupil_is_adopted_only_with_a_reason(ben, at):
    """Anyone can read it once it is adopted (`Door.POLICY`)."""
    school = School.objects.create(name="Infants", slug="infants")
    Pupil.objects.create(school=school, key="O1", first_name="Osian", last_name="Prydderch")
    words = replace(WORDS, says="As Osian Prydderch found, volunteers do not post for the school.")
    version, _clause = keep_clause(by=ben, at=at, words=words)
    given = {
        "by": ben,
        "at": at,
        "version": version,
        "adopted_on": at.date(),
        "stated": {},
    }
    with pytest.raises(WordsHeld) as held:
        adopt_version(**given, before_us=True)
    with answering({held.value.held[0].key: Said("not_pupil", "The poet of that name.")}):
        adopt_version(**given, before_us=True)


def test_a_rule_goes_with_its_clause_into_the_next_version(ben, at):
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    sign(ben, at)
    version, _clause = keep_clause(by=ben, at=at + LATER, words=WORDS)
    adopt_version(
        by=ben, at=at + LATER, version=version, adopted_on=(at + LATER).date(), stated={}, before_us=True
    )
    current_scope().memo.clear()
    draft = ReadingDraft.objects.get()
    assert list(draft.changes["rules"]) == [CLAUSE]
    assert answer(at + LATER) is Outcome.SILENT
    sign(ben, at + LATER)
    assert answer(at + LATER) is Outcome.NOT_PERMITTED


def test_a_rule_goes_with_its_clause_into_other_words_that_it_fits_and_counts_once_signed(ben, at):
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    sign(ben, at)
    words = replace(WORDS, says="Nothing is posted before 7am or after 8pm.")
    version, _clause = keep_clause(by=ben, at=at + LATER, words=words, clause=CLAUSE)
    ahead = writing(at.date()).about(CLAUSE)
    assert (ahead.ahead, ahead.rules(CLAUSE)) == (True, [no_volunteers(at)])
    assert CLAUSE in ahead.ruled_ahead()
    assert losing_rules(version) == []
    adopt_version(
        by=ben, at=at + LATER, version=version, adopted_on=(at + LATER).date(), stated={}, before_us=True
    )
    assert answer(at + LATER) is Outcome.SILENT
    sign(ben, at + LATER)
    assert answer(at + LATER) is Outcome.NOT_PERMITTED


def test_a_rule_that_does_not_fit_other_words_is_named_before_the_adoption(ben, at):
    rule = {**no_volunteers(at), "forbid": {"author.roles": {"includes": "headteacher"}}}
    words = replace(WORDS, says="The headteacher posts nothing at night.")
    _version, _clause = keep_clause(by=ben, at=at, words=words, clause=CLAUSE)
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[rule], edition=0)
    words = replace(WORDS, says="No one posts at night.")
    with pytest.raises(BadInput):
        keep_clause(by=ben, at=at, words=words, clause=CLAUSE, seen=writing(at.date()).seen)


def test_a_new_clause_that_is_removed_is_no_longer_what_a_rule_excepts(ben, at):
    keys = []
    for words in ("Volunteers do not post.", "Volunteers may post about the fete."):
        now = writing(at.date())
        _version, key = keep_clause(by=ben, at=at, words=replace(WORDS, says=words), seen=now.seen)
        keys.append(key)
    first, second = keys
    forbid, permit = (
        begun(
            writing(at.date()).text.clauses[key], step_begun(verb), ask="post.publish", point="author_shown"
        )
        for key, verb in ((first, "forbid"), (second, "permit"))
    )
    for key, rule in ((first, forbid), (second, {**permit, "overrides": [first]})):
        edition = writing(at.date()).about(key).edition
        keep_rules(by=ben, at=at, clause=key, written=[rule], edition=edition)
    now = writing(at.date()).about(second)
    assert [one.id for one in can_be_excepted(now, permit)] == [first]
    remove_clause(by=ben, at=at, clause=first, seen=writing(at.date()).seen)
    assert writing(at.date()).about(second).rules(second) == [permit]


def test_an_example_comes_to_something_now_and_under_the_next_reading(ben, at):
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[no_volunteers(at)], edition=0)
    before, after = example(writing(at.date()), "post.publish", {"author.relation": "volunteer"}, at=at)
    assert before.points["author_shown"] is Outcome.SILENT
    assert after.points["author_shown"] is Outcome.NOT_PERMITTED
    assert (before.reading, after.reading) == (1, 2)


# --- Who, and for which policy -----------------------------------------------------------------------


def test_nobody_but_the_owner_writes(ben, at):
    other = someone("Olive Office", "school-office")
    with pytest.raises(NotAllowed):
        keep_clause(by=other, at=at, words=WORDS)
    with pytest.raises(NotAllowed):
        keep_rules(by=other, at=at, clause=CLAUSE, written=[], edition=0)
    with pytest.raises(NotAllowed):
        say_what_changed(by=other, at=at, words="x", seen="")


def test_a_clause_that_is_not_there_has_no_rules(ben, at):
    with pytest.raises(NotFound):
        keep_rules(by=ben, at=at, clause="wildground-roles-1", written=[], edition=0)
    with pytest.raises(NotFound):
        keep_clause(by=ben, at=at, words=WORDS, clause="wildground-roles-1")


def test_a_policy_that_came_with_the_program_is_not_written_here(make_federation, at):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        owner = someone("Dilys Moss", "staff-lead-director-of-business-services")
        adopt(by=owner, at=at)
        with pytest.raises(NotFound):
            keep_clause(by=owner, at=at, words=WORDS)
        draft = start_draft(by=owner, at=at)
        with pytest.raises(BadInput):
            save_draft(
                by=owner, at=at, draft=draft, edition=draft.edition, because="",
                changes={"rules": {"boroughbridge-listening-2": []}},
            )  # fmt: skip


def test_what_rules_say_in_full_is_said_by_the_owner_and_goes_with_the_rules(ben, at):
    """Unsaid, a clause is read by people; another rule beside the first changes nothing that was said."""
    whole = writing(at.date()).pack.clauses[CLAUSE].says
    read = {"clauses": [CLAUSE], "ask": "post.publish", "point": "approval", "read": True}
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[read], edition=0)

    def kept():
        return writing(at.date()).rules(CLAUSE), writing(at.date()).edition

    say_in_full(by=ben, at=at, clause=CLAUSE, sentences=[1], edition=kept()[1])
    rules, edition = kept()
    assert rules == [{**read, "in_full": [whole]}]
    other = {**read, "point": "dress"}
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[*rules, other], edition=edition)
    assert [one.get("in_full") for one in kept()[0]] == [[whole], None]
    keep_rules(by=ben, at=at, clause=CLAUSE, written=[other], edition=kept()[1])
    assert kept()[0] == [other]
    with pytest.raises(NotFound):
        say_in_full(by=ben, at=at, clause=CLAUSE, sentences=[2], edition=kept()[1])
    with pytest.raises(NotAllowed):
        say_in_full(by=someone("Tom Ellery", "staff"), at=at, clause=CLAUSE, sentences=[1], edition=kept()[1])


def test_the_owner_says_of_a_clause_without_a_rule_that_it_asks_nothing_and_takes_it_back(ben, at):
    def state():
        now = writing(at.date())
        return now.meant.asides, now.edition

    now = writing(at.date())
    bare = [one for key, one in now.pack.clauses.items() if not now.rules(key) and not now.kept_by_kind(key)]
    free = next(one.id for one in bare if one.modality is not Modality.MUST_NOT)
    say_aside(by=ben, at=at, clause=free, aside=True, edition=0)
    assert state()[0] == (free,)
    say_aside(by=ben, at=at, clause=free, aside=False, edition=state()[1])
    assert state()[0] == ()
    say_aside(by=ben, at=at, clause=free, aside=True, edition=state()[1])
    read = {"clauses": [free], "ask": "post.publish", "point": "approval", "read": True}
    keep_rules(by=ben, at=at, clause=free, written=[read], edition=state()[1])
    assert state()[0] == (), "a rule takes its place"
    ban = next(
        key for key, one in writing(at.date()).pack.clauses.items() if one.modality is Modality.MUST_NOT
    )
    for clause in (free, ban):
        with pytest.raises(NotFound):
            say_aside(by=ben, at=at, clause=clause, aside=True, edition=state()[1])
    with pytest.raises(NotAllowed):
        say_aside(by=someone("Tom Ellery", "staff"), at=at, clause=free, aside=True, edition=state()[1])
