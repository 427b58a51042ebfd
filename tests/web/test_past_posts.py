"""The pages of old posts: bringing a download, what was found, taking it in, reading and searching."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.publishing import past_import
from schoolgate.publishing.models import PastImport, PastToGo
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from schoolgate.web.frame.uploads import most_for
from schoolgate.web.posts import past
from tests.cast import someone
from tests.networks.archives.makers import tweet
from tests.publishing.conftest import account_on
from tests.publishing.past.conftest import archive
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, Stage, wildground_at_work
from tests.worlds import world

BEFORE = "/posts?show=before"

WHEN = {"made_on": f"{NOW:%Y-%m-%d}"}
LEAD = NOW.date() - timedelta(days=30)


@world(wildground_at_work)
def ben_leads_on_x(cast, at):
    """Ben leads the school's account on X."""
    with scope(cast.federation.pk):
        x = account_on(
            "x", cast.school, at, name="Juniors on X", handle="oakwood", address="https://x.com/oakwood"
        )
        TeamMember.objects.create(account=x, person=cast.people["ben"], part="lead", from_day=LEAD)
    cast.accounts["x"] = x
    return cast


@pytest.fixture
def with_x(in_world, home, sign_in) -> Stage:
    """Wildground at work; Ben leads the school's account on X."""
    return Stage(**vars(in_world(ben_leads_on_x, NOW)), sign_in=sign_in)


def upload(browser: Client, stage: Stage, content: bytes, account: str = "x"):
    """What the page answers to a file."""
    to = reverse("account-before", args=[stage.accounts[account].pk])
    return browser.post(to, {"file": SimpleUploadedFile("download", content)})


def work(stage: Stage) -> PastImport:
    """What the worker would do now; the newest download afterwards."""
    with scope(stage.federation.pk):
        newest = PastImport.objects.latest("pk")
    past_import.read(stage.federation.pk, newest.pk, clock=lambda: datetime.now(UTC))
    past_import.take(stage.federation.pk, newest.pk, clock=lambda: datetime.now(UTC))
    with scope(stage.federation.pk):
        return PastImport.objects.get(pk=newest.pk)


def bring(browser: Client, stage: Stage, content: bytes) -> str:
    """Bring a file and have it read; the address of its page."""
    address = upload(browser, stage, content).url
    work(stage)
    return address


def text(answer) -> str:
    return answer.content.decode()


def test_from_the_file_to_the_posts(with_x):
    ben = with_x.browser("ben")
    page = ben.get(reverse("account-before", args=[with_x.accounts["x"].pk]))
    check_page(text(page))
    assert "Up to 250 MB. Nothing is imported until you’ve seen what was found." in text(page)
    assert (
        "Based on the published format and not yet tested with this network’s own files. After importing"
        in text(page)
    )
    sent = upload(
        ben, with_x, archive(tweet(1, "Our Côr sings"), tweet(2, "Sports day"), tweet(3, "RT @pat: x"))
    )
    assert "Reading the file" in text(ben.get(sent.url))
    work(with_x)
    found = ben.get(sent.url)
    check_page(text(found))
    assert "1 shared from someone else" in text(found)
    taking = ben.post(sent.url, WHEN, follow=True)
    check_page(text(taking))
    work(with_x)
    done = ben.get(sent.url)
    check_page(text(done))
    assert "2 new posts imported" in text(done)
    listed = ben.get(BEFORE)
    check_page(text(listed))
    assert ("Before Schoolgate" in text(listed), "x.com/oakwood/status/1" in text(listed)) == (True, True)
    card = ben.get(reverse("account", args=[with_x.accounts["x"].pk]))
    check_page(text(card))
    assert "2 posts imported from the network’s own download" in text(card)
    assert "Complete from" in text(card)


def test_words_are_searched_without_standing_in_an_address(with_x):
    ben = with_x.browser("ben")
    address = bring(ben, with_x, archive(tweet(1, "Our Côr sings"), tweet(2, "Sports day")))
    ben.post(address, WHEN)
    work(with_x)
    found = ben.post(reverse("posts"), {"show": "before", "words": "cor", "account": ""})
    check_page(text(found))
    assert ("Our Côr sings" in text(found), "Sports day" in text(found)) == (True, False)
    nothing = ben.post(reverse("posts"), {"show": "before", "words": "zebra"})
    assert "No posts contain all these words" in text(nothing)
    assert "Sports day" in text(ben.get(BEFORE + "&words=cor"))


def test_pages_lead_on_by_their_key(with_x):
    ben = with_x.browser("ben")
    address = bring(
        ben,
        with_x,
        archive(*(tweet(n + 1, f"Post {n}", f"Mon May 06 09:{n:02}:00 +0000 2024") for n in range(30))),
    )
    ben.post(address, WHEN)
    work(with_x)
    for ask in (
        lambda key: ben.get(reverse("posts"), {"show": "before", **({"older": key} if key else {})}),
        lambda key: ben.post(
            reverse("posts"), {"show": "before", "words": "post", **({"older": key} if key else {})}
        ),
    ):
        first = ask("")
        second = ask(first.context["older"])
        keys = [row["post"].key for page in (first, second) for row in page.context["rows"]]
        assert (len(keys), len(set(keys)), second.context["older"]) == (30, 30, "")
    assert ben.get(reverse("posts"), {"show": "before", "older": "x"}).status_code == 404
    assert ben.get(reverse("posts"), {"show": "before", "account": "999999"}).status_code == 404


def test_who_may_bring_and_who_may_read(with_x):
    ben, cara = with_x.browser("ben"), with_x.browser("cara")
    address = bring(ben, with_x, archive(tweet(1, "A secret of the North")))
    assert upload(cara, with_x, archive(tweet(1, "x"))).status_code == 403
    assert [cara.get(address).status_code, cara.post(address, WHEN).status_code] == [404, 404]
    ben.post(address, WHEN)
    work(with_x)
    with scope(with_x.federation.pk):
        nobody = someone("Nora Nobody")
    page = with_x.sign_in(nobody).get(BEFORE)
    assert "A secret of the North" not in text(page)
    assert "A secret of the North" in text(cara.get(BEFORE))


def test_another_accounts_file_is_told_and_wants_a_reason(with_x):
    ben = with_x.browser("ben")
    address = bring(ben, with_x, archive(tweet(1, "x"), handle="somebody_else"))
    page = ben.get(address)
    check_page(text(page))
    assert "somebody_else" in text(page)
    assert ben.post(address, WHEN).status_code == 422
    assert ben.post(address, {**WHEN, "because": "We were called that until March."}).status_code == 302


def test_a_file_that_is_no_use_says_why_and_what_helps(with_x):
    ben = with_x.browser("ben")
    for content, says in [
        (b"\xff\xd8 a picture", "Despite its name, this isn’t a file from a network."),
        (archive(tweet(1, "x"))[:150], "The file is damaged or didn’t download completely."),
        (b"<html>", "as JSON"),
    ]:
        with rolled_back():
            page = ben.get(bring(ben, with_x, content))
            check_page(text(page))
            assert says in text(page)
            assert "Nothing was imported" in text(page)


def test_stopping_and_dropping(with_x, monkeypatch):
    ben = with_x.browser("ben")
    address = bring(ben, with_x, archive(tweet(1, "x")))
    ben.post(address, WHEN)
    check_page(text(ben.post(f"{address}/stop", follow=True)))
    assert work(with_x).state == "stopped"
    ben.post(f"{address}/go-on")
    assert work(with_x).state == "done"
    other = bring(ben, with_x, archive(tweet(2, "y")))
    dropped = ben.post(f"{other}/drop", follow=True)
    check_page(text(dropped))
    assert ben.post(f"{other}/drop").status_code == 409


def test_what_is_too_large_is_refused_beside_the_field_and_far_beyond_not_even_read(with_x, monkeypatch):
    ben = with_x.browser("ben")
    monkeypatch.setattr(past, "MOST_UPLOADED", 100)
    answer = upload(ben, with_x, archive(tweet(1, "x")))
    assert (answer.status_code, "larger than 250 MB" in text(answer)) == (422, True)
    to = reverse("account-before", args=[with_x.accounts["x"].pk])
    far = {"CONTENT_LENGTH": str(past.MOST_UPLOADED + 10**9)}
    assert ben.post(to, {"file": SimpleUploadedFile("x", b"x")}, **far).status_code == 413


def test_more_than_a_picture_is_taken_only_here_and_only_from_who_is_signed_in(with_x, rf):
    to = reverse("account-before", args=[with_x.accounts["x"].pk])
    allowed = {}
    for name, address, user in (
        ("here", to, with_x.people["ben"].user),
        ("elsewhere", BEFORE, with_x.people["ben"].user),
        ("stranger", to, AnonymousUser()),
        ("nowhere", "/no/such/page", with_x.people["ben"].user),
    ):
        request = rf.post(address)
        request.user = user
        allowed[name] = most_for(request, 40)
    assert allowed == {"here": 250_100_000, "elsewhere": 40, "stranger": 40, "nowhere": 40}


def test_a_full_disk_is_told(with_x, monkeypatch):
    monkeypatch.setattr(past_import.shutil, "disk_usage", lambda _place: type("Usage", (), {"free": 1}))
    answer = upload(with_x.browser("ben"), with_x, archive(tweet(1, "x")))
    assert (answer.status_code, "no room for this file" in text(answer)) == (422, True)


def test_networks_whose_downloads_are_not_read_say_so(with_x):
    ben = with_x.browser("ben")
    with scope(with_x.federation.pk):
        TeamMember.objects.create(
            account=with_x.accounts["noticeboard"], person=with_x.people["ben"], part="lead", from_day=LEAD
        )
    board = with_x.accounts["noticeboard"].pk
    assert ben.get(reverse("account-before", args=[board])).status_code == 409
    assert "Schoolgate can’t read downloads from" in text(ben.get(reverse("account", args=[board])))


def test_a_post_after_the_opening_is_not_called_one_from_before(with_x):
    ben = with_x.browser("ben")
    with scope(with_x.federation.pk):
        Account.objects.filter(pk=with_x.accounts["x"].pk).update(opened_at=datetime(2024, 5, 1, tzinfo=UTC))
    address = bring(ben, with_x, archive(tweet(1, "past us")))
    ben.post(address, WHEN)
    work(with_x)
    page = text(ben.get(BEFORE))
    assert ("Posted outside Schoolgate" in page, page.count("Before Schoolgate</")) == (True, 1)  # the tab


def test_the_pages_speak_welsh(with_x):
    ben = with_x.browser("ben")
    ben.cookies["django_language"] = "cy"
    address = bring(ben, with_x, archive(tweet(1, "Diolch"), handle="arall"))
    for path in (address, reverse("account-before", args=[with_x.accounts["x"].pk]), BEFORE):
        check_page(text(ben.get(path)), "cy")


def test_the_list_costs_the_same_for_few_and_for_many(with_x, same_queries):
    ben = with_x.browser("ben")
    few = bring(ben, with_x, archive(tweet(1, "one")))
    ben.post(few, WHEN)
    work(with_x)

    def grow():
        many = bring(ben, with_x, archive(*(tweet(n + 2, f"Post {n}") for n in range(6))))
        ben.post(many, WHEN)
        work(with_x)

    ben.get(BEFORE)
    same_queries(lambda: ben.get(BEFORE), grow)


def test_an_older_post_that_names_a_child_goes_by_two_people(with_x):
    ben, sam = with_x.browser("ben"), with_x.browser("sam")
    with scope(with_x.federation.pk):
        ava = Pupil.objects.create(school=with_x.school, key="Z9", first_name="Zadie", last_name="Quill")
        Safeguarder.objects.create(place="lead", person_id=with_x.people["sam"].pk, since=NOW)
        keep_off(by=with_x.people["sam"], at=NOW, pupil=ava)
    address = bring(ben, with_x, archive(tweet(1, "Zadie Quill won")))
    assert ben.post(address, WHEN).status_code == 302
    work(with_x)
    with scope(with_x.federation.pk):
        page = reverse("older-post", args=[PastToGo.objects.get().pk])
    answer = ben.get(page)
    check_page(text(answer))
    assert "may name or show Zadie Quill" in text(answer)
    assert with_x.browser("cara").get(page).status_code == 404
    ben.post(page, {"do": "say", "said": "gone"})
    assert "Yes, I checked" not in text(ben.get(page))
    assert "Yes, I checked" in text(sam.get(page))
    sam.post(page, {"do": "look", "right": "yes"})
    check_page(text(ben.get(page)))
    assert "checked by" in text(ben.get(page))
