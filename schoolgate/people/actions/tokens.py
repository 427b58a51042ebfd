"""Make and end keys for programs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events.recording import record
from schoolgate.core.moves import done_before
from schoolgate.core.tenancy import current_scope
from schoolgate.people import rules, tokens
from schoolgate.people.models import ApiToken, Person

MOST = 20
"""Keys that one person may have at a time: more are only ever forgotten ones."""


@dataclass(frozen=True)
class NewToken:
    """A key just made. `text` is shown now and never again."""

    token: ApiToken
    text: str


@action
def make_token(
    *, by: Person, at: datetime, name: str, days: int, may_write: bool, with_factor: bool
) -> NewToken:
    """Make a key with which a program of `by` speaks for them, for `days` days.

    `with_factor`: whether `by` showed a second step when signing in. Raises NotAllowed (the second step is
    compulsory for this person and was not shown, or they hold no role), NotNow (too many), BadInput (name,
    days).
    """
    on = local_day(at)
    if not with_factor and rules.factor_is_compulsory(by, on=on):
        raise NotAllowed(
            _("Your role needs two-step verification, and you signed in without it."),
            next_step=_("Sign in again with your passkey or the code from your app, then create the key."),
        )
    rules.check_has_a_role(by, on=on)
    if len(tokens.tokens_of(by, at=at)) >= MOST:
        raise NotNow(_("You already have 20 keys."), next_step=_("End one that you no longer use."))
    tidy = _checked(name, days)
    text = tokens.new_text(current_scope().federation_id)
    token = ApiToken.objects.create(
        person=by,
        name=tidy,
        digest=tokens.digest_of(text),
        may_write=may_write,
        with_factor=with_factor,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record("people.token_made", subject=token, at=at, actor=by, writes=may_write, days=days)
    return NewToken(token, text)


@action
def end_token(*, by: Person, at: datetime, token_id: int) -> ApiToken:
    """End a key of the user's own, or anyone's if the user manages people: it stops working at once.

    Raises NotFound (also for another user's), NotNow (ended already).
    """
    token = ApiToken.objects.select_related("person").filter(pk=token_id).first()
    own = token is not None and token.person_id == by.pk
    if token is None or not (own or rules.can(rules.check_may_administer, by, on=local_day(at))):
        raise NotFound
    if not ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=at):
        raise done_before(token, _("This key has already been ended."), ended_at__isnull=False)
    token.ended_at = at
    record("people.token_ended", subject=token, at=at, actor=by, person=token.person_id)
    return token


def _checked(name: str, days: int) -> str:
    wrong: dict[str, Text] = {}
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 80 or any(unicodedata.category(c).startswith("C") for c in tidy):
        wrong["name"] = _("Say what the key is for, in 80 characters or fewer.")
    if not 1 <= days <= tokens.LONGEST.days:
        wrong["days"] = _("A key can last from one day to a year.")
    if wrong:
        raise BadInput(wrong)
    return tidy
