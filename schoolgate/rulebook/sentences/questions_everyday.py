"""Questions about what happened, devices, systems and the policy itself."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "listening.found:route": gettext_noop("How do you want to report it?"),
    "policy.binds:works_as": gettext_noop("What is your employment status?"),
    "policy.covers:tool_kind": gettext_noop("What kind of service is it?"),
    "record.disclose:space": gettext_noop("Where is it published?"),
    "permission.counts:given.written": gettext_noop("Was it given in writing?"),
}
