"""The form of a post as Amina fills it in, for the tests of its pages."""

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import Post
from tests.web.posts_cast import TEXT


@pytest.fixture
def typed(stage):
    """`typed(text=..., **more)`: the form as Amina filled it in, for Bluesky."""

    def fill(text: str = TEXT, **more):
        return {
            "text": text,
            "accounts": [stage.accounts["bluesky"].pk],
            "when": "soon",
            "people": "0",
            **more,
        }

    return fill


@pytest.fixture
def new(stage):
    return reverse("post-new", args=[stage.school.pk])


def edit(post) -> str:
    return reverse("post-edit", args=[post.pk])


def only(stage) -> Post:
    with scope(stage.federation.pk):
        return stage.read(Post.objects.get().pk)


def count(stage, model) -> int:
    with scope(stage.federation.pk):
        return model.objects.count()
