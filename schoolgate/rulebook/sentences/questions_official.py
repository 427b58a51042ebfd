"""Questions about accounts, comments, the press and candidates."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "account.lead_left:ends": gettext_noop("How is it to go on?"),
    "person.entrust:task": gettext_noop("What would they do?"),
    "person.entrust:acknowledged": gettext_noop("Have they said that they know the policy in force?"),
    "person.entrust:manages": gettext_noop("Do they manage other people?"),
    "person.entrust:works_as": gettext_noop("As what do they work here?"),
    "item.remove:reason": gettext_noop("Why?"),
    "item.remove:hosting": gettext_noop("Who hosts the site?"),
    "item.remove:explained": gettext_noop("Were readers told why, in public?"),
    "item.remove:explanation_precise": gettext_noop("Do you judge that they were told the precise reason?"),
    "item.remove:explanation_demanded": gettext_noop("Did somebody ask why?"),
    "item.remove:harmful": gettext_noop("May somebody come to harm by it?"),
    "item.remove:kept": gettext_noop("What of it was kept beforehand?"),
    "item.answer:kind": gettext_noop("What is it that you answer?"),
    "item.answer:to_relation": gettext_noop("Who wrote it?"),
    "item.answer:in_doubt": gettext_noop("Are you in doubt about your answer?"),
    "item.answer:reply_channel": gettext_noop("Would your answer be public?"),
    "item.answer:account_kind": gettext_noop("What kind of account is it?"),
    "item.answer:to_offensive": gettext_noop("Was what they wrote found offensive?"),
    "item.answer:acknowledges_only": gettext_noop("Does it say no more than that it was received?"),
    "item.answer:commits": gettext_noop("Does it promise something in the school's name?"),
    "media.enquiry:about_posts": gettext_noop("Is it about what was posted?"),
    "media.expected:may_be_controversial": gettext_noop("Did somebody mark it as possibly controversial?"),
    "media.expected:what": gettext_noop("Is it a whole site or a single post?"),
    "recruitment.search:informed": gettext_noop("Was the candidate told that searches may be made?"),
    "recruitment.search:unsuccessful": gettext_noop("Did the job go to somebody else?"),
}
