"""A teacher saves a draft, adds a person to it, and saves it again: on a phone."""

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from tests.journeys.example import setting_up
from tests.journeys.example.steps import answer_what_is_asked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
TEXT = "The pond is clean again."


def test_a_saved_draft_is_saved_again_after_a_person_was_added(house, somebody, wildground):
    priya = somebody(house, "priya", browser=True)
    priya.sign_in()
    with setting_up.inside(house):
        post = setting_up.drafted(TEXT, "noticeboard")
    priya.open(f"/posts/{post.pk}/edit")

    with priya.on_a_phone():
        priya.page.get_by_text(priya.say("Other people shown or named")).click()
        priya.press("Add an entry")
        priya.choose("Who is it?", "A member of staff")
        answer_what_is_asked(priya)
        priya.fill("Text", TEXT + " Thank you!")
        priya.press("Save draft")

    with scope(wildground.pk):
        saved = Post.objects.get(targets__text=TEXT + " Thank you!")
        assert [person.relation for person in saved.people.all()] == ["staff"]
