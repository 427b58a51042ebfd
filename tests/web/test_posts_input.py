"""What is typed into a post's form: times, and text that is odd or wrong."""

from datetime import date, timedelta

from django.urls import reverse

from schoolgate.publishing.models import Post
from tests.stories import rolled_back
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
    """Before and after the hour that they skip, and not in it."""
    amina, year = stage.browser("amina"), NOW.year + 1
    answer = amina.post(new, typed(**planned(next_clocks_forward(), "01:30")))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["time"])
    for day, time, utc in (
        (date(year, 7, 1), "15:30", f"{year}-07-01T14:30:00+00:00"),
        (next_clocks_forward(), "00:59", f"{next_clocks_forward()}T00:59:00+00:00"),
        (next_clocks_forward(), "02:00", f"{next_clocks_forward()}T01:00:00+00:00"),
    ):
        with rolled_back():
            assert amina.post(new, typed(**planned(day, time))).status_code == 302, time
            assert only(stage).planned_at.isoformat() == utc


def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_lost(stage, new, typed, make_federation):
    amina, day = stage.browser("amina"), (NOW + timedelta(days=3)).date()
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    for sent, field in [
        *((typed(**planned(day, time)), "time") for time in ("", "half past three", "25:00")),
        (typed(**planned((NOW - timedelta(days=1)).date(), "10:00")), "day"),
        (typed(""), "text"),
        (typed(" \n\t "), "text"),
        (typed("x" * 100_000), "text"),
        (typed(accounts=[other.accounts["bluesky"].pk]), "accounts"),
    ]:
        answer = amina.post(new, sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), field
        if field == "day":
            assert TEXT in answer.content.decode()
        if len(sent["text"]) > len(TEXT):
            assert "x" * 100_000 in answer.content.decode(), "it stays on the page"
    assert amina.post(new, typed("a\x00b")).status_code == 422, "a sign that no database takes"
    assert count(stage, Post) == 0


def test_a_text_that_is_only_unusual_is_kept_as_it_is(stage, new, typed):
    amina = stage.browser("amina")
    for text in ("🎉👩‍👩‍👧‍👦", "مرحبا بالجميع", "Diwrnod mabolgampau ŵ ŷ", "  spaces\n\nand lines  "):
        with rolled_back():
            amina.post(new, typed(text))
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
    assert amina.get(edit(stage.draft("x" * 300))).context["problems"] == {}
