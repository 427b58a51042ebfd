"""What was seen before opening counts for the question and the page that it was seen on, and no longer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts import before_opening, opening_facts, opening_questions
from schoolgate.accounts import opening_questions as opening
from schoolgate.accounts.before_opening import (
    attach_condition,
    drop_training,
    end_condition,
    keep_page_picture,
    note_profile,
    save_setup,
    texts_for,
    want_training,
)
from schoolgate.accounts.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.models import Account, Seen
from schoolgate.accounts.opening import asked_before_opening, change_team, open_account
from schoolgate.accounts.opening_facts import answered, create_facts, standing
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, Refused
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.port import Profile
from schoolgate.policy.models import Attestation
from schoolgate.policy.queries import in_force, kept_about
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from schoolgate.rulebook import book
from tests.accounts.conftest import case, cast_of, drafted, points_in_the_way, ready, seen, wootton_at_work
from tests.accounts.conftest import in_force as federation_in_force
from tests.accounts.openings import WOOTTON_SETUP, settled_at_wootton
from tests.accounts.test_wootton import appendix_b
from tests.cast import someone
from tests.second_presses import not_done
from tests.worlds import world

SAW = {"login_is_private": False, "says_who_runs_it": True}
PROFILE = Profile(
    "id:1", "y4.north", "Year 4", "This page is run by Amina Khan for North.", "https://a.example"
)


@world(federation_in_force)
def wildground_approved(there, at, _key):
    """Wildground with an account that is approved, and not open yet."""
    with scope(there.federation.pk):
        cast = there.cast
        cast.amina = someone("Amina Khan", "staff")
        cast.bryn = someone("Bryn Ellis", "staff")
        cast.moderator = someone("Mari Lewis", "administrator-moderator")
        proposal = drafted(
            cast.amina, at, school=cast.school, network="bluesky", answers=case(cast.amina, cast.bryn)
        )
        submit_proposal(proposal=proposal, by=cast.amina, at=at)
        for person in (cast.amina, cast.bryn):
            ready(person, cast.version, trained_by=cast.owner, at=at)
        decide_proposal(proposal=proposal, by=cast.owner, at=at, approve=True, seen=seen(proposal))
        cast.account = Account.objects.get()
    return there


wildground = cast_of(wildground_approved, "wildground")


def saw(cast, at, **changes):
    given = {"answers": SAW, "handle": "y4.north", "address": "https://a.example/y4", **changes}
    return save_setup(account=cast.account, by=cast.moderator, at=at, **given)


def stands(cast) -> dict[str, object]:
    return standing(cast.account, book("wildground"))


def test_what_somebody_saw_is_vouched_for_with_what_was_seen(wildground, at):
    saw(wildground, at)

    said = Attestation.objects.get(subject=subject_of(wildground.account), kind="profile_text")
    rows = Seen.objects.filter(account=wildground.account)
    assert {(row.key, row.by_id, row.attestation_id) for row in rows} == {
        ("login_is_private", wildground.moderator.pk, said.pk),
        ("says_who_runs_it", wildground.moderator.pk, said.pk),
    }
    assert stands(wildground) == SAW


def test_another_address_asks_again_what_was_seen_on_the_page_and_nothing_else(wildground, at):
    saw(wildground, at)
    wildground.account.handle = "other.north"
    wildground.account.save()

    assert stands(wildground) == {"login_is_private": False}
    with pytest.raises(Refused) as refused:
        open_account(account=wildground.account, by=wildground.moderator, at=at)
    assert points_in_the_way(refused) == {"says_who_runs_it"}


def test_an_open_account_is_looked_at_again_and_keeps_its_address(wildground, at):
    saw(wildground, at)
    open_account(account=wildground.account, by=wildground.moderator, at=at)
    with pytest.raises(BadInput) as wrong:
        saw(wildground, at, address="https://b.example/y4")
    assert list(wrong.value.fields) == ["address"]

    saw(wildground, at, answers={"says_who_runs_it": True})
    assert stands(wildground) == {"says_who_runs_it": True}


def test_a_profile_that_reads_otherwise_takes_away_what_was_seen_on_it(wildground, at):
    note_profile(account=wildground.account, profile=PROFILE, by=wildground.moderator, at=at)
    saw(wildground, at)
    note_profile(account=wildground.account, profile=PROFILE, by=wildground.moderator, at=at)
    assert stands(wildground) == SAW

    changed = replace(PROFILE, description="Buy our watches.")
    note_profile(account=wildground.account, profile=changed, by=None, at=at + timedelta(days=1))

    again = {one.question.key: one.why_not for one in answered(wildground.account, book("wildground"))}
    assert again["says_who_runs_it"] == "profile"
    assert stands(wildground) == {"login_is_private": False}


def test_a_first_reading_leaves_what_a_person_saw_before(wildground, at):
    saw(wildground, at)
    note_profile(account=wildground.account, profile=replace(PROFILE, description=""), by=None, at=at)

    assert stands(wildground) == SAW


def test_the_program_answers_only_what_it_finds_word_by_word(wildground, at):
    account = wildground.account
    note_profile(account=account, profile=replace(PROFILE, description="Run by a teacher."), by=None, at=at)
    assert stands(wildground) == {}

    said = texts_for(account, book("wildground"))[0].words
    loud = replace(PROFILE, description=said.upper().replace(" ", "\n"))
    note_profile(account=account, profile=loud, by=None, at=at)

    row = Seen.objects.get(account=account)
    assert (row.key, row.value, row.by, row.profile.description) == (
        "says_who_runs_it", True, None, loud.description,
    )  # fmt: skip


def test_a_persons_empty_answer_takes_theirs_back_and_leaves_what_the_program_read(wildground, at):
    said = texts_for(wildground.account, book("wildground"))[0].words
    saw(wildground, at, answers={"login_is_private": False})
    note_profile(account=wildground.account, profile=replace(PROFILE, description=said), by=None, at=at)
    saw(wildground, at, answers={})

    assert stands(wildground) == {"says_who_runs_it": True}


def test_a_question_that_changed_asks_again(wildground, at, monkeypatch):
    saw(wildground, at)
    asked = tuple(
        replace(one, label="Does it really say who runs it?") if one.key == "says_who_runs_it" else one
        for one in opening_questions.QUESTIONS
    )
    monkeypatch.setattr(opening, "QUESTIONS", asked)

    assert stands(wildground) == {"login_is_private": False}


def test_the_database_keeps_no_answer_that_neither_a_person_nor_a_page_gave(wildground, at):
    with pytest.raises(IntegrityError, match="accounts_seen_by_a_person_or_read"), transaction.atomic():
        Seen.objects.create(
            account=wildground.account, key="real_name", value=True, at=at, asked_digest="0", page_digest="0"
        )


def test_a_picture_is_kept_by_who_may_set_it_up_and_by_nobody_else(wildground, at):
    given = {"account": wildground.account, "at": at, "digest": "0" * 64, "media_type": "image/png"}
    row = keep_page_picture(by=wildground.moderator, **given)
    with pytest.raises(NotAllowed):
        keep_page_picture(by=someone("Dan Fry", "staff"), **given)

    with pytest.raises(NotFound):
        opening_facts.page_picture_for(
            someone("Eve Fry", "staff"), wildground.account.pk, row.pk, on=at.date()
        )
    found = opening_facts.page_picture_for(wildground.owner, wildground.account.pk, row.pk, on=at.date())
    assert found == row


def test_the_sign_in_is_put_on_record_though_no_rule_waits_for_it(wildground, at):
    keys = [one.key for one in opening_questions.questions(book("wildground"), "bluesky") if one.of_sign_in]
    assert keys == ["login_address", "second_factor"]
    assert not [
        one for one in opening_questions.questions(book("wildground"), "noticeboard") if one.of_sign_in
    ]

    saw(wildground, at, answers={**SAW, "second_factor": True, "login_address": "school"})
    open_account(account=wildground.account, by=wildground.moderator, at=at)
    assert wildground.account.state == "open"


def test_the_lowest_age_is_dated_and_has_its_source(at):
    law = book("wildground")
    age, source, clauses = opening_facts.lowest_age(law, "whatsapp", "wales", at.date())
    assert (age.age, clauses) == (13, ("law-age-whatsapp",))
    assert "2024" in source
    before = age.from_day - timedelta(days=1)
    assert opening_facts.lowest_age(law, "whatsapp", "wales", before)[0].age == 16
    assert opening_facts.lowest_age(law, "noticeboard", "wales", at.date()) is None


def test_each_text_to_copy_comes_once_in_each_language_that_words_it_differently():
    texts = before_opening.offered(
        book("boroughbridge"),
        ["says_not_always_watched", "says_where_concerns_go"],
        languages=["en", "en"], school="North", contact="the office", names=[],
    )  # fmt: skip
    assert [(text.key, text.words) for text in texts] == [
        ("says_not_always_watched", "No one monitors this page round the clock."),
        ("says_where_concerns_go", "If something here worries you, please contact the office."),
    ]


def test_a_school_of_the_policys_list_is_found_on_the_page():
    profile = replace(PROFILE, display="Ysgol Gynradd Llanidloes")
    assert before_opening.read_off(book("llanidloes"), profile, []) == {
        "school_named": "Ysgol Gynradd Llanidloes"
    }
    assert before_opening.read_off(book("llanidloes"), PROFILE, []) == {}


# --- Wootton: conditions of an approval, training asked of somebody, entering ---


@world(wootton_at_work)
def wootton_approved(there, at, _key):
    """Wootton with an account that is approved, and not open yet."""
    with scope(there.federation.pk):
        cast = there.cast
        cast.proposal = drafted(cast.author, at, school=cast.school, answers=appendix_b(cast, at))
        submit_proposal(proposal=cast.proposal, by=cast.author, at=at)
        for person in (cast.line_manager, cast.senior):
            sign_proposal(proposal=cast.proposal, by=person, at=at, seen=seen(cast.proposal))
        covers = ["audience", "contributors", "purpose", "content"]
        record_talk(proposal=cast.proposal, by=cast.owner, at=at, covers=covers)
        decide_proposal(
            proposal=cast.proposal, by=cast.owner, at=at, approve=True, seen=seen(cast.proposal),
            reason_is_strong=True,
        )  # fmt: skip
        cast.account = Account.objects.get()
        with not_done():
            record_talk(proposal=cast.proposal, by=cast.owner, at=at, covers=covers)
    return there


approved = cast_of(wootton_approved, "wootton")


@world(wootton_approved)
def wootton_prepared(there, at, _key):
    """All that Wootton asks for, but for training that somebody else may ask for."""
    with scope(there.federation.pk):
        prepared(there.cast, at)
    return there


ready_to_open = cast_of(wootton_prepared, "wootton")


def prepared(cast, at):
    save_setup(account=cast.account, by=cast.team[0], at=at, answers=WOOTTON_SETUP)
    settled_at_wootton(cast.account, by=cast.team[0], at=at)
    for person in (*cast.team, cast.author):
        ready(person, cast.version, trained_by=cast.owner, at=at)
        record_training(person=person, by=cast.owner, at=at, topics=["approval and moderation"])


def test_what_is_asked_beside_the_opening_is_evidence_for_its_clauses(ready_to_open, at):
    open_account(account=ready_to_open.account, by=ready_to_open.team[0], at=at)

    rows = kept_about(ready_to_open.account)
    assert {"account.create", "site.prepare", "site.suits", "person.entrust"} <= {
        row.situation for row in rows
    }
    cited = {clause for row in rows for clause in row.clauses}
    assert {"wootton-business-8", "wootton-related-17", "wootton-a5-1", "wootton-a2-13"} <= cited
    assert {"wootton-business-1", "wootton-statement-1", "wootton-a5-6"} <= cited


@pytest.mark.parametrize(
    ("wrong", "point"),
    [({"breaks_terms": True}, "platform_terms"), ({"bears_another_name": True}, "impersonation")],
)
def test_terms_broken_or_another_name_keep_it_shut(ready_to_open, at, wrong, point):
    save_setup(
        account=ready_to_open.account, by=ready_to_open.team[0], at=at, answers={**WOOTTON_SETUP, **wrong}
    )

    with pytest.raises(Refused) as refused:
        open_account(account=ready_to_open.account, by=ready_to_open.team[0], at=at)
    assert points_in_the_way(refused) == {point}


def test_training_asked_of_somebody_keeps_the_account_shut_until_it_was_had(ready_to_open, at):
    want_training(person=ready_to_open.author, by=ready_to_open.owner, at=at, topic="speaking in public")
    with pytest.raises(Refused) as refused:
        open_account(account=ready_to_open.account, by=ready_to_open.team[0], at=at)
    assert points_in_the_way(refused) == {"trained_to_speak"}
    assert "wootton-business-2" in refused.value.kept.clauses

    record_training(person=ready_to_open.author, by=ready_to_open.owner, at=at, topics=["speaking in public"])
    open_account(account=ready_to_open.account, by=ready_to_open.team[0], at=at)


def test_a_training_that_is_no_longer_asked_for_keeps_nothing_shut(ready_to_open, at):
    row = want_training(
        person=ready_to_open.author, by=ready_to_open.owner, at=at, topic="speaking in public"
    )
    assert opening_facts.trainings_wanted(ready_to_open.account) == [row]
    with pytest.raises(NotAllowed):
        drop_training(wanted=row, by=ready_to_open.author, at=at)

    drop_training(wanted=row, by=ready_to_open.owner, at=at)
    assert opening_facts.trainings_wanted(ready_to_open.account) == []
    open_account(account=ready_to_open.account, by=ready_to_open.team[0], at=at)


def test_somebody_new_is_asked_about_before_they_get_a_part(approved, at):
    new = someone("Flo Rae", "staff")
    given = {"account": approved.account, "by": approved.team[0], "at": at, "person": new, "part": "runner"}
    with pytest.raises(Refused) as refused:
        change_team(**given)
    assert points_in_the_way(refused) == {"policy_acknowledged"}
    assert not approved.account.team.filter(person=new).exists()

    attest(kind="policy_read", about=approved.version, by=new, at=at, seen={})
    change_team(**given)
    assert approved.account.team.filter(person=new).exists()


def test_only_who_decides_asks_for_training(approved, at):
    with pytest.raises(NotAllowed):
        want_training(person=approved.author, by=approved.author, at=at, topic="speaking")
    with pytest.raises(BadInput):
        want_training(person=approved.author, by=approved.owner, at=at, topic=" ")


def test_conditions_belong_to_who_decides_and_end(approved, at):
    given = {"proposal": approved.proposal, "at": at, "kind": "restriction", "words": "No film."}
    with pytest.raises(NotAllowed):
        attach_condition(by=approved.author, **given)
    row = attach_condition(by=approved.owner, **given)
    assert [each.words for each in opening_facts.conditions_of(approved.account)] == ["No film."]
    assert opening_facts.clauses_of_conditions(book("wootton"), row.type) == ["wootton-business-4"]

    end_condition(condition=row, by=approved.owner, at=at)
    assert not opening_facts.conditions_of(approved.account).exists()


def test_a_policy_that_attaches_nothing_to_an_approval_has_no_conditions(wildground, at):
    with pytest.raises(NotFound):
        attach_condition(
            proposal=wildground.account.proposal, by=wildground.owner, at=at, kind="restriction", words="No."
        )
    with pytest.raises(NotFound):
        want_training(person=wildground.amina, by=wildground.owner, at=at, topic="speaking")


def test_what_a_policy_does_not_ask_is_not_asked_before_opening(wildground, at):
    asked = asked_before_opening(wildground.account, in_force(at.date()), by=wildground.moderator, at=at)
    assert [situation for situation, _facts in asked] == ["account.open"]


def test_a_noticeboard_hangs_on_the_schools_own_address(approved, at):
    facts = create_facts(approved.account, in_force(at.date()), by=approved.author, at=at)
    assert (facts.login_address, facts.form, facts.speaks_for_school) == ("school", "approved", True)
