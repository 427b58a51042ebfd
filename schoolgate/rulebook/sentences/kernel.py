"""Sentences that the kernel itself speaks."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "kernel.met": gettext_noop("This is as the policy requires."),
    "kernel.met_in_part": gettext_noop("A rule for this is met. Read the whole clause: it may ask for more."),
    "rule.own_words": gettext_noop("The policy says: {words}"),
    "kernel.unknown": gettext_noop("Can’t be answered until this is known: {what}."),
    "kernel.clash": gettext_noop(
        "One sentence of the policy forbids this and another permits it. {role} must say which applies."
    ),
    "kernel.excluded": gettext_noop("The policy doesn’t cover this."),
    "kernel.not_bound": gettext_noop("The policy does not apply to you here."),
}
