"""Questions about contact and messages."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "contact.accept:other.relation": gettext_noop("What is the other person to the school?"),
    "contact.accept:other.also": gettext_noop("Are they something else to you or the school besides?"),
    "friend.admit:site.with_pupils": gettext_noop("Are pupils among the members of the site?"),
    "friend.admit:site.made_for_pupils": gettext_noop("Is the site made for pupils to use and write on?"),
    "friend.admit:site.private_messages": gettext_noop("Can members of the site write to each other unseen?"),
}
