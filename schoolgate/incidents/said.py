"""What reporters may tick, and what each means in the rulebook's facts.

Nothing is ticked in advance, and what is not ticked stays unknown: reporters need not classify what
they saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.rulebook.situations.incident import ChildPart, IncidentKind


@dataclass(frozen=True)
class Says:
    """One line of the form. `unacceptable`: unacceptable in another way than those that a policy lists;
    `outside`: for visitors as well as for people who are signed in."""

    label: str | Promise
    kinds: tuple[IncidentKind, ...] = ()
    child: tuple[ChildPart, ...] = ()
    suffered: bool = False
    did: bool = False
    broke: bool = False
    unacceptable: bool = False
    outside: bool = True


SAYS: Mapping[str, Says] = {
    "hurtful": Says(_("Nasty or threatening words"), ("offensive",)),
    "abuse": Says(_("Abuse or bullying"), ("abuse",)),
    "keeps_on": Says(_("Someone won’t leave me or another person alone"), ("harassing",)),
    "child_written_to": Says(
        _("Someone is messaging a child in a way that isn’t right"), ("worry",), ("improper_communication",)
    ),
    "child_saw": Says(
        _("A child has seen something upsetting or frightening"), ("worry",), ("exposed_to_information",)
    ),
    "child_treated": Says(_("Someone is treating a child badly"), ("worry",), ("exposed_to_behaviour",)),
    "child_told": Says(
        _("A child told me something that worries me"), ("worry",), ("discloses_information",)
    ),
    "child_seems": Says(_("A child seems to be in trouble"), ("worry",), ("displays_behaviour",)),
    "private": Says(
        _("Something private is showing: a name, an address, a picture"), ("data_protection_breach",)
    ),
    "confidential": Says(_("Something confidential has got out"), ("confidentiality_breach",)),
    "copied": Says(_("Someone’s picture, text or music was used without permission"), ("copyright_breach",)),
    "lie": Says(_("A lie about someone"), ("defamatory",)),
    "unfair": Says(_("It treats people unfairly because of who they are"), ("discriminatory",)),
    "taken_over": Says(_("A school account has been hacked or misused"), ("account_abuse",)),
    "misuse": Says(
        _("Someone who works for the school is doing something wrong online"), ("misuse",), broke=True
    ),
    "pupil_wrote": Says(
        _("A pupil contacted a member of staff’s own account"),
        ("worry",),
        ("sent_to_own_account",),
        outside=False,
    ),
    "pestered": Says(
        _("I’m being harassed or targeted because of my work"),
        ("pestered", "targeted"),
        suffered=True,
        outside=False,
    ),
    "mistake": Says(_("I made a mistake on a school account"), ("mistake",), did=True, outside=False),
    "picture_by_mistake": Says(
        _("I took a picture by mistake that could be misunderstood or misused"),
        ("worry",),
        did=True,
        outside=False,
    ),
    "unsure": Says(_("I’m not sure what to do about something"), ("unsure",), outside=False),
    "other": Says(_("Something else that isn’t acceptable"), unacceptable=True),
}
"""Short key, as stored with the report -> what it means."""


def known(keys: Iterable[str], *, inside: bool) -> list[str]:
    """Return those of these keys that the form offers, each once, in its order."""
    given = set(keys)
    return [key for key, one in SAYS.items() if key in given and (inside or one.outside)]


def lines(*, inside: bool) -> list[tuple[str, str | Promise]]:
    """Return key and words of each line offered to a person inside, or a visitor."""
    return [(key, one.label) for key, one in SAYS.items() if inside or one.outside]
