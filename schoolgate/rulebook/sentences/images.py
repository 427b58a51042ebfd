"""Sentences about pictures and the people they show."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "picture.child_named": gettext_noop("A child shown in the picture is named."),
    "picture.not_named": gettext_noop("No one shown in the picture is named."),
    "picture.pupil_recognisable": gettext_noop("A pupil can be recognised on a site made for pupils."),
    "picture.consent_there": gettext_noop("The consent the policy requires is on record."),
    "picture.no_consent": gettext_noop(
        "The parent’s or carer’s consent that the policy requires is not on record."
    ),
    "picture.permission_there": gettext_noop("Permission is on record."),
    "picture.no_permission": gettext_noop("There is no permission from this person on record."),
    "picture.leadership_agreed": gettext_noop("A member of the {role} has agreed to this picture."),
    "picture.leadership_not_asked": gettext_noop("A member of the {role} must agree to this picture."),
    "picture.on_the_list": gettext_noop("This child is on the list of children who must not be shown."),
    "picture.not_on_the_list": gettext_noop(
        "This child isn’t on any list of children who must not be shown."
    ),
    "picture.opted_out": gettext_noop("This person doesn’t want to be photographed or filmed."),
    "picture.not_opted_out": gettext_noop("This person has not asked to be left out."),
    "picture.judged": gettext_noop("Someone has judged the picture: {what}."),
    "picture.not_judged": gettext_noop("Someone must judge this version of the picture: {what}."),
    "picture.judged_unfit": gettext_noop("Someone has judged that the picture should not be posted: {what}."),
    "picture.shows_security": gettext_noop("The picture shows something that could weaken security."),
    "house.consent_list_checked": gettext_noop(
        "The school’s consent list dated {dated} was checked for this channel."
    ),
    "house.consent_list_unchecked": gettext_noop(
        "The picture shows someone. A named person must check the school’s consent list for this channel."
    ),
    "house.consent_list_changed": gettext_noop(
        "The picture has changed since the consent list was checked. It must be checked again."
    ),
}
