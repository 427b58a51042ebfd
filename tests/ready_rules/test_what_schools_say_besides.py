"""What several policies of schools say, for which there was no ready rule: each sentence is offered the rule
that says it, and sentences near to it aren't."""

import pytest

from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.held import not_held
from schoolgate.rulebook.ready.matching import nearest
from schoolgate.rulebook.ready.taking import taken_from

SAY = {
    "staff_consent": (
        "Staff are only shown if they have given their consent.",
        "Staff are asked for their agreement before a picture of them is put on our pages.",
        "We will not post photographs of staff without their permission.",
        "Ni ddangosir staff mewn lluniau heb eu caniatâd.",
    ),
    "staff_unnamed": (
        "Staff who appear on our page are not named.",
        "Names of staff are never put with their photographs.",
    ),
    "no_films": (
        "We do not share videos, so that no conversations in the background are made public.",
        "Films are never posted on our page.",
        "Ni chaiff fideos eu postio ar ein tudalen.",
    ),
    "ai_made": (
        "Staff must not use artificial intelligence tools to make or change pictures of the children.",
        "Text that was made with AI must be checked by a member of staff and labelled before it is posted.",
        "We do not use AI to write our posts.",
        "Ni chaiff lluniau a wnaed gan ddeallusrwydd artiffisial eu postio.",
    ),
    "candidates_looked_up": (
        "Only the business manager may look up applicants on social media.",
        "Searches for candidates on social media are made by the HR manager only.",
    ),
    "criticism_stays": (
        "Comments that only criticise the school must not be deleted.",
        "We do not remove comments just because they disagree with us.",
    ),
    "removed_are": (
        "We will hide any comment that names a pupil.",
        "A comment on our page in which a child is named is hidden straight away.",
        "Posts that advertise products or services are deleted.",
    ),
    "members_are": (
        "Only current parents and carers, staff and committee members may be members of the group.",
        "Access to the closed Facebook group is limited to parents and staff.",
    ),
    "pupils_groups": (
        "Staff must not join a WhatsApp group with students.",
        "Teachers do not set up group chats with pupils.",
    ),
    "work_address": (
        "Staff must not use their Trust email address for personal accounts.",
        "School email addresses are never used to register for private social media.",
    ),
    "parents_say": (
        "Parents should raise complaints directly with the school rather than posting them on social media.",
        "Parents must not post anything malicious about the school or any member of the school community.",
        "WhatsApp groups must not be used to discuss members of staff, children or any matter at school.",
        "Groups should never be used as a platform to air views or grievances regarding a teacher or child.",
        "We ask parents not to criticise the school or its staff on social media.",
    ),
    "may_remove": (
        "We reserve the right to delete comments and ban further comments from anyone who breaks our terms.",
        "The school reserves the right to remove comments that break its rules.",
    ),
    "not_kept": (
        "We will not tolerate any comments or posts that are defamatory, rude or abusive towards anyone.",
        "We do not allow posts or comments that refer to specific, individual matters of parents.",
        "We will not tolerate any form of bullying on our social media accounts.",
    ),
    "young_followers": (
        "If we find a follower under 13 we will report this to the parents in the first instance.",
        "We will report any users we identify being under 13 to parents in the first instance.",
    ),
    "own_references": (
        "Staff should never provide professional references for others without the Headteacher’s agreement.",
    ),
    "own_views": ("Staff must make clear that any comments (e.g. political views) are their own opinion.",),
    "parents_groups": (
        "The school will not post directly on any WhatsApp groups.",
        "Staff must not join parents’ class groups on WhatsApp or any other platform.",
        "Teachers should not be members of parents’ chat groups.",
        "Members of staff should not be members of joint sites with parents.",
        "Ni ddylai staff ymuno â grwpiau WhatsApp rhieni.",
    ),
    "own_numbers": (
        "Staff must not give out their personal phone number or email address to pupils or parents.",
        "Staff should never share their private contact details with students.",
        "Teachers do not give pupils their own mobile numbers.",
        "Ni ddylai staff roi eu rhif ffôn personol i ddisgyblion.",
    ),
    "followers_known": (
        "Requests to follow our account will only be accepted if their link with the school is obvious.",
        "We only accept followers on our Twitter account who are known to the school.",
    ),
    "school_follows": (
        "Our accounts will only follow other schools, charities and organisations we work with.",
        "We do not follow the personal accounts of parents or pupils.",
    ),
    "networks_unused": (
        "We do not have a TikTok account.",
        "Snapchat and WhatsApp are not used by the school.",
        "No school account may be opened on TikTok or Discord.",
        "Nid yw’r ysgol yn defnyddio TikTok na Snapchat.",
    ),
    "let_in_by": (
        "The headteacher decides who may post on the school’s page.",
        "Administrators of our Facebook page are appointed by the head.",
        "The deputy head chooses which staff manage each account.",
    ),
    "posts_by": (
        "Only the school office posts on our Facebook page.",
        "The headteacher alone publishes posts on our channels.",
    ),
    "complaints_elsewhere": (
        "We do not discuss complaints on our page.",
        "Complaints are never answered publicly on social media; the person is asked to ring the office.",
        "Grievances will not be debated on our accounts.",
    ),
    "parents_take": (
        "Parents may film their own child in the school play.",
        "Families are welcome to take photographs at sports day for personal use.",
        "Caiff rhieni dynnu lluniau o’u plant eu hunain mewn cyngerdd.",
    ),
    "parents_pictures": (
        "Pictures that include other children must not be put online.",
        (
            "Parents must not take screenshots of the journal or share pictures in which other children are "
            "seen."
        ),
    ),
    "no_pupil_friends": (
        (
            "Staff must not have contact with students on their personal accounts, nor with former students "
            "who are under 19."
        ),
    ),
    "no_leaver_friends": (
        (
            "Staff must not have contact with students on their personal accounts, nor with former students "
            "who are under 19."
        ),
    ),
    "no_parent_chat": ("Staff, students and volunteers must not send private messages to a child’s family.",),
    "own_good_name": ("Staff must not post anything that could harm the nursery’s name.",),
    "own_material": ("Photographs and text that belong to somebody else may only be used with permission.",),
    "no_advertising": ("Posts must not support a political party or advertise a business.",),
    "withdrawn_removed": (
        "If a parent changes their mind, the pictures are taken off our pages within two days.",
    ),
    "concerns_to": (
        (
            "If a comment makes someone fear that a student is in danger, the designated safeguarding lead "
            "must be told at once."
        ),
    ),
    "no_names_with_pictures": ("Children who appear on our page are not named.",),
    "picture_consent": ("Only children whose parents have given their consent are shown on our page.",),
    "own_device": ("Staff must not use mobile phones to take photos in the nursery.",),
    "own_workplace": ("When they use social media themselves, staff must not say where they work.",),
    "working_time": (
        "Staff must not go on social networking sites in working hours, except in their breaks.",
    ),
    "no_surnames": (
        "We will never use a child’s name in a post.",
        "Under no circumstances may a child be named in a post or a comment.",
        "First name and year group, e.g. ‘David in Year 5’ or first name and initial, should be used.",
    ),
}
DONT = {
    "staff_consent": (
        "Staff must gain consent before they post pictures of pupils.",
        "Photographs of pupils may only be taken by staff who have permission.",
        "Staff must not post pictures of colleagues on their own accounts without permission.",
    ),
    "staff_unnamed": ("Staff must not name pupils in photographs.", "Children in pictures are not named."),
    "no_films": (
        "Staff must not share videos of pupils on their own accounts.",
        "Videos are not shared without the consent of parents.",
        "Films of trips are not posted until everyone is back.",
    ),
    "ai_made": (
        "Staff must not enter pupils’ personal data into AI tools.",
        "Pupils must not use AI in their coursework.",
    ),
    "candidates_looked_up": ("Candidates in an election are only named with approval.",),
    "criticism_stays": ("Critical comments are deleted.", "Rude comments about the school are deleted."),
    "removed_are": (
        "Rude comments are removed and not answered.",
        "Names of pupils are removed from photographs.",
        "Comments that give a view are never deleted.",
    ),
    "members_are": ("Only members of staff may post in the group.",),
    "pupils_groups": (
        "WhatsApp groups must not be used to share information about pupils.",
        "Staff must not join parents’ WhatsApp groups.",
    ),
    "work_address": ("School accounts are set up with a school email address, never a personal one.",),
    "networks_unused": (
        "Staff must not use WhatsApp to message parents.",
        "Pupils may not use TikTok in school.",
        "The school doesn’t reply to comments on Facebook.",
    ),
    "let_in_by": (
        "The headteacher decides which comments are deleted from our page.",
        "The headteacher decides whether a new account may be opened.",
    ),
    "posts_by": (
        "Posts are only published once everyone is back.",
        "All posts on our page are approved by the headteacher.",
        "Staff only post on school accounts in working hours.",
    ),
    "complaints_elsewhere": (
        "Parents should not post complaints on our page.",
        "Complaints on our page are answered within two days.",
    ),
    "parents_take": (
        "Parents may not take photographs at school events.",
        "Parents may share photographs of school events online.",
    ),
    "no_names_with_pictures": ("Staff who appear on our page are not named.",),
    "no_advertising": ("Posts must not support a political party or its causes.",),
    "no_surnames": ("Pupils must not use the school’s name or logo.",),
    "concerns_to": ("Rude comments are reported to the network.",),
    "two_people": ("Administrators must check the school's accounts at least once every school day.",),
    "own_workplace": (
        "It is never appropriate to express frustrations about the school on social networks.",
    ),
    "not_shown": ("A list of children who do not have permission to be shown is kept in the school office.",),
    "school_equipment": (
        "Parental requirements include not using social media on their own devices while on school premises.",
    ),
    "parents_say": (
        "When using social media, staff must not complain about the school, pupils, colleagues or parents.",
        "Complaints must not be answered on social media.",
        "Parents must not post photographs of other people's children.",
    ),
    "may_remove": (
        "No one may delete a comment because it disagrees with the school.",
        "Rude comments must be deleted within 24 hours.",
        "Photos may be removed at the request of parents.",
    ),
    "not_kept": (
        "Staff must not make rude comments on their own accounts.",
        "Rude comments are removed and not answered.",
    ),
    "young_followers": ("Pupils must not join any social networking sites if they are under 13.",),
    "own_references": ("If no reference is made to the school, the content is no concern of the school.",),
    "own_views": ("Our pages carry no personal opinions.",),
    "parents_groups": (
        "WhatsApp groups must not be used to discuss members of staff.",
        "Parents are asked not to use class groups to air grievances about a member of staff.",
        "Staff who are also parents may be members of parent groups, but do not comment on school business.",
        "Photos of class members are not posted in any group.",
        "Each class has a group of parents who join the library.",
    ),
    "own_numbers": (
        "No personal details of a pupil, such as age, address or class, may be shared.",
        "Staff must not share pupils’ personal email addresses or phone numbers.",
        "Parents must not share the personal phone numbers of other parents.",
        "Passwords are never shared by email with pupils.",
    ),
    "followers_known": (
        "Staff must not accept friend requests from pupils who follow the school account.",
        "Followers of our account who are under 13 are reported.",
    ),
    "school_follows": (
        "Staff must not follow pupils from their personal accounts.",
        "Staff only follow schools on their private accounts.",
    ),
}


@pytest.mark.parametrize(("key", "says"), [(key, one) for key, some in SAY.items() for one in some])
def test_the_sentence_is_offered_its_rule(key, says):
    assert key in [one.key for one in nearest(says)]


@pytest.mark.parametrize(("key", "says"), [(key, one) for key, some in DONT.items() for one in some])
def test_a_sentence_that_says_something_else_isnt(key, says):
    assert key not in [one.key for one in nearest(says)]


OF_THEIRS = {
    "own_pictures": (
        "Staff must not post photographs of pupils or of school events.",
        "For staff, requirements include not discussing pupils, or posting photos of school events.",
    ),
    "own_discretion": (
        "Staff must not discuss pupils, parents or colleagues online.",
        "An employee must not disclose confidential information of the school.",
    ),
    "working_time": ("Staff must not use social media during lesson time.",),
    "school_equipment": ("Staff must not use social media on school devices.",),
}


@pytest.mark.parametrize("key", OF_THEIRS)
@pytest.mark.parametrize(
    "heading", ["Personal use by staff", "Staff and their own use of social media", "Our own accounts"]
)
def test_below_a_heading_on_own_accounts_a_clause_neednt_repeat_that_its_about_them(heading, key):
    for says in OF_THEIRS[key]:
        assert key in [one.key for one in nearest(says, heading)], says


@pytest.mark.parametrize("key", OF_THEIRS)
@pytest.mark.parametrize(
    "heading", ["", "Photographs", "Personal and official accounts", "Pupils’ personal use", "Comments"]
)
def test_below_another_heading_it_isnt_taken_for_that(heading, key):
    for says in OF_THEIRS[key]:
        assert key not in [one.key for one in nearest(says, heading)], says


def test_a_heading_on_own_accounts_makes_no_rule_on_them_of_one_on_the_schools():
    says = "The school’s accounts must not show photographs of pupils."
    assert "own_pictures" not in [one.key for one in nearest(says, "Personal use by staff")]


def left_out(says, key):
    return not_held(ready_rules()[key], says, taken_from(ready_rules()[key], says, (), ("headteacher",), {}))


@pytest.mark.parametrize(
    ("says", "key"),
    [
        ("For staff, requirements include using the tightest privacy settings possible.", "own_privacy"),
        ("Staff requirements include not accepting friend requests from current pupils.", "no_pupil_friends"),
        ("Staff must not accept or send friend requests to current pupils.", "no_pupil_friends"),
        ("We do not identify by name any of the children featured in photographs.", "no_names_with_pictures"),
        ("We do not follow the personal accounts of parents or pupils.", "school_follows"),
        ("The school does not follow any other Twitter users.", "school_follows"),
        (
            "Complaints on our page are not discussed there; the parent is asked to ring us.",
            "complaints_elsewhere",
        ),
        ("Enquiries from journalists are passed to the headteacher, and staff must not comment.", "press_to"),
        ("Staff may say where they work, but must state that their views are their own.", "own_disclaimer"),
        (
            "We ask parents not to criticise our staff online, but to speak to the teacher first.",
            "parents_say",
        ),
        ("Staff must not go on Facebook in working hours, except in their breaks.", "working_time"),
        (
            (
                "To keep the children safe we will make sure that a parent has given written permission "
                "before any "
                "picture of a child is posted."
            ),
            "picture_consent",
        ),
        ("In order to protect families, we will never use a child’s name in a post.", "no_surnames"),
        (
            "When they use social media themselves, staff and volunteers must not accept parents as friends.",
            "no_parent_friends",
        ),
        ("When using social media, staff must not be friends with parents.", "no_parent_friends"),
        ("Music may only be used if the school has a licence for it.", "own_material"),
        ("Staff must not name the nursery as their place of work on their profiles.", "own_workplace"),
        ("We do not use our accounts to advertise private businesses.", "no_advertising"),
        (
            "Requests to follow us are accepted only if their link with the school is clear.",
            "followers_known",
        ),
    ],
)
def test_the_lead_of_a_list_and_the_form_of_a_verb_ask_for_nothing_more(says, key):
    assert left_out(says, key) == []


@pytest.mark.parametrize(
    ("says", "key", "more"),
    [
        ("Staff must not post photographs of pupils or of school events.", "own_pictures", "events"),
        ("Requirements include not accepting friend requests or chatting with pupils.", "no_pupil_friends",
         "chatting with pupils"),
        ("Press enquiries are passed to the headteacher, and staff must write them down.", "press_to",
         "write them down"),
        ("Staff must not go on Facebook in working hours, except to help a colleague.", "working_time",
         "except to help a colleague"),
        ("When they use social media, staff must not use their own phones to photograph pupils.",
         "own_device", "When they use social media"),
        ("To keep children safe when they are on trips, we will never use a child’s name in a post.",
         "no_surnames", "when they are on trips"),
        ("Passwords are changed every term, and at once when someone who knows them leaves.",
         "passwords_changed", "every term"),
        ("Messages and questions are answered within 24 hours on school days.", "reply_within",
         "on school days"),
        ("Staff must not be in contact with pupils on their own accounts, nor with former pupils under 19.",
         "no_leaver_friends", "Staff must not be in contact with pupils on their own accounts"),
        ("Parents may film their own child in the play. Other children are never filmed.", "parents_take",
         "Other children are never filmed."),
    ],
)  # fmt: skip
def test_what_it_asks_besides_is_still_heard(says, key, more):
    assert left_out(says, key) == [more]
