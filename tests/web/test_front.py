"""The first public page of a federation and of a school, link previews, and what search engines are told."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.models import Person
from tests.cast import someone
from tests.conftest import as_owner
from tests.web.plain import check_page

NOW = datetime.now(UTC)
BY_HAND = next(key for key, found in all_capabilities().items() if found.connector == "manual")


def opened(name: str, school: School | None, **more) -> Account:
    by = Person.objects.first()
    given = {
        "name": name, "network": BY_HAND, "kind": "school", "made_at": NOW, "state": "open", "opened_at": NOW,
        "opened_by": by, "school": school, "address": f"https://social.example/{name}",
    }  # fmt: skip
    return Account.objects.create(**{**given, **more})


@pytest.fixture
def schools(federation):
    """Two schools with an account each, one of both, and one that waits."""
    with scope(federation.pk):
        someone("Sian Parry", "slt")
        juniors = School.objects.create(name="Wildground Juniors", slug="juniors")
        infants = School.objects.create(name="Wildground Infants", slug="infants")
        opened("Juniors", juniors)
        opened("Infants", infants)
        opened("Everybody", None)
        opened("Not yet", juniors, state="waiting", opened_at=None, opened_by=None)
        NoticeboardPost.objects.create(
            school=juniors, key="abc", text="Sports day is on Friday.\nBring a hat.", published_at=NOW,
            languages=["en"],
        )  # fmt: skip
    return federation


def shown(client, name, *args, language="en") -> str:
    answer = client.get(reverse(name, args=args), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_federation_has_a_first_page(client, schools, language):
    html = shown(client, "front", "wildground", language=language)
    check_page(html, language)
    for words in ("Juniors", "Infants", "Everybody", "https://social.example/Juniors"):
        assert words in html
    assert "Not yet" not in html
    assert "Sian" not in html
    for name in ("register", "genuine", "wrong-public", "public-may-i", "privacy", "report-fake"):
        assert reverse(name, args=["wildground"]) in html
    assert reverse("school-front", args=["wildground", "juniors"]) in html


def test_a_school_has_its_own_accounts_and_those_of_all_and_its_newest_posts(client, schools):
    html = shown(client, "school-front", "wildground", "juniors")
    check_page(html)
    assert "https://social.example/Juniors" in html
    assert "https://social.example/Everybody" in html
    assert "https://social.example/Infants" not in html
    assert "Sports day is on Friday." in html


@pytest.mark.parametrize("path", ["/nowhere", "/wildground/schools/nowhere", "/nowhere/schools/juniors"])
def test_what_is_not_there_is_not_found(client, schools, path):
    assert client.get(path).status_code == 404


def test_another_federations_school_is_not_shown(client, schools, make_federation):
    make_federation("elsewhere", "wildground")
    assert client.get(reverse("school-front", args=["elsewhere", "juniors"])).status_code == 404


def test_the_page_of_an_empty_federation_says_so(client, federation):
    assert "No accounts open yet" in shown(client, "front", "wildground")


def meta(html: str) -> dict[str, str]:
    pairs = re.findall(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">', html)
    return dict(pairs)


def test_a_link_to_it_shows_what_it_is(client, schools):
    html = shown(client, "front", "wildground")
    found = meta(html)
    assert found["og:title"] == "Wildground"
    assert found["og:url"] == "http://testserver/wildground"
    assert found["twitter:card"] == "summary"
    assert found["og:image"].endswith("icon-512.png")
    assert '<link rel="canonical" href="http://testserver/wildground">' in html


def test_a_link_to_a_post_shows_its_words_and_no_address_of_its_own_making(client, schools):
    html = shown(client, "noticeboard-post", "wildground", "juniors", "abc")
    assert meta(html)["og:description"] == "Sports day is on Friday. Bring a hat."
    traced = client.get(reverse("front", args=["wildground"]), {"utm_source": "x"}).content.decode()
    assert "utm_source" not in traced


def test_pages_inside_and_what_is_invented_are_not_listed(client, own_database, make_federation):
    noindex = '<meta name="robots" content="noindex">'
    make_federation("oakhill", "wildground")
    assert noindex in client.get(reverse("account_login")).content.decode()
    assert noindex in shown(client, "wrong-public", "oakhill")
    assert noindex not in shown(client, "front", "oakhill")
    with as_owner() as owner:
        owner.execute("UPDATE core_federation SET is_example = true")
    assert noindex in shown(client, "front", "oakhill")


def test_robots_are_told_where_not_to_go(client):
    text = client.get("/robots.txt").content.decode()
    assert text.startswith("User-agent: *")
    assert "Disallow: /api/" in text
