"""The pages of sites: settled, written, looked over; and the noticeboard that keeps the same rules."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, SiteCare, SiteLook, SiteText, TeamMember, Whereabouts
from schoolgate.accounts.sites import write_site_text
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
KEY = "2222222222222"


@world()
def noticeboard_open(at: datetime, key: str, owner: str) -> SimpleNamespace:
    """A noticeboard with Di, who runs it, and somebody who does not."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        olwen, di, dan = someone("Olwen Price", owner), someone("Di Rook"), someone("Dan Fry")
        school = School.objects.create(name="North", slug="north")
        adopt(by=olwen, at=at)
        board = Account.objects.create(
            school=school, name="Our board", network="noticeboard", kind="school", made_at=at,
            pupils_in_audience=False, state="open", opened_at=at, opened_by=di,
        )  # fmt: skip
        TeamMember.objects.create(account=board, person=di, part="moderator", from_day=at.date())
        NoticeboardPost.objects.create(
            school=school, key=KEY, text="Sports day.", languages=["en"], published_at=at,
            comments_open=True,
        )  # fmt: skip
    return SimpleNamespace(
        federation=federation, school=school, board=board, di_herself=di, people=(olwen, di, dan)
    )


@pytest.fixture
def at_policy(in_world, sign_in):
    """`at_policy("wootton", "principal")`: that noticeboard, and their browsers."""

    def enter(key: str, owner: str) -> SimpleNamespace:
        found = in_world(noticeboard_open, NOW, key, owner)
        found.olwen, found.di, found.dan = (sign_in(person) for person in found.people)
        return found

    return enter


@pytest.fixture
def wootton(at_policy):
    return at_policy("wootton", "principal")


def page(browser, name, *args, **named) -> str:
    response = browser.get(reverse(name, args=args, kwargs=named))
    assert response.status_code == 200
    html = response.content.decode()
    check_page(html)
    return html


def test_what_the_policy_wants_settled_is_asked_with_its_clause_and_kept(wootton):
    form = page(wootton.di, "site-settle", wootton.board.pk)
    assert "Can visitors add pictures?" in form
    assert "The site author must think through whether users may upload pictures." in form
    assert "What do you do beyond what the network does?" not in form, "the school hosts it itself"

    given = {"users_may_write": "yes", "users_may_add_pictures": "no", "started_by": "The web team"}
    assert wootton.di.post(reverse("site-settle", args=[wootton.board.pk]), given).status_code == 302
    with scope(wootton.federation.pk):
        care = SiteCare.objects.get()
    assert (care.users_may_write, care.users_may_add_pictures, care.saved_by_id) == (
        True, False, wootton.di_herself.pk,
    )  # fmt: skip


def test_a_look_and_an_absence_are_kept_with_who_said_so(wootton):
    found = {"house_rules_found": "no", "logo_leads_to": "nowhere", "note": "The footer is empty."}
    assert wootton.di.post(reverse("site-look", args=[wootton.board.pk]), found).status_code == 302
    away = {"person": wootton.di_herself.pk, "until": f"{NOW.year + 1}-06-01", "away_from": "1"}
    address = reverse("site-absence", args=[wootton.board.pk])
    assert wootton.di.post(address, away).status_code == 422

    with scope(wootton.federation.pk):
        assert SiteLook.objects.get().note == "The footer is empty."
        assert not Whereabouts.objects.exists()
    html = page(wootton.di, "site", wootton.board.pk)
    assert "The footer is empty." in html
    shown = shown_by(html)
    assert "No availability recorded for the coming days." in shown


def test_a_second_absence_stands_beside_the_first_and_none_takes_both_back(wootton):
    address = reverse("site-absence", args=[wootton.board.pk])

    def days(name, day, month, year) -> dict[str, str]:
        return {name: f"{year}-{month:02}-{day:02}"}

    def say(*stretch) -> list[list[str]]:
        year = NOW.year + 1
        given = {"person": wootton.di_herself.pk, **days("until", 1, 2, year)}
        for name, day in zip(("away_from", "away_to"), stretch, strict=False):
            given |= days(name, day, 1, year)
        assert wootton.di.post(address, given).status_code == 302
        with scope(wootton.federation.pk):
            return Whereabouts.objects.order_by("-id")[0].away

    year = NOW.year + 1
    first, second = [f"{year}-01-10", f"{year}-01-11"], [f"{year}-01-20", f"{year}-01-21"]
    assert say(10, 11) == [first]
    assert say(20, 21) == [first, second]
    assert say() == []


def test_comments_wait_until_the_rules_that_the_policy_wants_are_written(wootton, client):
    there = {"federation": "wootton", "school": "north", "key": KEY}
    wait = "Comments are closed here until this page’s rules are written."
    assert wait in shown_by(page(client, "noticeboard-post", **there))
    refused = client.post(reverse("noticeboard-comment", kwargs=there), {"text": "When?"})
    assert refused.status_code == 409

    for kind in ("house_rules", "terms_of_use"):
        given = {"kind": kind, "language": "en", "words": "Be kind.\n\n<b>No names.</b>"}
        assert wootton.di.post(reverse("site-text", args=[wootton.board.pk]), given).status_code == 302

    assert wait not in shown_by(page(client, "noticeboard-post", **there))
    html = page(client, "noticeboard-rules", federation="wootton", school="north")
    assert "&lt;b&gt;No names.&lt;/b&gt;" in html
    assert client.post(reverse("noticeboard-comment", kwargs=there), {"text": "When?"}).status_code == 302
    with scope(wootton.federation.pk):
        assert NoticeboardComment.objects.get().text == "When?"
        assert SiteText.objects.count() == 2


def test_a_policy_that_asks_for_no_rules_keeps_no_comment_waiting(at_policy, client):
    wildground = at_policy("wildground", "slt")
    there = {"federation": "wildground", "school": "north", "key": KEY}
    assert client.post(reverse("noticeboard-comment", kwargs=there), {"text": "When?"}).status_code == 302

    shown = shown_by(page(wildground.di, "site", wildground.board.pk))
    assert "Not covered by this policy" in shown
    assert wildground.di.get(reverse("site-look", args=[wildground.board.pk])).status_code == 404
    assert wildground.di.get(reverse("site-settle", args=[wildground.board.pk])).status_code == 404


def test_a_site_is_looked_after_by_those_who_run_it(wootton):
    """A word of an unknown kind has no page."""
    for name in ("site", "site-settle", "site-text", "site-look", "site-absence"):
        assert wootton.dan.get(reverse(name, args=[wootton.board.pk])).status_code == 404, name
    assert wootton.di.get(reverse("site-word", args=[wootton.board.pk, "poem"])).status_code == 404
    page(wootton.di, "site-word", wootton.board.pk, "guidance")


def test_the_sites_that_we_host_are_listed_by_key(wootton, same_queries):
    assert "Sites we host" in shown_by(page(wootton.di, "accounts"))

    def more() -> None:
        with scope(wootton.federation.pk):
            for number in range(40):
                Account.objects.create(
                    school=wootton.school, name=f"Board {number:02}", network="noticeboard", kind="school",
                    made_at=NOW,
                )  # fmt: skip

    same_queries(lambda: page(wootton.di, "sites"), more)
    shown = page(wootton.di, "sites")
    assert "More sites" in shown
    assert "Board 24" in shown
    assert "Board 25" not in shown


def test_a_site_with_many_texts_asks_as_often_as_one_with_few(wootton, same_queries):
    def more() -> None:
        with scope(wootton.federation.pk):
            for kind in ("house_rules", "terms_of_use"):
                for _again in range(3):
                    write_site_text(
                        account=wootton.board, by=wootton.di_herself, at=NOW, kind=kind, language="en",
                        words="Be kind.",
                    )  # fmt: skip

    page(wootton.di, "site", wootton.board.pk)  # a first visit also notes the session
    same_queries(lambda: page(wootton.di, "site", wootton.board.pk), more)
