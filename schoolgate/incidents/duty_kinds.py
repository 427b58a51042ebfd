"""Kinds of tasks about reported concerns."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import Named, declare
from schoolgate.incidents.models import Report

REPORTS = Named(Report, ("reference",))
"""The number alone: what a report says is shown only on its own page."""

# fmt: off
TAKE = declare("incidents.take", _("New concern reported: respond now"), _("Read and respond"),
    page="wrong-report", mail="incidents", named=REPORTS, harm=True, passed_on=False)
FINISH = declare("incidents.finish", _("Record the outcome of a concern you’re dealing with"),
    _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, knows=True, passed_on=False)
READ_ADDED = declare("incidents.read_added", _("More was added to a concern you’re dealing with"),
    _("Read it"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, knows=True, passed_on=False)
READ_DANGER = declare("incidents.read_danger",
    _("Read what someone added to a concern: someone may be in danger"),
    _("Read it now"),
    page="wrong-report", mail="incidents", named=REPORTS, harm=True, passed_on=False)
CONFIRM = declare("incidents.confirm", _("Close a concern as the second person"), _("Read and close"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, passed_on=False)
URGENT = declare("incidents.urgent", _("No one is dealing with a concern, and someone is in danger"),
    _("Respond now"),
    page="wrong-report", mail="incidents", named=REPORTS, harm=True, passed_on=False)
AGREE = declare("incidents.agree", _("A colleague asks you to open a concern with them"),
    _("Read and decide"),
    page="wrong-reports", mail="incidents.taken", harm=True, by_subject=False, passed_on=False)
NEEDED = declare("incidents.lead_needed", _("A colleague can’t reach a safeguarding lead: ring them"),
    _("See concerns"),
    page="wrong-reports", mail="incidents", harm=True, by_subject=False, passed_on=False)
OPENED = declare("incidents.opened", _("Two people opened a concern without a safeguarding lead"),
    _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, passed_on=False)
LET_IN = declare("incidents.let_in",
    _("A concern restricted to safeguarding leads was shared with someone"), _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, passed_on=False)
LOOK = declare("incidents.look", _("A concern may be about a person who leads here"), _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, passed_on=False)
LEADS_LOOK = declare("incidents.leads_look",
    _("A colleague is dealing with a concern: read it as safeguarding lead"), _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True, passed_on=False)


def _by_policy(what: str, title: Promise) -> tuple[str, str]:
    kind = declare(f"incidents.{what}", title, _("Open concern"),
        page="wrong-report", mail="incidents.taken", named=REPORTS, harm=True)
    return f"incident.{what}", kind


NAMED_BY_POLICY: Mapping[str, str] = dict((
    _by_policy("bring_in_colleague", _("Involve a colleague in a concern")),
    _by_policy("bring_in_outside_body", _("Involve an outside body in a concern")),
    _by_policy("contain", _("Protect confidential information")),
    _by_policy("contain_reputation", _("Limit the harm to the school’s name")),
    _by_policy("investigate", _("Investigate a concern in full")),
    _by_policy("act", _("Act on conduct below the standard")),
    _by_policy("body_decision", _("Decide for the governing body on a concern")),
))
"""What the rules of a policy oblige a role to do about a concern -> the kind of task."""


def _of_reporter(what: str, title: Promise) -> tuple[str, str]:
    kind = declare(f"incidents.own_{what.rpartition('.')[2]}", title, _("Open concern"),
        page="wrong-mine", mail="incidents.taken", named=REPORTS, passed_on=False)
    return what, kind


OF_REPORTER: Mapping[str, str] = dict((
    _of_reporter("incident.tell_authorities", _("Tell the authorities about a child")),
    _of_reporter("incident.put_right", _("Stop the misuse of a school account")),
    _of_reporter("listening_telling", _("Tell your line manager what you saw online")),
    _of_reporter("listening_whistleblowing", _("Follow the whistleblowing policy about what you saw")),
))
"""What the rules of a policy oblige reporters to do themselves -> the kind of task."""
CHECK_BACK = declare("incidents.check_back", _("Ask a colleague who was targeted how they are"),
    _("Open concern"),
    page="wrong-report", mail="incidents.taken", named=REPORTS, knows=True, passed_on=False)
BE_HELPED = declare("incidents.be_helped", _("You may have been hurt or threatened: see who helps you"),
    _("See who helps"),
    page="wrong-hurt", mail="incidents.taken", harm=True, by_subject=False, passed_on=False)
ABOUT_PICTURE = declare("incidents.about_picture", _("Answer questions about the picture you reported"),
    _("Answer questions"),
    page="wrong-mine", mail="incidents.taken", passed_on=False)
DELETE_PICTURE = declare("incidents.delete_picture", _("Delete the picture you reported, and every copy"),
    _("Confirm it’s deleted"),
    page="wrong-mine", mail="incidents.taken", passed_on=False)
TELL_PICTURE = declare("incidents.tell_picture", _("Tell people about the picture you reported"),
    _("See who to tell"),
    page="wrong-mine", mail="incidents.taken", passed_on=False)
OF_PICTURE: Mapping[str, str] = {"image_deletion": DELETE_PICTURE, "image_telling": TELL_PICTURE}
"""What the rules of a policy oblige the taker of a picture to do -> the kind of task."""
# fmt: on
