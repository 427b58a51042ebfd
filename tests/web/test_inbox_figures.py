"""The page with the figures of the inbox."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer, Item
from schoolgate.web.inbox.desk import span_in_words
from tests.cast import someone
from tests.web.inboxes import HOUR, NOW, came_in, seen, wild
from tests.web.plain import shown_by

__all__ = ["came_in", "wild"]
FIGURES = "?as=figures"


@pytest.fixture
def answered(wild, came_in):
    """`answered("c1", HOUR * 2)`: an item that got its reply so long after it appeared."""

    def one(key: str, took: timedelta) -> Item:
        item = came_in(key=key, at=NOW - 9 * HOUR)
        with scope(wild.federation.pk):
            Answer.objects.create(
                item=item, item_version="1", by=wild.people.ben, text="Yes.", decision=1, state="confirmed",
                written_at=NOW, state_at=NOW, sent_at=item.received_at + took, stops_the_clock=True,
                intent_key=key,
            )  # fmt: skip
            Item.objects.filter(pk=item.pk).update(state="answered")
        return item

    return one


def test_the_page_says_how_many_and_how_soon_in_a_period_with_chart_and_table(wild, answered, came_in):
    answered("c1", 2 * HOUR)
    answered("c2", 2 * HOUR + timedelta(minutes=30))
    came_in(key="c3")
    html = seen(wild.ben.get(reverse("inbox") + FIGURES))
    page = shown_by(html)
    for said in ("Received", "2 hours", "2 hours 30 minutes", "By week", "By type"):
        assert said in page
    assert html.count("<svg role=") >= 2
    assert '<option value="12" selected>' in html

    for period in ("4", "52"):
        html = seen(wild.ben.get(f"{reverse('inbox')}{FIGURES}&period={period}"))
        assert f'<option value="{period}" selected>' in html
        assert ("By month" in shown_by(html)) == (period == "52"), period
    for query in ("&period=5", "&period=", "&school=x", "&school=999999"):
        seen(wild.ben.get(reverse("inbox") + FIGURES + query), 404)


def test_each_school_has_its_line_and_can_be_chosen_and_figures_end_where_a_role_ends(wild, came_in, sign_in):
    with scope(wild.federation.pk):
        south = School.objects.create(name="South", slug="south")
        nia = sign_in(someone("Nia Rees", "lead-staff-member", school=south))
    came_in()
    html = seen(wild.ben.get(reverse("inbox") + FIGURES))
    assert ("By school" in shown_by(html), "South" in html) == (True, True)
    alone = seen(wild.ben.get(f"{reverse('inbox')}{FIGURES}&school={south.pk}"))
    assert "Nothing in this period" in shown_by(alone)

    assert "Nothing in this period" in shown_by(seen(nia.get(reverse("inbox") + FIGURES)))
    seen(nia.get(f"{reverse('inbox')}{FIGURES}&school={wild.school.pk}"), 404)
    seen(wild.amina.get(reverse("inbox") + FIGURES), 403)


def test_more_items_ask_nothing_more_of_the_database(wild, came_in, same_queries):
    came_in()
    wild.ben.get(reverse("inbox") + FIGURES)
    same_queries(
        lambda: wild.ben.get(reverse("inbox") + FIGURES),
        lambda: [came_in(f"Comment {n}", key=f"more{n}") for n in range(5)],
    )


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47, minutes=59), "47 hours 59 minutes"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_time_is_said_as_people_say_it(span, words):
    assert span_in_words(span) == words
