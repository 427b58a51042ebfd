"""Sentences about where a picture may go, and about one that should not have been taken."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "image.official_account": gettext_noop(
        "It goes to an official account, where every other rule on pictures also applies."
    ),
    "image.pupils_upload": gettext_noop(
        "Staff must not upload pictures of pupils anywhere online except to the "
        "official social media accounts."
    ),
    "image.pupils_share": gettext_noop(
        "Staff must not share pictures of pupils anywhere online except through "
        "the official social media accounts."
    ),
    "image.school_shown": gettext_noop(
        "You can’t post photos, videos or other pictures that show which school "
        "it is on private social media."
    ),
    "image.asked": gettext_noop("This person was asked first and agreed."),
    "image.asked_without_yes": gettext_noop(
        "Someone asked first, but this person has not agreed. The policy doesn’t say whether "
        "asking is enough, or whether a parent may answer for a pupil."
    ),
    "image.asked_too_late": gettext_noop(
        "Asked too late. You must ask the person shown before their picture goes on a personal page."
    ),
    "image.not_asked": gettext_noop(
        "You can’t put a picture of this person on a personal page until you have asked them. Ask them first."
    ),
    "image.school_photo_shown_staff": gettext_noop(
        "You can’t put a school photo showing staff on a personal page, even if they have agreed."
    ),
    "image.school_photo_shown_student": gettext_noop(
        "You can’t put a school photo showing students on a personal page, even if they have agreed."
    ),
    "image.school_photo_details_staff": gettext_noop(
        "You can’t put anything personal about staff beside a school photo on a personal page. "
        "Remove it. The rule doesn’t cover a photo without people and without personal details."
    ),
    "image.school_photo_details_student": gettext_noop(
        "You can’t put anything personal about students, such as a name, with a school photo on a personal "
        "page. Remove it."
    ),
    "image.deleted": gettext_noop("The picture has been deleted everywhere."),
    "image.delete_at_once": gettext_noop(
        "Delete at once a picture taken by accident that could be misread or "
        "misused. Delete every copy, including the one on the device."
    ),
    "image.accidental_keep": gettext_noop(
        "You can’t keep a picture taken by accident that could be misread or misused. Delete it at once."
    ),
    "image.accidental_use": gettext_noop(
        "You can’t use a picture taken by accident that could be misread or "
        "misused for anything. Delete it at once."
    ),
    "image.accidental_close_report": gettext_noop(
        "The report stays open until every copy of the picture is deleted, including the one on the device."
    ),
    "image.told": gettext_noop("The {role} has been told about the picture."),
    "image.tell": gettext_noop(
        "The person who took such a picture must tell the {role}, without "
        "showing it. The policy sets no deadline."
    ),
    "image.tell_timely": gettext_noop(
        "The person who took such a picture must tell the {role} without undue delay, without showing it."
    ),
    "image.every_rule_met": gettext_noop("Every rule on pictures is met, so this one may be used."),
    "image.permission_sought": gettext_noop(
        "This person was asked but has not answered yet. The policy doesn’t say whether asking is enough."
    ),
    "image.more_advice": gettext_noop("There is more advice on pictures in the {policy}."),
    "image.tagging_off": gettext_noop(
        "Consider switching off the tagging of people in pictures, where the network lets you."
    ),
}
