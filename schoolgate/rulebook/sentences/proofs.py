"""What a proof over all facts says (`schoolgate policy prove`), by what was found."""

from schoolgate.rulebook.sentences import gettext_noop

PROOFS = {
    "never_speaks": gettext_noop("This rule never applies, whatever the facts are."),
    "step_never_speaks": gettext_noop("Step {step} of this rule never applies, whatever the facts are."),
    "never_met": gettext_noop("Nothing can ever meet the conditions of step {step} of this rule."),
    "never_allowed": gettext_noop("Under this policy this is never allowed, so no case could pass."),
    "clash": gettext_noop("One clause forbids what another permits, and neither takes precedence."),
    "less_permits_more": gettext_noop("Warning: this is allowed while something is unknown: {facts}."),
    "without_it": gettext_noop("Without it:"),
    "no_rule": gettext_noop("No rule of the policy covers this case."),
    "differs": gettext_noop("The two policies answer this case differently."),
    "never": gettext_noop("Never."),
    "never_unless_ruled": gettext_noop(
        "Never, unless someone gives a ruling on one of these clauses: {clauses}."
    ),
    "never_but_silent": gettext_noop("The policy never allows it, and says nothing about this case:"),
    "in_this_case": gettext_noop("Yes, in this case:"),
    "not_proven": gettext_noop(
        "Not proven: no case was found, but these rules are too complex to check fully: {rules}."
    ),
}

BOUNDS = (
    gettext_noop("Every combination of answers was tried: yes, no, not known and each choice on a list."),
    gettext_noop(
        "Times, numbers and free text: the values that the rules name, and the ones just above and below."
    ),
    gettext_noop(
        "Lists: up to two or three entries. No ruling or permission to depart from the policy is on record."
    ),
    gettext_noop(
        "This is what the rules say. A refusal by a parent or pupil, or “do not publish”, also stops a post."
    ),
    gettext_noop("The federation has chosen no times of its own, and every weekday is a school day."),
)
