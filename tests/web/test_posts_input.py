"""What is typed into a post's form: times, and text that is odd or wrong."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schoolgate.publishing.models import Post
from tests.web.posts_cast import ANSWERED, NOW, TEXT, set_up
from tests.web.writing_cast import count, edit, new, only, typed

__all__ = ["new", "typed"]
SUNDAY = 6


def next_clocks_forward() -> date:
    """The last Sunday in March next year, when London's clocks skip an hour."""
    return max(
        day
        for day in (date(NOW.year + 1, 3, 31) - timedelta(days=n) for n in range(7))
        if day.weekday() == SUNDAY
    )


def planned(day: date, time: str) -> dict[str, object]:
    return {"when": "at", "day": f"{day:%Y-%m-%d}", "time": time}


def test_the_time_is_the_one_that_clocks_show_here(stage, new, typed):
    year = NOW.year + 1
    stage.browser("amina").post(new, typed(**planned(date(year, 7, 1), "15:30")))
    assert only(stage).planned_at.isoformat() == f"{year}-07-01T14:30:00+00:00"


def test_an_hour_that_the_clocks_skip_is_refused(stage, new, typed):
    answer = stage.browser("amina").post(new, typed(**planned(next_clocks_forward(), "01:30")))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["time"])


def test_the_hour_before_and_the_hour_after_it_are_taken(stage, new, typed):
    amina = stage.browser("amina")
    for time in ("00:59", "02:00"):
        assert amina.post(new, typed(**planned(next_clocks_forward(), time))).status_code == 302


@pytest.mark.parametrize("time", ["", "half past three", "25:00"])
def test_a_time_that_is_none_is_refused_beside_its_field(stage, new, typed, time):
    day = (NOW + timedelta(days=3)).date()
    answer = stage.browser("amina").post(new, typed(**planned(day, time)))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["time"])


def test_a_time_that_has_passed_is_refused_beside_the_day_and_nothing_is_lost(stage, new, typed):
    day = (NOW - timedelta(days=1)).date()
    answer = stage.browser("amina").post(new, typed(**planned(day, "10:00")))
    assert (answer.status_code, list(answer.context["form"].errors), count(stage, Post)) == (422, ["day"], 0)
    assert TEXT in answer.content.decode()


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_an_empty_post_is_refused_beside_its_text(stage, new, typed, text):
    answer = stage.browser("amina").post(new, typed(text))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])


def test_an_account_of_another_federation_is_none(stage, new, typed, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    answer = stage.browser("amina").post(new, typed(accounts=[other.accounts["bluesky"].pk]))
    assert (answer.status_code, count(stage, Post)) == (422, 0)


def test_a_hundred_thousand_letters_are_refused_and_stay_on_the_page(stage, new, typed):
    answer = stage.browser("amina").post(new, typed("x" * 100_000))
    assert (answer.status_code, list(answer.context["form"].errors), count(stage, Post)) == (422, ["text"], 0)
    assert "x" * 100_000 in answer.content.decode()


def test_a_sign_that_no_database_takes_is_refused(stage, new, typed):
    answer = stage.browser("amina").post(new, typed("a\x00b"))
    assert (answer.status_code, count(stage, Post)) == (422, 0)


@pytest.mark.parametrize(
    "text", ["🎉👩‍👩‍👧‍👦", "مرحبا بالجميع", "Diwrnod mabolgampau ŵ ŷ", "  spaces\n\nand lines  "]
)
def test_a_text_that_is_only_unusual_is_kept_as_it_is(stage, new, typed, text):
    stage.browser("amina").post(new, typed(text))
    assert [t.text for t in only(stage).targets.all()] == [text.strip()]


def test_html_is_shown_and_never_run(stage, new, typed):
    amina = stage.browser("amina")
    amina.post(new, typed("<script>alert(1)</script> & <b>bold</b>", **ANSWERED))
    for address in (reverse("posts"), edit(only(stage)), reverse("post", args=[only(stage).pk])):
        page = amina.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_control_character_and_a_text_too_long_are_told_before_it_is_handed_in(stage):
    amina = stage.browser("amina")
    for text, sentence in (
        ("a\x07b", "The text contains hidden characters that networks can’t show. Type it again."),
        ("x" * 301, "Bluesky allows up to 300 characters, and this text has 301."),
    ):
        post = stage.draft(text)
        assert sentence in amina.get(edit(post)).content.decode()
        assert (
            reverse("post-submit", args=[post.pk])
            not in amina.get(reverse("post", args=[post.pk])).content.decode()
        )


def test_at_three_hundred_letters_nothing_is_wrong(stage):
    post = stage.draft("x" * 300)
    assert stage.browser("amina").get(edit(post)).context["problems"] == {}
