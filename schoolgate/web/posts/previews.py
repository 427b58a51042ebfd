"""How a post will look on each network: text, links, hashtags, length. No network's own artwork."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from schoolgate.accounts.models import Account
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.normal import find_links
from schoolgate.networks.told import limits_with
from schoolgate.web.posts.wording import ShownAccount, shown_account


@dataclass(frozen=True)
class Piece:
    """A run of the text; `kind` is link, mention, tag, or empty for plain words."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Preview:
    """The post on one account. `site`: of the first link, which networks show below the text.
    `most_pictures`: None where the network writes no limit. `without_captions`: a film goes without them."""

    account: ShownAccount
    pieces: Sequence[Piece]
    site: str
    tags: int
    most_pictures: int | None
    without_captions: bool
    films_only: bool


def previews(texts: Iterable[tuple[Account, str]]) -> list[Preview]:
    """One for each account with the text that it gets."""
    return [_preview(account, text) for account, text in texts]


def _preview(account: Account, text: str) -> Preview:
    raw, end, site, tags = text.encode(errors="surrogatepass"), 0, "", 0
    pieces: list[Piece] = []
    for link in find_links(text):
        pieces.append(Piece(raw[end : link.start].decode(errors="surrogatepass")))
        pieces.append(Piece(raw[link.start : link.end].decode(errors="surrogatepass"), link.kind))
        end = link.end
        tags += link.kind == "tag"
        if link.kind == "link" and not site:
            site = _site_of(link.target)
    pieces.append(Piece(raw[end:].decode(errors="surrogatepass")))
    return Preview(
        shown_account(account, text),
        [piece for piece in pieces if piece.text],
        site,
        tags,
        limits_with(account.network, account.told_limits).pictures,
        without_captions=not all_capabilities()[account.network].shows_captions,
        films_only=all_capabilities()[account.network].film_required,
    )


def _site_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
