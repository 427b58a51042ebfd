"""A whole school, or a mobile network, may share one address: nobody honest is refused for what others
send, and a No by a code that works never is."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from schoolgate.core.clock import now
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.pupils import linking
from schoolgate.pupils.models import Consent, Pupil, Use
from schoolgate.web.frame.addresses import Secret
from schoolgate.web.frame.errors import EACH_CODE, WRONG_CODES
from tests.cast import someone
from tests.web.counted import counted_as
from tests.web.plain import check_page

WRONG = int(WRONG_CODES.partition("/")[0])
EACH = int(EACH_CODE.partition("/")[0])


@pytest.fixture(autouse=True)
def _home(home, db):
    """Files and keys of this test alone, and nobody counted before."""
    cache.clear()


@pytest.fixture
def families(federation):
    """The pages of two families at one school."""
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        amina = someone("Amina", "slt")
        made = []
        for key in ("A1", "B2"):
            ava = Pupil.objects.create(
                school=school, key=key, first_name="Ava", last_name="Thomas", form="4B"
            )
            made.append(linking.make_link(by=amina, at=now(), pupil=ava, giver="parent", who="Ann"))
    return [reverse("consent", args=[federation.slug, linking.code_of(link)]) for link in made]


def used_up(page):
    """Guess until the address is told to wait."""
    wrong = page.rsplit("/", 1)[0] + "/2222-2222-2222"
    with counted_as(WRONG - 1):
        assert Client().get(wrong).status_code == 404
    assert [Client().get(wrong).status_code for _ in range(2)] == [404, 429]


def test_a_careful_parent_answers_every_question_several_times(families, federation):
    """Each press counts for three."""
    for answer in ("given", "refused"):
        with counted_as(3):
            for use in Use.values:
                assert Client().post(families[0], {"use": use, "answer": answer}).status_code == 302
                assert Client().get(families[0]).status_code == 200
    assert Client().get(families[1]).status_code == 200
    with scope(federation.pk):
        assert Consent.objects.filter(answer="refused").exists()


def test_who_guesses_is_told_to_wait_and_a_code_that_works_still_works(families):
    used_up(families[0])
    assert Client().get(families[0]).status_code == 200
    assert Client().post(families[1], {"use": "picture", "answer": "refused"}).status_code == 302


def test_one_code_has_a_generous_bound_of_which_a_no_knows_nothing(families, federation):
    with counted_as(EACH - 1):
        assert Client().get(families[0]).status_code == 200
    assert [Client().get(families[0]).status_code for _ in range(2)] == [200, 429]
    assert Client().post(families[0], {"use": "picture", "answer": "given"}).status_code == 429
    assert Client().post(families[0], {"use": "picture", "answer": "refused"}).status_code == 302
    assert Client().get(families[1]).status_code == 200
    with scope(federation.pk):
        assert [row.answer for row in Consent.objects.all()] == ["refused"]


def test_the_codes_of_letters_are_typed_by_a_whole_parents_evening(families, federation):
    entry = reverse("consent-code", args=[federation.slug])
    good = families[0].rsplit("/", 1)[1]
    with counted_as(WRONG):
        assert {Client().post(entry, {"code": good}).status_code for _ in range(3)} == {302}
    with counted_as(WRONG - 1):
        assert Client().post(entry, {"code": "2222-2222-2222"}).status_code == 422
    wrong = [Client().post(entry, {"code": "2222-2222-2222"}).status_code for _ in range(2)]
    assert wrong == [422, 429]
    assert Client().post(entry, {"code": good}).status_code == 302


def test_a_class_reports_at_once_that_something_is_wrong(federation):
    with scope(federation.pk):
        School.objects.create(name="Wildground Juniors", slug="juniors")
    at = reverse("wrong-public", args=[federation.slug])
    with counted_as(60):
        assert {Client().post(at, {"mark": "m"}).status_code for _ in range(3)} == {422}


def test_a_browser_without_cookies_answers_by_code_and_reports_all_the_same(families, federation):
    with scope(federation.pk):
        before = Consent.objects.count()
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(families[0], {"use": "picture", "answer": "refused"}).status_code == 302
    with scope(federation.pk):
        assert Consent.objects.count() > before
    for name in ("consent-code", "why-removed", "wrong-answer", "wrong-public"):
        at = reverse(name, args=[federation.slug])
        assert Client(enforce_csrf_checks=True).post(at, {}).status_code == 422


def test_where_a_cookie_is_needed_the_page_says_so_and_what_else_to_do(federation):
    at, words = reverse("report-fake", args=[federation.slug]), "A page with our crest asks for money."
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(at, {"words": words}, headers={"Origin": "http://testserver"})
    html = answer.content.decode()
    check_page(html)
    assert answer.status_code == 403
    for said in ("it may block cookies", "use another browser", "ring or email the school", words):
        assert said in html
    strict.get(at)
    assert "it may block cookies" not in strict.post(at, {"words": words}).content.decode()


def pages():
    waiting = [get_resolver()]
    while waiting:
        for each in waiting.pop().url_patterns:
            if isinstance(each, URLResolver):
                waiting.append(each)
            elif isinstance(each, URLPattern):
                yield each


FORMS = {"consent-code", "why-removed", "wrong-answer", "choose_password", "set-up-first"}
WITHOUT = {
    "handed-over": "a network fetches the picture, as often as it needs",
    "invitation": "puts the token into the session; choose_password reads it",
    "account_reset_password_from_key": "counted by the library",
}


def test_every_private_address_counts_wrong_codes_alone():
    private = [
        each for each in pages() if any(isinstance(one, Secret) for one in each.pattern.converters.values())
    ]
    assert len(private) > 8
    missing = [
        each.name
        for each in pages()
        if (each in private or each.name in FORMS)
        and each.name not in WITHOUT
        and getattr(each.callback, "counts", None) != "codes"
    ]
    assert missing == []
