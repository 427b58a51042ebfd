"""Writes about what came in, each with a verb."""

from schoolgate.inbox.actions.answering import (
    answer_done_by_hand,
    close_item,
    say_how_the_answer_stands,
    write_answer,
)
from schoolgate.inbox.actions.ingesting import TakenIn, ingest, note_gone
from schoolgate.inbox.actions.releasing import note_released, paste_in

__all__ = [
    "TakenIn",
    "answer_done_by_hand",
    "close_item",
    "ingest",
    "note_gone",
    "note_released",
    "paste_in",
    "say_how_the_answer_stands",
    "write_answer",
]
