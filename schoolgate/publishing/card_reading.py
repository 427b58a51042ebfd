"""Read the page of a post's link, and the words in its picture, as jobs: outside any transaction; then what
was found is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from schoolgate.core import files
from schoolgate.core.outside.pages import CannotRead
from schoolgate.core.tenancy import in_scope, scope
from schoolgate.media.link_pages import SeenPage, see_page
from schoolgate.media.words import words_in_file
from schoolgate.publishing.actions.link_cards import note_card, note_card_words, note_no_card
from schoolgate.publishing.card_models import CardState, CardWords, LinkCard


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
