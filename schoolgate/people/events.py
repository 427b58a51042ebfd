"""Texts of events about people and sign-in in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "people.address_given": Event(_("A person was given another email address.")),
        "people.absence": Event(_("Someone’s long leave was recorded."), heard=True),
        "people.back": Event(_("Someone’s long leave ended."), heard=True),
        "people.days_away_said": Event(_("A person’s days away were entered.")),
        "people.days_away_taken_back": Event(_("Days away were removed.")),
        "people.factor_added": Event(_("A person added two-step verification to their sign-in.")),
        "people.factor_removed": Event(_("A person removed two-step verification from their sign-in.")),
        "people.factor_reset_asked": Event(_("A reset of a person’s two-step verification was requested.")),
        "people.factor_reset_done": Event(
            _("A person’s two-step verification was reset and a second person confirmed it.")
        ),
        "people.factor_reset_at_server": Event(
            _("A person’s two-step verification was reset by the person who runs the server.")
        ),
        "people.factor_reset_refused": Event(_("A reset of a person’s two-step verification was refused.")),
        "people.factor_reset_withdrawn": Event(
            _("A request to reset a person’s two-step verification was withdrawn.")
        ),
        "people.gone": Event(_("Someone’s last day passed: their sign-in and roles ended."), heard=True),
        "people.assignment_changed": Event(_("The last day of a person’s role was changed.")),
        "people.assignment_ended": Event(_("A person’s role was ended.")),
        "people.assignment_given": Event(_("A person was given a role.")),
        "people.assignment_given_back": Event(_("A role that had just been ended was given back.")),
        "people.import_done": Event(_("A list of people was imported.")),
        "people.import_dropped": Event(_("An import of people was cancelled.")),
        "people.import_lapsed": Event(_("A list of people expired because no one confirmed it.")),
        "people.import_started": Event(_("A list of people was uploaded.")),
        "people.invited": Event(_("A person was invited.")),
        "people.reads_welsh_said": Event(_("A person said whether they read Welsh.")),
        "people.language_set": Event(_("A person chose the language for their pages.")),
        "people.leave_ended": Event(_("A permission was ended.")),
        "people.leave_given": Event(_("Permission was given.")),
        "people.left": Event(_("A leaver was recorded."), heard=True),
        "people.lead_to_go": Event(
            _("A safeguarding lead may have left, so a second person is asked."), heard=True
        ),
        "people.mapping_kept": Event(_("Import settings for a list of people were saved.")),
        "people.messages_chosen": Event(_("A person chose which messages they get.")),
        "people.password_chosen": Event(_("A person chose a password.")),
        "people.sign_in_corrected": Event(_("A person’s sign-in address was corrected.")),
        "people.person_added": Event(_("A person was added.")),
        "people.person_changed": Event(_("A person’s details were changed from a list.")),
        "people.returned": Event(_("A person returned."), heard=True),
        "people.role_handed_on": Event(_("A role was handed over to someone else from a set date.")),
        "people.school_account_ended": Event(_("A person unlinked a school account from their sign-in.")),
        "people.school_account_joined": Event(_("A person linked a school account to their sign-in.")),
        "people.session_ended": Event(_("A session was ended.")),
        "people.sessions_ended": Event(_("A person was signed out everywhere.")),
        "people.telephone_forgotten": Event(_("A phone number was removed from the emergency contacts.")),
        "people.telephone_given": Event(_("A phone number was added to the emergency contacts.")),
        "people.token_ended": Event(_("An access key was ended.")),
        "people.token_made": Event(_("An access key was created.")),
        "people.turn_said": Event(_("A new school year step was confirmed.")),
        "people.turn_taken_back": Event(_("Confirmation of a new school year step was withdrawn.")),
        "person.refused": Event(_("The policy didn’t allow an action for a person.")),
        "people.device_added": Event(_("A person turned on notifications on a device.")),
        "people.device_removed": Event(_("Notifications were turned off on a device.")),
    }
)
