"""Questions about contact and messages."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "contact.accept:other.relation": gettext_noop("How is the other person connected with the school?"),
    "contact.accept:other.also": gettext_noop("Do they have any other link with you or the school?"),
    "friend.admit:site.with_pupils": gettext_noop("Are any members of the site pupils?"),
    "friend.admit:site.made_for_pupils": gettext_noop("Is the site made for pupils to use and write on?"),
    "friend.admit:site.private_messages": gettext_noop(
        "Can members of the site write to each other without others seeing?"
    ),
}
