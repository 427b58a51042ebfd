"""Questions about accounts, comments, the press and candidates."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "account.lead_left:ends": gettext_noop("What will happen to the account?"),
    "person.entrust:acknowledged": gettext_noop("Have they said that they know the policy in force?"),
    "person.entrust:works_as": gettext_noop("What is their employment status?"),
    "item.answer:to_offensive": gettext_noop("Was what they wrote judged offensive?"),
    "item.answer:acknowledges_only": gettext_noop("Does it only say that the message was received?"),
    "media.expected:may_be_controversial": gettext_noop("Did someone mark it as possibly controversial?"),
    "media.expected:what": gettext_noop("Is it a whole site or a single post?"),
}
