"""Kinds of tasks about posts."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Left
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import Named, declare, shortened
from schoolgate.publishing.models import Delivery, News, PastToGo, Post, PostTarget, ReadyText, ReadyVersion


def beginning(post: OuterRef) -> Coalesce:
    """Return how a post begins, as an expression: its text for the account that was chosen first; nothing of
    one that is kept to the leads."""
    first = (
        PostTarget.objects.filter(post=post, post__leads_only=False)
        .order_by("pk")
        .annotate(begins=Left("text", 200))
    )
    return Coalesce(Subquery(first.values("begins")[:1]), Value(""), output_field=TextField())


def newest_title(text: OuterRef) -> Coalesce:
    """Return the title of a text, as an expression: its newest version's."""
    newest = ReadyVersion.objects.filter(text=text).order_by("-number")
    return Coalesce(Subquery(newest.values("title")[:1]), Value(""), output_field=TextField())


def _delivery(account: str, begins: str = "") -> str:
    return " · ".join(filter(None, (account, shortened(begins))))


POSTS = Named(Post, (beginning(OuterRef("pk")),), shortened)
DELIVERIES = Named(Delivery, ("account__name", Left(Coalesce("of__text", "text"), 200)), _delivery)
"""By account and the start of the post, so that two of one account differ."""
NEWS = Named(News, ("by__name",))
"""By its sender: what they wrote may name a child, and no list or mail repeats it."""

OLDER = Named(PastToGo, ("account__name",))
"""By account: the words of an older post name a child, and no list or mail repeats them."""

TEXTS = Named(ReadyVersion, ("title",))
WHOLE_TEXTS = Named(ReadyText, (newest_title(OuterRef("pk")),))

# fmt: off
APPROVE = declare("post.approve", _("Review a post that needs approval"), _("Review post"),
    page="post", mail="posts.approve", named=POSTS)
APPROVE_TEXT = declare("readytext.approve", _("Approve an emergency text"), _("Read text"),
    page="posts-texts", mail="posts.approve", named=TEXTS, by_subject=False)
RETIRE_TEXT = declare("readytext.retire", _("Agree to retire an emergency text, or keep it"), _("Read text"),
    page="posts", view="as=texts&text=", mail="posts.approve", named=WHOLE_TEXTS)
PUT_RIGHT = declare("post.put_right", _("Correct a post"), _("Go to the post"),
    page="post", mail="posts", named=POSTS)
READ_WELSH = declare("post.read_welsh", _("Compare a post’s Welsh with its English"), _("Compare the texts"),
    page="post", mail="posts", named=POSTS)
BY_HAND = declare("post.by_hand", _("Post by hand"), _("Show me how"),
    page="delivery", mail="posts", named=DELIVERIES)
REMOVE = declare("post.take_down_by_hand", _("Take down a post by hand"), _("Show me how"),
    page="delivery", mail="posts", named=DELIVERIES, harm=True)
CONFIRM_GONE = declare("post.confirm_gone", _("Check that a post is gone"), _("Check"),
    page="delivery", mail="posts", named=DELIVERIES)
OLDER_POST = declare("past.take_down", _("Take down an older post that may name or show a pupil"),
    _("Show me how"), page="older-post", mail="posts", named=OLDER, harm=True)
OLDER_POST_GONE = declare("past.confirm_gone", _("Check that an older post is gone"), _("Check"),
    page="older-post", mail="posts", named=OLDER)
LOOK = declare("delivery.look", _("Check whether a post arrived"), _("Check"),
    page="delivery", mail="posts", named=DELIVERIES)
FAILED = declare("delivery.failed", _("A post couldn’t be sent"), _("See what to do"),
    page="delivery", mail="posts", named=DELIVERIES)
CHANGED = declare("delivery.changed", _("Check a post that was changed on its network"), _("See the change"),
    page="delivery", mail="posts", named=DELIVERIES)
OUT_OF_DATE = declare("post.out_of_date", _("Update a post: the day it announces has passed"),
    _("Go to the post"),
    page="post", mail="posts", named=POSTS)
LOOK_AGAIN = declare("post.look_again", _("Check that a live post is still right"), _("Go to the post"),
    page="post", mail="posts", named=POSTS)
RING = declare("pupil.ring", _("Ring a parent: a post couldn’t be removed in time"), _("Show pupil"),
    page="pupil", mail="posts", harm=True)
NAME_ON_PAGE = declare("pupil.name_on_page", _("See which of our pages named a pupil"), _("Show pupil"),
    page="pupil", mail="posts", passed_on=False)
READ_NEWS = declare("news.read", _("Look at news that was sent in"), _("See the news"),
    page="news", mail="posts", named=NEWS, by_subject=False)
# fmt: on
