"""The page of writing where a policy asks the most: a picture with its parts open fits on a phone."""

import os

import pytest
from playwright.sync_api import expect

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from tests.browsing import PHONE
from tests.cast import someone, someone_leads
from tests.publishing.conftest import account_on
from tests.web.posts_cast import NOW, Stage, jpeg
from tests.web.test_posts_in_a_browser import open_as

pytestmark = pytest.mark.browser

MOST_PIXELS = 3000


@pytest.fixture
def world(own_database, home, make_federation, sign_in) -> Stage:
    """Wootton, which asks its authors most."""
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        head, author = someone("Hana Head", "principal"), someone("Amina Khan", "staff")
        adopt(by=head, at=NOW)
        someone_leads()
        school = School.objects.create(name="Wootton Park", slug="park")
        accounts = {name: account_on(name, school, NOW) for name in ("bluesky", "facebook", "noticeboard")}
    return Stage(federation, school, {"amina": author, "head": head}, accounts, sign_in)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_with_a_picture_open_fits_on_a_phone(world, served, chromium, language):
    tab = open_as(world, chromium, served, "amina")
    tab.context.add_cookies([{"name": "django_language", "value": language, "url": served}])
    tab.goto(f"{served}/posts/new/{world.school.pk}")
    tab.locator("#id_text").fill("Our class won its first match.")
    tab.locator("#id_pictures").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    expect(tab.locator(".sg-pic__say[open]")).to_be_visible()
    for box in tab.locator("[name=accounts]").all():
        box.check()
    expect(tab.locator("#checks")).to_be_visible()
    expect(tab.locator("#checks > li")).not_to_have_count(0)
    folder = os.environ.get("SCHOOLGATE_TEST_SHOTS")
    if folder:
        tab.screenshot(path=f"{folder}/wootton_{language}.png", full_page=True)
    wide, tall = tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    print(f"{language}: {tall} pixels")
    assert wide <= PHONE["width"]
    assert tall <= MOST_PIXELS
