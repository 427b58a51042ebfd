"""The privacy notice: for anybody, in both languages, reached from every public page."""

import polib
import pytest
from django.utils import translation

from schoolgate.core.env import env
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.notices.mails import KEPT_FOR
from schoolgate.web.public.privacy import LEAD, SECTIONS, TITLE
from tests.gates.files import ROOT
from tests.web.plain import check_page, forbidden_in

pytestmark = pytest.mark.django_db
PAGE = "/wildground/privacy"
WELSH = ROOT / "schoolgate/locale/cy/parts/privacy.po"


def shown(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def juniors(federation):
    with scope(federation.pk):
        return School.objects.create(name="Wildground Juniors", slug="juniors")


def test_anybody_reads_it_with_the_federations_name_and_its_schools(client, juniors):
    page = shown(client)
    assert "How Wildground stores and uses data about you" in page
    assert "Its schools: Wildground Juniors." in page
    check_page(page)


def test_before_a_school_is_entered_it_names_none(client, federation):
    assert "Its schools" not in shown(client)


def test_it_names_no_school_of_another_federation(client, juniors, make_federation):
    make_federation("wootton", "wootton")
    assert "Wildground" not in shown(client, "/wootton/privacy")


def test_a_federation_that_is_not_there_has_none(client, federation):
    assert client.get("/nowhere/privacy").status_code == 404


def test_nothing_can_be_sent_to_it(client, federation):
    assert client.post(PAGE).status_code == 405


def test_it_says_how_many_backups_this_installation_keeps(client, federation, monkeypatch):
    assert f"Schoolgate saves the latest {env().backup_keep}." in shown(client)
    monkeypatch.setenv("SCHOOLGATE_BACKUP_KEEP", "30")
    env.cache_clear()
    try:
        assert "Schoolgate saves the latest 30." in shown(client)
    finally:
        monkeypatch.undo()
        env.cache_clear()


def test_the_days_that_it_says_are_those_that_the_program_counts(client, federation):
    assert f"without their text, for {KEPT_FOR.days} days" in shown(client)


@pytest.mark.parametrize(
    "address",
    [
        "/wildground/register",
        "/wildground/noticeboard/juniors/",
        "/wildground/something-is-wrong",
        "/wildground/register/fake",
    ],
)
def test_every_public_page_leads_to_it(client, juniors, address):
    page = client.get(address, follow=True).content.decode()
    assert page.count(f'href="{PAGE}"') == 1, address


def test_the_form_for_what_is_wrong_leads_to_what_becomes_of_it(client, juniors):
    assert (
        f'href="{PAGE}#wrong"' in client.get("/wildground/something-is-wrong", follow=True).content.decode()
    )
    assert '<h2 id="wrong">' in shown(client)


def test_a_page_of_no_federation_has_no_link_to_a_notice(client, federation):
    assert "/privacy" not in client.get("/sign-in", follow=True).content.decode()


def test_each_sentence_has_its_welsh_with_the_same_names_and_no_word_that_a_page_never_shows():
    welsh = {entry.msgid: entry.msgstr for entry in polib.pofile(str(WELSH))}
    with translation.override("en"):
        english = [str(said) for said in (TITLE, LEAD)]
        english += [str(said) for one in SECTIONS for said in (one.title, *one.says)]
    names = {"federation": "Llanidloes", "copies": 14}
    for sentence in english:
        said = welsh[sentence] % names
        assert forbidden_in(said, "cy") == []
        assert ("Llanidloes" in said) is ("%(federation)s" in sentence)
        assert ("14" in said) is ("%(copies)s" in sentence)
