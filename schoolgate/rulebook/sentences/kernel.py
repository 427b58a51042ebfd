"""Sentences that the kernel itself speaks."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "kernel.met": gettext_noop("This is as the policy asks."),
    "rule.own_words": gettext_noop("The policy says: {words}"),
    "kernel.unknown": gettext_noop("This cannot be answered before it is known: {what}."),
    "kernel.clash": gettext_noop(
        "One sentence of the policy forbids this and another permits it. Which counts is for {role} to say."
    ),
    "kernel.excluded": gettext_noop("The policy does not cover this."),
    "kernel.not_bound": gettext_noop("The policy does not bind you here."),
}
