"""What the author and the approver read of a network before a post goes there: that only a person can take it
down, and that pictures go without their descriptions."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from schoolgate.accounts.models import Account
from schoolgate.core.env import env
from schoolgate.web.posts.written import previews


@pytest.fixture(autouse=True)
def _applications(monkeypatch):
    """The operator entered the keys of both companies' applications."""
    for company in ("META", "GOOGLE", "LINKEDIN"):
        monkeypatch.setenv(f"SCHOOLGATE_{company}_APP_ID", "1")
        monkeypatch.setenv(f"SCHOOLGATE_{company}_APP_SECRET", "a-secret-of-an-application")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


STAYS, NO_DESCRIPTIONS = "lets no program delete posts", "doesn’t show descriptions of pictures"
SAID = [
    ("instagram", "vault", "picture", []),
    ("facebook", "vault", "picture", []),
    ("googlebusiness", "vault", "picture", [NO_DESCRIPTIONS]),
    ("googlebusiness", "vault", "film", []),
    ("googlebusiness", "vault", "", []),
    ("tiktok", None, "picture", [NO_DESCRIPTIONS]),
]


@pytest.mark.parametrize(("network", "keys", "shown", "said"), SAID)
def test_before_a_post_goes_out_its_author_reads_what_the_network_lacks(network, keys, shown, said):
    account = Account(name="Ours", network=network, vault_ref=keys)
    (preview,) = previews([(account, "Open day on Friday")])
    pictures = [{"film": shown == "film"}] if shown else []

    page = render_to_string("posts/_said_before.html", {"each": preview, "pictures": pictures})

    assert [one for one in (STAYS, NO_DESCRIPTIONS) if one in page] == said


def test_that_only_a_person_can_take_it_down_is_said_in_both_languages():
    """No network that the program posts to today is like that."""
    (preview,) = previews([(Account(name="Ours", network="instagram", vault_ref="vault"), "Diwrnod agored")])
    stays = SimpleNamespace(account=replace(preview.account, stays=True))
    for language, words in (
        ("en", STAYS),
        ("cy", "Nid yw Instagram yn gadael i unrhyw raglen ddileu postiadau"),
    ):
        with translation.override(language):
            assert words in render_to_string("posts/_said_before.html", {"each": stays, "pictures": []})
