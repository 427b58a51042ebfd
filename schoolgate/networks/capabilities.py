"""What each network can do, read from `capabilities.yaml`: typed rows, each with its source and the day it
was read.

Composer, inbox and moderation ask here and nowhere else. `way(action)` is the one question: by the program,
by hand, or not at all.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schoolgate.core.days import stored_day
from schoolgate.core.env import env
from schoolgate.core.own_files import said_in

ACTIONS = (
    "publish",
    "reply",
    "read_replies",
    "release",
    "hide",
    "remove",
    "block",
    "report",
    "take_down",
    "edit",
    "close_comments",
    "schedule",
    "search",
)
Action = Literal[
    "publish",
    "reply",
    "read_replies",
    "release",
    "hide",
    "remove",
    "block",
    "report",
    "take_down",
    "edit",
    "close_comments",
    "schedule",
    "search",
]
OURS = "noticeboard"
"""The network that is our own page: asked of `Capabilities.ours`, or named by this in a query."""
Connector = Literal[
    "noticeboard",
    "bluesky",
    "mastodon",
    "facebook",
    "instagram",
    "threads",
    "youtube",
    "googlebusiness",
    "linkedin",
    "x",
    "manual",
]
Proven = Literal[
    "real_server", "kindred_server", "own_server", "own_document", "documentation_only", "by_hand"
]
"""`kindred_server`: a real server of another make that speaks the network's language."""
FILE = Path(__file__).with_name("capabilities.yaml")


class Way(StrEnum):
    """How something is done here: by the program, by a person on the network's own pages, or not at all."""

    PROGRAM = "program"
    HAND = "hand"
    NO = "no"


class Row(BaseModel):
    """A fact about a network: where it is written and when that was read (a day or a month)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: str
    read: date
    verified: bool = True
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _month_is_its_first_day(cls, data: object) -> object:
        if isinstance(data, dict) and re.fullmatch(r"\d{4}-\d{2}", str(data.get("read", ""))):
            return {**data, "read": stored_day(f"{data['read']}-01")}
        return data


class ActionRow(Row):
    """`by`: the network allows an application to do it (api), only a person (hand), or no one (no).

    `public`: everyone can see that it was done.
    """

    by: Literal["api", "hand", "no"]
    public: bool = False


class NumberRow(Row):
    """A limit; `max` is None where the network writes none. `unit` as the network counts."""

    max: int | None
    unit: str


class CardRow(Row):
    """Who makes the card of a link here: we send it, the network reads the page itself, or there is none."""

    made: Literal["sent", "network", "none"]


class Pace(Row):
    """How long a send may take before it is given up (seconds), and how long after that the network may still
    show what it was sent; a look-up before that proves nothing. `film_seconds`: how much longer a send with a
    film may take."""

    time_out_seconds: int
    settles_in_seconds: int
    film_seconds: int = 0

    def with_parts(self, number: int) -> Pace:
        """Return the pace of a thread: its parts may go out one after the other."""
        more = (number - 1) * self.time_out_seconds
        return self.model_copy(update={"settles_in_seconds": self.settles_in_seconds + more})

    def with_film(self) -> Pace:
        """Return the pace of a send with a film: nothing is looked up while it may still be under way."""
        return self.model_copy(update={"settles_in_seconds": self.settles_in_seconds + self.film_seconds})


class WithApp(Row):
    """What an account can do that was connected through an application which the operator registered with the
    network: the client that serves it, the actions that client does, and whether it sends films. All others
    stay with people. `sign_in_at`: who asks people to sign in, where that isn't called as the network is.
    `link_card`: who makes the card of a link, where that differs. `if_chosen`: what its terms make the
    operator's own decision, as they limit how long comments may be kept (`core.env.comments_of`)."""

    connector: Connector
    sign_in_at: str = ""
    proven: Proven
    does: tuple[Action, ...]
    films: bool = False
    tells_reactions: bool = False
    link_card: Literal["sent", "network", "none"] | None = None
    if_chosen: tuple[Action, ...] = ()


class Capabilities(BaseModel):
    """One network as the program knows it. `text_without`: signs that its texts can't have;
    `asks_about_children`: an account's owner has to say whether its films are made for children."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    own_name: str = Field(alias="name")
    connector: Connector
    proven: Proven
    with_app: WithApp | None = None
    proves_absence: bool
    premoderated: bool = False
    tells_reactions: bool = False
    service: str = ""
    compose: str = ""
    post_address: str = ""
    picture_types: tuple[str, ...] = ()
    picture_required: bool = False
    link_card: CardRow
    film_required: bool = False
    text_without: str = ""
    asks_about_children: bool = False
    pace: Pace
    actions: dict[str, ActionRow]
    numbers: dict[str, NumberRow]

    @model_validator(mode="after")
    def _every_action_has_a_row(self) -> Capabilities:
        if set(self.actions) != set(ACTIONS):
            wrong = sorted(set(self.actions) ^ set(ACTIONS))
            raise ValueError(f"{self.key}: actions missing or unknown: {', '.join(wrong)}")
        return self

    def connected(self, *, chosen: bool | None = None) -> Capabilities:
        """Return the same for an account that was connected through the operator's application; as it is
        where the network has no such way. `chosen`: instead of what the operator chose."""
        if self.with_app is None:
            return self
        chosen = self.key in env().comments_of if chosen is None else chosen
        does = [name for name in self.with_app.does if chosen or name not in self.with_app.if_chosen]
        actions = {
            name: row if row.by != "api" or name in does else row.model_copy(update={"by": "hand"})
            for name, row in self.actions.items()
        }
        by_card = () if self.with_app.films else ("films",)
        numbers = {name: row for name, row in self.numbers.items() if name not in by_card}
        card = self.with_app.link_card or self.link_card.made
        return self.model_copy(
            update={
                "link_card": self.link_card.model_copy(update={"made": card}),
                "connector": self.with_app.connector,
                "proven": self.with_app.proven,
                "actions": actions,
                "numbers": numbers,
                "tells_reactions": self.with_app.tells_reactions,
            }
        )

    @property
    def ours(self) -> bool:
        """Return whether it is a page of this program, which needs no keys and which it changes itself."""
        return self.connector == OURS

    @property
    def name(self) -> str:
        """Return what it is called: our noticeboard in the reader's language, others by their own name."""
        return gettext(self.own_name) if self.ours else self.own_name

    def way(self, action: Action) -> Way:
        """Who does it here. A network without a connector has a person do what its pages or its API allow."""
        by = self.actions[action].by
        if by == "no":
            return Way.NO
        return Way.PROGRAM if by == "api" and self.connector != "manual" else Way.HAND

    def public(self, action: Action) -> bool:
        """Whether everyone can see that this was done (a Bluesky block, for one)."""
        return self.actions[action].public

    @property
    def signs_in_at(self) -> str:
        """Return who asks people to sign in and allow the operator's application."""
        return (self.with_app.sign_in_at if self.with_app else "") or self.name

    def number(self, name: str) -> int | None:
        """A limit by name (text, text_bytes, pictures, picture_bytes, alt); None where the network writes
        none."""
        row = self.numbers.get(name)
        return row.max if row else None

    @property
    def films(self) -> int:
        """How many films one post may have here; none where nothing is known."""
        return self.number("films") or 0

    @property
    def sends_link_card(self) -> bool:
        """Whether the card of a link is sent with a post here."""
        return self.link_card.made == "sent"

    @property
    def shows_captions(self) -> bool:
        """Whether captions go with a film here."""
        return bool(self.number("captions"))

    @property
    def text_unit(self) -> str:
        """What the network counts a text in; see `checks.length`."""
        return self.numbers["text"].unit

    def compose_address(self, text: str) -> str:
        """The network's own page for writing, filled in where it can be; empty where none is known."""
        return self.compose.replace("{text}", quote(text, safe=""))

    def is_post_address(self, address: str) -> bool:
        """Does this look like the address of one post on this network?"""
        return bool(self.post_address) and re.fullmatch(self.post_address, address) is not None


@cache
def all_capabilities() -> dict[str, Capabilities]:
    """Every network of the file, by key, in the file's order. Raises ValueError where the file is not as it
    must be."""
    data = said_in(FILE)
    known = set(data["sources"])
    found = {key: Capabilities(key=key, **body) for key, body in data["networks"].items()}
    for key, capabilities in found.items():
        for name, row in (
            *capabilities.actions.items(),
            *capabilities.numbers.items(),
            ("pace", capabilities.pace),
            ("link_card", capabilities.link_card),
            *((("with_app", capabilities.with_app),) if capabilities.with_app else ()),
        ):
            unknown = set(row.source.split()) - known
            if unknown:
                raise ValueError(f"{key}.{name}: no such source: {', '.join(sorted(unknown))}")
    return found


@cache
def sources() -> dict[str, str]:
    """Key of a source -> where to find it."""
    return dict(said_in(FILE)["sources"])
