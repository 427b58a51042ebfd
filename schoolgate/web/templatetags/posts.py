"""Template tags and filters about posts: what is found and read in one, what it needs, who owns what it uses,
how it does where it is published, and the way to take it down.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.db.models import Model

from schoolgate.accounts.models import Account
from schoolgate.core.leaving import found_in
from schoolgate.core.subjects import subject_of
from schoolgate.media.models import Picture, Reading, WordsRead
from schoolgate.media.words import words_of
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads_at
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hits import PostHit, hits_of
from schoolgate.publishing.models import CAN_BE_CHANGED, LinkCard, Post, PostState
from schoolgate.publishing.named_in_public import MOST, posts_pointed_at, posts_with_named
from schoolgate.publishing.of_pupils import may_let_out
from schoolgate.publishing.own_details import own_details, speaks_for_school
from schoolgate.publishing.owners import chosen_for, over_in
from schoolgate.publishing.post_parts import cards_going_out, wrote
from schoolgate.publishing.queries import MOST_SHOWN, may_take_down
from schoolgate.publishing.rules import conditions_of_post, said_of
from schoolgate.publishing.withdrawn import posts_with_like_pictures
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.found_words import KINDS, found_shown
from schoolgate.web.posts.live import changes_shown, out_of_date_shown, reactions_shown, total_of
from schoolgate.web.posts.past import known_of_each
from schoolgate.web.posts.pictures import WAITS
from schoolgate.web.posts.reviewing import claims_of
from schoolgate.web.posts.screening import screening_shown
from schoolgate.web.posts.take_down import can_take_down
from schoolgate.web.posts.wording import snippet

register = template.Library()


@register.simple_tag
def posts_like(post: Post, person: Person, on: date) -> dict[str, Any]:
    """The posts that this person may read, and whether there are more than these. No query where the post has
    no picture."""
    found = posts_with_like_pictures(post, seen_by=person, on=on)
    return {"posts": found[:MOST_SHOWN], "more": len(found) > MOST_SHOWN}


@register.inclusion_tag("posts_conditions/_card.html")
def post_conditions(post: Post, on: date, may_say: bool) -> dict[str, Any]:
    """Each condition with the author's answer for this text; nothing where there are none. Two queries."""
    rows = conditions_of_post(post, on=on)
    said = said_of(post, rows)
    return {"conditions": [(row, said.get(row.pk)) for row in rows], "post": post, "may_say": may_say}


@register.filter
def cards_sent(post: Post) -> list[LinkCard]:
    """Return the cards of a post's links; once it is on its way they never change."""
    return cards_going_out(post)


@register.inclusion_tag("posts_live/_changes.html", takes_context=True)
def post_changed(context: dict[str, Any], post: Post, visit: Visit) -> dict[str, Any]:
    """Each change made on a network that waits for a person; nothing where there is none."""
    return {"changes": changes_shown(visit, post), "post": post, "request": context["request"]}


@register.inclusion_tag("posts_live/_reactions.html")
def post_reactions(post: Post) -> dict[str, Any]:
    """How people reacted, folded; nothing for a post that isn't out."""
    shown = reactions_shown(post)
    return {"networks": shown, "total": total_of(shown)}


GONE = frozenset({PostState.TAKEN_DOWN, PostState.WITHDRAWN})


@register.inclusion_tag("posts_owners/_used.html")
def post_owners(post: Post, visit: Visit) -> dict[str, Any]:
    """Each permission with who gave it, and whether it counts for the accounts of the post."""
    over = [] if post.state in GONE else over_in(post, at=visit.at)
    return {"used": [{"row": each, "over": each in over} for each in chosen_for(post)]}


@register.simple_tag
def known_of_post(post: Post) -> list[tuple[str, str]]:
    """Return for each account of a post its name and the sentence. One query if its texts are loaded."""
    return known_of_each(target.account for target in post.targets.all())


@register.simple_tag
def known_of_account(account: Account) -> str:
    """The sentence of one account. One query."""
    [(_name, said)] = known_of_each([account])
    return said


LONGEST_SHOWN = 600


@register.inclusion_tag("posts_screening/_words.html", takes_context=True)
def words_in(context: Any, picture: Picture) -> dict[str, Any]:
    """What was read in a picture, or that no program has read it."""
    return _shown(context, picture)


@register.inclusion_tag("posts_screening/_words_since.html", takes_context=True)
def words_read_since(context: Any, read: Mapping[int, WordsRead | None]) -> dict[str, Any]:
    """The same for those pictures that the page shows as being read, to take the place of that. `read`: as
    `words_waited_for` found them."""
    return {"each_words": [_words(context, pk, row) for pk, row in read.items()]}


@register.inclusion_tag("posts_screening/_words_of_post.html", takes_context=True)
def words_of_post(context: Any, post: Post) -> dict[str, Any]:
    """What was read in each picture of a post, for those who approve it."""
    open_ = post.state in CAN_BE_CHANGED
    pictures = post.pictures if open_ else []
    cards = [card for card in cards_going_out(post) if card.has_picture] if open_ else []
    each_words = [
        *({**_shown(context, each), "place": n} for n, each in enumerate(pictures, start=1)),
        *({**_words(context, card.pk, card.words), "site": card.site} for card in cards),
    ]
    not_read = any(each["state"] == Reading.NOT_READ for each in each_words)
    return {"each_words": each_words, "not_read": not_read}


@register.inclusion_tag("posts_screening/_card_words.html", takes_context=True)
def words_in_card(context: Any, card: LinkCard) -> dict[str, Any]:
    """What was read in the picture of a link card, or that no program has read it."""
    return _words(context, card.pk, card.words)


def _shown(context: Any, picture: Picture) -> dict[str, Any]:
    return _words(context, picture.pk, words_of([picture]).get(picture.pk))


def _words(context: Any, pk: int, row: WordsRead | None) -> dict[str, Any]:
    words = " / ".join(row.lines or ()) if row else ""
    return {
        "pk": pk,
        "state": str(row.reading(at=context["request"].visit.at) if row else Reading.NOT_READ),
        "words": words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…",
        "reader": row.reader if row else "",
        "waits": WAITS,
    }


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


@register.inclusion_tag("posts_live/_out_of_date.html", takes_context=True)
def post_out_of_date(context: dict[str, Any], post: Post, visit: Visit) -> dict[str, Any]:
    """The question whether the post may stay; nothing for one that isn't listed as out of date."""
    return {"shown": out_of_date_shown(visit, post), "post": post, "request": context["request"]}
