"""The closed register of free words that one colleague writes and another reads: read as they're saved and
kept from whom they may be about, in a room whose readers are chosen for each thing, or why neither. A new
field without a line fails `test_words_of_colleagues.py`."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from schoolgate.core.data_map.entries import Kind, load

MEANT = {
    "breaches.Content.words_ref": "breaches.breach",
    "inbox.ItemNote.text": "inbox.itemnote",
    "policy.PermissionAsked.words": "policy.permissionasked",
    "policy.PermissionWord.words": "policy.permissionasked",
    "policy.RulingAsked.words": "policy.rulingasked",
    "policy.Suggestion.words": "policy.suggestion",
    "publishing.News.by_line": "publishing.news",
    "publishing.News.owner": "publishing.news",
    "publishing.News.text": "publishing.news",
    "rota.Turn.note": "rota.turn",
    "rota.Turn.earlier": "rota.turn",
}
"""The field -> the kind of thing as which it's taken in (`people.outside`)."""

AT_THE_DOOR = "people.outside reads it, and doesn't store it where it may be about someone here"
THEIR_READERS = "only those read it whom this room lets know of this one thing (people.confined), or leads"
GOES_OUT = "it's to be public or sent: judged at the gate as a whole, its names too, and read by an approver"
OF_AN_ACCOUNT = "about a page or account: an answer to its form, which has a place of its own for people"
OF_A_TEXT = "about the words or pictures of a post, to its author, who is known to the one who writes"
OF_THE_POLICY = "about the policy's own words; every member of staff may read it, so people are not its place"
BESIDE_INCOMING = "what staff note beside something that came in, which itself was read and kept"
FROM_OUTSIDE = "people outside write it, or it's copied from them: `free_text` judges it"
EXCUSED = {
    AT_THE_DOOR: """
        accounts.AccountKey.note accounts.Admission.end_reason accounts.Admission.known_how
        accounts.Admission.reason accounts.AimResult.aim accounts.AimResult.words
        accounts.AssociatedPage.name accounts.AssociatedPage.purpose accounts.Closing.content
        accounts.Closing.followers accounts.Closing.who accounts.Condition.words
        accounts.Evaluation.words accounts.Fake.told_case accounts.FoundPage.name
        accounts.FoundPage.whose_ref accounts.GoingOn.reason accounts.PaperKey.place
        accounts.PaperKey.why accounts.Proposal.reason accounts.SentBack.words
        accounts.SiteCare.own_plan accounts.SiteCare.reporting_route accounts.SiteCare.steps_in_how
        accounts.SiteLook.note accounts.SiteWord.guidance accounts.SiteWord.team
        accounts.SiteWord.words accounts.SmallProposal.name accounts.SmallProposal.reason
        accounts.SmallProposal.words accounts.Vetting.how_known conduct.Removal.words_ref
        inbox.Appeal.reasons inbox.GroupMessage.group inbox.GroupMessage.implications
        inbox.GroupMessage.reason inbox.WriterStep.words listening.Find.note listening.Watch.name
        listening.Watch.purpose policy.Attestation.note policy.PermissionAsked.answer
        policy.Practice.advice policy.Practice.outcome policy.Practice.reference policy.Practice.words
        policy.Review.words policy.Ruling.words policy.RulingAsked.answer policy.RulingEnd.because
        policy.Suggestion.answer press.EnquiryStep.words press.Expectation.about press.Expectation.line
        publishing.News.reason publishing.OwnerPermission.by_line publishing.OwnerPermission.limits
        publishing.OwnerPermission.owner publishing.OwnerPermission.title
        publishing.PassageComment.answer publishing.PassageComment.comment
        publishing.PastImport.whose_because publishing.Post.sent_back_because publishing.PostMark.note
        publishing.ReadyVersion.returned_because publishing.TakeDown.words
        publishing.WelshReading.words records.Setting.reason
    """,
    THEIR_READERS: """
        accounts.AccountKey.vault_ref conduct.KeptAnswer.answers_ref incidents.Capture.found_ref
        incidents.Content.words_ref incidents.Content.picture_ref incidents.Evidence.words_ref
        incidents.EvidenceNote.words_ref incidents.Opening.words_ref incidents.Report.passed_reference
        people.LeadChange.why pupils.Consent.why pupils.NotPublished.why_ref
        pupils.NotPublished.ended_why_ref pupils.PupilChange.why_ref pupils.PupilSource.key_ref
        records.Erasing.words
        rights.Answer.letter_ref rights.Found.words_ref rights.Gathering.sought_ref
        rights.Request.words_ref rights.Step.words_ref searches.Candidate.name_ref
        searches.Candidate.found_ref searches.Candidate.answer_ref searches.CheckCopy.content_ref
        searches.CopyUsed.words_ref searches.SystemCheck.words_ref searches.SystemCheck.result_ref
        searches.SystemCheck.policy_named searches.Vacancy.title searches.Vacancy.terms
    """,
    GOES_OUT: """
        inbox.Answer.text inbox.GroupMessage.text inbox.NoticeWording.words media.Film.captions
        media.Picture.alt networks.NoticeboardCard.address networks.NoticeboardCard.title
        networks.NoticeboardCard.description networks.NoticeboardFilm.alt
        networks.NoticeboardFilm.captions networks.NoticeboardPicture.alt networks.NoticeboardPost.text
        policy.GuideVersion.title policy.GuideVersion.text policy.GuideVersion.title_cy
        policy.GuideVersion.text_cy press.Statement.text publishing.Delivery.text
        publishing.LinkCard.address publishing.LinkCard.title publishing.LinkCard.description
        publishing.Post.text publishing.Post.other_text publishing.PostTarget.text
        publishing.ReadyVersion.english publishing.ReadyVersion.welsh
    """,
    OF_AN_ACCOUNT: """
        accounts.AssociatedPage.address accounts.Fake.key accounts.FoundPage.address
        accounts.FoundPage.key accounts.Notice.address accounts.SmallProposal.address
    """,
    OF_A_TEXT: """
        policy.PermissionAsked.text publishing.AddressMended.before publishing.AddressMended.after
        publishing.HitAnswer.words publishing.PassageComment.passage publishing.WordAnswer.words
    """,
    OF_THE_POLICY: """
        policy.Lesson.words policy.PolicyDocument.because policy.PolicyVersion.material_changes
        policy.PolicyVersion.minute_reference policy.Reading.because policy.ReadingDraft.because
    """,
    BESIDE_INCOMING: """
        inbox.OwnPhrase.because inbox.ResponseProcess.words listening.Source.address
        listening.Source.title
    """,
    FROM_OUTSIDE: """
        accounts.Fake.address accounts.FakeNote.words_ref accounts.FakeNote.picture_ref
        inbox.Appeal.words inbox.Item.network_id inbox.ItemVersion.text listening.Find.address
        listening.Find.text listening.Find.place networks.NoticeboardComment.text press.Enquiry.wants
        publishing.PastPost.address publishing.PastPost.text publishing.PastPost.words
        publishing.PastPost.alts
    """,
}
"""Why the others aren't."""
SHORTEST = 100
"""Shorter columns hold a name, a number or a code, no sentence."""


def colleagues_fields() -> Iterator[str]:
    """Yield each field that keeps sentences about people, whoever wrote them."""
    for said in load().fields():
        field = apps.get_model(said.table)._meta.get_field(said.name)
        if said.whose and _keeps_sentences(said.kind, field):
            yield f"{said.table}.{said.name}"


def _keeps_sentences(kind: Kind, field: object) -> bool:
    if not isinstance(field, models.Field):
        return False
    if field.name.endswith("_ref"):
        return True
    if kind not in (Kind.CONTENT, Kind.SAFEGUARDING) or field.choices:
        return False
    long = isinstance(field, models.TextField) or (field.max_length or 0) >= SHORTEST
    return isinstance(field, models.TextField | models.CharField) and long
