"""The page on which an author says whether a post keeps to the conditions of its accounts' approval."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.publishing.rules import still_to_say
from tests.accounts.conftest import at_federation  # noqa: F401 - five federations
from tests.publishing.test_conditions import stage  # noqa: F401 - an approval with conditions
from tests.web.plain import check_page
from tests.web.posts_cast import act


@pytest.fixture
def at():
    """A page has the hour of the clock."""
    return datetime.now(UTC)


def test_the_author_says_it_on_the_page_and_the_post_shows_it(stage, sign_in):  # noqa: F811
    author, post = sign_in(stage.ann), reverse("post", args=[stage.post.pk])
    address = act("conditions", stage.post.pk)
    shown = author.get(post).content.decode()
    assert "Not answered by the author" in shown
    assert address in shown
    check_page(author.get(address).content.decode())
    assert author.post(address, {f"touched-{stage.asks.pk}": "yes"}).status_code == 422
    typed = {f"touched-{stage.asks.pk}": "no", f"touched-{stage.bars.pk}": "no"}
    done = author.post(address, typed, follow=True).content.decode()
    check_page(done)
    assert done.count("Doesn’t apply to this post.") == 2
    assert still_to_say(stage.post, on=stage.on) == []
