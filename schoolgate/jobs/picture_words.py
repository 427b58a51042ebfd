"""Read the words in a picture that was just added, that came with the card of a link, or in a photograph
of a comment."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.inbox.pasting import READ_PHOTO_WORDS, read_photo_words
from schoolgate.media.words import READ_WORDS, read_waiting
from schoolgate.publishing.cards import READ_CARD_WORDS, read_card_words


@app.task(name=READ_WORDS, queue=lanes.PICTURES, retry=lanes.WhileAway())
def read(federation_id: int, picture_id: int) -> None:
    """Read one picture in a process of its own. A worker does one at a time, which bounds the memory."""
    read_waiting(federation_id, picture_id, clock=now)


@app.task(name=READ_CARD_WORDS, queue=lanes.PICTURES, retry=lanes.WhileAway())
def read_card(federation_id: int, card_id: int, digest: str) -> None:
    """Read the picture of one link card, in the same way."""
    read_card_words(federation_id, card_id, digest, clock=now)


@app.task(name=READ_PHOTO_WORDS, queue=lanes.PICTURES, retry=lanes.WhileAway())
def read_photo(federation_id: int, person_id: int, digest: str) -> None:
    """Read one photograph of a comment, in the same way."""
    read_photo_words(federation_id, person_id, digest, clock=now)
