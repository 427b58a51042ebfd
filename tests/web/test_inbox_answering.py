"""Answering from the pages of the inbox, by the program and by hand."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import write_answer
from schoolgate.inbox.models import Answer, Item
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from tests.inbox.test_answering import SAID
from tests.inbox.test_five_policies import Inbox
from tests.publishing.five_policies import enter
from tests.web.inboxes import NOW, came_in, fresh, seen, wild
from tests.web.plain import shown_by

__all__ = ["came_in", "fresh", "wild"]


def send(browser, item, **changes):
    given = {
        "version": item.version, "text": "Their PE kit.", "do": "send", "language": "en",
        "said-in_doubt": "no", "said-commits": "no", "said-from_press": "no",
    }  # fmt: skip
    return browser.post(reverse("item-answer", args=[item.pk]), {**given, **changes})


# --- Answering ---------------------------------------------------------------------------------------------


def test_those_who_oversee_read_and_cannot_answer(wild, came_in):
    item = came_in()
    html = seen(wild.gwen.get(reverse("item", args=[item.pk])))
    assert "Send reply" not in html
    seen(send(wild.gwen, item), 403)


def test_before_a_comment_can_be_read_the_answer_s_card_says_so_and_afterwards_it_does_not(wild, came_in):
    item = came_in()
    said = "People won’t be able to read your reply"
    assert said not in seen(wild.ben.get(reverse("item", args=[item.pk])))

    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(released=False)
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert said in html


def test_an_answer_goes_on_its_way(wild, came_in, fresh):
    item = came_in()
    response = send(wild.ben, item)

    assert response["Location"] == reverse("item", args=[item.pk])
    assert fresh(item).state == "answering"
    with scope(wild.federation.pk):
        assert Answer.objects.get().text == "Their PE kit."
    assert "Your reply is being sent." in seen(wild.ben.get(response["Location"]))


def test_only_what_the_policy_needs_is_asked(wild, came_in):
    item = came_in()
    page = wild.ben.get(reverse("item", args=[item.pk]))
    assert [each["field"].name for each in page.context["questions"]] == ["said-from_press"]

    more = send(wild.ben, item, **{"said-from_press": "yes", "do": "look"})
    assert "said-about_posts" in [each["field"].name for each in more.context["questions"]]


def test_a_question_that_is_not_answered_keeps_the_text(wild, came_in, fresh):
    item = came_in()
    html = seen(send(wild.ben, item, **{"said-from_press": ""}), 422)

    assert "Their PE kit." in html
    assert "Answer this question" in html
    assert fresh(item).state == "open"


def test_looking_sends_nothing_and_keeps_the_text(wild, came_in, fresh):
    item = came_in()
    html = seen(send(wild.ben, item, do="look"))

    assert "Their PE kit." in html
    assert fresh(item).state == "open"


def test_the_live_panel_shows_what_the_policy_says(wild, came_in):
    item = came_in()
    html = seen(wild.ben.post(reverse("item-look", args=[item.pk]), {"text": "Hi", "said-from_press": "yes"}))

    assert 'id="says"' in html
    assert "<html" not in html


def test_a_text_that_was_changed_meanwhile_is_not_answered_and_what_was_written_stays(wild, came_in, fresh):
    item = came_in()
    came_in("What about shoes?")

    html = seen(send(wild.ben, item), 409)
    assert "The author has edited this since you opened it." in html
    assert "Their PE kit." in html
    assert "What about shoes?" in html
    assert fresh(item).state == "open"


def test_what_the_policy_refuses_is_kept_as_evidence_and_the_text_stays(wild, came_in, fresh):
    item = came_in()
    refusing = {"said-from_press": "yes", "said-about_posts": "yes", "said-media_policy_steps": "no"}
    html = seen(send(wild.ben, item, **refusing), 409)

    assert "Their PE kit." in html
    assert fresh(item).state == "open"
    with scope(wild.federation.pk):
        assert DecisionRecord.objects.filter(situation="item.answer").count() == 1


@pytest.mark.parametrize(
    ("text", "words"), [("", "reply"), ("x" * 301, "up to 300 characters"), ("a\x07", "can’t")]
)
def test_a_text_that_the_network_could_not_take_is_said_beside_it(wild, came_in, text, words):
    item = came_in()
    assert words in seen(send(wild.ben, item, text=text), 422)


def test_a_receipt_is_offered_where_the_policy_counts_it(wild, came_in):
    item = came_in()
    assert "This policy counts it as a reply." in seen(wild.ben.get(reverse("item", args=[item.pk])))

    send(wild.ben, item, receipt="on")
    with scope(wild.federation.pk):
        assert (Answer.objects.get().acknowledges_only, Answer.objects.get().stops_the_clock) == (True, True)


def test_where_nothing_is_owed_no_receipt_is_offered(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(kind="other", due_words="no_rule", due_at=None, due_day=None)

    assert "Acknowledgement only" not in seen(wild.ben.get(reverse("item", args=[item.pk])))


# --- By hand, and what nobody knows ------------------------------------------------------------------------


@pytest.fixture
def by_hand(wild, came_in) -> Answer:
    """An answer that waits to be put out by hand."""
    item = came_in(account=wild.facebook)
    with scope(wild.federation.pk):
        return write_answer(
            by=wild.people.ben, at=NOW, item=item, text="On Friday.", version=item.version, said=SAID
        )


def test_an_answer_by_hand_shows_its_card_and_is_done_with_one_button(wild, by_hand, fresh):
    address = reverse("answer", args=[by_hand.pk])
    html = seen(wild.ben.get(address))
    assert "On Friday." in html
    assert "https://facebook.example/c1" in html

    response = wild.ben.post(reverse("answer-done", args=[by_hand.pk]), {"address": ""})
    assert response.status_code == 302
    assert (fresh(by_hand).state, fresh(by_hand.item).state) == ("confirmed", "answered")


NO_ONE_READS_IT = "People can’t read a reply there now"


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        ({"kept_back": "hidden"}, "The comment is hidden."),
        ({"kept_back": "removed"}, "The comment was deleted by us."),
        ({"gone_at": NOW}, "The comment is no longer on the network."),
        ({}, ""),
    ],
    ids=["hidden", "deleted by us", "deleted by its author", "there"],
)
def test_the_card_says_before_the_press_that_no_one_would_read_the_reply(wild, by_hand, meanwhile, why):
    with scope(wild.federation.pk):
        Item.objects.filter(pk=by_hand.item_id).update(**{"kept_back": "", **meanwhile})
    html = seen(wild.ben.get(reverse("answer", args=[by_hand.pk])))
    assert (NO_ONE_READS_IT in html, why in html) == (bool(why), True)


@pytest.mark.parametrize("door", ["answer-done", "answer-looked"])
def test_who_replies_by_hand_under_a_comment_hidden_meanwhile_reads_that_first(wild, by_hand, door):
    with scope(wild.federation.pk):
        Item.objects.filter(pk=by_hand.item_id).update(kept_back="hidden")
        if door == "answer-looked":
            Answer.objects.filter(pk=by_hand.pk).update(state="asked", by_hand=False, sent_at=NOW)
    response = wild.ben.post(reverse(door, args=[by_hand.pk]), {"address": "", "there": "yes"}, follow=True)
    html = response.content.decode()
    assert "People can’t read your reply. The comment is hidden. Your entry is saved." in html
    assert "Thank you" not in html


def test_an_address_that_is_none_is_said_beside_its_field(wild, by_hand, fresh):
    html = seen(wild.ben.post(reverse("answer-done", args=[by_hand.pk]), {"address": "javascript:x"}), 422)
    assert "starting with https://" in html
    assert fresh(by_hand).state == "written"


def test_an_answer_by_hand_can_be_taken_back(wild, by_hand, fresh):
    wild.ben.post(reverse("answer-take-back", args=[by_hand.pk]))
    assert (fresh(by_hand).state, fresh(by_hand.item).state) == ("cancelled", "open")


@pytest.mark.parametrize(
    ("there", "state", "item"), [("yes", "confirmed", "answered"), ("no", "failed", "open")]
)
def test_where_nobody_knows_a_person_looks_and_says(wild, by_hand, fresh, there, state, item):
    with scope(wild.federation.pk):
        Answer.objects.filter(pk=by_hand.pk).update(state="asked", by_hand=False, sent_at=NOW)
    assert "We can’t tell whether it arrived." in seen(wild.ben.get(reverse("answer", args=[by_hand.pk])))

    seen(wild.ben.post(reverse("answer-looked", args=[by_hand.pk])), 422)
    wild.ben.post(reverse("answer-looked", args=[by_hand.pk]), {"there": there})
    assert (fresh(by_hand).state, fresh(by_hand.item).state) == (state, item)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"state": "failed", "because": "refused", "what_next": "give_up"},
            "The network refused what was sent.",
        ),
        (
            {"state": "unknown", "because": "timed_out"},
            "It may have arrived. Schoolgate will check the network before sending anything again.",
        ),
        ({"state": "written", "because": "too_fast", "by_hand": False}, "asks us to wait"),
        ({"state": "different", "differences": ["text"]}, "Differences: the text."),
        ({"state": "confirmed", "because": "same"}, "It’s live, exactly as written."),
    ],
)
def test_each_way_of_an_answer_is_said_in_words(wild, by_hand, changes, words):
    with scope(wild.federation.pk):
        Answer.objects.filter(pk=by_hand.pk).update(sent_at=NOW, **changes)

    assert words in shown_by(seen(wild.ben.get(reverse("answer", args=[by_hand.pk]))))


def test_an_answer_is_seen_by_those_who_may_read_what_it_answers(wild, by_hand):
    seen(wild.amina.get(reverse("answer", args=[by_hand.pk])), 404)
    assert "I’ve posted the reply" not in seen(wild.gwen.get(reverse("answer", args=[by_hand.pk])))


# --- Asking for a permission ---


def test_a_reply_to_the_press_asks_by_a_button_and_its_text_is_there_again(make_federation, home, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        inbox = Inbox(enter("wootton", NOW - timedelta(hours=2)))
    browser, there = sign_in(inbox.at_work.answerer), reverse("item-answer", args=[inbox.item.pk])
    typed = {
        "version": inbox.item.version, "text": "Their PE kit.", "language": "en", "said-to_relation": "other",
        "said-from_press": "yes", "said-asks_for_comment": "no", "said-commits": "no",
    }  # fmt: skip
    assert "Ask: Principal (Olwen Owns)" in seen(browser.post(there, {**typed, "do": "look"}))

    sent = browser.post(there, {**typed, "do": "ask:press"}, follow=True)

    html = seen(sent)
    assert "Waiting for: Principal (Olwen Owns)" in " ".join(shown_by(html).split())
    assert "Their PE kit." in html
    request = reverse("permission-asked", args=[asked_last(federation).pk])
    sign_in(inbox.at_work.owner).post(request, {"says": "yes", "words": ""})
    answered = browser.post(there, {**typed, "do": "send"})
    assert answered["Location"] == reverse("item", args=[inbox.item.pk])
    with scope(federation.pk):
        assert Answer.objects.get().text == "Their PE kit."


def asked_last(federation):
    with scope(federation.pk):
        return PermissionAsked.objects.latest("pk")
