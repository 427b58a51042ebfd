"""A school in Wales reads of its designated safeguarding person and of social services; only England has a
LADO."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import Safeguarder, School, place_in_words
from schoolgate.core.tenancy import scope
from schoolgate.web.incidents.fact_fields import choice
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.incidents.test_seats_named import CHAIRS
from tests.web.plain import check_page

LEAD, PERSON = "Designated safeguarding lead", "Designated safeguarding person"


@pytest.mark.parametrize(
    ("countries", "term", "lado"),
    [
        (["england"], LEAD, "(LADO)"),
        (["wales"], PERSON, "social services"),
        (["england", "wales"], LEAD, "in England"),
    ],
)
def test_a_federation_reads_the_terms_of_its_country(federation, countries, term, lado):
    with scope(federation.pk):
        for country in countries:
            School.objects.create(name=country, slug=country, country=country)
        body = choice("incident.conclude", "agencies.body", "local_authority")
        assert place_in_words("lead") == term
        assert lado in body
        assert ("LADO" in body) is ("england" in countries)


def test_a_school_of_a_federation_in_two_countries_reads_its_own(federation, at):
    with scope(federation.pk):
        for country, term in (("england", LEAD), ("wales", PERSON)):
            school = School.objects.create(name=country, slug=country, country=country)
            row = Safeguarder.objects.create(place="lead", person_id=1, school=school, since=at)
            assert row.get_place_display() == term


@pytest.mark.parametrize(
    ("key", "country", "says", "never"),
    [
        ("wildground", "england", "(LADO)", "social services"),
        ("llanidloes", "wales", "regional safeguarding board", "LADO"),
    ],
)
def test_a_concern_about_the_only_lead_says_who_takes_their_part_and_whom_to_tell_outside(
    key, country, says, never, make_federation, sign_in
):
    at = datetime.now(UTC) - timedelta(hours=1)
    federation = make_federation(key, key)
    with scope(federation.pk):
        School.objects.create(name="North", slug="north", country=country)
        Safeguarder.objects.create(place="lead", person_id=someone("Ann Jones").pk, since=at)
        chair = someone("Carys Chair", CHAIRS[key])
        report = wrong(at, what="Miss Jones hit me.", kinds=["child_told"])
    for page in (
        reverse("wrong-report", args=[report.pk]),
        reverse("wrong-stage", args=[report.pk, "assess"]),
    ):
        html = sign_in(chair).get(page).content.decode()
        check_page(html, "en")
        assert "It may be about every safeguarding lead" in html
        assert "Carys Chair" in html
        assert says in html
        assert never not in html
