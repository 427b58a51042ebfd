"""What goes with a removal: the copy kept as evidence, the house rule, the notice, the appeal."""

from datetime import timedelta

import pytest

from schoolgate.accounts.sites import write_site_text
from schoolgate.core import stops
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox import removals, seeing
from schoolgate.inbox.models import Appeal, Evidence, Item, Moderation, Removal, RemovalNotice
from schoolgate.inbox.moderating import finish_removal, moderate, moderation_done_by_hand
from schoolgate.inbox.removal_notices import decide_appeal, make_appeal, send_notice
from tests.cast import someone
from tests.conftest import recorded

SAID = {"to_relation": "parent", "from_press": False, "asks_for_comment": False, "in_doubt": False}
LATER = timedelta(hours=2)


def duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


@pytest.fixture
def board(cast, comment):
    """The account behaves as the noticeboard: comments can be shown and removed by the program."""
    cast.bluesky.network = "noticeboard"
    cast.bluesky.save(update_fields=["network"])


@pytest.fixture
def rules(cast, at):
    """Two house rules in English, and the same in Welsh."""
    cast.school.languages = ["en", "cy"]
    cast.school.save(update_fields=["languages"])
    for language, words in (("en", "1. Be kind.\n2. No names."), ("cy", "Byddwch yn garedig.\nDim enwau.")):
        write_site_text(
            account=cast.bluesky, by=cast.ben, at=at, kind="house_rules", language=language, words=words
        )


# --- Evidence ----------------------------------------------------------------------------------------------


def test_a_copy_is_kept_with_the_intent_and_its_digest_is_in_the_record(comment, cast, at):
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="improper")
    kept = Evidence.objects.get()
    assert [each["text"] for each in kept.content["versions"]] == ["What should they wear?"]
    assert kept.content["address"] == comment.where.address
    row = next(each for each in recorded() if each.event == "item.evidence_kept")
    assert row.details["sha256"] == kept.sha256 == removals.digest_of(kept.content)
    assert removals.is_intact(kept)
    kept.content["versions"][0]["text"] = "Another text"
    assert not removals.is_intact(kept)


def test_what_may_show_the_abuse_of_a_child_is_not_copied(comment, cast, at):
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="child", said={"may_show_abuse": True})
    assert not Evidence.objects.exists()
    assert Removal.objects.get().copied is False
    assert "item.not_copied" in {each.event for each in recorded()}


def test_what_the_policy_refuses_leaves_no_copy(comment, cast, at):
    with pytest.raises(BadInput):
        moderate(by=cast.ben, at=at, item=comment, how="hidden", because="")
    assert not Evidence.objects.exists()
    assert not Removal.objects.exists()


def test_asking_twice_keeps_one_copy_and_one_code(comment, cast, at):
    for _once in range(2):
        moderate(by=cast.ben, at=at, item=comment, how="hidden", because="improper")
    assert (Evidence.objects.count(), Removal.objects.count()) == (1, 1)


def test_a_code_is_found_as_it_is_typed(comment, moderated):
    moderated(comment, "hidden")
    code = Removal.objects.get().code
    assert removals.by_code(removals.as_written(code).lower()).item_id == comment.pk
    for wrong in ("", "ABCD", code[:-1]):
        with pytest.raises(NotFound):
            removals.by_code(wrong)


def test_a_code_opens_nothing_before_the_comment_is_out_of_sight(comment, cast, at):
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="improper")
    with pytest.raises(NotFound):
        removals.by_code(Removal.objects.get().code)


# --- House rules -------------------------------------------------------------------------------------------


def test_where_house_rules_are_published_the_moderator_names_the_one_that_is_broken(comment, cast, at, rules):
    with pytest.raises(BadInput) as error:
        moderate(by=cast.ben, at=at, item=comment, how="hidden", because="rules")
    assert set(error.value.fields) == {"house_rule"}

    found = removals.house_rules(cast.bluesky)
    assert [(one.number, dict(one.words)) for one in found] == [
        (1, {"en": "Be kind.", "cy": "Byddwch yn garedig."}),
        (2, {"en": "No names.", "cy": "Dim enwau."}),
    ]
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="rules", house_rule=found[1].key)
    assert Removal.objects.get().house_rule["words"]["en"] == "No names."


def test_without_published_rules_none_is_asked_for(comment, cast, at):
    moderate(by=cast.ben, at=at, item=comment, how="hidden", because="rules")
    assert Removal.objects.get().house_rule == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Be kind. No names.", ["Be kind.", "No names."]),
        ("- Be kind. Always.\n\n2) No names", ["Be kind. Always.", "No names"]),
        ("", []),
    ],
)
def test_rules_are_lines_or_sentences(words, expected):
    assert removals.single_rules(words) == expected


# --- The notice --------------------------------------------------------------------------------------------


def test_the_notice_goes_below_the_post_and_once_it_is_there_readers_were_told(
    cast, comment, board, moderated, drive_answer, server, at
):
    removed = moderated(comment, "removed")
    answer = send_notice(
        by=cast.ben, at=at, item=removed, wording="own", text="Removed: it named a pupil.",
        version=removed.version, said=SAID,
    )  # fmt: skip
    assert duties("item.tell_readers").exists()
    assert removals.as_written(Removal.objects.get().code) in answer.text

    assert drive_answer(answer).state == "confirmed"
    assert not duties("item.tell_readers").exists()
    assert RemovalNotice.objects.get().told_at == at
    told = next(each for each in recorded() if each.event == "item.readers_told")
    assert "wildground-abuse-4" in told.clauses
    assert Moderation.objects.get().owes == {}


@pytest.mark.parametrize(("wording", "field"), [("own", "text"), ("prescribed", "wording"), ("", "wording")])
def test_a_notice_without_words_or_of_no_policy_is_not_sent(
    cast, comment, board, moderated, at, wording, field
):
    removed = moderated(comment, "removed")
    with pytest.raises(BadInput) as error:
        send_notice(
            by=cast.ben, at=at, item=removed, wording=wording, text="  ", version=removed.version, said=SAID
        )
    assert set(error.value.fields) == {field}


def test_no_notice_goes_out_about_a_comment_that_is_still_there(cast, comment, at):
    with pytest.raises(NotNow, match="hasn’t been removed"):
        send_notice(by=cast.ben, at=at, item=comment, wording="own", text="Why", version=comment.version)


def test_told_by_hand_counts_as_a_notice_too(cast, comment, board, moderated, at):
    moderated(comment, "removed")
    finish_removal(by=cast.ben, at=at, item=comment)
    notice = RemovalNotice.objects.get()
    assert (notice.answer, notice.told_at) == (None, at)


# --- The appeal --------------------------------------------------------------------------------------------


@pytest.fixture
def appealed(comment, board, moderated, at):
    """A hidden comment whose author appeals on the public page."""
    hidden = moderated(comment, "hidden")
    make_appeal(at=at, item=hidden, words="I only asked about clothes.")
    return seeing.item(comment.pk)


def decide(by, item, at, *, uphold=True, reasons="It was a fair question."):
    return decide_appeal(by=by, at=at, item=item, uphold=uphold, reasons=reasons)


def test_an_appeal_is_heard_by_another_than_the_moderator(appealed, cast, at):
    duty = duties("item.appeal").get()
    assert duty.person_id is not None
    assert duty.person_id != cast.ben.pk
    with pytest.raises(NotAllowed, match="someone else must decide") as error:
        decide(cast.ben, appealed, at)
    assert "Sam" in str(error.value.next_step)
    assert Appeal.objects.get().state == "open"


def test_those_without_a_part_here_hear_no_appeal(appealed, at):
    with pytest.raises(NotAllowed, match="role that may decide"):
        decide(someone("Cara Colleague", "staff"), appealed, at)


def test_without_reasons_nothing_is_decided(appealed, cast, at):
    for nothing in (" \n ", "OK"):
        with pytest.raises(BadInput):
            decide(cast.sam, appealed, at, reasons=nothing)
    assert Appeal.objects.get().state == "open"


def test_upheld_the_comment_is_shown_again_by_the_same_handshake(appealed, cast, bring_on, at):
    row = decide(cast.sam, appealed, at)
    assert (row.state, row.reversal.how, row.reversal.by_hand) == ("upheld", "released", False)
    assert not duties("item.appeal").exists()

    assert bring_on(row.reversal).state == "confirmed"
    assert seeing.item(appealed.pk).kept_back == ""
    assert Removal.objects.get().ended_at == at
    assert {"appeal.made", "appeal.upheld"} <= {each.event for each in recorded()}


def test_dismissed_it_stays_out_of_sight(appealed, cast, at):
    row = decide(cast.sam, appealed, at, uphold=False)
    assert (row.state, row.reversal, seeing.item(appealed.pk).kept_back) == ("dismissed", None, "hidden")
    with pytest.raises(NotNow, match="No appeal is waiting"):
        decide(cast.sam, appealed, at)


def test_what_the_network_deleted_stays_gone_and_the_appeal_is_upheld_all_the_same(
    comment, board, moderated, cast, at
):
    removed = moderated(comment, "removed")
    make_appeal(at=at, item=removed, words="Why?", by=cast.sam)
    row = decide(cast.sam, removed, at)
    assert (row.state, row.reversal, seeing.item(comment.pk).kept_back) == ("upheld", None, "removed")


def test_where_the_program_cannot_show_it_a_person_does(comment, moderated, cast, at):
    hidden = moderated(comment, "hidden")  # on a network that only hides by program
    make_appeal(at=at, item=hidden, words="Why?")
    row = decide(cast.sam, hidden, at)
    assert row.reversal.by_hand
    assert duties("item.show_by_hand").get().person == cast.sam
    moderation_done_by_hand(by=cast.sam, at=at, moderation=row.reversal)
    assert (seeing.item(comment.pk).kept_back, duties("item.show_by_hand").exists()) == ("", False)


def test_during_a_stop_nothing_is_shown_and_the_appeal_waits(appealed, cast, at):
    stops.stop(reason="event", by=cast.sam, at=at)
    with pytest.raises(NotNow, match="stopped"):
        decide(cast.sam, appealed, at)
    assert Appeal.objects.get().state == "open"


def test_one_appeal_waits_at_a_time_and_three_are_heard_at_most(appealed, cast, at):
    with pytest.raises(NotNow, match="an appeal already"):
        make_appeal(at=at, item=appealed, words="Again")
    decide(cast.sam, appealed, at, uphold=False)
    for _next in range(2):
        make_appeal(at=at, item=appealed, words="Again")
        decide(cast.sam, appealed, at, uphold=False)
    with pytest.raises(NotNow, match="Three appeals"):
        make_appeal(at=at, item=appealed, words="A fourth")


def test_a_comment_shown_again_meanwhile_settles_its_appeal(appealed, cast, moderated):
    Item.objects.filter(pk=appealed.pk).update(released=False)
    moderated(seeing.item(appealed.pk), "released")
    assert (Appeal.objects.get().state, duties("item.appeal").exists()) == ("settled", False)


@pytest.mark.parametrize("words", ["", " \n", "a" * 3001])
def test_an_appeal_has_words_and_not_too_many(comment, board, moderated, at, words):
    hidden = moderated(comment, "hidden")
    with pytest.raises(BadInput):
        make_appeal(at=at, item=hidden, words=words)
    assert not Appeal.objects.exists()


def test_hidden_first_and_deleted_later_is_one_removal_with_one_code_and_two_copies(
    comment, board, moderated, cast, at
):
    moderated(comment, "hidden")
    moderated(seeing.item(comment.pk), "removed", by=cast.sam)
    removal = Removal.objects.get()
    assert (removal.moderation.how, Evidence.objects.count()) == ("removed", 2)
    assert removals.moderators_of(removal) == {cast.ben.pk, cast.sam.pk}
