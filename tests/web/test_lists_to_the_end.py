"""What may harm a child is on a list to its end, or the list says that there is more and leads there: number
101 is a child too."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Item
from schoolgate.publishing import named_in_public
from schoolgate.web.inbox import moderating, views
from schoolgate.web.templatetags import posts as tags
from tests.cast import someone
from tests.web.inboxes import HOUR, NOW, came_in, seen, wild
from tests.web.test_inbox_triage import KNIFE, TELLS

__all__ = ["came_in", "wild"]
LOCKED = f"{reverse('inbox')}?as=locked"


@pytest.fixture
def dee(wild, sign_in):
    """The designated safeguarding lead, who runs no account, and her browser."""
    with scope(wild.federation.pk):
        person = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=person.pk, since=NOW)
    return sign_in(person)


def copies(row, number, **changed):
    """Enter so many more rows like this one; `changed`: what differs, from its number among them."""
    names = [each.attname for each in row._meta.concrete_fields if not (each.primary_key or each.generated)]
    same = {name: getattr(row, name) for name in names}
    return type(row)._base_manager.bulk_create(
        [type(row)(**same | {name: of(n) for name, of in changed.items()}) for n in range(number)]
    )


def pages(browser, address, rows_of, following_of):
    """The ids on each page of a list, from the first to the last."""
    there = []
    while True:
        context = browser.get(address).context
        there.append([row["item"].pk if isinstance(row, dict) else row.pk for row in rows_of(context)])
        if not (following := following_of(context)):
            return there
        assert len(there) < 5
        address = f"{address.partition('?')[0]}?{following}"


LISTS = {
    "locked": ("rows", "page", {"locked_at": NOW + HOUR}, "older"),
    "to-read": ("to_read", "to_read_page", {"waits_quietly": True, "waits_for_lead_since": NOW}, "newer"),
    "colleague": ("about_colleagues", "about_colleagues", {"meant": [1]}, "older"),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_hundred_and_first_comment_of_each_list_of_a_lead_is_on_its_next_page(wild, came_in, dee, name):
    rows, page, kept, onward = LISTS[name]
    with scope(wild.federation.pk):
        item = came_in()
        Item.every.update(**kept)
        item.refresh_from_db(from_queryset=Item.every.all())
        copies(item, 99, network_id=lambda n: f"n{n}")

    def all_pages():
        return pages(
            dee, LOCKED,
            lambda context: getattr(context[rows], "rows", context[rows]),
            lambda context: getattr(context[page], onward),
        )  # fmt: skip

    assert [len(each) for each in all_pages()] == [100]
    with scope(wild.federation.pk):
        copies(item, 1, network_id=lambda n: "last")
        everything = set(Item.every.values_list("pk", flat=True))
    there = all_pages()
    assert [len(each) for each in there] == [100, 1]
    assert {pk for each in there for pk in each} == everything
    html = seen(dee.get(LOCKED))
    assert f"list={name}" in html
    assert "Nothing is locked" not in seen(dee.get(f"{LOCKED}&list=now"))
    assert dee.get(f"{LOCKED}&list=else").status_code == 404


def test_of_a_hundred_and_one_dangers_the_most_pressing_comes_first_and_none_is_lost(wild, came_in, dee):
    item = came_in(KNIFE)
    with scope(wild.federation.pk):
        duty = Duty.objects.get(kind="item.danger", person__name="Dee Lead")
        more = copies(item, 99, network_id=lambda n: f"n{n}")
        copies(duty, 99, subject=lambda n: f"inbox.item:{more[n].pk}")

    def on_today():
        return pages(
            dee, reverse("today"),
            lambda context: [
                row.shown.duty for each in context["groups"] if each.key == "danger" for row in each.duties
            ],
            lambda context: context["following"],
        )  # fmt: skip

    def read_now():
        return pages(dee, LOCKED, lambda context: context["now"], lambda context: context["following"])

    assert [[len(each) for each in of()] for of in (on_today, read_now)] == [[100], [100]]
    assert "danger=" not in dee.get(reverse("today")).context["following"]
    last = came_in(TELLS, key="last")
    with scope(wild.federation.pk):
        tasks = Duty.objects.filter(kind="item.danger", person__name="Dee Lead")
        told = tasks.get(subject=f"inbox.item:{last.pk}").pk
        everything = [set(tasks.values_list("pk", flat=True)), set(Item.every.values_list("pk", flat=True))]
    there = [on_today(), read_now()]
    assert [[len(each) for each in of] for of in there] == [[100, 1], [100, 1]]
    assert [of[0][0] for of in there] == [told, last.pk]
    assert [{pk for each in of for pk in each} for of in there] == everything
    assert "my dad hits me" in seen(dee.get(LOCKED)), "its first words tell it from the others"
    today = dee.get(reverse("today")).context
    assert (today["groups"][0].number, today["frame"].danger.count) == (101, 101)
    assert "More under Danger" in seen(dee.get(reverse("today")))
    assert "Comments to read first: 101" in seen(dee.get(reverse("wrong-reports")))


def test_behind_the_last_danger_the_other_tasks_follow(wild, came_in, dee, monkeypatch):
    monkeypatch.setattr("schoolgate.web.today.today.MOST_COUNTED", 1)
    for number in range(2):
        came_in(KNIFE, key=f"k{number}")
    with scope(wild.federation.pk):
        first = Duty.objects.filter(kind="item.danger", person__name="Dee Lead").first()
        (other,) = copies(first, 1, subject=lambda n: "inbox.item:9", urgency=lambda n: 2)
    there = pages(
        dee, reverse("today"),
        lambda context: [row.shown.duty for each in context["groups"] for row in each.duties],
        lambda context: context["following"],
    )  # fmt: skip
    assert [len(each) for each in there] == [1, 1, 1]
    assert there[2] == [other.pk]


def test_a_search_says_that_there_is_more(wild, came_in, monkeypatch):
    monkeypatch.setattr(views, "FOUND", 1)
    came_in("Is the zebra back?", key="z1")
    assert "Only the newest" not in seen(wild.ben.post(reverse("inbox"), {"words": "zebra"}))
    came_in("Where is the zebra?", key="z2")
    found = wild.ben.post(reverse("inbox"), {"words": "zebra"})
    assert "Only the newest 1 are shown." in seen(found)
    assert len(found.context["rows"]) == 1


def test_who_chooses_more_comments_than_are_done_at_once_reads_that_some_are_left(wild, came_in, monkeypatch):
    monkeypatch.setattr(moderating, "MOST_AT_ONCE", 1)
    items = [came_in(key=f"c{number}") for number in range(2)]
    left = "Choose the others again."
    for number, says in ((1, False), (2, True)):
        chosen = {"items": [each.pk for each in items[:number]], "do": "take"}
        assert (left in seen(wild.ben.post(reverse("inbox-several"), chosen, follow=True))) is says


def test_who_is_offered_a_few_posts_to_take_down_is_led_to_the_others(monkeypatch):
    posts = [SimpleNamespace(pk=n) for n in range(1, named_in_public.MOST + 2)]
    monkeypatch.setattr(tags, "may_take_down", lambda person, found, on: {each.pk for each in found})
    monkeypatch.setattr(tags, "can_take_down", lambda visit: True)
    monkeypatch.setattr(tags, "snippet", str)
    visit = SimpleNamespace(person=None, on=None)
    context = {"request": SimpleNamespace(visit=visit)}
    for number, more in ((named_in_public.MOST, False), (named_in_public.MOST + 1, True)):
        monkeypatch.setattr(tags, "posts_pointed_at", lambda words, about, few=number: posts[:few])
        shown = tags.take_down_links(context, "", asked=True)
        assert (len(shown["rows"]), shown["find"], shown["more"]) == (named_in_public.MOST, more, more)
