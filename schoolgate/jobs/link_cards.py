"""Reading the page that a draft links to, for its card."""

from procrastinate.contrib.django import app

from schoolgate.core.clock import now
from schoolgate.core.work import lanes
from schoolgate.publishing.actions.link_cards import READ_CARD
from schoolgate.publishing.card_reading import read_card


@app.task(name=READ_CARD, queue=lanes.READING_SLOWLY)
def read(federation_id: int, card_id: int) -> None:
    """Read one page, once; where a worker was killed its author asks again."""
    read_card(federation_id, card_id, clock=now)
