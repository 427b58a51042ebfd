"""Sentences about where a picture may go, and about one that should not have been taken."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "image.official_account": gettext_noop(
        "It goes to an official account. There every other rule on pictures counts as well."
    ),
    "image.pupils_upload": gettext_noop(
        "Staff put pictures of pupils nowhere online but on the official social media accounts."
    ),
    "image.pupils_share": gettext_noop(
        "Staff pass pictures of pupils on nowhere online but through the official social media accounts."
    ),
    "image.school_shown": gettext_noop(
        "Photographs, videos and other pictures that show which school it is do not go on private social "
        "media."
    ),
    "image.asked": gettext_noop("This person was asked beforehand and said yes."),
    "image.asked_without_yes": gettext_noop(
        "Somebody was asked beforehand, but this person has not said yes. The policy does not say whether "
        "asking is enough, nor whether a parent may answer for a pupil."
    ),
    "image.asked_too_late": gettext_noop(
        "Asked too late: whoever is shown on a personal page is asked before the picture goes there."
    ),
    "image.not_asked": gettext_noop(
        "A picture of this person goes on a personal page only after they were asked. Ask them first."
    ),
    "image.school_photo_shown_staff": gettext_noop(
        "A school photograph on a personal page shows no member of staff, whoever has agreed to it."
    ),
    "image.school_photo_shown_student": gettext_noop(
        "A school photograph on a personal page shows no student, whoever has agreed to it."
    ),
    "image.school_photo_details_staff": gettext_noop(
        "Nothing personal about staff stands beside a school photograph on a personal page. Take it out."
    ),
    "image.school_photo_details_student": gettext_noop(
        "Nothing personal about students stands beside a school photograph on a personal page. Take it out."
    ),
    "image.deleted": gettext_noop("The picture is gone everywhere."),
    "image.delete_at_once": gettext_noop(
        "A picture taken by accident that could be misread or misused is deleted at once, with every copy, "
        "also on the device."
    ),
    "image.accidental_keep": gettext_noop(
        "A picture taken by accident that could be misread or misused is not kept. Delete it at once."
    ),
    "image.accidental_use": gettext_noop(
        "A picture taken by accident that could be misread or misused is used for nothing. Delete it at once."
    ),
    "image.accidental_close_report": gettext_noop(
        "The report stays open until every copy of the picture is gone, also the one on the device."
    ),
    "image.told": gettext_noop("The {role} knows of the picture."),
    "image.tell": gettext_noop(
        "Whoever took such a picture tells the {role}, without showing it. The policy names no time."
    ),
    "image.tell_timely": gettext_noop(
        "Whoever took such a picture tells the {role} without undue delay, without showing it."
    ),
    "image.every_rule_met": gettext_noop(
        "Every rule on pictures is met: this one may be used, and nobody has to approve it besides."
    ),
    "image.permission_sought": gettext_noop(
        "This person was asked and has not answered yet. The policy does not say whether asking is enough."
    ),
    "image.more_advice": gettext_noop("More advice on pictures stands in the {policy}."),
    "image.more_advice_missing": gettext_noop(
        "More advice on pictures stands in the {policy}. It is not on file: ask for it."
    ),
    "image.tagging_off": gettext_noop(
        "Think about switching the tagging of people in pictures off. Here it can be."
    ),
}
