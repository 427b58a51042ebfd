"""The letter that goes with an answer, as a draft: what the law wants told, in the language that is active.

The office changes it as it likes. It never says what was left out, and not that it was left out where that
alone would harm someone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolgate.rights.models import EXEMPTIONS, NOT_ASKED, UNSPOKEN, Kind

PLAIN: Mapping[str, Promise] = {
    "others": gettext_lazy("It is about other people, who have not agreed."),
    "privilege": gettext_lazy("It is legal advice, or was written for legal proceedings."),
    "planning": gettext_lazy("It is about our planning, which giving it now would harm."),
    "negotiating": gettext_lazy("It shows what we intend in negotiations with you."),
    "reference": gettext_lazy("It is a reference given in confidence."),
    "exams": gettext_lazy("It is about exam marks that are not published yet."),
    "by_law": gettext_lazy("Another law forbids us to give it."),
    "elsewhere": gettext_lazy("You can get it elsewhere: [where]"),
    "to_publish": gettext_lazy("We will publish it: [when]"),
    "enforcement": gettext_lazy("Giving it would harm the enforcement of the law: [how]"),
    "affairs": gettext_lazy("Giving it would harm how the school is run: [how, and who decided that]"),
    "safety": gettext_lazy("Giving it would put someone’s health or safety at risk: [how]"),
    "personal": gettext_lazy("It is about people, and data protection law protects them."),
    "confidence": gettext_lazy("Someone gave it to us in confidence."),
    "advice": gettext_lazy("It is legal advice."),
    "commercial": gettext_lazy("Giving it would harm someone’s commercial interests: [whose, and how]"),
}
"""What each exemption means, in the letter. What is in brackets, the office fills in."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a draft is made of.

    `places`: the names of where was searched; `searched_on`: when that ended; None: it was never searched
    here. `left_out`: the exemptions that were used. `periods`: how long kinds of records are kept, as
    (name, words).
    """

    kind: str
    number: int
    federation: str
    name: str
    contact: str
    received_on: date
    on: date
    searched_on: date | None
    places: Sequence[str]
    given: int
    covered: int
    left_out: Collection[str]
    periods: Sequence[tuple[str, str]] = ()


def draft(facts: Facts) -> str:
    """Return the letter, its paragraphs with an empty line between them."""
    public = facts.kind == Kind.INFORMATION
    said = [
        f"{facts.name}\n{facts.contact}",
        _day(facts.on),
        (
            _("Your request for information of {day} (our number {number})")
            if public
            else _("Your request for data of {day} (our number {number})")
        ).format(day=_day(facts.received_on), number=facts.number),
        *_found(facts, public=public),
        *_withheld(facts, public=public),
        *([] if public else _about_the_data(facts)),
        *(_rights_public() if public else _rights_access()),
        "\n".join([_("[Your name and role]"), facts.federation]),
    ]
    return "\n\n".join(said)


def _found(facts: Facts, *, public: bool) -> list[str]:
    said = []
    if facts.searched_on is not None:
        said.append(
            _("We searched our social media system on {day}: {places}.").format(
                day=_day(facts.searched_on), places=", ".join(facts.places)
            )
        )
    if facts.given:
        said.append(
            ngettext(
                "We give you {number} piece. It is in the PDF, and in open formats for a computer.",
                "We give you {number} pieces. They are in the PDF, and in open formats for a computer.",
                facts.given,
            ).format(number=facts.given)
        )
    elif not _reasons(facts):
        said.append(
            _("We don’t have this information.")
            if public
            else _("We found no data about you that we can give.")
        )
    return said


def _withheld(facts: Facts, *, public: bool) -> list[str]:
    said = []
    if facts.covered:
        said.append(
            _("Where words are redacted, they are about other people ({source}).").format(
                source=_source("personal" if public else "others")
            )
        )
    reasons = _reasons(facts)
    if reasons:
        said.append("\n".join([_("We left something out, because:"), *(f"– {one}" for one in reasons)]))
    weighed = [one for one in EXEMPTIONS if one.weighed and one.key in facts.left_out]
    if public and weighed:
        said.append(
            _(
                "For {sources} we weighed the public interest. It is better served by withholding "
                "this than by providing it, because [reason]."
            ).format(sources=", ".join(str(one.source) for one in weighed))
        )
    return said


def _reasons(facts: Facts) -> list[str]:
    return [
        f"{PLAIN[one.key]} ({one.source})"
        for one in EXEMPTIONS
        if one.key in facts.left_out and one.key not in UNSPOKEN and one.key != NOT_ASKED
    ]


def _about_the_data(facts: Facts) -> list[str]:
    said = [
        _(
            "Why we have data: to run our social media accounts, answer people, keep pupils and staff safe, "
            "and show that we follow our policy."
        ),
        _(
            "Who gets it: the people at our schools whose work needs it, those who run our server, and, for "
            "what we publish, the social networks and the public. Networks may store it outside the United "
            "Kingdom."
        ),
    ]
    if facts.periods:
        rows = [f"– {name}: {words}" for name, words in facts.periods]
        said.append("\n".join([_("How long we keep it:"), *rows]))
    else:
        said.append(_("How long we keep it: [see our retention schedule]"))
    said.append(
        _(
            "Where it comes from: you, people who wrote to us or about us, and the school’s own lists. "
            "No decision about you was made by a computer alone."
        )
    )
    return said


def _rights_access() -> list[str]:
    return [
        _(
            "Your rights: you can ask us to correct or erase data about you, to use it less, or to stop "
            "using it."
        ),
        _(
            "If you are unhappy with this answer, complain to us first: [address]. You can also complain to "
            "the Information Commissioner’s Office (ico.org.uk/make-a-complaint, 0303 123 1113), or go to "
            "court."
        ),
    ]


def _rights_public() -> list[str]:
    return [
        _(
            "If you are unhappy with this answer, ask us for an internal review within 40 working days: "
            "[address]."
        ),
        _(
            "If you are still unhappy after that, you can complain to the Information Commissioner’s Office "
            "(ico.org.uk/make-a-complaint, 0303 123 1113)."
        ),
    ]


def _source(key: str) -> str:
    return next(str(one.source) for one in EXEMPTIONS if one.key == key)


def _day(day: date) -> str:
    return str(formats.date_format(day, "j F Y"))
