"""How a post will look on each network: text, links, hashtags, length. No network's own artwork."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import find_links, site_of
from schoolgate.networks.told import limits_with
from schoolgate.publishing.models import CardState, LinkCard
from schoolgate.publishing.post_parts import first_link
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.link_cards import said_of
from schoolgate.web.posts.threads import ShownThread
from schoolgate.web.posts.wording import ShownAccount, shown_account


@dataclass(frozen=True)
class Piece:
    """A run of the text; `kind` is link, mention, tag, or empty for plain words."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Preview:
    """The post on one account. `site`: of the first link, which networks show below the text.
    `most_pictures`: None where the network writes no limit. `without_captions`: a film goes without them.
    `card`: of that link, as it goes out; `card_said`: why there is none. `makes_card`: the network makes
    it."""

    account: ShownAccount
    pieces: Sequence[Piece]
    site: str
    tags: int
    most_pictures: int | None
    without_captions: bool
    films_only: bool
    thread: ShownThread | None = None
    card: LinkCard | None = None
    card_said: str | Promise = ""
    makes_card: bool = False


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
        card=card,
        card_said=said,
        makes_card=cards is not None and all_capabilities()[account.network].link_card.made == "network",
        films_only=all_capabilities()[account.network].film_required,
    )


def _card_of(
    account: Account, text: str, cards: Sequence[LinkCard], visit: Visit | None
) -> tuple[LinkCard | None, str | Promise]:
    """Return the card that goes out with a text, or why there is none."""
    if not all_capabilities()[account.network].sends_link_card:
        return None, ""
    card = next((each for each in cards if each.address == first_link(text)), None)
    if card is None:
        return None, _("Its card is made when the draft is saved.")
    if card.goes_out:
        return card, ""
    if card.state == CardState.READ:
        return None, _("Without a card, as its author chose.")
    return None, said_of(card, visit) if visit is not None else ""
