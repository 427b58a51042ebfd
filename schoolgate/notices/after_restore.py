"""Mails in an installation restored from a backup: what waited then was most likely sent since, so it is
dropped."""

from __future__ import annotations

from datetime import datetime

from schoolgate.core.actions import action
from schoolgate.core.models import LedgerHead
from schoolgate.notices.kinds import UNDER_WAY, MailState, Reason
from schoolgate.notices.models import Mail, Notice, Push, ReadUpTo, SignInMail


@action
def drop_waiting(*, at: datetime) -> int:
    """Drop every mail and notice of the federation in scope that waits; returns how many mails there were.

    What is still to be done stays a duty, and is in the next morning mail. Events recorded up to now are not
    told again either."""
    dropped = Mail.objects.filter(state__in=UNDER_WAY).update(
        state=MailState.DROPPED, reason=Reason.RESTORED, ended_at=at
    )
    Push.objects.filter(state__in=UNDER_WAY).update(
        state=MailState.DROPPED, reason=Reason.RESTORED, ended_at=at
    )
    Notice.objects.filter(state__in=UNDER_WAY).update(state=MailState.DROPPED, reason=Reason.RESTORED)
    head = LedgerHead.objects.first()
    if head is not None:
        ReadUpTo.objects.update(number=head.number)
    return dropped


def drop_sign_in_mails(*, at: datetime) -> int:
    """Drop the waiting mails of the sign-in pages, with their words; returns how many. Outside any scope.

    Their links may have been used since: anyone who still needs one asks for it again."""
    return SignInMail.objects.filter(state__in=UNDER_WAY).update(
        state=MailState.DROPPED, reason=Reason.RESTORED, ended_at=at, sealed=""
    )
