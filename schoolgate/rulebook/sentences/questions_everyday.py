"""Questions about what happened, devices, systems and the policy itself."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "listening.found:route": gettext_noop("How do you want to tell it?"),
    "policy.binds:works_as": gettext_noop("As what do you work here?"),
    "policy.covers:tool_kind": gettext_noop("What kind of service is it?"),
    "record.disclose:space": gettext_noop("Where does it stand?"),
    "permission.counts:given.written": gettext_noop("Was it given in writing?"),
}
