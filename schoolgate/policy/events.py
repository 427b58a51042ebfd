"""Events in the record about policies and what people know of them."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "asking.link_ended": Event(_("Link to the policy disabled")),
        "asking.link_wanted": Event(_("New link to the policy sent"), heard=True),
        "asking.made": Event(_("Person asked to read the policy"), heard=True),
        "asking.reminded": Event(_("Reminder to read the policy sent"), heard=True),
        "attestation.given": Event(_("A person confirmed something with their own sign-in.")),
        "choice.made": Event(_("The federation made a choice that its policy leaves open.")),
        "choice.refused": Event(_("The policy didn’t allow a choice.")),
        "clausepassage.placed": Event(_("Words of the school’s document matched to a clause")),
        "decision.kept": Event(_("A decision was recorded.")),
        "engagement.entered": Event(_("Employment status recorded")),
        "kept.refused": Event(_("The policy didn’t allow a decision.")),
        "permissionasked.answered": Event(_("Request for permission answered")),
        "permissionasked.asked": Event(_("Request for permission sent")),
        "permissionasked.asked_back": Event(_("Question asked about a request for permission")),
        "permissionasked.lapsed": Event(_("Request for permission no longer needed")),
        "permissionasked.refused": Event(_("The policy doesn’t allow this permission yet.")),
        "permissionasked.replied": Event(_("Question about a request for permission answered")),
        "policy.practice_noted": Event(_("Note on how the policy works recorded")),
        "policy.practice_ended": Event(_("Outcome of a note on how the policy works recorded")),
        "policy.reviewed": Event(_("Policy review recorded")),
        "policy.suggested": Event(_("Policy change suggested")),
        "policy.suggestion_answered": Event(_("Policy suggestion answered")),
        "policydocument.added": Event(_("Document of the policy added"), heard=True),
        "policyversion.adopted": Event(_("Adoption of a new version of the policy recorded")),
        "policyversion.changed": Event(_("Draft version of the policy changed")),
        "policyversion.in_force": Event(_("New version of the policy came into force"), heard=True),
        "policyversion.refused": Event(_("Adoption of a new version of the policy not recorded")),
        "policyversion.started": Event(_("New version of the policy started")),
        "policyversion.superseded": Event(_("Version of the policy replaced by the next one")),
        "policyversion.withdrawn": Event(_("Version of the policy withdrawn before it came into force")),
        "reading.signed": Event(_("The policy owner signed our interpretation of the policy.")),
        "ruling.ended": Event(_("Ruling withdrawn")),
        "ruling.given": Event(_("A ruling was given on an open question in the policy.")),
        "rulingasked.answered": Event(_("Question for a ruling answered")),
        "rulingasked.put": Event(_("Question for a ruling sent")),
        "trainingsession.cancelled": Event(_("Training session cancelled")),
        "trainingsession.listed": Event(_("Training attendance recorded")),
        "trainingsession.planned": Event(_("Training session added to the calendar")),
        "understandingcheck.taken": Event(_("Policy questions answered")),
    }
)
