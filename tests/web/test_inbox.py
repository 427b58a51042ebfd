"""The pages of the inbox, as those see them who look after it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.errors import NotNow
from schoolgate.core.models import LedgerRow, School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.inbox import replying
from schoolgate.inbox.duty_kinds import ANSWER
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import book
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.inboxes import HOUR, NASTY, NOW, TEXT, came_in, fresh, incoming, seen, wild
from tests.web.plain import check_page, shown_by

__all__ = ["came_in", "fresh", "wild"]


# --- The list ----------------------------------------------------------------------------------------------


TIMES = [
    ({"due_words": "none_promised", "due_at": None, "due_day": None}, "no deadline in the policy"),
    ({"due_words": "no_rule", "due_at": None, "due_day": None}, "no deadline for this type"),
    ({"due_words": "instant", "due_at": NOW - HOUR, "due_day": None}, "was due by"),
    ({"due_words": "day", "due_at": None, "due_day": NOW.date() + timedelta(days=1)}, "by the end of"),
]


def test_the_list_shows_those_who_look_after_it_what_waits_with_each_kind_of_time(wild, came_in):
    item = came_in()
    html = seen(wild.ben.get(reverse("inbox")))
    assert (TEXT in html, "A Parent" in html) == (True, True)
    assert re.search(r"\bby \w+", shown_by(html))

    assert "Ask" in seen(wild.amina.get(reverse("inbox")), 403)
    assert TEXT in wild.gwen.get(reverse("inbox")).content.decode()

    for changes, words in TIMES:
        with scope(wild.federation.pk):
            Item.objects.filter(pk=item.pk).update(**changes)
        assert words in shown_by(seen(wild.ben.get(reverse("inbox")))), words


def test_a_time_that_cannot_be_said_names_what_is_missing(wild, came_in):
    item = came_in()
    with scope(wild.federation.pk):
        kept = DecisionRecord.objects.get(pk=item.decision)
        finding = next(
            each
            for each in kept.body["findings"]
            if each["point"] == "reply_due"
            and each["overridden_by"] is None  # at a weekend another rule counts
        )
        finding["needs"] = [{"what": "terms", "from": "office"}]
        missing = DecisionRecord.objects.create(
            **{
                f.name: getattr(kept, f.name)
                for f in DecisionRecord._meta.fields
                if f.name not in ("id", "body")
            },
            body=kept.body,
        )
        Item.objects.filter(pk=item.pk).update(
            due_words="not_known", due_at=None, due_day=None, decision=missing.pk
        )

    assert "not known yet (missing: the term dates)" in shown_by(seen(wild.ben.get(reverse("inbox"))))


def test_the_list_pages_by_key_through_everything_and_an_address_typed_wrong_shows_nothing(
    wild, came_in, monkeypatch
):
    made = [came_in(f"Comment {n}", key=f"c{n}", at=NOW - n * HOUR).pk for n in range(3)]

    for show, size in (("", 1), ("all", 2)):
        monkeypatch.setattr("schoolgate.web.inbox.views.PAGE", size)
        address, found = reverse("inbox") + (f"?show={show}" if show else ""), []
        while address:
            page = wild.ben.get(address)
            found += [row["item"].pk for row in page.context["rows"]]
            address = f"{reverse('inbox')}?{page.context['following']}" if page.context["following"] else ""
        assert sorted(found) == sorted(made)
        assert len(found) == 3

    for query in ("?show=nothing", "?after=x", "?after=2027-01-01_1", "?show=all&after=-1"):
        seen(wild.ben.get(reverse("inbox") + query), 404)


def test_beside_an_open_comment_stands_the_start_of_the_list_as_each_may_read_it(wild, came_in):
    first, second = came_in("Where is it?", key="a"), came_in("Is it free?", key="b", at=NOW - 2 * HOUR)
    whole = seen(wild.ben.get(reverse("item", args=[first.pk])))
    there = f"{reverse('inbox')}?as=beside&open={first.pk}"
    assert f'hx-get="{there.replace("&", "&amp;")}"' in whole

    html = seen(wild.ben.get(there))
    assert re.findall(r'id="item-(\d+)"', html) == [str(second.pk), str(first.pk)]
    assert re.findall(r'/inbox/(\d+)" aria-current="page"', html) == [str(first.pk)]
    assert "Is it free?" in html
    assert "<html" not in html

    seen(wild.amina.get(there), 403)
    seen(wild.ben.get(f"{reverse('inbox')}?as=beside&open=x"), 404)


def test_the_list_asks_as_often_for_ten_as_for_one(wild, came_in, same_queries):
    came_in()
    wild.ben.get(reverse("inbox"))

    same_queries(
        lambda: wild.ben.get(reverse("inbox")),
        lambda: [came_in(f"Comment {n}", key=f"more{n}") for n in range(9)],
    )


def test_words_are_searched_in_what_the_person_may_read(wild, came_in):
    came_in("Is there parking near the hall?")
    came_in("What should they wear?", key="c2")
    found = wild.ben.post(reverse("inbox"), {"words": "PARK hall"})
    assert [row["words"] for row in found.context["rows"]] == ["Is there parking near the hall?"]
    assert "No comments contain these words" in seen(wild.ben.post(reverse("inbox"), {"words": "zebra"}))
    seen(wild.amina.post(reverse("inbox"), {"words": "park"}), 403)


def test_several_are_closed_at_once_and_each_refusal_is_told_with_its_reason(wild, came_in, fresh):
    items = [came_in(f"Comment {number}", key=f"c{number}") for number in range(3)]
    chosen = {"items": [item.pk for item in items], "do": "close:spam"}
    wild.ben.post(reverse("item-close", args=[items[0].pk]), {"reason": "spam"})
    html = seen(wild.ben.post(reverse("inbox-several"), chosen, follow=True))
    assert [fresh(item).state for item in items] == ["closed"] * 3
    assert (html.count("Not changed:"), "“Comment 0”" in html) == (1, True)
    assert "Closed. Each will reopen if its author edits it." in html


def test_what_is_refused_midway_leaves_nothing_and_keeps_what_the_others_did(
    wild, came_in, fresh, monkeypatch
):
    items = [came_in(f"Comment {number}", key=f"c{number}") for number in range(3)]

    def changed_meanwhile(item, **_given):
        if item.pk == items[1].pk:
            raise NotNow("Changed in the meantime")

    monkeypatch.setattr(replying, "_settle_failed", changed_meanwhile)
    chosen = {"items": [item.pk for item in items], "do": "close:spam"}
    html = seen(wild.ben.post(reverse("inbox-several"), chosen, follow=True))

    assert ("“Comment 1”" in html, html.count("Not changed:")) == (True, 1)
    assert [fresh(item).state for item in items] == ["closed", "open", "closed"]
    with scope(wild.federation.pk):
        waiting = Duty.objects.filter(kind=ANSWER, state="open").values_list("subject", flat=True)
        closed = LedgerRow.objects.filter(event="item.closed").values_list("subject", flat=True)
        assert list(waiting) == [subject_of(items[1])]
        assert set(closed) == {subject_of(items[0]), subject_of(items[2])}


def test_who_may_only_read_closes_nothing_and_without_a_choice_nothing_is_done(wild, came_in, fresh):
    item = came_in()
    chosen = {"items": [item.pk], "do": "close:spam"}
    assert 'name="items"' not in seen(wild.gwen.get(reverse("inbox")))
    assert "Not changed:" in seen(wild.gwen.post(reverse("inbox-several"), chosen, follow=True))

    for given in ({}, {"items": ["1"]}, {"do": "close:spam"}, {"items": ["1"], "do": "burn"}):
        html = seen(wild.ben.post(reverse("inbox-several"), given, follow=True))
        assert "Choose at least one comment, and what to do." in html, given
    assert fresh(item).state == "open"


# --- One item ----------------------------------------------------------------------------------------------


def test_the_page_shows_the_time_with_its_reason_and_each_text_and_is_there_for_no_one_else(
    wild, came_in, make_federation, sign_in
):
    item = came_in("First words")
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    page = shown_by(html)

    assert "Assigned to Ben Carter." in page
    assert "it also goes to Sam Slater" in page
    assert "A reply is due" in page
    assert "Wildground" in page
    assert "Our wording of this section." in page
    assert "An acknowledgement is enough to meet the deadline." in page
    assert "Before it was edited" not in html

    came_in("Then other words")
    with scope(wild.federation.pk):
        Item.objects.filter(pk=item.pk).update(gone_at=NOW)
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "First words" in html
    assert "Then other words" in html
    assert "Before it was edited" in html
    assert "No longer on the network" in html

    seen(wild.amina.get(reverse("item", args=[item.pk])), 404)
    seen(wild.ben.get(reverse("item", args=[item.pk + 1])), 404)
    other = make_federation("wootton", "wootton")
    with scope(other.pk):
        zoe = someone("Zoe", "headteacher")
    seen(sign_in(zoe).get(reverse("item", args=[item.pk])), 404)


def test_of_a_comment_without_a_name_the_page_says_who_left_it_out(wild):
    said = {}
    for key, account in (("noticeboard", wild.noticeboard), ("bluesky", wild.bluesky)):
        unsigned = replace(incoming(network=key), author=Author("", "", ""))
        with scope(wild.federation.pk):
            ingest(at=NOW, account=account, items=[unsigned])
            item = Item.objects.get(account=account)
        said[key] = shown_by(seen(wild.ben.get(reverse("item", args=[item.pk]))))
    assert "The author gave no name." in said["noticeboard"]
    assert "The network doesn’t show the author." in said["bluesky"]


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
    assert "Overdue, so also sent to Sam Slater." in page


def test_any_text_is_shown_as_text(wild, came_in):
    texts = [NASTY, "x" * 100_000, "🎉🎉", "\x00", ""]
    items = [came_in(text, key=f"c{number}") for number, text in enumerate(texts)]
    for address in (reverse("inbox"), *(reverse("item", args=[item.pk]) for item in items)):
        html = seen(wild.ben.get(address))
        assert "<img src=x" not in html
        assert "\x07" not in html
        assert "\x00" not in html


def test_a_long_text_is_folded(wild, came_in):
    item = came_in("Word " * 20_000)
    html = wild.ben.get(reverse("item", args=[item.pk])).content.decode()

    assert "Full text (100000 characters)" in html or "Full text (100,000 characters)" in html
    assert len(wild.ben.get(reverse("inbox")).content) < 40_000


# --- Five policies -----------------------------------------------------------------------------------------

TUESDAY = (NOW - timedelta(days=(NOW.weekday() - 1) % 7 + 7)).replace(hour=10)
NOTHING = "This policy doesn’t cover reply times, so it sets no deadline."
WHY = {
    "wildground": "A reply is due within 24 hours of receipt, including nights and weekends.",
    "boroughbridge": "What others write on social media deserves a worthwhile response.",
    "learn-to-live": NOTHING,
    "wootton": NOTHING,
    "llanidloes": NOTHING,
}
BADGES = {"wildground": "was due by", "boroughbridge": "no deadline in the policy"}


IN_WELSH = ("wildground", "boroughbridge", "llanidloes")
"""One for each word on it."""


@pytest.mark.parametrize("key", sorted(WHY))
def test_each_policy_has_its_own_word_on_when_to_answer(make_federation, sign_in, key):
    federation = make_federation(key, key, languages=["en", "cy"])
    roles = book(key).roles
    answering = next(role.key for role in roles if "answer" in role.capacities)
    with scope(federation.pk):
        owner = someone("Olwen", *[role.key for role in roles if "own_policy" in role.capacities])
        ben, bryn = someone("Ben", answering), someone("Bryn", answering, language="cy")
        adopt(by=owner, at=NOW)
        account = account_on("bluesky", School.objects.create(name="North", slug="north"), NOW)
        ingest(at=NOW, account=account, items=[incoming(at=TUESDAY)])
        item = Item.objects.get()

    def pages(person, language):
        browser = sign_in(person)
        for address in (reverse("inbox"), reverse("item", args=[item.pk])):
            html = browser.get(address).content.decode()
            check_page(html, language)
            yield html

    listed, shown = pages(ben, "en")
    assert BADGES.get(key, "this policy sets no reply time") in listed
    assert WHY[key] in shown_by(shown)
    if key in IN_WELSH:
        listed, shown = pages(bryn, "cy")
        assert WHY[key] not in shown_by(shown)
