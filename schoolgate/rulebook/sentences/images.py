"""Sentences about pictures and the people they show."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "picture.child_named": gettext_noop("A child who can be seen in the picture is named."),
    "picture.not_named": gettext_noop("Nobody who can be seen is named."),
    "picture.pupil_recognisable": gettext_noop("A pupil can be recognised on a site made for pupils."),
    "picture.consent_there": gettext_noop("The consent that the policy asks for is on record."),
    "picture.no_consent": gettext_noop(
        "The consent of a parent or carer that the policy asks for is not on record."
    ),
    "picture.permission_there": gettext_noop("A permission is on record."),
    "picture.no_permission": gettext_noop("No permission of this person is on record."),
    "picture.leadership_agreed": gettext_noop("A member of the {role} has agreed to this picture."),
    "picture.leadership_not_asked": gettext_noop("A member of the {role} has to agree to this picture."),
    "picture.on_the_list": gettext_noop("This child is on the list of children who are not to be published."),
    "picture.not_on_the_list": gettext_noop(
        "This child is on no list of children who are not to be published."
    ),
    "picture.opted_out": gettext_noop("This person does not want to be photographed or filmed."),
    "picture.not_opted_out": gettext_noop("This person has not asked to be left out."),
    "picture.judged": gettext_noop("Somebody has judged the picture: {what}."),
    "picture.not_judged": gettext_noop("Somebody has to judge the picture as it stands: {what}."),
    "picture.judged_unfit": gettext_noop("Somebody has judged that the picture should not go out: {what}."),
    "picture.shows_security": gettext_noop("The picture shows something that could weaken security."),
    "house.consent_list_checked": gettext_noop(
        "The school's consent list of {dated} was checked for this channel."
    ),
    "house.consent_list_unchecked": gettext_noop(
        "A named person has to check the school's consent list for this channel: the picture shows somebody."
    ),
    "house.consent_list_changed": gettext_noop(
        "The picture has changed since the consent list was checked. It has to be checked again."
    ),
}
