"""Questions about accounts, comments, the press and candidates."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "account.lead_left:ends": gettext_noop("How is it to go on?"),
    "person.entrust:acknowledged": gettext_noop("Have they said that they know the policy in force?"),
    "person.entrust:works_as": gettext_noop("As what do they work here?"),
    "item.answer:to_offensive": gettext_noop("Was what they wrote found offensive?"),
    "item.answer:acknowledges_only": gettext_noop("Does it say no more than that it was received?"),
    "media.expected:may_be_controversial": gettext_noop("Did somebody mark it as possibly controversial?"),
    "media.expected:what": gettext_noop("Is it a whole site or a single post?"),
}
