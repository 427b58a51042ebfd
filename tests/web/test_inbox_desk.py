"""The tools of the inbox on its pages: filters, saved views, taking and giving, notes, texts for replies,
shortcuts."""

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.desk import assign_item, save_view
from schoolgate.inbox.listing import Filters
from schoolgate.inbox.models import Answer, Item, ItemNote, SavedView
from schoolgate.people.models import RoleAssignment
from schoolgate.publishing.ready import keep_text
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.inboxes import NOW, came_in, fresh, seen, wild
from tests.web.plain import check_page, shown_by

__all__ = ["came_in", "fresh", "wild"]


@pytest.fixture
def nia(wild, sign_in):
    """A second colleague who replies, and her browser."""
    with scope(wild.federation.pk):
        person = someone("Nia Nearby", "lead-staff-member")
    return person, sign_in(person)


def listed(response):
    return [row["item"].pk for row in response.context["rows"]]


# --- Filters and views -------------------------------------------------------------------------------------


FILTERS_THAT_DO_NOT_EXIST = (
    "?kind=nonsense", "?school=x", "?since=soon", "?view=0", "?view=x", "?show=newest&after=a_b",
)  # fmt: skip


def test_a_filter_narrows_the_list_and_the_search_and_goes_on_to_the_next_page(wild, came_in, monkeypatch):
    monkeypatch.setattr("schoolgate.web.inbox.views.PAGE", 1)
    came_in("Where is the hall?", key="a")
    two = [came_in(f"Parking {n}?", key=f"q{n}") for n in range(2)]
    with scope(wild.federation.pk):
        Item.objects.filter(pk__in=[each.pk for each in two]).update(kind="query")

    page = wild.ben.get(reverse("inbox"), {"show": "newest", "kind": "query"})
    further = wild.ben.get(f"{reverse('inbox')}?{page.context['following']}")
    assert listed(page) + listed(further) == [each.pk for each in two][::-1]
    assert "Filters are set" in seen(page)
    found = wild.ben.post(reverse("inbox") + "?kind=query", {"words": "parking"})
    assert listed(found) == [each.pk for each in two][::-1]
    assert listed(wild.ben.post(reverse("inbox") + "?kind=complaint", {"words": "parking"})) == []

    nothing = seen(wild.ben.get(reverse("inbox"), {"kind": "complaint"}))
    assert "No comments match the filters" in nothing
    assert "Clear a filter to see more." in nothing
    for query in FILTERS_THAT_DO_NOT_EXIST:
        seen(wild.ben.get(reverse("inbox") + query), 404)


def test_a_view_is_saved_under_a_name_opened_and_deleted(wild, came_in):
    came_in()
    unnamed = wild.ben.post(reverse("inbox-views"), {"name": " ", "kind": "query"}, follow=True)
    assert "Give the view a name" in seen(unnamed)
    assert unnamed.context["chosen"] == {"kind": "query"}
    seen(wild.amina.post(reverse("inbox-views"), {"name": "Mine", "kind": "query"}), 403)

    given = {"name": "Questions", "kind": "query", "show": "newest"}
    html = seen(wild.ben.post(reverse("inbox-views"), given, follow=True))
    with scope(wild.federation.pk):
        view = SavedView.objects.get()
    assert ("View saved." in html, "Delete this view" in html) == (True, True)
    assert view.chosen == {"kind": "query", "show": "newest"}

    wild.ben.post(reverse("inbox-view-delete", args=[view.pk]))
    seen(wild.ben.get(reverse("inbox"), {"view": view.pk}), 404)


def test_a_view_of_mine_is_mine_and_a_shared_one_is_for_everyone_but_only_mine_to_delete(wild, came_in, nia):
    with scope(wild.federation.pk):
        mine = save_view(by=wild.people.ben, at=NOW, name="Mine", chosen=Filters(kind="query"))
        ours = save_view(by=wild.people.ben, at=NOW, name="Ours", chosen=Filters(kind="query"), shared=True)
    browser = nia[1]

    seen(browser.get(reverse("inbox"), {"view": mine.pk}), 404)
    assert "Delete this view" not in seen(browser.get(reverse("inbox"), {"view": ours.pk}))
    seen(browser.post(reverse("inbox-view-delete", args=[ours.pk])), 404)


def test_a_saved_view_shows_no_more_than_the_role_that_its_owner_has_now(wild, came_in, nia):
    person, browser = nia
    item = came_in()
    with scope(wild.federation.pk):
        view = save_view(by=person, at=NOW, name="North", chosen=Filters(school=wild.school.pk), tab="all")
    address = f"{reverse('inbox')}?view={view.pk}"
    assert listed(browser.get(address)) == [item.pk]

    with scope(wild.federation.pk):
        south = School.objects.create(name="South", slug="south")
        account_on("instagram", south, NOW)
        RoleAssignment.objects.filter(person=person).update(scope_kind="school", school=south)
    assert listed(browser.get(address)) == []
    with scope(wild.federation.pk):
        RoleAssignment.objects.filter(person=person).delete()
    seen(browser.get(address), 403)


# --- Taking, giving, notes ---------------------------------------------------------------------------------


def test_an_item_is_taken_in_one_press_told_to_the_second_given_on_and_handed_back(wild, came_in, fresh, nia):
    item = came_in()
    person, hers = nia
    address, ben = reverse("item-assign", args=[item.pk]), wild.people.ben
    html = seen(wild.ben.get(reverse("item", args=[item.pk])))
    assert "Assigned to no one" in html

    for to, status in (("x", 404), ("999999", 404), (wild.people.amina.pk, 200)):
        seen(wild.ben.post(address, {"to": to, "seen": ""}, follow=True), status)
        assert fresh(item).assigned_to_id is None, "who cannot deal with it"

    wild.ben.post(address, {"to": ben.pk, "seen": ""})
    assert fresh(item).assigned_to_id == ben.pk
    assert "Ben Carter" in shown_by(seen(wild.mari.get(reverse("inbox"))))
    assert listed(wild.ben.get(reverse("inbox"), {"assigned": "me"})) == [item.pk]

    assert "Now with Ben Carter" in seen(hers.post(address, {"to": person.pk, "seen": ""}), 409)
    assert fresh(item).assigned_to_id == ben.pk

    assert "Assigned to Nia Nearby." in seen(
        wild.ben.post(address, {"to": person.pk, "seen": ben.pk}, follow=True)
    )
    seen(hers.post(address, {"to": "", "seen": person.pk}, follow=True))
    assert fresh(item).assigned_to_id is None


def test_a_comment_is_offered_to_no_colleague_it_may_be_about(wild, came_in, nia):
    item, hers = came_in("How kind everyone is"), nia[1]
    offered = f'<option value="{wild.people.ben.pk}"'
    assert offered in seen(hers.get(reverse("item", args=[item.pk])))
    with scope(wild.federation.pk):
        Item.objects.update(meant=[wild.people.ben.pk])
    assert offered not in seen(hers.get(reverse("item", args=[item.pk])))
    to = {"to": wild.people.ben.pk, "seen": ""}
    hers.post(reverse("item-assign", args=[item.pk]), to)
    with scope(wild.federation.pk):
        assert Item.every.get(pk=item.pk).assigned_to is None


def test_several_are_taken_at_once_and_closing_them_is_undone_in_one_press(wild, came_in, fresh):
    items = [came_in(f"Comment {n}", key=f"c{n}") for n in range(2)]
    chosen = {"items": [item.pk for item in items]}
    seen(wild.ben.post(reverse("inbox-several"), {**chosen, "do": "take"}, follow=True))
    assert {fresh(item).assigned_to_id for item in items} == {wild.people.ben.pk}

    html = seen(wild.ben.post(reverse("inbox-several"), {**chosen, "do": "close:spam"}, follow=True))
    assert reverse("inbox-several-undo") in html
    assert {fresh(item).state for item in items} == {"closed"}

    given = {"chosen": ",".join(str(item.pk) for item in items)}
    seen(wild.ben.post(reverse("inbox-several-undo"), given, follow=True))
    assert {fresh(item).state for item in items} == {"open"}
    html = seen(wild.ben.post(reverse("inbox-several-undo"), {"chosen": f"{items[0].pk},x,"}, follow=True))
    assert "Not changed:" in html


def test_a_note_is_read_by_colleagues_as_it_was_typed_and_refused_without_words_or_by_a_stranger(
    wild, came_in
):
    item = came_in()
    address = reverse("item-note", args=[item.pk])
    assert "Write a note" in seen(wild.ben.post(address, {"text": " "}, follow=True))
    seen(wild.amina.post(address, {"text": "Hello"}), 404)
    with scope(wild.federation.pk):
        assert not ItemNote.objects.exists()

    wild.ben.post(address, {"text": "<b>Rang</b> the office"})
    html = seen(wild.mari.get(reverse("item", args=[item.pk])))
    assert "&lt;b&gt;Rang&lt;/b&gt; the office" in html
    assert "Ben Carter" in html


# --- What the page of an item knows ------------------------------------------------------------------------


def test_the_page_shows_what_its_author_wrote_before_and_a_reply_begins_with_a_kept_text(wild, came_in):
    """Its blanks are filled or left."""
    came_in("Where is the hall?", key="before")
    item = came_in("And when?", key="now")
    with scope(wild.federation.pk):
        given = {"by": wild.people.ben, "at": NOW, "school": None}
        text = keep_text(
            title="Dates", for_replies=True, english="Thank you from {school}. It begins on {date}.", **given
        )
        keep_text(title="Only posts", english="Hello", **given)
    address = reverse("item", args=[item.pk])
    html = seen(wild.ben.get(address))
    assert "Earlier from this author" in html
    assert "Where is the hall?" in html
    check_page(html)
    assert f"?text={text.pk}#write" in html
    assert ("Dates" in html, "Only posts" in html) == (True, False)

    page = wild.ben.get(address, {"text": text.pk})
    assert page.context["form"]["text"].value() == "Thank you from North. It begins on {date}."
    said = {f"said-{name}": "no" for name in ("in_doubt", "commits", "from_press")}
    sent = {"text": "It begins on {date}.", "version": item.version, "do": "send", **said}
    assert "Fill in the blanks first: {date}" in seen(
        wild.ben.post(reverse("item-answer", args=[item.pk]), sent), 422
    )


KEPT_WORDS = {
    "a child": "Well done Osian Prydderch, it begins on Friday.",
    "an invitation": "Come and see me alone after school, and don’t tell your mum.",
    "a private number": "Ring me at home on 07700 900123.",
}


@pytest.mark.parametrize("what", KEPT_WORDS)
def test_a_kept_text_is_read_as_any_reply_when_it_is_sent(wild, came_in, what):
    """A press that sends it as it is sends nothing: the words are asked about, as if they had been typed."""
    item = came_in("And when?")
    with scope(wild.federation.pk):
        Pupil.objects.create(school=item.school, key="O1", first_name="Osian", last_name="Prydderch")
        text = keep_text(
            title="Dates", for_replies=True, english=KEPT_WORDS[what], by=wild.people.ben, at=NOW, school=None
        )
    page = wild.ben.get(reverse("item", args=[item.pk]), {"text": text.pk})
    words = page.context["form"]["text"].value()
    assert words == KEPT_WORDS[what]
    said = {f"said-{name}": "no" for name in ("in_doubt", "commits", "from_press")}
    sent = {"text": words, "version": item.version, "do": "send", **said}
    html = seen(wild.ben.post(reverse("item-answer", args=[item.pk]), sent), 422)
    assert "Nothing has been sent or published yet" in html
    with scope(wild.federation.pk):
        assert not Answer.objects.exists()


def test_no_kept_text_answers_a_child_who_tells_of_harm(wild, came_in):
    """It isn't the page's before a lead has read it: neither shown nor answered."""
    item = came_in("my stepdad hits me every night please help")
    with scope(wild.federation.pk):
        text = keep_text(
            title="Thanks", for_replies=True, english="Thank you for your comment.", by=wild.people.ben,
            at=NOW, school=None,
        )  # fmt: skip
    page = wild.ben.get(reverse("item", args=[item.pk]), {"text": text.pk})
    said = {f"said-{name}": "no" for name in ("in_doubt", "commits", "from_press")}
    sent = {"text": "Thank you for your comment.", "version": item.version, "do": "send", **said}
    answer = wild.ben.post(reverse("item-answer", args=[item.pk]), sent)
    with scope(wild.federation.pk):
        assert not Answer.objects.exists()
    assert (page.status_code, answer.status_code) != (200, 302)


# --- Shortcuts, and when an account was last read ----------------------------------------------------------


def test_the_list_says_when_each_account_was_read_and_explains_its_shortcuts(wild, came_in):
    """They can be switched off."""
    item = came_in()
    listed, shown = (
        seen(wild.ben.get(address)) for address in (reverse("inbox"), reverse("item", args=[item.pk]))
    )
    page = shown_by(listed)
    assert "When each account was last read" in page
    assert "people who have blocked the account" in page
    assert "added by hand" in page
    for html in (listed, shown):
        assert "web/inbox-keys.mjs" in html
        assert "Use keyboard shortcuts on this device" in html


def test_an_assigned_item_costs_the_list_no_further_query(wild, came_in, same_queries):
    items = [came_in(f"Comment {n}", key=f"c{n}") for n in range(3)]

    def give_all():
        with scope(wild.federation.pk):
            for item in items:
                assign_item(
                    by=wild.people.ben,
                    at=NOW,
                    item=Item.objects.get(pk=item.pk),
                    to=wild.people.ben,
                    seen=None,
                )

    wild.ben.get(reverse("inbox"))
    same_queries(lambda: wild.ben.get(reverse("inbox")), give_all)
