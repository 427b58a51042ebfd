"""The one way from what someone wrote to taking down the posts that it's about."""

from __future__ import annotations

from typing import Any

from django import template

from schoolgate.core.subjects import subject_of
from schoolgate.publishing.named_in_public import MOST, posts_pointed_at, posts_with_named
from schoolgate.publishing.queries import may_take_down
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.take_down import can_take_down
from schoolgate.web.posts.wording import snippet

register = template.Library()


@register.inclusion_tag("posts/_to_take_down.html", takes_context=True)
def take_down_links(context: dict[str, Any], words: str, asked: bool, about: Any = "") -> dict[str, Any]:
    """Return the live posts that words are about and that this visitor may take down. `about`: the post, or
    the name in the record, of what the words were written about; `asked`: the words want something down, so
    those of a child who is named in them are found too, and where there is none, or more than a few, the list
    to find it in."""
    visit: Visit = context["request"].visit
    name = subject_of(about) if about else ""
    found = posts_pointed_at(words, about=name)
    if asked and not found:  # a parent names the child, and seldom the post
        found = posts_with_named(words, on=visit.on)
    may = may_take_down(visit.person, found, on=visit.on)
    rows = [{"pk": post.pk, "snippet": snippet(post)} for post in found if post.pk in may]
    more = len(found) > MOST
    finds = (more or (asked and not found)) and can_take_down(visit)
    return {"rows": rows[:MOST], "find": finds, "more": more}
