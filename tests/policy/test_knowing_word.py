"""What people say of having read the policy: for themselves, by a link, on paper; and what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.jobs.hourly import known
from schoolgate.policy import acknowledging, knowing
from schoolgate.policy.acknowledging import (
    acknowledge,
    ask_who_is_bound,
    end_link,
    enter_paper,
    note_manager_step,
    remind,
    send_new_link,
    talked_over,
)
from schoolgate.policy.adopting import adopt, changes
from schoolgate.policy.asking import verdict
from schoolgate.policy.checks import questions_for, take_check
from schoolgate.policy.knowing import may_see_step
from schoolgate.policy.models import Asking, Attestation, DecisionRecord, ManagerDid, PaperAnswer, ReadingLink
from schoolgate.policy.queries import in_force
from tests.accounts.conftest import OWNER, at_federation  # noqa: F401 - five federations
from tests.cast import give, someone
from tests.conftest import deliver_all
from tests.notices.mails import mails_of
from tests.policy.test_knowing import READ, TELL, signs_in
from tests.policy.test_versions import adopted, other_text, prepared  # noqa: F401 - the next version

DAY = timedelta(days=1)
TALK = "policy.talk_about_policy"


def word_of(person, version):
    said = knowing.answers([person.pk], version).get(person.pk)
    return (said.answer, said.how) if said else None


def asked(person, at):
    """The asking of somebody, with a link that was mailed."""
    ask_who_is_bound(at=at)
    row = Asking.objects.select_related("person__federation", "version").get(person=person)
    return row, acknowledging.mint(row, at=at)


def test_saying_yes_settles_what_was_asked(version, amina, at):
    signs_in(amina)
    ask_who_is_bound(at=at)

    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)

    duty = Duty.objects.get(kind=READ, person=amina)
    assert (duty.state, duty.discharged_by, word_of(amina, version)) == (
        "discharged",
        amina,
        (True, "signed_in"),
    )


def test_declining_is_an_answer_that_goes_to_who_looks_after_the_policy(version, amina, ben, at):
    signs_in(amina)
    ask_who_is_bound(at=at)

    acknowledge(by=amina, at=at, version=version, answer=False)

    assert word_of(amina, version) == (False, "signed_in")
    assert Duty.objects.get(kind=READ, person=amina).cancelled_because == "declined"
    talk = Duty.objects.get(kind=TALK)
    assert (talk.role_key, talk.subject, talk.clauses) == (
        "slt", f"people.person:{amina.pk}", ["wildground-roles-19"],
    )  # fmt: skip


def test_who_declined_can_still_say_yes_and_both_stay_on_record(version, amina, at):
    acknowledge(by=amina, at=at, version=version, answer=False)
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)

    assert list(Attestation.objects.order_by("id").values_list("answer", flat=True)) == [False, True]
    assert Duty.objects.get(kind=TALK).state == "discharged"


def test_the_talk_is_put_on_record_by_who_looks_after_the_policy(version, amina, ben, at):
    acknowledge(by=amina, at=at, version=version, answer=False)

    with pytest.raises(NotAllowed):
        talked_over(by=amina, at=at, about=amina)
    assert talked_over(by=ben, at=at, about=amina) == 1


@pytest.mark.parametrize("did", ManagerDid.values)
def test_a_manager_says_what_they_did_and_their_task_ends(at_federation, at, did):  # noqa: F811
    with at_federation("wootton") as cast:
        lead, tom = someone("Lead Lowe"), signs_in(someone("Tom Teacher"))
        give(lead, "line-manager", managed=tom)
        ask_who_is_bound(at=at)
        later = at + 14 * DAY
        remind(at=later)
        acknowledge(by=tom, at=later, version=cast.version, answer=False)

        with pytest.raises(NotAllowed):
            talked_over(by=lead, at=later, about=tom)
        row = note_manager_step(by=lead, at=later, about=tom, did=did, on=at.date())
        kept = DecisionRecord.objects.get(subject=f"policy.managerstep:{row.pk}")
        said = {
            found.message for found in verdict("policy.known", kept.facts_row.facts, on=later.date()).findings
        }
        assert ("known.manager_told" in said) == (did != "passed_on")
        assert ("known.manager_acted" in said) == (did != "told")
        assert Duty.objects.get(kind=TELL).how == did
        assert dict(Duty.objects.filter(kind__in=[TELL, TALK]).values_list("kind", "state")) == {
            TELL: "discharged",
            TALK: "open",
        }


def test_a_managers_step_is_about_their_own_team_and_a_day_since_the_adoption(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        lead, tom = someone("Lead Lowe"), someone("Tom Teacher")
        give(lead, "line-manager", managed=tom)
        today, adopted_on = at.date(), in_force(at.date()).adopted_on
        good = {"by": lead, "at": at, "about": tom, "did": "spoken", "on": today}
        for wrong, field in (
            ({"did": "shouted"}, "did"),
            ({"on": today + DAY}, "on"),
            ({"on": adopted_on - DAY}, "on"),
        ):
            with pytest.raises(BadInput) as refused:
                note_manager_step(**good | wrong)
            assert list(refused.value.fields) == [field]
        for by in (tom, cast.owner):
            with pytest.raises(NotFound):
                note_manager_step(**good | {"by": by})
        first = note_manager_step(**good | {"on": adopted_on})
        assert list(knowing.steps_about([tom.pk], cast.version)) == [first]
        subject = f"policy.managerstep:{first.pk}"
        assert may_see_step(lead, subject, today)
        assert not may_see_step(cast.owner, subject, today)
        assert not may_see_step(lead, "policy.managerstep:0", today)


def test_a_word_on_a_version_that_has_changed_is_refused(version, amina, ben, prepared, at):  # noqa: F811
    adopted(prepared, ben, at)

    with pytest.raises(NotNow, match="has changed"):
        acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)


def test_what_has_changed_since_the_version_that_i_read(version, amina, ben, prepared, at):  # noqa: F811
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    second = adopted(prepared, ben, at)

    last = knowing.last_read([amina.pk, ben.pk], before=second)
    assert list(last) == [amina.pk]
    assert [change.after for change in changes(last[amina.pk], second)] == [
        "Accounts are looked at each day."
    ]
    assert word_of(amina, second) is None


def test_wootton_wants_the_text_opened_to_its_end_and_questions_answered(at_federation, at):  # noqa: F811
    with at_federation("wootton") as cast:
        tom = signs_in(someone("Tom Teacher"))
        give(cast.owner, "line-manager", managed=tom)
        for to_end in (False, True):
            with pytest.raises(Refused):
                acknowledge(by=tom, at=at, version=cast.version, answer=True, to_end=to_end)
        asked_of_tom = questions_for(
            in_force(at.date()).book, person=tom.pk, version=cast.version.pk, number=1
        )
        wrong = ["silent" if one.answer != "silent" else "permitted" for one in asked_of_tom]
        take_check(by=tom, at=at, number=1, given=wrong)
        acknowledge(by=tom, at=at, version=cast.version, answer=True, to_end=True)

        assert word_of(tom, cast.version) == (True, "signed_in")
        assert Duty.objects.get(kind="policy.wrong_answers", person=tom).clauses == ["wootton-personnel-12"]
        assert not Duty.objects.filter(kind=TELL).exists()


def test_nobody_acknowledges_for_another(version, amina, ben, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attestation.objects.create(
            kind="policy_read", subject="policy.policyversion:1", by=ben, about_person=amina, version=version,
            at=at, answer=True, seen_digest="x",
        )  # fmt: skip


def test_a_paper_is_entered_and_marked_with_who_entered_it(version, amina, ben, at):
    signs_in(amina)
    ask_who_is_bound(at=at)

    row = enter_paper(by=ben, at=at + DAY, about=amina, answer=True, dated=at.date())

    assert (row.by, row.about_person, row.on_paper, row.paper.dated) == (ben, amina, True, at.date())
    assert word_of(amina, version) == (True, "paper")
    assert Duty.objects.get(kind=READ, person=amina).state == "discharged"


def test_a_paper_needs_a_day_of_this_version_that_has_come(version, amina, ben, at):
    def paper(dated):
        enter_paper(by=ben, at=at, about=amina, answer=True, dated=dated)

    for wrong, why in (
        (
            version.adopted_on - DAY,
            "This version had not been adopted by that date, so the paper is about another one. Record it",
        ),
        (at.date() + DAY, "in the future"),
    ):
        with pytest.raises(BadInput) as refused:
            paper(wrong)
        assert why in str(refused.value.fields["dated"])
    paper(version.adopted_on)
    assert PaperAnswer.objects.count() == 1


def test_staff_enter_no_papers_and_nobody_enters_their_own(version, amina, ben, at):
    for by, about in ((amina, ben), (ben, ben)):
        with pytest.raises(NotAllowed):
            enter_paper(by=by, at=at, about=about, answer=True, dated=at.date())


def test_a_link_works_once(version, amina, at):
    _row, token = asked(amina, at)
    link = acknowledging.find(token, at=at)

    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True, link=link)

    assert word_of(amina, version) == (True, "link")
    with pytest.raises(NotNow, match="already answered"):
        acknowledging.find(token, at=at)
    with pytest.raises(NotNow):
        acknowledge(by=amina, at=at, version=version, answer=False, link=link)
    assert Attestation.objects.count() == 1


def test_nobody_answers_by_the_link_of_another(version, amina, ben, at):
    _row, token = asked(amina, at)

    with pytest.raises(NotAllowed):
        acknowledge(by=ben, at=at, version=version, answer=True, link=acknowledging.find(token, at=at))
    assert not Attestation.objects.exists()


def test_a_link_works_for_fourteen_days(version, amina, at):
    _row, token = asked(amina, at)

    assert acknowledging.find(token, at=at + 14 * DAY - timedelta(seconds=1))
    with pytest.raises(NotNow, match="no longer works"):
        acknowledging.find(token, at=at + 14 * DAY)


def test_a_newer_link_ends_the_one_before_and_only_hashes_are_kept(version, amina, at):
    row, token = asked(amina, at)
    second = acknowledging.mint(row, at=at)

    with pytest.raises(NotNow):
        acknowledging.find(token, at=at)
    assert acknowledging.find(second, at=at).asking == row
    kept = set(ReadingLink.objects.values_list("token_hash", flat=True))
    assert not kept & {token, second}


def test_a_link_that_was_ended_or_whose_person_left_works_no_more(version, amina, ben, at):
    row, token = asked(amina, at)
    with pytest.raises(NotAllowed):
        end_link(by=amina, at=at, asking=row)
    end_link(by=ben, at=at, asking=row)
    with pytest.raises(NotNow):
        acknowledging.find(token, at=at)

    token = acknowledging.mint(row, at=at)
    amina.left_on = at.date()
    amina.save()
    with pytest.raises(NotNow):
        acknowledging.find(token, at=at)


def test_no_link_of_one_version_answers_for_the_next(version, amina, ben, prepared, at):  # noqa: F811
    _row, token = asked(amina, at)
    adopted(prepared, ben, at)

    with pytest.raises(NotNow, match="no longer works"):
        acknowledging.find(token, at=at)


def test_another_federations_link_is_not_found(federation, make_federation, at):
    with scope(federation.pk):
        ben = someone("Ben Carter", "slt")
        adopt(by=ben, at=at)
        _row, token = asked(ben, at)
    with scope(make_federation("elsewhere", "wildground").pk), pytest.raises(NotFound):
        acknowledging.find(token, at=at)


def test_links_of_who_has_answered_are_not_sent_again(version, amina, ben, at):
    row, _token = asked(amina, at)
    send_new_link(by=ben, at=at, asking=row)
    acknowledge(by=amina, at=at, version=version, answer=False)

    with pytest.raises(NotNow):
        send_new_link(by=ben, at=at, asking=row)


@pytest.fixture
def told(federation, at):
    """A version came into force; Amina signs in, Cara does not; what waits was delivered."""
    with scope(federation.pk):
        owner = someone("Ben Carter", "slt")
        amina, cara = signs_in(someone("Amina Khan", "staff")), someone("Cara Cook", "staff", language="cy")
        version = adopt(by=owner, at=at)
    deliver_all(federation.pk, at)  # they are asked
    deliver_all(federation.pk, at)  # and written to
    return owner, amina, cara, version


def test_a_version_in_force_asks_by_itself_and_mails_only_who_does_not_sign_in(told, federation, at):
    owner, _amina, cara, _version = told

    letters = {letter.to_address: letter for letter in mails_of(federation.pk, at) if "read" in letter.subject
               or "darllen" in letter.subject.lower()}  # fmt: skip
    assert set(letters) == {owner.email, cara.email}
    letter = letters[cara.email]
    assert cara.name not in letter.subject + letter.body
    token = letter.body.partition("/policy-to-read/")[2].split()[0]
    with scope(federation.pk):
        assert acknowledging.find(token, at=at).asking.person == cara


def test_a_handler_that_runs_twice_mails_a_link_that_works(told, federation, at):
    _owner, _amina, cara, _version = told
    with scope(federation.pk):
        from schoolgate.policy.handlers import ask_everybody, tell_asked

        ask_everybody(at=at)
        asking = Asking.objects.get(person=cara).pk
        tell_asked(federation_id=federation.pk, subject_id=asking, event_id=10**6, at=at)
        assert Asking.objects.count() == 3
    mails_of(federation.pk, at)
    with scope(federation.pk):
        assert ReadingLink.objects.filter(asking__person=cara, ended_at=None).count() == 1


def test_the_sweep_asks_who_came_later_and_reminds_each_in_their_own_way(told, federation, at):
    _owner, amina, cara, _version = told
    with scope(federation.pk):
        late = someone("Lea Later", "staff")
    known(at + DAY)
    known(at + DAY)
    mails_of(federation.pk, at + DAY)
    known(at + 14 * DAY)
    mails = mails_of(federation.pk, at + 14 * DAY)

    with scope(federation.pk):
        assert Asking.objects.get(person=late).reminders == 0
    letters = {letter.to_address: letter.body for letter in mails}
    assert "/policy/word" in letters[amina.email]
    assert "/policy-to-read/" in letters[cara.email]
    assert "policy-to-read" not in letters[amina.email]
