"""The pages of the inbox, as those see them who look after it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import TeamMember
from schoolgate.core.calendars import set_calendar
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.inbox.actions import ingest, write_answer
from schoolgate.inbox.models import Answer, Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.actions import adopt
from schoolgate.policy.models import Kept
from tests.cast import someone
from tests.inbox.test_answering import SAID
from tests.publishing.conftest import account_on
from tests.web.plain import check_page, shown_by

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)
TEXT = "What should they wear?"
NASTY = "<img src=x onerror=alert(1)> \u202eabc مرحبا \x07"


def incoming(text=TEXT, *, key="c1", at=NOW - HOUR, network="bluesky", **more):
    ref = Ref(network, key, f"https://{network}.example/{key}", f"v{len(text)}")
    return IncomingItem(
        network=network,
        ref=ref,
        author=Author("did:1", "parent.test", "A Parent"),
        text=text,
        created_at=at,
        **more,
    )


@pytest.fixture
def wild(federation, sign_in):
    """Wildground with an account on Bluesky, one by hand and the noticeboard, and people for them."""
    with scope(federation.pk):
        people = SimpleNamespace(
            sam=someone("Sam Slater", "slt"),
            ben=someone("Ben Carter", "lead-staff-member"),
            amina=someone("Amina Khan", "staff"),
            mari=someone("Mari Lewis", "administrator-moderator"),
            gwen=someone("Gwen Governor", "federation-leadership-team"),
        )
        adopt(by=people.sam, at=NOW)
        school = School.objects.create(name="North", slug="north")
        around = NOW.date()
        set_calendar(
            school=school, at=NOW, terms=[("Now", around - timedelta(days=60), around + timedelta(days=60))]
        )
        accounts = {key: account_on(key, school, NOW) for key in ("bluesky", "facebook", "noticeboard")}
        for account in accounts.values():
            for person, part in ((people.ben, "lead"), (people.sam, "runner")):
                TeamMember.objects.create(account=account, person=person, part=part, from_day=around)
    browsers = {name: sign_in(person) for name, person in vars(people).items()}
    return SimpleNamespace(federation=federation, school=school, people=people, **accounts, **browsers)


@pytest.fixture
def came_in(wild):
    """`came_in("text", ...)`: something on the Bluesky account, an hour ago; the row that keeps it."""

    def enter(text=TEXT, *, account=None, **more) -> Item:
        account = account or wild.bluesky
        with scope(wild.federation.pk):
            each = incoming(text, **{"network": account.network, **more})
            ingest(at=NOW, account=account, items=[each])
            return Item.objects.get(account=account, network_id=each.ref.id)

    return enter


@pytest.fixture
def fresh(wild):
    """`fresh(row)`: the row as it stands now."""

    def read(row):
        with scope(wild.federation.pk):
            return type(row).objects.select_related(None).get(pk=row.pk)

    return read


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html


def send(browser, item, **changes):
    given = {
        "version": item.version, "text": "Their PE kit.", "do": "send", "language": "en",
        "said-in_doubt": "no", "said-commits": "no", "said-from_press": "no",
    }  # fmt: skip
    return browser.post(reverse("item-answer", args=[item.pk]), {**given, **changes})


# --- The list ----------------------------------------------------------------------------------------------


def test_the_list_shows_what_waits_with_its_time_by_the_policy(wild, came_in):
    item = came_in()
    page = shown_by(seen(wild.ben.get(reverse("inbox"))))

    assert "Waiting for somebody" in page
    assert ("by the end of" in page) if item.due_day else (f"{item.due_at:%M} on" in page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due_words": "none_promised", "due_at": None, "due_day": None}, "this policy names no time"),
        (
            {"due_words": "no_rule", "due_at": None, "due_day": None},
            "this policy says nothing about when to answer",
        ),
        ({"due_words": "instant", "due_at": NOW - HOUR, "due_day": None}, "was due by"),
        ({"due_words": "day", "due_at": None, "due_day": NOW.date() + timedelta(days=3)}, "by the end of"),
    ],
)
def test_each_kind_of_time_has_its_words(wild, came_in, changes, words):
    item = came_in()
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(**changes)

    assert words in shown_by(seen(wild.ben.get(reverse("inbox"))))


def test_a_time_that_cannot_be_said_names_what_is_missing(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        kept = Kept.objects.get(pk=item.decision)
        finding = next(each for each in kept.body["findings"] if each["point"] == "reply_due")
        finding["needs"] = [{"what": "terms", "from": "office"}]
        missing = Kept.objects.create(
            **{f.name: getattr(kept, f.name) for f in Kept._meta.fields if f.name not in ("id", "body")},
            body=kept.body,
        )
        Item.objects.filter(pk=item.pk).update(
            due_words="not_known", due_at=None, due_day=None, decision=missing.pk
        )

    assert "cannot be said yet: the term dates is missing" in shown_by(seen(wild.ben.get(reverse("inbox"))))


def test_the_list_is_for_those_who_look_after_it_or_oversee(wild, came_in):
    came_in()
    refused = seen(wild.amina.get(reverse("inbox")), 403)
    assert "Ask" in refused
    assert TEXT in wild.gwen.get(reverse("inbox")).content.decode()


@pytest.mark.parametrize("query", ["?show=nothing", "?after=x", "?after=2027-01-01_1", "?show=all&after=-1"])
def test_an_address_that_was_typed_wrong_shows_nothing(wild, query):
    seen(wild.ben.get(reverse("inbox") + query), 404)


def test_the_list_pages_by_key_through_everything(wild, came_in, monkeypatch):
    monkeypatch.setattr("schoolgate.web.inbox.PAGE", 2)
    made = [came_in(f"Comment {n}", key=f"c{n}", at=NOW - n * HOUR).pk for n in range(5)]

    for show in ("", "all"):
        address, found = reverse("inbox") + (f"?show={show}" if show else ""), []
        while address:
            page = wild.ben.get(address)
            found += [row["item"].pk for row in page.context["rows"]]
            address = f"{reverse('inbox')}?{page.context['following']}" if page.context["following"] else ""
        assert sorted(found) == sorted(made)
        assert len(found) == 5


def test_the_list_asks_as_often_for_fifty_as_for_one(wild, came_in, same_queries, monkeypatch):
    monkeypatch.setattr("schoolgate.web.inbox.PAGE", 60)
    came_in()
    wild.ben.get(reverse("inbox"))

    same_queries(
        lambda: wild.ben.get(reverse("inbox")),
        lambda: [came_in(f"Comment {n}", key=f"more{n}") for n in range(49)],
    )


# --- One item ----------------------------------------------------------------------------------------------


def test_the_page_shows_the_time_with_its_reason_and_who_owes_it(wild, came_in):
    item = came_in()
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    page = shown_by(html)

    assert "To be answered by: Ben Carter." in page
    assert "this person is asked next: Sam Slater" in page
    assert "A reply is due" in page
    assert "Wildground" in page
    assert "Our restatement of this section." in page
    assert "Confirming that it was seen is enough to be in time." in page


def test_what_is_late_says_so_and_whom_it_went_on_to(wild, came_in):
    item = came_in(at=NOW - 40 * HOUR)
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(due_words="instant", due_at=NOW - HOUR, due_day=None)
        Duty.objects.filter(kind="item.answer").update(
            due_kind="instant", due_at=NOW - HOUR, due_day=None, due_by=NOW - HOUR
        )
        sweep(at=NOW)

    page = shown_by(seen(wild.sam.get(reverse("item", args=[item.pk]))))
    assert "Overdue" in page
    assert "Because it is late, this person is asked too: Sam Slater." in page


def test_an_edited_text_is_shown_with_the_one_before(wild, came_in):
    item = came_in("First words")
    came_in("Then other words")

    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "First words" in html
    assert "Then other words" in html
    assert "Before it was changed" in html


def test_what_is_gone_is_said_and_its_text_stays(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(gone_at=NOW)

    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "It is no longer there" in html
    assert TEXT in html


@pytest.mark.parametrize("text", [NASTY, "x" * 100_000, "🎉🎉", "\x00", ""])
def test_any_text_is_shown_as_text(wild, came_in, text):
    item = came_in(text)
    for address in (reverse("inbox"), reverse("item", args=[item.pk])):
        html = seen(wild.ben.get(address))
        assert "<img src=x" not in html
        assert "\x07" not in html
        assert "\x00" not in html


def test_a_long_text_is_folded(wild, came_in):
    item = came_in("Word " * 20_000)
    html = wild.ben.get(reverse("item", args=[item.pk])).content.decode()

    assert "The whole text, 100000 characters" in html or "The whole text, 100,000 characters" in html
    assert len(wild.ben.get(reverse("inbox")).content) < 40_000


def test_whoever_reads_no_inbox_does_not_learn_that_it_is_there(wild, came_in):
    item = came_in()
    seen(wild.amina.get(reverse("item", args=[item.pk])), 404)
    seen(wild.ben.get(reverse("item", args=[item.pk + 1])), 404)


def test_another_federations_item_is_not_there(wild, came_in, make_federation, sign_in):
    item = came_in()
    other = make_federation("wootton", "wootton")
    with scope(other.pk):
        zoe = someone("Zoe", "headteacher")
    seen(sign_in(zoe).get(reverse("item", args=[item.pk])), 404)


def test_those_who_oversee_read_and_cannot_answer(wild, came_in):
    item = came_in()
    html = seen(wild.gwen.get(reverse("item", args=[item.pk])))
    assert "Send the answer" not in html
    seen(send(wild.gwen, item), 403)


# --- Answering ---------------------------------------------------------------------------------------------


def test_an_answer_goes_on_its_way(wild, came_in, fresh):
    item = came_in()
    response = send(wild.ben, item)

    assert response["Location"] == reverse("item", args=[item.pk])
    assert fresh(item).state == "answering"
    with scope(wild.federation.pk):
        assert Answer.objects.get().text == "Their PE kit."
    assert "Your answer is on its way." in seen(wild.ben.get(response["Location"]))


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
    assert "The writer changed this meanwhile." in html
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
        assert Kept.objects.filter(situation="item.answer").count() == 1


@pytest.mark.parametrize(
    ("text", "words"), [("", "Write what"), ("x" * 301, "300 characters at most"), ("a\x07", "control")]
)
def test_a_text_that_the_network_could_not_take_is_said_beside_it(wild, came_in, text, words):
    item = came_in()
    assert words in seen(send(wild.ben, item, text=text), 422)


def test_a_receipt_is_offered_where_the_policy_counts_it(wild, came_in):
    item = came_in()
    assert "This policy counts it as the answer." in seen(wild.ben.get(reverse("item", args=[item.pk])))

    send(wild.ben, item, receipt="on")
    with scope(wild.federation.pk):
        assert (Answer.objects.get().acknowledges_only, Answer.objects.get().stops_the_clock) == (True, True)


def test_where_nothing_is_owed_no_receipt_is_offered(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(kind="other", due_words="no_rule", due_at=None, due_day=None)

    assert "This only confirms" not in seen(wild.ben.get(reverse("item", args=[item.pk])))


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


def test_an_address_that_is_none_is_said_beside_its_field(wild, by_hand, fresh):
    html = seen(wild.ben.post(reverse("answer-done", args=[by_hand.pk]), {"address": "javascript:x"}), 422)
    assert "beginning with https://" in html
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
    assert "It cannot be told from here" in seen(wild.ben.get(reverse("answer", args=[by_hand.pk])))

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
        ({"state": "unknown", "because": "timed_out"}, "The program looks on the network before"),
        ({"state": "written", "because": "too_fast", "by_hand": False}, "asks us to wait"),
        ({"state": "different", "differences": ["text"]}, "What differs: the text."),
        ({"state": "confirmed", "because": "same"}, "It is there as it was written."),
    ],
)
def test_each_way_of_an_answer_is_said_in_words(wild, by_hand, changes, words):
    with scope(wild.federation.pk):
        Answer.objects.filter(pk=by_hand.pk).update(sent_at=NOW, **changes)

    assert words in shown_by(seen(wild.ben.get(reverse("answer", args=[by_hand.pk]))))


def test_an_answer_is_seen_by_those_who_may_read_what_it_answers(wild, by_hand):
    seen(wild.amina.get(reverse("answer", args=[by_hand.pk])), 404)
    assert "I have answered it there" not in seen(wild.gwen.get(reverse("answer", args=[by_hand.pk])))


# --- Sorting, closing, copying in --------------------------------------------------------------------------


def test_closing_asks_why(wild, came_in, fresh):
    item = came_in()
    assert "Choose why nobody has to answer." in seen(
        wild.ben.post(reverse("item-close", args=[item.pk])), 422
    )

    wild.ben.post(reverse("item-close", args=[item.pk]), {"reason": "spam"})
    assert (fresh(item).state, fresh(item).close_reason) == ("closed", "spam")
    assert "Advertising or nonsense" in seen(wild.ben.get(reverse("item", args=[item.pk])))


def test_saying_what_it_is_asks_the_policy_again(wild, came_in, fresh):
    item = came_in()
    response = wild.ben.post(reverse("item-kind", args=[item.pk]), {"kind": "complaint"}, follow=True)

    assert fresh(item).kind == "complaint"
    assert "time for an answer" in seen(response)
    seen(wild.ben.post(reverse("item-kind", args=[item.pk]), {"kind": "praise"}), 422)


def test_those_without_the_part_change_nothing(wild, came_in, fresh):
    item = came_in()
    for name, given in (("item-kind", {"kind": "query"}), ("item-close", {"reason": "spam"})):
        seen(wild.gwen.post(reverse(name, args=[item.pk]), given), 403)
        seen(wild.amina.post(reverse(name, args=[item.pk]), given), 404)
    assert (fresh(item).kind, fresh(item).state) == ("comment", "open")


def paste(wild, **changes):
    local = NOW - 2 * HOUR
    given = {
        "account": wild.facebook.pk, "text": "When?", "day_0": local.day, "day_1": local.month,
        "day_2": local.year,
        "time": "00:01", "kind": "query", "author": "A parent", "address": "", "post": "",
    }  # fmt: skip
    return wild.ben.post(reverse("inbox-paste"), {**given, **changes})


def test_a_comment_is_copied_in(wild):
    response = paste(wild)

    assert response.status_code == 302
    with scope(wild.federation.pk):
        item = Item.objects.get()
    assert (item.kind, item.pasted_by_id, item.private) == ("query", wild.people.ben.pk, False)
    assert response["Location"] == reverse("item", args=[item.pk])


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"account": "999999"},
        {"time": "25:00"},
        {"day_2": "2999"},
        {"kind": "message"},
        {"address": "x"},
    ],
)
def test_what_was_copied_wrongly_is_said_beside_its_field(wild, wrong):
    seen(paste(wild, **wrong), 422)
    with scope(wild.federation.pk):
        assert not Item.objects.exists()


def test_only_accounts_that_no_program_reads_are_offered(wild):
    page = wild.ben.get(reverse("inbox-paste"))
    assert [account.network for account in page.context["accounts"]] == ["facebook"]
    seen(wild.gwen.get(reverse("inbox-paste")), 403)
    seen(paste(wild, account=wild.bluesky.pk), 422)
