"""Have the page of a post's link read for its card, keep what was found, choose how much of it goes out.
The jobs that read run outside any transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.core import files, work
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.outside.client import CannotRead
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.media.link_pages import SeenPage, see_page
from schoolgate.media.words import fill, have_read, words_in_file
from schoolgate.people.models import Person
from schoolgate.publishing import queries, rules
from schoolgate.publishing.hit_answers import note_for_leads
from schoolgate.publishing.models import CardChoice, CardState, CardWords, LinkCard, Post, PostState
from schoolgate.publishing.post_parts import links_wanted
from schoolgate.screening import lets_strangers_in

READ_CARD: Final = "publishing.read_card"
READ_CARD_WORDS: Final = "publishing.read_card_words"


def ask_for_cards(post: Post, *, at: datetime) -> None:
    """Have a worker read the pages that the post links to now, once the present transaction is committed; the
    cards of links that are gone are deleted. A link that lets strangers in is not opened."""
    wanted = links_wanted(post)
    post.link_cards.exclude(address__in=wanted).delete()
    known = set(post.link_cards.values_list("address", flat=True)) if wanted else set()
    for address in wanted:
        if address not in known:
            _ask(LinkCard(post=post, address=address), at=at)


@action
def ask_for_cards_again(*, by: Person, at: datetime, post: Post) -> Post:
    """Have the pages of a draft's links read once more. Raises NotAllowed, NotNow (no draft; being read)."""
    rules.check_may_change(by, post, on=local_day(at))
    _check_draft(post)
    cards = list(post.link_cards.all())
    if any(each.reading(at) for each in cards):
        raise NotNow(_("The page of the link is being read."), _("Look again in a moment."))
    for card in cards:
        card.state, card.why, card.shown, card.chosen_by = CardState.ASKED, "", CardChoice.WORDS, None
        card.title, card.description, card.digest, card.media_type = "", "", "", ""
        card.width, card.height, card.faces, card.read_at = 0, 0, None, None
        CardWords.objects.filter(card=card).delete()
        _ask(card, at=at)
    return queries.post(post.pk)


@action
def choose_cards(*, by: Person, at: datetime, post: Post, chosen: Mapping[int, str]) -> Post:
    """Choose how much of each card of a draft goes out, by the card's id; a card that is not there (any more)
    is passed over. Raises NotAllowed, NotNow (no draft), BadInput on `link_card`."""
    rules.check_may_change(by, post, on=local_day(at))
    _check_draft(post)
    for card in post.link_cards.all():
        choice = chosen.get(card.pk, card.shown)
        if card.state != CardState.READ or choice == card.shown:
            continue
        if choice not in card.choices:
            raise BadInput({"link_card": _("Choose one of the answers offered.")})
        card.shown, card.chosen_by = CardChoice(choice), by
        card.save(update_fields=["shown", "chosen_by"])
        record("post.card_chosen", subject=post, at=at, actor=by, shown=str(choice))
    return queries.post(post.pk)


@action
def note_card(*, at: datetime, pk: int, seen: SeenPage, digest: str) -> bool:
    """Keep what a page told about itself; the file of its picture is in the store under `digest`. Returns
    whether there is a card now: it comes too late for a post that was approved meanwhile."""
    card = _waiting(pk)
    if card is None:
        return False
    if not _open(card.post):
        _without(card, why="late", at=at)
        return False
    picture = seen.picture
    if picture is not None:
        card.digest, card.media_type = digest, picture.media_type
        card.width, card.height, card.faces = picture.width, picture.height, picture.faces
        card.prints = list(picture.prints)
    shows = picture is not None and picture.faces == 0
    card.shown = CardChoice.PICTURE if shows else CardChoice.WORDS
    card.title, card.description, card.state, card.read_at = seen.title, seen.description, CardState.READ, at
    card.save()
    if card.may_show_picture:
        about = {"federation_id": card.post.federation_id, "card_id": card.pk, "digest": card.digest}
        have_read(CardWords(card=card, asked_at=at), job=READ_CARD_WORDS, **about)
    if card.post.state == PostState.SUBMITTED:  # an approver may have looked at it already
        Post.objects.filter(pk=card.post_id).update(version=F("version") + 1)
    record("post.card_read", subject=card.post, at=at, picture=picture is not None)
    note_for_leads(queries.post(card.post_id), at=at)
    return True


@action
def note_card_words(*, at: datetime, pk: int, digest: str, lines: Sequence[str] | None) -> bool:
    """Save what was read in the picture `digest` of a card, once; None: it could not be read. Nothing where
    the card has another picture by now. Returns whether there are words."""
    rows = CardWords.objects.filter(card=pk, card__digest=digest, read_at=None)
    if not fill(rows, at=at, lines=lines):
        return False
    card = LinkCard.objects.select_related("post").get(pk=pk)
    record("post.card_words_read", subject=card.post, at=at, lines=-1 if lines is None else len(lines))
    note_for_leads(queries.post(card.post_id), at=at)
    return bool(lines)


@action
def note_no_card(*, at: datetime, pk: int, why: str) -> None:
    """Keep that there is no card for a link, and why: a short code."""
    card = _waiting(pk)
    if card is not None:
        _without(card, why=why, at=at)


def _ask(card: LinkCard, *, at: datetime) -> None:
    card.asked_at = at
    if lets_strangers_in(card.address):
        card.state, card.why, card.read_at = CardState.NONE, "private_link", at
        card.save()
        return
    card.save()
    job = app.configure_task(READ_CARD, queue=work.READING_SLOWLY)
    job.defer(federation_id=card.post.federation_id, card_id=card.pk)


def _waiting(pk: int) -> LinkCard | None:
    """Return the card if it still waits; its post stays locked until the transaction ends."""
    found = LinkCard.objects.filter(pk=pk, state=CardState.ASKED).first()
    if found is None:
        return None
    Post.objects.select_for_update().get(pk=found.post_id)
    return LinkCard.objects.select_related("post").filter(pk=pk, state=CardState.ASKED).first()


def _open(post: Post) -> bool:
    """Return whether the post may still get a card: not once anyone has approved it."""
    approved = post.approvals.filter(lapsed_at=None).exists()
    return post.state in (PostState.DRAFT, PostState.SUBMITTED) and not approved


def _without(card: LinkCard, *, why: str, at: datetime) -> None:
    card.state, card.why, card.read_at = CardState.NONE, why, at
    card.save(update_fields=["state", "why", "read_at"])
    record("post.no_card", subject=card.post, at=at, why=why)


def _check_draft(post: Post) -> None:
    if post.state != PostState.DRAFT:
        raise NotNow(_("Only the card of a draft can be changed."), _("Change the post, then its card."))


def read_card(
    federation_id: int, card_id: int, *, clock: Callable[[], datetime],
    see: Callable[[str], SeenPage] = see_page,
) -> None:  # fmt: skip
    """Read the page of one link that waits; one that is gone or was read is left alone.

    Raises RuntimeError inside a scope: nothing is fetched inside a transaction.
    """
    if in_scope():
        raise RuntimeError("a page is not fetched inside a transaction")
    with scope(federation_id):
        card = LinkCard.objects.filter(pk=card_id, state=CardState.ASKED).first()
    if card is None:
        return
    try:
        seen = see(card.address)
    except CannotRead as error:
        with scope(federation_id):
            note_no_card(at=clock(), pk=card_id, why=error.why)
        return
    digest = ""
    if seen.picture is not None:
        kept = files.keep(seen.picture.content, seen.picture.media_type, federation_id=federation_id)
        digest = kept.digest
    with scope(federation_id):
        note_card(at=clock(), pk=card_id, seen=seen, digest=digest)


def read_card_words(federation_id: int, card_id: int, digest: str, *, clock: Callable[[], datetime]) -> bool:
    """Read the words in the picture `digest` of one card; returns whether there are any. One that was read or
    has another picture by now is left alone."""
    with scope(federation_id):
        waits = CardWords.objects.filter(card=card_id, card__digest=digest, read_at=None).exists()
    if not waits:
        return False
    lines = words_in_file(digest, federation_id=federation_id)
    with scope(federation_id):
        return note_card_words(at=clock(), pk=card_id, digest=digest, lines=lines)
