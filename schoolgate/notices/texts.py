"""The texts of mails, in the reader's language: the sender, how many of what kind, and one link. Nothing
else."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.core.models import Federation
from schoolgate.notices.kinds import DANGER, kind
from schoolgate.notices.letters import LetterContent, address
from schoolgate.notices.models import Mail
from schoolgate.notices.states import Moment, Urgency
from schoolgate.notices.ways.port import Letter
from schoolgate.people.models import Person


def letter_of(
    mail: Mail, person: Person, federation: Federation, told: LetterContent | None = None
) -> Letter:
    """Return the mail's text. `told`: what a separate mail needs."""
    with override(person.language):
        if told is not None:
            subject, lines = told.said()
        elif mail.urgency == Urgency.MORNING:
            subject, lines = _morning(mail.lists)
        else:
            subject, lines = _at_once(mail.lists)
        ending = _("Schoolgate, for {federation}").format(federation=federation.name)
    return Letter(
        to_name=person.name,
        to_address=mail.to_address,
        subject=f"{federation.name}: {subject}",
        body="\n\n".join([*lines, ending]) + "\n",
        language=person.language,
        message_id=mail.message_id,
        written_at=mail.started_at or mail.made_at,
    )


def _at_once(lists: Sequence[Sequence[object]]) -> tuple[str, list[str]]:
    danger = any(key == DANGER for key, *_rest in lists)
    return _("someone may be in danger") if danger else _("something needs your attention now"), [
        _("Something in Schoolgate needs you now:"),
        "\n".join(in_words(lists)),
        _("See what it is and what to do:"),
        address("today"),
        _("Our emails never give more detail than this. If you can’t sign in now, ask a colleague to check."),
    ]


def _morning(lists: Sequence[Sequence[object]]) -> tuple[str, list[str]]:
    return _("your summary for today"), [
        _("This is waiting for you in Schoolgate this morning:"),
        "\n".join(in_words(lists)),
        address("today"),
        _("Choose which emails you get, and when:"),
        address("messages"),
    ]


def in_words(lists: Sequence[Sequence[object]]) -> list[str]:
    """Return what a mail lists, a line each, in the active language."""
    return [_line(str(key), str(moment), int(str(number))) for key, moment, number in lists]


def _line(key: str, moment: str, number: int) -> str:
    if not key:
        return _("Of these, {number} overdue").format(number=number)
    said = {"what": str(kind(key).sentence), "number": number}
    match Moment(moment):
        case Moment.OVERDUE:
            return _("Overdue. {what}: {number}").format(**said)
        case Moment.SOON:
            return _("Due within two hours. {what}: {number}").format(**said)
        case Moment.MOVED_ON:
            return _("Passed to you because it is overdue. {what}: {number}").format(**said)
        case Moment.NOT_REACHED:
            return _("Passed to you because someone else couldn’t be reached. {what}: {number}").format(
                **said
            )
        case Moment.TOLD | Moment.OPENED:
            return _("{what}: {number}").format(**said)
