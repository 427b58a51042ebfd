"""Whatever becomes public or is sent is in one closed list of doors, field by field."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Field, JSONField, Model, TextField

from schoolgate.core.data_map.entries import load
from schoolgate.core.doors import Door
from schoolgate.networks.intents import IntentRow
from schoolgate.networks.noticeboard.models import NoticeboardPost
from tests.gates.files import expect_none

KEPT_INSIDE = {
    "inbox.AuthorStep": "a number of an author and a fixed reason: no words of ours",
    "inbox.Moderation": "shows or hides what others wrote; their words are the comment's",
    "inbox.ReplyRemoval": "takes a reply down",
}
"""Acts on a network that send no words typed here."""
OF_THE_HANDSHAKE = {
    "differences", "said", "receipt", "proof", "because", "what_next", "owes", "decision", "seen",
}  # fmt: skip

SAY = "Say in schoolgate/core/data_map/tables/<room>.yaml by which door it leaves (`leaves`, core/doors.py)."


def said() -> dict[str, dict[str, Door | None]]:
    found: dict[str, dict[str, Door | None]] = {}
    for field in load().fields():
        found.setdefault(field.table, {})[field.name] = field.leaves
    return found


def holds_words(field: Field) -> bool:
    return isinstance(field, TextField | JSONField) and field.name not in OF_THE_HANDSHAKE


def missing(models: list[type[Model]]) -> list[str]:
    there = said()
    return [
        f"{model._meta.label}.{field.name}"
        for model in models
        if model._meta.label not in KEPT_INSIDE
        for field in model._meta.fields
        if holds_words(field) and there[model._meta.label][field.name] is None
    ]


def test_every_word_that_an_act_on_a_network_sends_names_its_door():
    acts = [model for model in apps.get_models() if issubclass(model, IntentRow)]
    assert len(acts) == 5, f"A new kind of act on a network, or one less: put the number right here. {SAY}"
    expect_none(missing(acts), SAY)


def test_every_word_on_our_own_noticeboard_names_its_door():
    models = [each for each in apps.get_models() if each.__module__ == NoticeboardPost.__module__]
    assert len(models) >= 5
    expect_none(missing(models), SAY)


def test_every_door_has_words_and_none_is_made_up():
    used = {field.leaves for field in load().fields()} - {None}
    expect_none(
        set(Door) - used, "Nothing leaves by it: take it out of core/doors.py, or name it in the data map."
    )


def test_a_field_that_leaves_unsaid_is_found():
    there = said()
    assert there["inbox.Answer"]["text"] == Door.REPLY
    assert there["inbox.Item"]["author_name"] == Door.COMMENT
