"""Sentences on personal data breaches: what the law asks."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "breach.risk_judged": gettext_noop("Someone must assess the risk to the people affected."),
    "breach.tell_authority": gettext_noop(
        "Tell the ICO within 72 hours of becoming aware, unless a risk to people is unlikely. Weekends and "
        "holidays count."
    ),
    "breach.authority_told": gettext_noop("The ICO was told."),
    "breach.authority_need_not": gettext_noop("A risk to people is unlikely, so the ICO need not be told."),
    "breach.in_time": gettext_noop("Within 72 hours of becoming aware."),
    "breach.delay_explained": gettext_noop("Later than 72 hours, with the reasons for the delay."),
    "breach.late": gettext_noop("Later than 72 hours after becoming aware. Give the reasons for the delay."),
    "breach.people_told": gettext_noop("The people affected were told."),
    "breach.people_need_not": gettext_noop(
        "The risk is high, but one of the law’s exceptions applies, so you don’t need to tell "
        "people individually."
    ),
    "breach.tell_people": gettext_noop(
        "The risk to people is likely to be high. Tell them without undue delay."
    ),
    "breach.documented": gettext_noop(
        "Every breach must be documented: what happened, its effects and what was done, whether the ICO was "
        "told or not."
    ),
    "breach.content": gettext_noop(
        "The report to the ICO describes the breach, its consequences and what you’ve done. Send anything "
        "missing as soon as you know it."
    ),
}

NEEDS = {
    "breach.risk": gettext_noop("the risk to the people affected"),
    "breach.tell_authority": gettext_noop("telling the ICO"),
    "breach.delay": gettext_noop("the reasons for the delay"),
    "breach.tell_people": gettext_noop("telling the people affected"),
}

POINTS = {
    "breach_risk": gettext_noop("Risk to people"),
    "breach_authority": gettext_noop("Telling the ICO"),
    "breach_delay": gettext_noop("The 72 hours"),
    "breach_people": gettext_noop("Telling the people"),
    "breach_documented": gettext_noop("The record of the breach"),
    "breach_content": gettext_noop("What the report to the ICO contains"),
}
