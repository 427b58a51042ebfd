"""The closed register of what people outside can write, by the field in which it's kept: where it's read for
danger, or why it isn't. A new field without a line fails `test_danger_anywhere.py`."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

from schoolgate.core.own_files import said_in

TABLES = Path(__file__).parents[2] / "schoolgate" / "core" / "data_map" / "tables"
OUTSIDE = {"public", "parent", "reporter", "pupil"}
WORDS = {"content", "contact", "safeguarding", "secret"}

READ = {
    "inbox.ItemVersion.text": "schoolgate.inbox.ranking.rank",
    "inbox.Item.author_handle": "schoolgate.inbox.ranking.rank",
    "inbox.Item.author_name": "schoolgate.inbox.ranking.rank",
    "networks.NoticeboardComment.text": "schoolgate.inbox.ranking.rank",
    "networks.NoticeboardComment.name": "schoolgate.inbox.ranking.rank",
    "inbox.Appeal.words": "schoolgate.people.outside.read_outside",
    "incidents.Content.words_ref": "schoolgate.incidents.handling.read_in",
    "accounts.FakeNote.words_ref": "schoolgate.people.outside.take_in",
    "press.Enquiry.wants": "schoolgate.people.outside.take_in",
    "listening.Find.text": "schoolgate.people.outside.take_in",
    "listening.Find.author_handle": "schoolgate.people.outside.take_in",
    "listening.Find.author_name": "schoolgate.people.outside.take_in",
    "press.Enquiry.outlet": "schoolgate.people.outside.take_in",
    "press.Enquiry.journalist": "schoolgate.people.outside.take_in",
    "press.Enquiry.contact": "schoolgate.people.outside.take_in",
    "publishing.News.by_line": "schoolgate.people.outside.take_in",
    "publishing.News.owner": "schoolgate.people.outside.take_in",
    "accounts.Fake.address": "schoolgate.people.outside.take_in",
    "publishing.News.text": "schoolgate.people.outside.take_in",
    "accounts.Admission.end_reason": "schoolgate.people.outside.read_typed",
    "accounts.Admission.known_how": "schoolgate.people.outside.read_typed",
    "accounts.Admission.reason": "schoolgate.people.outside.read_typed",
    "accounts.Admission.who": "schoolgate.people.outside.read_typed",
    "accounts.AssociatedPage.contact": "schoolgate.people.outside.read_typed",
    "accounts.AssociatedPage.name": "schoolgate.people.outside.read_typed",
    "accounts.AssociatedPage.purpose": "schoolgate.people.outside.read_typed",
    "accounts.Fake.told_case": "schoolgate.people.outside.read_typed",
    "accounts.FoundPage.name": "schoolgate.people.outside.read_typed",
    "accounts.FoundPage.whose_ref": "schoolgate.people.outside.read_typed",
    "accounts.Vetting.how_known": "schoolgate.people.outside.read_typed",
    "breaches.Content.words_ref": "schoolgate.people.outside.take_in",
    "inbox.Appeal.reasons": "schoolgate.people.outside.read_typed",
    "inbox.WriterStep.words": "schoolgate.people.outside.read_typed",
    "listening.Find.note": "schoolgate.people.outside.read_typed",
    "policy.PermissionAsked.answer": "schoolgate.people.outside.read_typed",
    "publishing.News.reason": "schoolgate.people.outside.read_typed",
    "publishing.OwnerPermission.by_line": "schoolgate.people.outside.read_typed",
    "publishing.OwnerPermission.limits": "schoolgate.people.outside.read_typed",
    "publishing.OwnerPermission.owner": "schoolgate.people.outside.read_typed",
    "publishing.OwnerPermission.title": "schoolgate.people.outside.read_typed",
    "publishing.PassageComment.answer": "schoolgate.people.outside.read_typed",
    "publishing.PassageComment.comment": "schoolgate.people.outside.read_typed",
    "publishing.Post.sent_back_because": "schoolgate.people.outside.read_typed",
    "publishing.PostMark.note": "schoolgate.people.outside.read_typed",
}
"""Where words come in -> what reads them for danger."""
OURS = "staff write it: what leaves is looked through at the gate"
COPY = "a copy of words that are read where they came in, or a mark of them"
LEADS = "only readers of concerns write it, in a concern that leads have"
SHORT = "a name, a number or an address, no sentence"
NOT_READ = {
    OURS: """
        conduct.KeptAnswer.answers_ref inbox.ItemNote.text inbox.Answer.text media.Picture.alt
        media.Film.captions networks.NoticeboardPost.text networks.NoticeboardPicture.alt
        networks.NoticeboardFilm.alt networks.NoticeboardFilm.captions policy.PermissionAsked.words
        policy.PermissionAsked.text publishing.PastPost.alts publishing.PastPost.text
        publishing.PastPost.words publishing.Post.text publishing.Post.other_text
        publishing.PostTarget.text publishing.PassageComment.passage publishing.HitAnswer.words
        publishing.WordAnswer.words publishing.Delivery.text pupils.Consent.why
        pupils.NotPublished.why_ref pupils.NotPublished.ended_why_ref pupils.PupilChange.why_ref
        rights.Request.words_ref rights.Step.words_ref rights.Gathering.sought_ref
        rights.Found.words_ref rights.Answer.letter_ref searches.CopyUsed.words_ref
        searches.Candidate.name_ref searches.Candidate.found_ref searches.Candidate.answer_ref
    """,
    COPY: """
        accounts.FakeNote.picture_ref accounts.Archive.digest accounts.PagePicture.digest
        inbox.ItemPhoto.digest inbox.PhotoWords.digest inbox.ItemWord.word inbox.Evidence.sha256
        incidents.Content.picture_ref media.Picture.digest media.Film.digest
        networks.NoticeboardPicture.digest networks.NoticeboardFilm.digest
        networks.NoticeboardFilm.cover networks.NoticeboardCard.title
        networks.NoticeboardCard.description networks.NoticeboardCard.digest publishing.PastWord.token
        publishing.LinkCard.title publishing.LinkCard.description publishing.LinkCard.digest
        publishing.WithheldPicture.digest publishing.OwnerPermission.scan pupils.Consent.scan
        notices.SignInMail.sealed pupils.ParentLink.digest
    """,
    LEADS: """
        incidents.Report.code incidents.Report.once incidents.Report.reference incidents.Report.thing
        incidents.Report.passed_to incidents.Report.passed_reference incidents.Evidence.words_ref
        incidents.Evidence.words_digest incidents.EvidenceFile.file incidents.EvidenceFile.group
        incidents.EvidenceFile.media_type incidents.EvidenceFile.ending incidents.EvidenceFile.digest
        incidents.EvidenceNote.words_ref incidents.EvidenceNote.words_digest
    """,
    SHORT: """
        accounts.Admission.who_key accounts.Fake.key accounts.AssociatedPage.address
        accounts.FoundPage.address accounts.FoundPage.key inbox.Item.author_id_there
        inbox.Item.network_id inbox.AuthorStep.author_id_there inbox.Removal.code
        listening.Find.author_id_there listening.Find.address listening.Find.place
        networks.NoticeboardCard.address notices.SignInMail.address publishing.PastPost.address
        publishing.LinkCard.address pupils.Pupil.first_name pupils.Pupil.last_name
        pupils.Pupil.known_as pupils.Pupil.key pupils.Pupil.year pupils.Pupil.form pupils.Consent.who
        pupils.ParentLink.who pupils.ParentLink.email pupils.Withdrawal.who pupils.PupilGroup.name
    """,
}
"""Why the others aren't read."""


def outside_fields() -> Iterator[str]:
    """Yield each field that keeps words and whose table is about people outside."""
    for path in sorted(TABLES.glob("*.yaml")):
        for name, table in said_in(path).items():
            if not isinstance(table, dict) or not OUTSIDE & set(str(table.get("whose", "")).split()):
                continue
            app = path.stem.split(".")[0]
            model = apps.get_model(app, name)
            for kind, fields in table["fields"].items():
                if kind.split()[0] in WORDS:
                    for field in fields.split():
                        if _keeps_words(model._meta.get_field(field)):
                            yield f"{app}.{name}.{field}"


def _keeps_words(field: object) -> bool:
    if isinstance(field, models.Field) and field.name.endswith("_ref"):
        return True
    return isinstance(field, models.TextField | models.CharField) and not field.choices
