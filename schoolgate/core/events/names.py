"""The closed list of events. Whoever records a new one adds its name here, in its area's part.

The value says whether an area above must listen: `True` without a handler is an error at start-up, and so is
a handler for a name that is not listed. A name is `<subject>.<what happened>`; `<subject>.refused` is written
by `action` itself when the policy does not let the step happen.
"""

from typing import Final

CORE: Final = {
    "hold.lifted": False,
    "hold.placed": False,
    "school.added": False,
    "school.calendar_set": False,
    "school.refused": False,
    "stop.lifted": False,
    "stop.pressed": False,
    "vaultsecret.kept": False,
    "vaultsecret.revealed": False,
}

PEOPLE: Final = {
    "people.away": False,
    "people.back": False,
    "people.factor_added": False,
    "people.factor_removed": False,
    "people.factor_reset_asked": False,
    "people.factor_reset_done": False,
    "people.factor_reset_refused": False,
    "people.factor_reset_withdrawn": False,
    "people.gone": False,
    "people.holding_ended": False,
    "people.holding_given": False,
    "people.invited": False,
    "people.language_set": False,
    "people.leave_ended": False,
    "people.leave_given": False,
    "people.left": False,
    "people.password_chosen": False,
    "people.person_added": False,
    "people.returned": False,
    "people.session_ended": False,
    "people.sessions_ended": False,
    "people.token_ended": False,
    "people.token_made": False,
    "person.refused": False,
}

DUTIES: Final = {
    "duty.cancelled": False,
    "duty.discharged": False,
    "duty.moved_on": False,
    "duty.opened": False,
    "duty.overdue": False,
    "duty.refused": False,
    "duty.reminded": False,
}

POLICY: Final = {
    "asking.link_ended": False,
    "asking.link_wanted": True,
    "asking.made": True,
    "asking.reminded": True,
    "attestation.given": False,
    "choice.made": False,
    "choice.refused": False,
    "decision.kept": False,
    "engagement.entered": False,
    "kept.refused": False,
    "policy.reviewed": False,
    "policy.suggested": False,
    "policy.suggestion_answered": False,
    "policyversion.adopted": False,
    "policyversion.changed": False,
    "policyversion.in_force": True,
    "policyversion.refused": False,
    "policyversion.started": False,
    "policyversion.superseded": False,
    "policyversion.withdrawn": False,
    "reading.signed": False,
    "ruling.ended": False,
    "ruling.given": False,
    "rulingasked.answered": False,
    "rulingasked.put": False,
    "trainingsession.cancelled": False,
    "trainingsession.listed": False,
    "trainingsession.planned": False,
    "understandingcheck.taken": False,
}

ACCOUNTS: Final = {
    "account.checked": False,
    "account.closed": False,
    "account.connected": False,
    "account.made": False,
    "account.notified": False,
    "account.opened": False,
    "account.refused": False,
    "account.set_up": False,
    "account.team_changed": False,
    "proposal.accepted": False,
    "proposal.declined": False,
    "proposal.made": False,
    "proposal.refused": False,
    "proposal.signed": False,
    "proposal.submitted": False,
    "proposal.talked_over": False,
    "proposal.withdrawn": False,
}

MEDIA: Final = {
    "picture.added": False,
    "picture.attested": False,
    "picture.described": False,
    "picture.refused": False,
}

PUBLISHING: Final = {
    "delivery.asked": False,
    "delivery.confirmed": False,
    "delivery.different": False,
    "delivery.failed": False,
    "delivery.refused": False,
    "delivery.sent": False,
    "delivery.unknown": False,
    "delivery.written": False,
    "post.approval_lapsed": False,
    "post.approved": False,
    "post.asked_again": False,
    "post.drafted": False,
    "post.edited": False,
    "post.expired": False,
    "post.mark_judged": False,
    "post.marked": False,
    "post.not_sent": False,
    "post.published": False,
    "post.refused": False,
    "post.sent_again": False,
    "post.sent_back": False,
    "post.started": False,
    "post.submitted": False,
    "post.take_down_asked": False,
    "post.taken_down": False,
    "post.withdrawn": False,
}

INBOX: Final = {
    "answer.asked": False,
    "answer.cancelled": False,
    "answer.confirmed": False,
    "answer.different": False,
    "answer.failed": False,
    "answer.refused": False,
    "answer.sent": False,
    "answer.unknown": False,
    "answer.written": False,
    "item.answered": False,
    "item.changed": False,
    "item.closed": False,
    "item.gone": False,
    "item.kept_back": False,
    "item.kind_set": False,
    "item.received": False,
    "item.refused": False,
    "item.released": False,
}

EVENTS: Final[dict[str, bool]] = CORE | PEOPLE | DUTIES | POLICY | ACCOUNTS | MEDIA | PUBLISHING | INBOX
