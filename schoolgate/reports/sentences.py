"""The record's short names in words for people: what happened to what, never what was written or shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import EVENTS
from schoolgate.core.subjects import number_of

SUBJECTS: Mapping[str, Promise] = {
    "accounts.condition": _("Condition {number} of an approval"),
    "accounts.sitetext": _("Rules {number} of a site"),
    "accounts.siteword": _("Entry {number} about a site"),
    "accounts.trainingwanted": _("Training request {number}"),
    "accounts.admission": _("Access request {number}"),
    "accounts.circle": _("Account members entry {number}"),
    "accounts.smallproposal": _("Quick request {number}"),
    "accounts.vetting": _("Access request check {number}"),
    "accounts.account": _("Account {number}"),
    "accounts.accountimport": _("Accounts list {number}"),
    "accounts.accountmapping": _("Accounts list settings {number}"),
    "accounts.accountkey": _("Account key {number}"),
    "accounts.paperkey": _("Sealed envelope {number}"),
    "accounts.archive": _("Account archive {number}"),
    "accounts.care": _("Account care {number}"),
    "accounts.closing": _("Account closure {number}"),
    "accounts.evaluation": _("Account review {number}"),
    "accounts.look": _("Account check {number}"),
    "accounts.offer": _("Requested account role {number}"),
    "accounts.associatedpage": _("PTA page {number}"),
    "accounts.fake": _("Reported fake account {number}"),
    "accounts.foundpage": _("Unofficial page {number}"),
    "accounts.handover": _("Handover {number}"),
    "accounts.notice": _("Notice {number}"),
    "accounts.proposal": _("Proposal {number}"),
    "accounts.signature": _("Signature {number}"),
    "accounts.talk": _("Conversation {number}"),
    "accounts.teammember": _("Account team member {number}"),
    "conduct.keptanswer": _("Saved answer {number}"),
    "conduct.leavingreminder": _("Reminder at leaving {number}"),
    "conduct.removal": _("Post to remove {number}"),
    "conduct.supportnumber": _("Support number {number}"),
    "core.hold": _("Ban on deleting {number}"),
    "core.safeguarder": _("Safeguarding lead entry {number}"),
    "core.school": _("School {number}"),
    "core.stop": _("Stop on posting {number}"),
    "core.vaultsecret": _("Keys {number}"),
    "duties.duty": _("Task {number}"),
    "incidents.report": _("Concern {number}"),
    "inbox.answer": _("Reply {number}"),
    "inbox.item": _("Comment or message {number}"),
    "inbox.moderation": _("Action {number} on a comment"),
    "media.consentcheck": _("Consent check {number}"),
    "media.picture": _("Picture {number}"),
    "networks.noticeboardcomment": _("Noticeboard comment {number}"),
    "networks.noticeboardpost": _("Noticeboard post {number}"),
    "people.apitoken": _("Access key {number}"),
    "people.factorreset": _("Two-step verification reset {number}"),
    "people.roleassignment": _("Role {number}"),
    "people.turnword": _("New school year confirmation {number}"),
    "people.importmapping": _("Import settings {number}"),
    "people.absence": _("Days away {number}"),
    "people.permission": _("Permission {number}"),
    "people.peopleimport": _("Import of people {number}"),
    "people.person": _("Person {number}"),
    "policy.asking": _("Acknowledgement request {number}"),
    "policy.engagement": _("Employment status entry {number}"),
    "policy.trainingsession": _("Training session {number}"),
    "policy.understandingcheck": _("Understanding check {number}"),
    "policy.attestation": _("Confirmation by a person {number}"),
    "policy.choice": _("Choice {number}"),
    "policy.decisionrecord": _("Decision {number}"),
    "policy.policyversion": _("Policy text {number}"),
    "policy.reading": _("Interpretation of the policy {number}"),
    "policy.review": _("Policy review {number}"),
    "policy.suggestion": _("Policy suggestion {number}"),
    "policy.ruling": _("Ruling {number}"),
    "policy.rulingasked": _("Question for a ruling {number}"),
    "publishing.approval": _("Approval {number}"),
    "publishing.delivery": _("Delivery {number}"),
    "publishing.pastimport": _("Import {number} of old posts"),
    "publishing.post": _("Post {number}"),
    "publishing.takedown": _("Take-down {number}"),
}
"""Kind of a subject -> what it is called, with its number."""

ANYTHING = _("Entry {number}")

PROOFS: Mapping[str, Promise] = {
    "decided": _("Tests show that this clause changes what is allowed."),
    "duty": _("Tests show that this clause gives someone a task, with its deadline."),
    "record": _("Tests show that a record is made for this clause."),
    "advice": _("Tests show that people are told about this clause at the right moment."),
    "invariant": _("Tests show that nothing else changes what this clause says."),
    "structure": _("Tests show that Schoolgate is built as this clause asks."),
    "attested": _("Only a person can confirm this clause. Tests show that the person is asked."),
    "text": _("This clause is only shown. Schoolgate doesn’t act on it."),
}
"""Kind of proof (`rulebook.coverage`) -> what that means."""


def subject_in_words(subject: str) -> str:
    """ "Post 417" for `publishing.post:417`, in the active language."""
    kind = subject.partition(":")[0]
    return str(SUBJECTS.get(kind, ANYTHING)).format(number=number_of(subject))


def event_in_words(name: str) -> str:
    """What happened, in the active language; the name itself of an event that is no longer declared."""
    return str(EVENTS[name].sentence) if name in EVENTS else name


def briefly(name: str) -> str:
    """What happened, as the page of the thing itself says it, in the active language; empty if left out."""
    return str(EVENTS[name].brief) if name in EVENTS else ""
