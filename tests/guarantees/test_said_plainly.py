"""What a policy says in so many words stands above everything else; it forbids, asks for something, states or
is quoted, and permits nothing."""

from dataclasses import replace

from bench.asked import policy, questions
from schoolgate.rulebook import book
from schoolgate.rulebook.adviser.clause_words import PARENTS
from schoolgate.rulebook.adviser.plainly import said_plainly
from schoolgate.rulebook.answers import Answer
from schoolgate.rulebook.book import book_of
from schoolgate.rulebook.clauses import PRINTED_NUMBER, Clause
from schoolgate.rulebook.kinds import Enforce, Modality
from schoolgate.rulebook.packs.blank import blank_pack

MUST, MUST_NOT, MAY, STATES, ADVISED_NOT = (
    Modality.MUST, Modality.MUST_NOT, Modality.MAY, Modality.STATES, Modality.ADVISED_NOT,
)  # fmt: skip
RUN_BY = "The school's Twitter account is run by the Headteacher."
CLAUSES = {
    "run": (STATES, "1.1", RUN_BY),
    "unused": (MUST, "1.2", "An account that has not been used for three months will be closed."),
    "tag": (MUST_NOT, "2.1", "Pupils must not be tagged in any post."),
    "babysit": (MUST_NOT, "2.2", "Babysitting for our families must not be arranged on social media."),
    "applicants": (MUST_NOT, "2.3", "Staff must not look up applicants for a job on social media."),
    "applicants-2": (MUST_NOT, "2.3", "Only Human Resources may do this."),
    "logo": (
        MUST_NOT,
        "2.4",
        "Staff must not use the crest on their own pages unless the Headteacher agrees.",
    ),
    "comments": (
        MUST_NOT,
        "2.5",
        "Comments about matters between the school and one family are not allowed.",
    ),
    "upload": (MUST_NOT, "2.6", "Parents must not upload videos of the concert."),
    "leavers": (
        MUST,
        "3.1",
        "The parents of a child who leaves are removed from the group after the holidays.",
    ),
    "worries": (MUST, "3.2", "Staff must tell the Manager about any comment that worries them."),
    "reply": (MUST, "3.3", "Questions from parents are answered within two school days."),
    "screenshots": (MUST, "3.4", "A screenshot must be taken before a comment is deleted."),
    "friends": (MUST_NOT, "3.6", "Staff are not friends on social media with parents."),
    "family": (MUST_NOT, "3.7", "That does not count for parents who are family."),
    "share": (MAY, "3.5", "Parents may share our posts with their relatives."),
    "share-2": (MUST_NOT, "3.5", "They must not share them outside the family."),
    "evening": (MAY, "3.8", "Staff are not expected to answer questions in the evening."),
    "open": (MUST_NOT, "4.1", "New accounts may only be opened with the permission of the Headteacher."),
    "networks": (MUST_NOT, "4.2", "The school does not use TikTok."),
    "phones": (MUST, "5.1", "Where a phone is lost, the office is told. They lock it within an hour."),
    "checks": (MUST, "7.1", "Our pages are checked every morning. They are not looked at in the holidays."),
    "withdrawn": (MUST, "7.2", "If consent is withdrawn, the picture is taken down within a working day."),
    "linkedin": (ADVISED_NOT, "6.1", "Staff are advised not to name the school on their LinkedIn profile."),
}
SAID = {
    "Who runs the Twitter account?": ("run", Answer.SAYS),
    "What happens with an account that nobody has used?": ("unused", Answer.TO_DO),
    "May we tag a pupil in a post?": ("tag", Answer.NOT_ALLOWED),
    "A family asked me on Messenger to babysit. Can I say yes there?": ("babysit", Answer.NOT_ALLOWED),
    "A family left us in July. Do the parents stay in the group?": ("leavers", Answer.TO_DO),
    "There's a comment on our page that worries me. Who do I tell?": ("worries", Answer.TO_DO),
    "By when do I have to answer a question from a parent?": ("reply", Answer.TO_DO),
    "May my sister share our posts?": ("share", Answer.SAYS),
    "A question came in late in the evening. Must I answer it now?": ("evening", Answer.SAYS),
    "May we open a new account?": ("open", Answer.NOT_YET),
    "My phone is lost. What do I have to do?": ("phones", Answer.TO_DO),
    "May I name the school on my LinkedIn profile?": ("linkedin", Answer.SAYS),
    "How often must we look at our pages?": ("checks", Answer.TO_DO),
    "A dad has changed his mind about a picture. By when must it be gone?": ("withdrawn", Answer.TO_DO),
    "How long do we have to keep the licence for a song?": ("", Answer.SILENT),
}
BESIDE = {"share": ("share-2",), "evening": ("reply",)}
"""What else is read with a permission, or with what need not be done."""
NOT_SAID = {
    "May I look up an applicant for a job?": "another sentence takes some of it back",
    "May I be friends with a parent on social media?": "the next clause takes some of it back",
    "May I use the crest on my own page?": "it makes an exception",
    "May a mum comment on the school's posts?": "the ban is about something else besides",
    "May I upload a video of the concert?": "it speaks to parents, and a teacher asks",
    "How long do we have to keep the screenshots of comments?": "it names no time",
    "May we open a new TikTok account?": "a ban names the network",
    "How long do we have to keep the comments?": "a clause on comments has a word of time",
    "A child is in danger. What do I have to do?": "someone may be in danger",
    "Who looks after the Instagram password?": "nothing is about that",
    "How often do we have to answer questions?": "a time within which isn't how often",
    "How is the weather?": "nothing is asked that a policy says",
    "The Twitter account is run by the Headteacher.": "nothing is asked",
    "": "nothing is typed",
}


def own_policy():
    clauses = {
        key: Clause(key, "", says, how, "staff", "policy", Enforce.GUIDE, {PRINTED_NUMBER: number})
        for key, (how, number, says) in CLAUSES.items()
    }
    return book_of(replace(blank_pack("plain-words"), clauses=clauses))


def test_a_sentence_answers_only_where_it_says_what_was_asked_for_and_is_about_the_same():
    own = own_policy()
    for typed, (clause, answer) in SAID.items():
        told = said_plainly(own, typed)
        assert told is not None, typed
        assert (told.clause, told.answer) == (clause, answer), typed
        assert told.beside == BESIDE.get(clause, ()), typed
    for typed, why in NOT_SAID.items():
        assert said_plainly(own, typed) is None, (typed, why)
    for_parents = said_plainly(own, "May I upload a video of the concert?", PARENTS)
    assert for_parents is not None
    assert (for_parents.clause, for_parents.answer) == ("upload", Answer.NOT_ALLOWED)
    assert said_plainly(book("wildground"), "Who runs the account?") is None, "its rules say it"


def test_no_question_to_a_policy_not_written_for_this_is_answered_by_another_clause():
    told = [(one, said_plainly(policy(one.policy), one.words)) for one in questions()]
    answered = [(one, said) for one, said in told if said]
    assert [one.words for one, said in answered if said.clause not in one.right] == []
    assert len(answered) >= 24
    assert {said.answer for _one, said in answered} <= {
        Answer.NOT_ALLOWED, Answer.NOT_YET, Answer.TO_DO, Answer.SAYS,
    }  # fmt: skip
