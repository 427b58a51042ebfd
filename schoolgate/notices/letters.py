"""Separate mails, such as an invitation: what they say, and where their content comes from.

A letter carries a link, and some links open something: so it is made when the mail is sent, by the app that
knows about it, and never stored. The apps above register how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolgate.core.env import env
from schoolgate.notices.kinds import kind


@dataclass(frozen=True)
class LetterContent:
    """What one letter needs: its link, which of its texts, and the few names it may contain."""

    link: str
    text: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


Maker = Callable[[int, datetime], LetterContent | None]
"""Called with the number of the subject and the instant, inside the scope, in the reader's language. None: it
is over, and nothing is sent."""

_MAKERS: dict[str, Maker] = {}


def makes_letter(key: str) -> Callable[[Maker], Maker]:
    """Say who makes the letters of a kind. Raises UnknownKind, and ValueError for a kind that has none."""

    def enter(maker: Maker) -> Maker:
        if not kind(key).letter:
            raise ValueError(f"{key} is not told by a mail of its own")
        _MAKERS[key] = maker
        return maker

    return enter


def maker_of(key: str) -> Maker:
    """Return the maker of the letters of a kind. Raises LookupError if there is none."""
    return _MAKERS[key]


def address(name: str, *args: object, **kwargs: object) -> str:
    """The full address of a page, for a mail; without a public address, this machine's own."""
    origin = env().public_address or f"http://localhost:{env().port}"
    return origin + reverse(name, args=args or None, kwargs=kwargs or None)


def texts(key: str, told: LetterContent) -> tuple[str, list[str]]:
    """Subject and paragraphs of a letter, in the present language."""
    subject, lines = _TEXTS[told.text or key]()
    said = {"link": told.link, **told.names}
    return subject, [line.format(**said) for line in lines]


def _invited() -> tuple[str, list[str]]:
    return _("choose your password"), [
        _("You now have access to Schoolgate, where we manage our social media."),
        _("Choose your password here. The link works once and lasts seven days:"),
        "{link}",
        _("If you weren’t expecting this, don’t follow the link. Ask the school."),
    ]


def _new_place() -> tuple[str, list[str]]:
    return _("you have access here too"), [
        _("You now have access to Schoolgate, where we manage our social media."),
        _("Sign in as usual, then switch here:"),
        "{link}",
    ]


def _reset_asked() -> tuple[str, list[str]]:
    return _("someone asked to reset your two-step verification"), [
        _("A second person must confirm it within a day. You then set up a new one."),
        _("If you didn’t ask for this, sign in and withdraw it, and tell the school at once:"),
        "{link}",
    ]


def _reset_done() -> tuple[str, list[str]]:
    return _("your two-step verification was reset"), [
        _("Two people confirmed it. You’ve been signed out everywhere."),
        _("Sign in with your password and set up two-step verification again:"),
        "{link}",
        _("If you didn’t ask for this, tell the school at once."),
    ]


def _about_the_link() -> list[str]:
    return [
        _("This link is for you only. It works for 14 days or until you answer. You can also say no."),
        _("If you weren’t expecting this, don’t follow the link. Ask the school."),
    ]


def _asking() -> tuple[str, list[str]]:
    return _("please read our social media policy"), [
        _("Our social media policy applies to you too. You can read it here, and say that you have:"),
        "{link}",
        *_about_the_link(),
    ]


def _reminder() -> tuple[str, list[str]]:
    return _("reminder: please read our social media policy"), [
        _("You were asked to read our social media policy and haven’t answered yet:"),
        "{link}",
    ]


def _reminder_by_link() -> tuple[str, list[str]]:
    subject, lines = _reminder()
    return subject, lines + _about_the_link()


def _key_shown() -> tuple[str, list[str]]:
    return _("an account key was viewed"), [
        _("Account: {account}. Viewed: {what}. By: {who}."),
        _("You’re being told because you manage it too. If it shouldn’t have been viewed, talk to them."),
        "{link}",
    ]


def _paper_opened() -> tuple[str, list[str]]:
    return _("a sealed envelope was opened"), [
        _("Account: {account}. Envelope number: {number}."),
        _("Change these keys on the network now, then save the new ones here:"),
        "{link}",
    ]


_TEXTS: Mapping[str, Callable[[], tuple[str, list[str]]]] = {
    "people.invited": _invited,
    "people.new_place": _new_place,
    "people.reset_asked": _reset_asked,
    "people.reset_done": _reset_done,
    "policy.asking": _asking,
    "policy.reminder": _reminder,
    "policy.reminder_by_link": _reminder_by_link,
    "accounts.key_shown": _key_shown,
    "accounts.paper_opened": _paper_opened,
}
