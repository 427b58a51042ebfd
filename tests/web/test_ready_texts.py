"""The pages of texts that are ready for use, and emergency texts sent from Today."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day, now
from schoolgate.core.tenancy import scope
from schoolgate.publishing import ready
from schoolgate.publishing.models import Post, ReadyText
from tests.cast import someone
from tests.web.conftest import browser_of
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW, Stage, wildground_at_work
from tests.worlds import world

TEXTS = f"{reverse('posts')}?as=texts"
WORDS = "{school} is closed on {date} because of snow."


def page_of(pk: int, **more: object) -> str:
    return TEXTS + "".join(f"&{name}={value}" for name, value in {"text": pk, **more}.items())


def typed(stage: Stage, **changes: object) -> dict[str, object]:
    """The form of a new emergency text: Amina may send it to two accounts."""
    return {
        "kind": "emergency", "title": "Closed: snow", "english": WORDS, "welsh": "",
        "accounts": [each.pk for each in stage.accounts.values()][:2],
        "senders": [stage.people["amina"].pk], "school": stage.school.pk,
        "until": (local_day(now()) + timedelta(days=90)).isoformat(), **changes,
    }  # fmt: skip


def the_text(stage: Stage) -> ReadyText:
    with scope(stage.federation.pk):
        return ready.read_text(ReadyText.objects.get().pk)


@world(wildground_at_work)
def text_waiting(cast, at):
    """An emergency text of Amina's that waits for approval; `.pk`."""
    stage = Stage(**vars(cast), sign_in=browser_of)
    amina = stage.browser("amina")
    kept = amina.post(reverse("posts-texts"), typed(stage))
    assert kept.status_code == 302, kept.content.decode()
    pk = the_text(stage).pk
    assert "Send for approval" in amina.get(page_of(pk)).content.decode()
    asked = amina.post(reverse("posts-text-ask", args=[pk]), {**ANSWERED, "shown": shown_of(amina, pk)})
    assert asked.status_code == 302, asked.content.decode()
    return SimpleNamespace(cast=cast, pk=pk)


@world(text_waiting)
def text_approved(before, at):
    """The same, approved by Ben on its page."""
    ben = Stage(**vars(before.cast), sign_in=browser_of).browser("ben")
    page = ben.get(page_of(before.pk)).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    done = ben.post(reverse("posts-text-decide", args=[before.pk]), {"do": "approve", "seen": seen})
    assert done.status_code == 302
    return before


@pytest.fixture
def begun(in_world, home, request):
    return in_world(text_approved if "approved" in request.fixturenames else text_waiting, NOW)


@pytest.fixture
def stage(request, in_world, home, sign_in) -> Stage:
    """Wildground at work; with a text, where a test asks for it."""
    if {"waiting", "approved"} & {*request.fixturenames}:
        cast = request.getfixturevalue("begun").cast
    else:
        cast = in_world(wildground_at_work, NOW)
    return Stage(**vars(cast), sign_in=sign_in)


@pytest.fixture
def waiting(begun) -> int:
    """An emergency text of Amina's that waits for approval."""
    return begun.pk


@pytest.fixture
def approved(begun) -> int:
    """The same, approved by Ben on its page."""
    return begun.pk


def shown_of(browser, pk: int) -> str:
    page = browser.get(page_of(pk)).content.decode()
    return page.split('name="shown" value="')[1].split('"')[0]


def sent(stage, pk: int, **changes: object) -> dict[str, object]:
    with scope(stage.federation.pk):
        accounts = [each.pk for each in ready.newest(ready.read_text(pk)).accounts.all()]
    return {
        "school": stage.school.pk, "blank-date": local_day(now()).isoformat(), "accounts": accounts, **changes
    }  # fmt: skip


def test_today_leads_to_the_text_and_one_button_sends_it(stage, approved):
    """Those who are not named see no button. Who sends it twice is asked, and can send it again."""
    amina, ben = stage.browser("amina"), stage.browser("ben")
    where = reverse("posts-text-send", args=[approved])
    assert "Send an emergency text" not in ben.get(reverse("today")).content.decode()
    assert "Send now" not in ben.get(page_of(approved)).content.decode()
    assert ben.post(where, sent(stage, approved)).status_code == 403
    with scope(stage.federation.pk):
        assert not Post.objects.exists()
    today = amina.get(reverse("today")).content.decode()
    assert "Send an emergency text" in today
    assert f"text={approved}" in today
    assert "Send now" in amina.get(page_of(approved)).content.decode()

    answer = amina.post(where, sent(stage, approved))

    with scope(stage.federation.pk):
        first = Post.objects.get()
        assert answer.headers["Location"] == reverse("post", args=[first.pk])
        assert (first.state, first.targets.count()) == ("sending", 2)

    asked = amina.post(where, sent(stage, approved))

    assert asked.status_code == 409
    page = asked.content.decode()
    assert "has already sent this" in page
    assert "Send it again" in page
    assert amina.post(where, sent(stage, approved, again=first.pk)).status_code == 302
    with scope(stage.federation.pk):
        assert Post.objects.count() == 2


def test_a_date_that_is_no_date_and_an_account_of_another_text_are_refused_beside_their_fields(
    stage, approved
):
    amina, where = stage.browser("amina"), reverse("posts-text-send", args=[approved])

    for wrong in ({"blank-date": "today, and call 0900 1"}, {"accounts": [999]}, {"accounts": []}):
        assert amina.post(where, sent(stage, approved, **wrong)).status_code == 422
    far = (local_day(now()) + timedelta(days=15)).isoformat()
    page = amina.post(where, sent(stage, approved, **{"blank-date": far}))
    assert page.status_code == 422
    assert "next two weeks" in page.content.decode()
    with scope(stage.federation.pk):
        assert not Post.objects.exists()


def test_what_was_typed_stays_where_a_new_text_is_refused(stage):
    """Without answers it is not sent for approval."""
    amina = stage.browser("amina")
    page = amina.post(reverse("posts-texts"), typed(stage, english="Closed: {reason}", title="Snow again"))
    assert page.status_code == 422
    assert "Between braces" in page.content.decode()
    assert "Snow again" in page.content.decode()
    assert "Closed: {reason}" in page.content.decode()

    amina.post(reverse("posts-texts"), typed(stage))
    pk = the_text(stage).pk
    page = amina.post(reverse("posts-text-ask", args=[pk]), {"shown": shown_of(amina, pk)})
    assert page.status_code == 422
    assert "Answer each question" in page.content.decode()


def test_the_approver_gives_it_back_with_a_reason_or_is_asked_for_one(stage, waiting):
    """Its writer sees no button to approve it."""
    amina, ben = stage.browser("amina"), stage.browser("ben")
    where = reverse("posts-text-decide", args=[waiting])
    assert "Approve text" not in amina.get(page_of(waiting)).content.decode()
    assert amina.post(where, {"do": "approve", "seen": "x"}).status_code in (403, 409)
    assert ben.post(where, {"do": "back", "reason": ""}).status_code == 422
    assert ben.post(where, {"do": "back", "reason": "Say until when."}).status_code == 302
    assert "Say until when." in amina.get(page_of(waiting)).content.decode()


def test_a_reusable_text_fills_its_blanks_into_an_ordinary_draft(stage):
    amina = stage.browser("amina")
    kept = {"kind": "reusable", "title": "Trip", "english": "{class} visit {place} on {date}. #OurTrip",
            "school": stage.school.pk}  # fmt: skip
    assert amina.post(reverse("posts-texts"), kept).status_code == 302
    pk = the_text(stage).pk
    assert "Start from a template" in amina.get(reverse("post-new", args=[stage.school.pk])).content.decode()
    where = reverse("posts-text-use", args=[pk])

    refused = amina.post(where, {"school": stage.school.pk, "blank-class": "Year 3"})
    assert refused.status_code == 422
    assert "Year 3" in refused.content.decode()
    done = amina.post(
        where,
        {"school": stage.school.pk, "blank-class": "Year 3", "blank-place": "the museum",
         "blank-date": "2027-02-03"},
    )  # fmt: skip

    with scope(stage.federation.pk):
        post = Post.objects.get()
        assert done.headers["Location"] == reverse("post-edit", args=[post.pk])
        assert post.text == "Year 3 visit the museum on Wednesday 3 February. #OurTrip"
        assert (post.state, post.emergency_text, post.targets.count()) == ("draft", None, 0)


def test_a_text_is_changed_as_a_new_version_and_retired(stage, approved):
    """The list says that the approved one can still be sent."""
    amina, ben = stage.browser("amina"), stage.browser("ben")
    where, lists = reverse("posts-text-change", args=[approved]), "/posts?as=texts"
    assert "Change:" not in amina.get(lists).content.decode()
    assert amina.post(where, typed(stage, english="{school} is shut.", version=1)).status_code == 302
    assert amina.post(where, typed(stage, english="Too late", version=1)).status_code == 409
    listed = amina.get(lists).content.decode()
    check_page(listed)
    for words in (">Approved</span>", "Change: Not finished", "You can send it"):
        assert words in listed
    assert "The approved version can still be sent" in ben.get(page_of(approved)).content.decode()
    page = amina.get(page_of(approved)).content.decode()
    assert "{school} is shut." in page

    retire = reverse("posts-text-retire", args=[approved])
    assert "Ask to retire" in page
    assert amina.post(retire).status_code == 302
    assert "Send an emergency text" in amina.get(reverse("today")).content.decode()
    assert "Agree and retire" not in amina.get(page_of(approved)).content.decode()
    asked = ben.get(page_of(approved)).content.decode()
    check_page(asked)
    assert "Agree and retire" in asked
    assert "Agree to retire an emergency text" in ben.get(reverse("today")).content.decode()
    assert ben.post(retire).status_code == 302
    assert "Send an emergency text" not in amina.get(reverse("today")).content.decode()
    assert amina.post(reverse("posts-text-send", args=[approved]), sent(stage, approved)).status_code == 409


def test_people_without_a_part_in_posts_and_other_schools_find_no_text(stage, approved):
    with scope(stage.federation.pk):
        reader = someone("Rita Reader")
    browser = stage.sign_in(reader)

    assert browser.get(page_of(approved)).status_code == 404
    for name in ("change", "retire", "ask", "decide", "send", "use"):
        assert browser.post(reverse(f"posts-text-{name}", args=[approved])).status_code == 404
