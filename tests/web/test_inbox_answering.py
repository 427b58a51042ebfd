"""Answering from the pages of the inbox, by the program and by hand."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Answer, Item
from schoolgate.inbox.replying import write_answer
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from schoolgate.pupils.models import Pupil
from tests.inbox.test_answering import SAID
from tests.inbox.test_five_policies import Inbox
from tests.publishing.five_policies import enter
from tests.stories import rolled_back
from tests.web.inboxes import NOW, came_in, fresh, inbox_of_wildground, incoming, seen
from tests.web.plain import shown_by
from tests.web.there import There
from tests.worlds import world

__all__ = ["came_in", "fresh"]


def send(browser, item, **changes):
    given = {
        "version": item.version, "text": "Their PE kit.", "do": "send", "language": "en",
        "said-in_doubt": "no", "said-commits": "no", "said-from_press": "no",
    }  # fmt: skip
    return browser.post(reverse("item-answer", args=[item.pk]), {**given, **changes})


# --- Answering ---------------------------------------------------------------------------------------------


def test_only_what_the_policy_needs_is_asked_and_what_is_missing_or_only_looked_at_sends_nothing(
    wild, came_in, fresh
):
    item = came_in()
    address = reverse("item", args=[item.pk])
    assert "Send reply" not in seen(wild.gwen.get(address)), "who oversees reads and cannot answer"
    seen(send(wild.gwen, item), 403)

    page = wild.ben.get(address)
    assert [each["field"].name for each in page.context["questions"]] == ["said-from_press"]
    assert "People won’t be able to read your reply" not in seen(page)
    assert "This policy counts it as a reply." in seen(page), "a receipt"

    html = seen(send(wild.ben, item, **{"said-from_press": ""}), 422)
    assert "Their PE kit." in html
    assert "Answer this question" in html
    more = send(wild.ben, item, **{"said-from_press": "yes", "do": "look"})
    assert "said-about_posts" in [each["field"].name for each in more.context["questions"]]
    assert "Their PE kit." in seen(more)
    live = seen(wild.ben.post(reverse("item-look", args=[item.pk]), {"text": "Hi", "said-from_press": "yes"}))
    assert 'id="says"' in live
    assert "<html" not in live
    for text, words in (("", "reply"), ("x" * 301, "up to 300 characters"), ("a\x07", "can’t")):
        assert words in seen(send(wild.ben, item, text=text), 422), words
    assert fresh(item).state == "open"

    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(
            released=False, kind="other", due_words="no_rule", due_at=None, due_day=None
        )
    html = seen(wild.ben.get(address))
    assert "People won’t be able to read your reply" in html, "before the comment can be read"
    assert "Acknowledgement only" not in html, "where nothing is owed"


@pytest.mark.parametrize("sent_from", [True, False])
def test_a_refused_reply_keeps_its_words_in_the_other_language_beside_other_forms(
    wild, came_in, fresh, sent_from
):
    """Its address takes forms alone, and the page has several: Cymraeg opened the page without the words."""
    item = came_in()
    page = reverse("item", args=[item.pk])
    headers = {"Referer": f"http://testserver{page}"} if sent_from else {}
    given = {"version": item.version, "text": "Their PE <b>kit</b>.", "do": "send", "language": "en"}
    refused = seen(wild.ben.post(reverse("item-answer", args=[item.pk]), given, headers=headers), 422)
    button = re.search(r'form="([^"]+)"[^>]*formaction="([^"]+)"[^>]*name="read-in"', refused)
    assert (button is not None) is sent_from
    if button is None:
        return
    assert button[2] == page
    in_welsh = wild.ben.post(button[2], {**given, "read-in": "cy"})
    assert '<html lang="cy"' in seen(in_welsh)
    assert "Their PE &lt;b&gt;kit&lt;/b&gt;." in seen(in_welsh)
    assert fresh(item).state == "open"


def test_beside_a_reply_that_may_name_a_child_no_answer_is_a_yes(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        Pupil.objects.create(school=item.account.school, key="A", first_name="Amelia", last_name="Young")
    said = {"said-in_doubt": "no", "said-commits": "no", "said-from_press": "no"}
    look = reverse("item-look", args=[item.pk])
    assert "This is allowed" in seen(wild.ben.post(look, {"text": "Their PE kit.", **said}))
    page = seen(wild.ben.post(look, {"text": "Amelia has the tickets.", **said}))
    assert "This is allowed" not in page
    assert "you’ll be asked about the words" in page


def test_an_answer_goes_on_its_way_as_a_receipt_where_the_policy_counts_it(wild, came_in, fresh):
    item = came_in()
    response = send(wild.ben, item, receipt="on")

    assert response["Location"] == reverse("item", args=[item.pk])
    assert fresh(item).state == "answering"
    with scope(wild.federation.pk):
        answer = Answer.objects.get()
    assert (answer.text, answer.acknowledges_only, answer.stops_the_clock) == ("Their PE kit.", True, True)
    assert "Your reply is being sent." in seen(wild.ben.get(response["Location"]))


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


# --- By hand, and what nobody knows ------------------------------------------------------------------------


@world(inbox_of_wildground)
def reply_by_hand(there, at):
    """An answer of Ben's waits to be put out by hand."""
    with scope(there.federation.pk):
        ingest(at=at, account=there.facebook, items=[incoming(network="facebook")])
        item = Item.objects.get()
        there.by_hand = write_answer(
            by=there.people.ben, at=at, item=item, text="On Friday.", version=item.version, said=SAID
        )
    return there


@pytest.fixture
def wild(in_world, sign_in, request):
    """The inbox in which the test begins: as far on as what it asks for."""
    further = "by_hand" in request.fixturenames
    return There(**vars(in_world(reply_by_hand if further else inbox_of_wildground, NOW)), sign_in=sign_in)


@pytest.fixture
def by_hand(wild) -> Answer:
    return wild.by_hand


def test_an_answer_by_hand_shows_its_card_and_is_done_with_one_button(wild, by_hand, fresh):
    address = reverse("answer", args=[by_hand.pk])
    html = seen(wild.ben.get(address))
    assert "On Friday." in html
    assert "https://facebook.example/c1" in html

    done = reverse("answer-done", args=[by_hand.pk])
    assert "starting with https://" in seen(wild.ben.post(done, {"address": "javascript:x"}), 422)
    assert fresh(by_hand).state == "written"

    assert wild.ben.post(done, {"address": ""}).status_code == 302
    assert (fresh(by_hand).state, fresh(by_hand.item).state) == ("confirmed", "answered")


NO_ONE_READS_IT = "People can’t read a reply there now"
MEANWHILE = [
    ({"kept_back": "hidden"}, "The comment is hidden."),
    ({"kept_back": "removed"}, "The comment was deleted by us."),
    ({"gone_at": NOW}, "The comment is no longer on the network."),
    ({}, ""),
]


def test_the_card_says_before_the_press_that_no_one_would_read_the_reply(wild, by_hand):
    for meanwhile, why in MEANWHILE:
        with scope(wild.federation.pk):
            Item.objects.filter(pk=by_hand.item_id).update(**{"kept_back": "", "gone_at": None, **meanwhile})
        html = seen(wild.ben.get(reverse("answer", args=[by_hand.pk])))
        assert (NO_ONE_READS_IT in html, why in html) == (bool(why), True), meanwhile

    assert "I’ve posted the reply" not in seen(wild.gwen.get(reverse("answer", args=[by_hand.pk])))
    seen(wild.amina.get(reverse("answer", args=[by_hand.pk])), 404)


def test_who_replies_by_hand_under_a_comment_hidden_meanwhile_reads_that_first(wild, by_hand):
    ben = wild.ben
    for door in ("answer-done", "answer-looked"):
        with rolled_back():
            with scope(wild.federation.pk):
                Item.objects.filter(pk=by_hand.item_id).update(kept_back="hidden")
                if door == "answer-looked":
                    Answer.objects.filter(pk=by_hand.pk).update(state="asked", by_hand=False, sent_at=NOW)
            sent = {"address": "", "there": "yes"}
            html = seen(ben.post(reverse(door, args=[by_hand.pk]), sent, follow=True))
            assert (
                "People can’t read your reply. The comment is hidden. What you entered is saved." in html
            ), door
            assert "Thank you" not in html


def test_an_answer_by_hand_can_be_taken_back(wild, by_hand, fresh):
    wild.ben.post(reverse("answer-take-back", args=[by_hand.pk]))
    assert (fresh(by_hand).state, fresh(by_hand.item).state) == ("cancelled", "open")


def test_where_nobody_knows_a_person_looks_and_says(wild, by_hand, fresh):
    with scope(wild.federation.pk):
        Answer.objects.filter(pk=by_hand.pk).update(state="asked", by_hand=False, sent_at=NOW)
    assert "We can’t tell whether it arrived." in seen(wild.ben.get(reverse("answer", args=[by_hand.pk])))

    looked = reverse("answer-looked", args=[by_hand.pk])
    seen(wild.ben.post(looked), 422)
    for there, state, item in (("yes", "confirmed", "answered"), ("no", "failed", "open")):
        with rolled_back():
            wild.ben.post(looked, {"there": there})
            assert (fresh(by_hand).state, fresh(by_hand.item).state) == (state, item), there


WAYS = [
    ({"state": "failed", "because": "refused", "what_next": "give_up"}, "The network refused what was sent."),
    (
        {"state": "unknown", "because": "timed_out"},
        "It may have arrived. Schoolgate will check the network before sending anything again.",
    ),
    ({"state": "written", "because": "too_fast", "by_hand": False}, "asks us to wait"),
    ({"state": "different", "differences": ["text"]}, "Differences: the text."),
    ({"state": "confirmed", "because": "same"}, "It’s live, exactly as written."),
]


def test_each_way_of_an_answer_is_said_in_words(wild, by_hand):
    ben = wild.ben
    for changes, words in WAYS:
        with rolled_back():
            with scope(wild.federation.pk):
                Answer.objects.filter(pk=by_hand.pk).update(sent_at=NOW, **changes)

            assert words in shown_by(seen(ben.get(reverse("answer", args=[by_hand.pk])))), changes


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
