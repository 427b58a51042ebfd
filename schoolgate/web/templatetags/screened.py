"""Words found in the text of a post, on its page; and what a school publishes of itself."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from schoolgate.core.leaving import found_in
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.models import CAN_BE_CHANGED, Post
from schoolgate.publishing.of_pupils import may_let_out
from schoolgate.publishing.own_details import own_details, speaks_for_school
from schoolgate.publishing.post_parts import wrote
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.found_words import KINDS, found_shown
from schoolgate.web.posts.reviewing import claims_of
from schoolgate.web.posts.screening import screening_shown

register = template.Library()


@register.inclusion_tag("posts_screening/_card.html", takes_context=True)
def post_screened(context: Any, post: Post, visit: Visit) -> dict[str, Any]:
    """Each hit with its answer; a form for those who may answer."""
    if post.state not in CAN_BE_CHANGED:
        return {}
    beside = not wrote(visit.person, post)
    may = can(rules.check_may_judge, visit.person, post, on=visit.on)

    def may_answer(hit: PostHit) -> bool:
        if not hit.is_withheld:
            return may
        return may_let_out(visit.person, post, lead_only=hit.lead_only, on=visit.on)

    shown = screening_shown(
        hits_of(post, on=visit.on),
        beside_author=beside,
        may_answer=may_answer,
        leads=leads_at(visit.person, post.school_id, on=visit.on),
    )
    mine = any(each.mine for each in shown.hits)
    return {"screening": shown, "post": post, "may_answer": mine, "request": context["request"]}


@register.inclusion_tag("posts_screening/_found.html", takes_context=True)
def words_found(context: Any, thing: Model, visit: Visit) -> dict[str, Any]:
    """Everything found in a text that two people read, each with its answer, for the second of them."""
    found = found_in(thing, by=visit.person, at=visit.at)
    return {"found": found_shown(found), "request": context["request"]}


@register.inclusion_tag("posts_review/_claims.html", takes_context=True)
def post_claims(context: Any, post: Post, visit: Visit) -> dict[str, Any]:
    """What was claimed about the pictures and the people in them, for the person who approves it."""
    return {
        **claims_of(post, visit),
        "post": post,
        "people": context["people"],
        "request": context["request"],
    }


@register.inclusion_tag("posts_screening/_own.html", takes_context=True)
def own_details_of(context: Any, visit: Visit) -> dict[str, Any]:
    """What the schools that a person writes for publish of themselves, to be removed. One query or two."""
    if "write_post" not in visit.capacities:
        return {}
    schools = queries.schools_to_write_for(visit.person, on=visit.on)
    rows = [(each, KINDS[each.kind]) for each in own_details(schools)]
    me = visit.person.pk if not speaks_for_school(visit.person, at=visit.at) else None
    return {"details": rows, "me": me, "request": context["request"]}
