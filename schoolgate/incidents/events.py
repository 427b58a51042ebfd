"""Texts of events about concerns in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "authority.entered": Event(_("The local authority’s number for safeguarding was entered.")),
        "report.answered": Event(_("The person who reported a concern was answered.")),
        "report.authority": Event(_("The local authority’s advice on a concern was saved.")),
        "opening.asked": Event(_("Someone asked to open a concern with a second person.")),
        "opening.declined": Event(_("A second person declined to open a concern.")),
        "opening.nothing": Event(_("Two people asked for a concern that can’t be opened for them.")),
        "opening.refused": Event(_("The policy didn’t allow a step in opening a concern.")),
        "report.alarm": Event(_("The safeguarding leads were told that no one was dealing with a concern.")),
        "report.contained": Event(_("Something was stopped or taken down because of a concern.")),
        "report.left": Event(_("The person dealing with a concern left, so the next people were told.")),
        "report.opened_by_two": Event(_("Two people opened a concern without a safeguarding lead.")),
        "report.opening_ended": Event(_("A safeguarding lead ended access to a concern.")),
        "report.passed": Event(_("A concern was passed to the safeguarding lead’s own system.")),
        "report.added": Event(_("The person who reported a concern added to it.")),
        "report.checked_back": Event(_("Someone who was targeted was asked how they are.")),
        "report.evidence_added": Event(_("Evidence was added to a concern.")),
        "report.evidence_noted": Event(_("A note was added to evidence of a concern.")),
        "report.page_not_saved": Event(_("A page for a concern could not be saved.")),
        "report.page_saved": Event(_("A page was saved as evidence of a concern.")),
        "report.pictures_lifted": Event(_("Files can be added to a concern again.")),
        "report.pictures_stopped": Event(_("No more files can be added to a concern.")),
        "report.ended": Event(_("A concern was closed because we can’t deal with it, with a reason.")),
        "report.handed_on": Event(_("A concern was passed to someone else.")),
        "report.approached": Event(_("Contact with a parent about a concern was saved.")),
        "report.assessed": Event(_("A concern was assessed.")),
        "report.body_told": Event(_("An outside body was told about a concern.")),
        "report.closed": Event(_("A concern was closed.")),
        "report.closing": Event(_("A concern waits for a second person to close it.")),
        "report.concluded": Event(_("The outcome of a concern was saved.")),
        "report.investigated": Event(_("The investigation of a concern was updated.")),
        "report.judged": Event(_("Conduct in a concern was judged.")),
        "report.kept_out": Event(_("People a concern may be about were denied access to it.")),
        "report.harmed": Event(_("A safeguarding lead said who was hurt or threatened in a concern.")),
        "report.danger_read": Event(_("Words that may show danger were found in a concern.")),
        "report.may_know": Event(
            _("Someone named in a concern may know about it, because it isn’t about them.")
        ),
        "report.refused": Event(_("The policy stopped a step in a concern.")),
        "report.restricted": Event(_("A concern was restricted to safeguarding leads.")),
        "report.given_back": Event(_("A concern is no longer restricted to safeguarding leads.")),
        "report.reopened": Event(_("A concern was reopened.")),
        "report.sent_back": Event(_("A second person did not close a concern.")),
        "report.made": Event(_("A concern was reported.")),
        "report.nobody_left": Event(
            _("No one was dealing with a concern, and everyone who can be told had been told.")
        ),
        "report.noted": Event(_("A note was added to a concern.")),
        "report.read": Event(_("Someone with access to a concern read it.")),
        "report.unfinished": Event(
            _("A concern was not finished in time, so the safeguarding leads were asked to read it.")
        ),
        "report.use_judged": Event(_("Use of the school’s equipment or systems was judged in a concern.")),
        "report.weighed": Event(_("Private use at work was judged in a concern.")),
        "report.taken": Event(_("Someone said they would deal with a concern.")),
        "report.taken_from_named": Event(
            _("Someone named in information added to a concern lost access to it.")
        ),
        "report.told": Event(_("The people who need to know about a concern were told there is one.")),
    }
)
