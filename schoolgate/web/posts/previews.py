"""How a post will look on each network, with the card of its link: text, links, hashtags, length. No
network's own artwork."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.connecting import abilities_of
from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import find_links, site_of
from schoolgate.networks.told import limits_with
from schoolgate.publishing import cards
from schoolgate.publishing.models import CardChoice, CardState, LinkCard, Post
from schoolgate.publishing.post_parts import first_link
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.pictures import picture_answer
from schoolgate.web.posts.wording import ShownAccount, ShownThread, shown_account

PREFIX = "card-"
AGAIN = "card"
"""The button that saves the draft and has the page read once more."""
READING = _("The page of the link is being read. Look again in a moment.")
UNREAD = _("The page could not be read, so the post goes out without a card.")
WHY: Mapping[str, str | Promise] = {
    "not_public": _(
        "The link leads to an address that isn’t on the public internet, so the post goes out without a card."
    ),
    "bad_address": _("Cards are made of public https:// pages only, so the post goes out without a card."),
    "private_link": _("A private link isn’t opened for a card, so the post goes out without one."),
    "no_page": _("The link leads to a file and not to a page, so the post goes out without a card."),
    "nothing_to_show": _("The page gives no title, so the post goes out without a card."),
    "late": _("The page was read after an approval, so the post goes out without a card."),
}
FACE = _(
    "A face was found in the page’s picture, so the card goes without it. To show the picture, add it to the "
    "post, where consents are checked."
)
NO_FACE_FOUND = _("No face was found in the picture. That is not proof: look at it yourself.")
NOT_LOOKED = _("No program has looked for faces in the picture. Send it only if no one can be seen in it.")


@dataclass(frozen=True)
class ShownCard:
    """A card on a page. `said`: why there is none, or what to know of its picture. `choices`: each with its
    label and whether it is chosen."""

    card: LinkCard
    said: str | Promise
    choices: Sequence[tuple[str, str | Promise, bool]]
    ready: bool
    picture_below: bool


def card_shown(card: LinkCard, visit: Visit) -> ShownCard:
    """Return one card for the page of writing."""
    ready = card.state == CardState.READ
    choices = [(each.value, each.label, each == card.shown) for each in card.choices] if ready else []
    return ShownCard(card, said_of(card, visit), choices, ready, ready and card.may_show_picture)


def said_of(card: LinkCard, visit: Visit) -> str | Promise:
    """Return the sentence about a card: why there is none, or what its picture may show; empty for none."""
    if card.state == CardState.READ:
        if not card.digest:
            return ""
        if card.faces is None:
            return NOT_LOOKED
        return FACE if card.faces else NO_FACE_FOUND
    if card.reading(visit.at):
        return READING
    return WHY.get(card.why, UNREAD)


def chosen_in(data: QueryDict) -> dict[int, str]:
    """Return what a form has for each card, by its id."""
    return {
        number_in(name.removeprefix(PREFIX)): data.get(name, "") for name in data if name.startswith(PREFIX)
    }


def cards_of(post: Post | None, data: Any = None) -> list[LinkCard]:
    """Return a post's cards, with what was chosen on its page but not saved yet."""
    cards = list(post.link_cards.all()) if post is not None else []
    typed = chosen_in(data) if data else {}
    for card in cards:
        if typed.get(card.pk) in card.choices:
            card.shown = CardChoice(typed[card.pk])
    return cards


def read_again(request: HttpRequest, visit: Visit, post: Post) -> HttpResponseBase:
    """Have the pages of a saved draft's links read once more."""
    told: str | Promise = _("Draft saved. The page of the link is being read again.")
    try:
        cards.ask_for_cards_again(by=visit.person, at=visit.at, post=post)
    except NotNow as error:
        told = error.message
    return done(request, told, "post-edit", pk=post.pk)


def picture_of_card(request: HttpRequest, post: Post) -> HttpResponseBase:
    """Return the picture of one of the post's cards. Raises NotFound."""
    pk = number_in(request.GET.get("card", ""))
    card = next((each for each in post.link_cards.all() if each.pk == pk and each.digest), None)
    if card is None:
        raise NotFound
    return picture_answer(files.opened(card.digest), card.media_type, f"card-{card.pk}")


@dataclass(frozen=True)
class Piece:
    """A run of the text; `kind` is link, mention, tag, or empty for plain words."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Preview:
    """The post on one account. `site`: of the first link, which networks show below the text.
    `most_pictures`: None where the network writes no limit. `without_captions`: a film goes without them;
    `without_descriptions`: so do pictures.
    `card`: of that link, as it goes out; `card_said`: why there is none of ours."""

    account: ShownAccount
    pieces: Sequence[Piece]
    site: str
    tags: int
    most_pictures: int | None
    without_captions: bool
    without_descriptions: bool
    films_only: bool
    thread: ShownThread | None = None
    card: LinkCard | None = None
    card_said: str | Promise = ""


def previews(
    texts: Iterable[tuple[Account, str]],
    cards: Sequence[LinkCard] | None = None,
    *,
    threads: Mapping[int, ShownThread | None] | None = None,
    visit: Visit | None = None,
) -> list[Preview]:
    """One for each account with the text that it gets. `threads`: by account, where it could be one. `cards`:
    those of the post, with the `visit` that looks at them; None where pictures take their place."""
    found = [
        (_preview(account, text, cards, visit), (threads or {}).get(account.pk)) for account, text in texts
    ]
    return [replace(each, thread=thread if thread and thread.chosen else None) for each, thread in found]


def _preview(account: Account, text: str, cards: Sequence[LinkCard] | None, visit: Visit | None) -> Preview:
    raw, end, site, tags = text.encode(errors="surrogatepass"), 0, "", 0
    pieces: list[Piece] = []
    for link in find_links(text):
        pieces.append(Piece(raw[end : link.start].decode(errors="surrogatepass")))
        pieces.append(Piece(raw[link.start : link.end].decode(errors="surrogatepass"), link.kind))
        end = link.end
        tags += link.kind == "tag"
        if link.kind == "link" and not site:
            site = site_of(link.target)
    card, said = _card_of(account, text, cards or (), visit) if site and cards is not None else (None, "")
    pieces.append(Piece(raw[end:].decode(errors="surrogatepass")))
    return Preview(
        shown_account(account, text),
        [piece for piece in pieces if piece.text],
        site,
        tags,
        limits_with(account.network, account.told_limits).pictures,
        without_captions=not all_capabilities()[account.network].shows_captions,
        without_descriptions=all_capabilities()[account.network].number("alt") == 0,
        card=card,
        card_said=said,
        films_only=all_capabilities()[account.network].film_required,
    )


WITHOUT_OURS = {
    "network": _("{network} makes the card itself."),
    "none": _("{network} shows no card for the link."),
}
"""Where we send no card."""


def _card_of(
    account: Account, text: str, cards: Sequence[LinkCard], visit: Visit | None
) -> tuple[LinkCard | None, str | Promise]:
    """Return the card that goes out with a text, or why there is none."""
    can = abilities_of(account)
    if not can.sends_link_card:
        return None, format_lazy(WITHOUT_OURS[can.link_card.made], network=can.name)
    card = next((each for each in cards if each.address == first_link(text)), None)
    if card is None:
        return None, _("Its card is made when the draft is saved.")
    if card.goes_out:
        return card, ""
    if card.state == CardState.READ:
        return None, _("Without a card, as its author chose.")
    return None, said_of(card, visit) if visit is not None else ""
