"""Kinds of tasks about the policy: reading it, training, questions and reviews."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import PEOPLE, Named, declare
from schoolgate.policy.models import Attested, Guide, GuideVersion, Lesson

_TITLES = GuideVersion.objects.filter(guide=OuterRef("pk")).order_by("-number").values("title")[:1]
GUIDES = Named(Guide, (Subquery(_TITLES),))
LESSONS = Named(Lesson, ("words",))
PRACTICE = "as=practice&for="

# fmt: off
ARRANGE = declare("policy.arrange_training", _("Arrange training: someone is waiting for it"),
    _("Plan a session"),
    page="training", mail="policy.training", by_subject=False)
ATTEND = declare("policy.attend_training", _("Attend the training you have a place on"),
    _("See when and where"),
    page="training", mail="policy.training", by_subject=False, passed_on=False)
READ = declare("policy.policy_read", _("Read the policy"), _("Read and confirm"),
    page="policy-word", mail="policy.read", by_subject=False, passed_on=False)
TALK = declare("policy.talk_about_policy",
    _("Talk to someone who declined to say that they have read the policy"), _("See who it is"),
    page="known-person", mail="policy", named=PEOPLE)
TELL = declare("policy.tell_conduct", _("Make sure someone in your team knows what the policy expects"),
    _("See who it is"),
    page="known-team", mail="policy", named=PEOPLE)
WRONG_ANSWERS = declare("policy.wrong_answers", _("Review the policy questions you got wrong"),
    _("Try other questions"),
    page="policy-check", mail="policy.read", by_subject=False, passed_on=False)
UNDERSTAND = declare("policy.policy_understood", _("Confirm that you understand the policy"),
    _("Go to the policy"),
    page="policy-word", mail="policy.read", by_subject=False, passed_on=False)
REVIEW = declare("policy.review", _("Review the policy"), _("Record the review"),
    page="versions", mail="policy", by_subject=False)
DELEGATE = declare("policy.delegate", _("Record a delegation that the policy mentions"),
    _("Record it"),
    page="versions", mail="policy", view=PRACTICE)
LOOK = declare("policy.look_at_practice", _("Check how the policy works"), _("Record what you found"),
    page="versions", mail="policy", view=PRACTICE)
LOWER = declare("policy.propose_change", _("Recommend a change that lowers a risk"),
    _("Recommend one"),
    page="versions", mail="policy", view=PRACTICE)
ROLL_OUT = declare("policy.roll_out_plan", _("Plan how the policy is put into practice"), _("Plan it"),
    page="versions", mail="policy", view=PRACTICE)
ROLLED_OUT = declare("policy.roll_out_task", _("Do what is planned to put the policy into practice"),
    _("See what"),
    page="versions", mail="policy", view=PRACTICE)
FIGURES = declare("policy.policy_report", _("Record figures on how well the policy works"),
    _("Record them"),
    page="versions", mail="policy", view=PRACTICE)
READING = declare("policy.reading", _("Review and sign the choices carried over from the previous version"),
    _("Review and sign"),
    page="reading", mail="policy", by_subject=False)
TRAIN_ROLE = declare("policy.train_for_role", _("Train someone for their role"), _("Record training"),
    page="record-training", mail="policy.training", named=PEOPLE)
BRIEF = declare("policy.briefing", _("Read what everyone must know"), _("Read and confirm"),
    page="policy", mail="policy.read", named=GUIDES, view="as=guides&guide=", passed_on=False)
BRIEF_ALL = declare("policy.brief_everyone", _("Tell everyone what they must know under the policy"),
    _("See what and who"),
    page="training", mail="policy.guides", by_subject=False)
WRITE_GUIDE = declare("policy.write_guidance", _("Write a guide for the policy in force"),
    _("Write a guide"),
    page="policy", mail="policy.guides", view="as=guides&guide=new&for=")
CHECK_GUIDE = declare("policy.review_guidance", _("Check whether a guide is still right"),
    _("Check the guide"),
    page="policy", mail="policy.guides", named=GUIDES, view="as=guides&guide=")
AGREE_GUIDE = declare("policy.agree_guide", _("Read a guide and agree to it, or request changes"),
    _("Read the guide"),
    page="policy", mail="policy.guides", named=GUIDES, view="as=guides&guide=", passed_on=False)
CHANGE_GUIDE = declare("policy.change_guide", _("Change a guide, as requested"),
    _("Open the guide"),
    page="policy", mail="policy.guides", named=GUIDES, view="as=guides&guide=")
HOLD_LESSON = declare("policy.hold_lesson", _("Record a planned lesson or talk before the term ends"),
    _("Record it"),
    page="training", mail="policy.guides", named=LESSONS, view="as=programme&lesson=")
TEACH = declare("policy.teach", _("Plan lessons or talks that the policy asks for"), _("Plan one"),
    page="training", mail="policy.guides", view="as=programme&for=")
PARENTS_PAGE = declare("policy.parents_page", _("Fix the page for parents on the website"),
    _("See which"),
    page="training", mail="policy.guides", view="as=programme&for=")
ANSWER = declare("policy.suggestion", _("Answer a policy suggestion"), _("Read and reply"),
    page="suggestion", mail="policy")
RULE = declare("policy.question", _("Give a ruling on a question the policy leaves open"),
    _("Read and give a ruling"),
    page="asked-ruling", mail="policy")
SEE_ANSWER = declare("policy.question_answered", _("Your question about the policy has been answered"),
    _("Read the answer"),
    page="asked-ruling", mail="policy", passed_on=False)
PERMIT = declare("policy.permission", _("Answer a request for permission"), _("Read and answer"),
    page="permission-asked", mail="policy")
PERMIT_BACK = declare("policy.permission_back", _("Answer a question about your request for permission"),
    _("Read and reply"),
    page="permission-asked", mail="policy", passed_on=False)
PERMIT_ANSWERED = declare("policy.permission_answered", _("Your request for permission has been answered"),
    _("Read the answer"),
    page="permission-asked", mail="policy", passed_on=False)
TRAIN = declare("policy.trained", _("Record someone’s training"), _("Record training"),
    page="record-training", mail="policy.training", named=PEOPLE)
AGREE_LEAD = declare("policy.agree_lead",
    _("Agree or say no: who leads on safeguarding or is told of concerns"), _("See who"),
    page="set-up-lead", mail="policy.leads", passed_on=False, harm=True)
LOOK_AT_LEAD = declare("policy.look_at_lead",
    _("See who leads on safeguarding or is told of concerns now"), _("See who"),
    page="set-up-lead", mail="policy.leads", passed_on=False, harm=True)
# fmt: on

OF_STATUS = {one: one for one in (DELEGATE, LOOK, LOWER, ROLL_OUT, ROLLED_OUT, FIGURES)}
"""What the rules oblige a role to do about the policy's status -> the kind of task."""
DUTY_OF = {Attested.POLICY_READ: READ, Attested.POLICY_UNDERSTOOD: UNDERSTAND, Attested.TRAINED: TRAIN}
"""The task that each of these discharges, wherever it was opened."""
