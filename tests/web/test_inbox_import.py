"""Importing a list of comments: uploaded, explained, previewed, confirmed; twice brings nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.accounts.models import TeamMember
from schoolgate.core.clock import LONDON
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.inbox.importing import instant_in
from schoolgate.inbox.models import CommentImport, Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.jobs.hourly import imports
from tests.conftest import recorded
from tests.web.inboxes import NOW, came_in, fresh, seen, wild

__all__ = ["came_in", "fresh", "wild"]
HEAD = "Created,Page,Name,Type,Comment,Extra"
DAY = (NOW - timedelta(days=2)).astimezone(LONDON)
FIRST = f'{DAY:%d/%m/%Y} 10:28,facebook,Jane,comment,"@North, what a mess.",x'
COLUMNS = {
    "when": "Created", "account": "Page", "author": "Name", "kind": "Type", "text": "Comment",
    "name_of_mapping": "Comments",
}  # fmt: skip
START = reverse("comments-import")


@pytest.fixture
def brought(home, wild):
    """`brought(line, ...)`: Ben's list, explained; the address of its preview."""
    with scope(wild.federation.pk):
        wild.facebook.name = "facebook"
        wild.facebook.save()

    def bring(*lines, client=wild.ben, head=HEAD, **columns):
        sent = SimpleUploadedFile("comments.csv", "\n".join([head, *lines]).encode())
        to = client.post(START, {"file": sent}).headers["Location"]
        if to.endswith("columns"):
            to = client.post(to, {**COLUMNS, **columns}).headers["Location"]
        return to

    return bring


def confirm(client, look, **more):
    html = seen(client.get(look))
    digest = html.split('name="seen" value="')[1].split('"')[0]
    return client.post(f"{look}/confirm", {"seen": digest, **more})


def items(wild):
    with scope(wild.federation.pk):
        return list(Item.objects.order_by("pk"))


def test_a_list_is_previewed_and_comes_in_with_the_policys_deadline(wild, brought):
    look = brought(FIRST)
    assert items(wild) == []
    html = seen(wild.ben.get(look))
    assert "Jane" in html
    assert confirm(wild.ben, look).headers["Location"] == reverse("inbox")
    (item,) = items(wild)
    assert (item.account_id, item.author_handle, item.kind) == (wild.facebook.pk, "Jane", "comment")
    assert item.received_at == DAY.replace(hour=10, minute=28, second=0, microsecond=0)
    assert (item.pasted_by_id, item.decision is not None) == (wild.people.ben.pk, True)
    with scope(wild.federation.pk):
        assert "commentlist.applied" in {row.event for row in recorded()}
        assert Duty.objects.filter(kind="item.answer", state__in=STILL_TO_DO).exists()


def test_the_same_file_again_and_what_was_pasted_before_bring_nothing_twice(wild, brought):
    with scope(wild.federation.pk):
        when = DAY.replace(hour=10, minute=28, second=0, microsecond=0)
        paste_in(
            by=wild.people.ben, at=NOW, account=wild.facebook, text="@North, what a mess.", author="Jane",
            appeared_at=when, private=False,
        )  # fmt: skip
    html = seen(wild.ben.get(brought(FIRST)))
    assert "Already in the inbox." in html
    assert "This list changes nothing here." in html
    other = FIRST.replace("Jane", "Ann")
    confirm(wild.ben, brought(FIRST, other, other))
    assert "This list changes nothing here." in seen(wild.ben.get(brought(FIRST, other)))
    assert [each.author_handle for each in items(wild)] == ["Jane", "Ann"]


def test_a_word_that_no_one_has_explained_stops_the_list_until_it_is(wild, brought):
    look = brought(FIRST.replace(",comment,", ",WallPost,"))
    html = seen(wild.ben.get(look))
    assert "Some values aren’t explained, so nothing can be imported" in html
    assert "Import this list" not in html
    words = seen(wild.ben.get(f"{look}/words"))
    field = words.split('<select name="')[1].split('"')[0]
    wild.ben.post(f"{look}/words", {field: "message"})
    confirm(wild.ben, look)
    (item,) = items(wild)
    assert (item.private, item.kind) == (True, "comment")


def test_a_review_of_the_list_is_one_in_the_inbox(wild, brought):
    words = ("Review", "recommendation", "Adolygiad", "comment")
    rows = [FIRST.replace(",comment,", f",{word},").replace("Jane", word) for word in words]
    confirm(wild.ben, brought(*rows))
    assert [(each.kind, each.private) for each in items(wild)] == [("review", False)] * 3 + [
        ("comment", False)
    ]


WRONG = {
    "25:99": ("10:28", "25:99"),
    "last week": (f"{DAY:%d/%m/%Y} 10:28", "last week"),
    "in the future": (f"{DAY:%d/%m/%Y}", f"{DAY + timedelta(days=9):%d/%m/%Y}"),
    "Comment: empty.": ('"@North, what a mess."', ""),
    "say what “bluesky of others” means": (",facebook,", ",bluesky of others,"),
    "too long": ("Jane", "J" * 301),
}


def test_each_row_that_cannot_be_used_says_why_and_nothing_comes_in(wild, brought):
    rows = [FIRST.replace(*change) for change in WRONG.values()]
    html = seen(wild.ben.get(brought(*rows, FIRST.replace("Jane", "Ann"))))
    assert [told for told in WRONG if told not in html] == []
    assert html.count("isn’t a date") == 2
    assert "so nothing can be imported" in html
    assert items(wild) == []


def test_what_the_list_has_no_column_for_can_hold_for_all_of_it(wild, brought):
    look = brought(
        f"{DAY:%Y-%m-%d},Well done!", head="Created,Comment", account="", author="", kind="",
        all_account=str(wild.facebook.pk), all_kind="query",
    )  # fmt: skip
    assert "the deadline counts from the start of that day" in seen(wild.ben.get(look))
    confirm(wild.ben, look)
    assert [each.kind for each in items(wild)] == ["query"]


def test_columns_that_are_needed_are_asked_for(wild, brought):
    sent = SimpleUploadedFile("comments.csv", f"{HEAD}\n{FIRST}".encode())
    to = wild.ben.post(START, {"file": sent}).headers["Location"]
    html = seen(wild.ben.post(to, {"name_of_mapping": "Comments"}), 422)
    for told in ("the words of the comments", "column with the dates", "which account", "one type for all"):
        assert told in html


def test_old_comments_can_be_closed_as_dealt_with_elsewhere(wild, brought):
    confirm(wild.ben, brought(FIRST), dealt_with="yes")
    (item,) = items(wild)
    assert (item.state, item.close_reason) == ("closed", "answered_elsewhere")
    with scope(wild.federation.pk):
        assert not Duty.objects.filter(kind="item.answer", state__in=STILL_TO_DO).exists()


def test_who_replies_nowhere_imports_nothing_and_anothers_list_is_not_there(wild, brought):
    assert wild.amina.get(START).status_code == 403
    look = brought(FIRST)
    assert wild.sam.get(look).status_code in (403, 404)


def test_a_person_brings_comments_only_to_accounts_on_which_they_reply(wild, brought):
    with scope(wild.federation.pk):
        TeamMember.objects.filter(person=wild.people.sam).delete()
    assert wild.gwen.get(START).status_code in (200, 403)
    html = seen(wild.ben.get(brought(FIRST.replace(",facebook,", ",Other school,"))))
    assert "Other school" in html
    assert items(wild) == []


def test_a_list_that_no_one_confirms_lapses_and_can_be_dropped(wild, brought):
    look = brought(FIRST)
    imports(NOW + timedelta(days=2))
    with scope(wild.federation.pk):
        row = CommentImport.objects.get()
    assert (row.state, row.file) == ("lapsed", "")
    assert "cancelled" in seen(wild.ben.get(look))
    look = brought(FIRST)
    wild.ben.post(f"{look}/drop")
    assert items(wild) == []


@pytest.mark.parametrize(
    ("words", "clock", "instant", "timed"),
    [
        ("2026-11-20T09:05:00Z", "", datetime(2026, 11, 20, 9, 5, tzinfo=UTC), True),
        ("2026-07-20 09:05", "", datetime(2026, 7, 20, 8, 5, tzinfo=UTC), True),
        ("2026-11-20T09:05:00+0000", "", datetime(2026, 11, 20, 9, 5, tzinfo=UTC), True),
        ("20/11/2026 9:05 pm", "", datetime(2026, 11, 20, 21, 5, tzinfo=UTC), True),
        ("20/11/2026", "21:05", datetime(2026, 11, 20, 21, 5, tzinfo=UTC), True),
        ("20/11/2026", "", datetime(2026, 11, 20, tzinfo=UTC), False),
        ("20/11/2026", "noon", None, True),
        ("11/20/2026", "", None, False),
        ("", "", None, False),
    ],
)
def test_a_cell_names_its_instant_by_clocks_in_the_uk(words, clock, instant, timed):
    assert instant_in(words, clock) == (instant, timed)
