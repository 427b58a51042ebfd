"""Questions about what happened, devices, systems and the policy itself."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "listening.found:route": gettext_noop("How do you want to tell it?"),
    "systems.monitor:when": gettext_noop("When was it done?"),
    "systems.monitor:purpose": gettext_noop("What for does the school want to look?"),
    "systems.monitor:notice_seen": gettext_noop("Did the person see the notice that use is monitored?"),
    "policy.binds:takes_part": gettext_noop("What part do you have in the school's social media?"),
    "policy.binds:works_as": gettext_noop("As what do you work here?"),
    "policy.binds:systems_access": gettext_noop("Can you get into the school's systems or equipment?"),
    "policy.binds:school_is_ours": gettext_noop("Does the federation run your school?"),
    "policy.covers:private": gettext_noop("Is it sent from a private account?"),
    "policy.covers:refers": gettext_noop("Does it mention the federation or one of its schools?"),
    "policy.covers:refers_to": gettext_noop("Which does it mention?"),
    "policy.covers:associates": gettext_noop("Does it link itself to the school?"),
    "policy.covers:impacts": gettext_noop("Does it have an effect on the school?"),
    "policy.covers:harms_standards": gettext_noop("Could it damage professional standards?"),
    "policy.covers:tool_kind": gettext_noop("What kind of service is it?"),
    "policy.covers:alike": gettext_noop("Do people put things there that others see?"),
    "policy.covers:use": gettext_noop("Is it used for work or privately?"),
    "guidance.ask:asker": gettext_noop("What are you to the school?"),
    "guidance.ask:topic": gettext_noop("What do you want to know?"),
    "record.disclose:under": gettext_noop("On which law does the request rest?"),
    "record.disclose:shared_by_staff": gettext_noop("Was it shared on a social network by staff?"),
    "record.disclose:space": gettext_noop("Where does it stand?"),
    "permission.counts:medium": gettext_noop("Where is it used?"),
    "permission.counts:given.written": gettext_noop("Was it given in writing?"),
}
