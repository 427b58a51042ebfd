"""A document's sentences are met in lists of about twenty, and each page is saved in one press."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from schoolgate.core.tenancy import scope
from schoolgate.policy.imports import picks_of
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.writing import writing
from schoolgate.rulebook.working_time import local_day
from tests.web.own_policy_cast import NOW
from tests.web.own_policy_pages import text_of
from tests.web.scriptless import bring_session, expect, open_context, wrong_with
from tests.web.test_own_import import empty_policy, here, upload  # noqa: F401 - the fixture and its world

PAGE = "own-import-page"
A_SECTION = (
    "Written permission from parents or carers is obtained before photographs of pupils are published.",
    "A pupil’s surname is never published.",
    "Staff must not accept friend requests from pupils on their own accounts.",
    "Social media offers many opportunities to schools.",
    "Rude comments are deleted soon.",
    "The office checks each account at the start of a term.",
)


def long_policy(sections=16):
    """A policy as long as those of schools: about a hundred sentences."""
    lines = []
    for number in range(1, sections + 1):
        lines += [f"{number}. Part {number}", *(f"{one[:-1]} ({number})." for one in A_SECTION)]
    return "\n\n".join(lines).encode()


def page(browser, number):
    return browser.get(reverse(PAGE, args=[number]))


def as_shown(answer):
    """What the page sends as it's shown."""
    rows = [one.form for _section, some in answer.context["parts"] for one in some if one.form]
    return {f"{one.prefix}-choice": one["choice"].value() for one in rows}


def test_the_list_reads_well_without_a_script_in_both_languages_and_leads_to_each_sentence(here):  # noqa: F811
    _federation, ben, _olive = here
    upload(ben, long_policy(2), "policy.txt")
    for language in ("cy", "en"):
        ben.cookies["django_language"] = language
        shown = text_of(ben, PAGE, 1, language=language)
        with translation.override(language):
            assert translation.gettext("Take all of this section") in shown
    with open_context() as context:
        bring_session(context, ben)
        page = context.new_page()
        page.goto(reverse("own-import"))
        page.get_by_role("link", name="Go through the sentences").click()
        assert wrong_with(page, "en") == []
        page.get_by_role("button", name="Change text or strength (2)").click()
        expect(page.get_by_role("heading", name="Sentence 2 of 12")).to_be_visible()


def picks(federation):
    with scope(federation.pk):
        return picks_of(PolicyImport.objects.get())


def test_a_long_policy_comes_in_with_a_quarter_of_the_pages_and_presses(here):  # noqa: F811
    federation, ben, _olive = here
    assert upload(ben, long_policy(), "policy.txt")["Location"] == reverse(PAGE, args=[1])
    with scope(federation.pk):
        sentences = [one for one in PolicyImport.objects.get().sentences if one["why_not"] != "a label"]
    seen = presses = 0
    where = reverse(PAGE, args=[1])
    while where != reverse("own-import"):
        shown = ben.get(where)
        where = ben.post(where, as_shown(shown))["Location"]
        seen, presses = seen + 1, presses + 1
    assert len(sentences) >= 90
    assert seen + presses <= 2 * len(sentences) / 4
    found = picks(federation)
    assert len(found) == len(sentences)
    assert {one.ready for one in found.values()} >= {"picture_consent", "no_surnames", "no_pupil_friends"}
    ben.post(reverse("own-import-take"), {"seen": ""})
    with scope(federation.pk):
        now = writing(local_day(NOW))
        rules = [one for key in now.text.clauses for one in now.about(key).rules(key)]
        assert any(one.get("in_full") for one in rules), "ticked with the rule that says all of it"


def test_what_a_rule_needs_is_filled_in_beside_the_sentence_and_another_choice_is_kept(here):  # noqa: F811
    federation, ben, _olive = here
    says = b"Photographs of pupils are published only with the consent of a parent."
    upload(ben, b"1. Pictures\n\n" + says + b"\n\nStaff must be kind.\n", "policy.txt")
    shown = page(ben, 1)
    (first, second) = sent = as_shown(shown)
    assert (sent[first], sent[second]) == ("take", "take"), "a rule with something open isn't taken unasked"
    form = first.removesuffix("choice") + "picture_consent-form"
    chosen = {**sent, first: "ready-picture_consent", second: "leave"}
    answer = ben.post(reverse(PAGE, args=[1]), {**chosen, form: "on a napkin"})
    assert answer.status_code == 422
    assert answer.context["parts"][0][1][1].form["choice"].value() == "leave", "what was chosen stays"
    assert picks(federation) == {}
    ben.post(reverse(PAGE, args=[1]), {**chosen, form: "written"})
    found = picks(federation)
    assert [(one.choice, one.values) for one in found.values()] == [
        ("take", {"form": "written"}),
        ("leave", {}),
    ]
    assert page(ben, 1).context["parts"][0][1][0].form.initial[form.partition("-")[2]] == "written"
    ben.post(reverse("own-import-take"), {"seen": ""})
    with scope(federation.pk):
        now = writing(local_day(NOW))
        (key,) = now.text.clauses
        assert len(now.about(key).rules(key)) == 1


def test_what_was_chosen_is_saved_before_one_sentence_is_opened(here):  # noqa: F811
    federation, ben, _olive = here
    upload(ben, b"1. Pictures\n\nStaff must be kind.\n\nStaff must be polite.\n", "policy.txt")
    (first, second) = sent = as_shown(page(ben, 1))

    answer = ben.post(reverse(PAGE, args=[1]), {**sent, first: "leave", "act": "sentence-2"})

    assert answer["Location"] == f"{reverse('own-import-sentence', args=[2])}?page=1"
    assert {number: one.choice for number, one in picks(federation).items()} == {1: "leave"}, (
        "what was changed"
    )
    assert (
        ben.post(reverse(PAGE, args=[1]), {**sent, second: "take", "act": "sentence-two"}).status_code == 404
    )


def test_a_section_is_taken_or_left_out_in_one_press(here):  # noqa: F811
    federation, ben, olive = here
    upload(ben, long_policy(2), "policy.txt")
    assert page(olive, 1).status_code == 403
    assert page(ben, 2).status_code == 404
    answer = ben.post(reverse(PAGE, args=[1]), {**as_shown(page(ben, 1)), "act": "leave-0"})
    assert answer["Location"] == reverse(PAGE, args=[1])
    half = len(A_SECTION)
    choices = [one.choice for one in picks(federation).values()]
    assert choices[:half] == ["leave"] * half
    assert "take" in choices[half:]
    ben.post(reverse(PAGE, args=[1]), {**as_shown(page(ben, 1)), "act": "take-0"})
    assert {one.choice for one in [*picks(federation).values()][:half]} == {"take"}


def test_who_changes_the_strength_of_one_sentence_is_back_on_the_page_where_it_stands(here):  # noqa: F811
    federation, ben, _olive = here
    upload(ben, long_policy(), "policy.txt")
    shown = page(ben, 3)
    number = shown.context["parts"][0][1][0].row.number
    opened = ben.post(reverse(PAGE, args=[3]), {**as_shown(shown), "act": f"sentence-{number}"})["Location"]
    found = ben.get(opened)
    assert '<details class="sg-fold" open>' in found.content.decode()
    sent = {"choice": "take", "says": found.context["text"].initial["says"], "modality": "should_not"}
    assert ben.post(opened, sent)["Location"] == reverse(PAGE, args=[3])
    assert picks(federation)[number].modality == "should_not"


def test_what_reads_so_is_said_to_ask_nothing_in_one_press_and_nothing_else_is_offered_it(here):  # noqa: F811
    federation, ben, _olive = here
    upload(ben, b"1. About\n\nThis policy covers all employees.\n\nStaff must ask first.", "policy.txt")
    shown = page(ben, 1)
    rows = [one.form for _section, some in shown.context["parts"] for one in some]
    offered = ["aside" in dict(one.fields["choice"].choices) for one in rows]
    assert offered == [True, False]
    assert [one["choice"].value() for one in rows] == ["take", "take"], "nothing is taken for granted"
    ben.post(reverse(PAGE, args=[1]), as_shown(shown) | {"s1-choice": "aside"})
    assert [one.aside for one in picks(federation).values()] == [True, False]
    assert page(ben, 1).context["parts"][0][1][0].form["choice"].value() == "aside"


def test_a_ready_rule_that_says_part_of_a_sentence_is_never_chosen_by_itself(here):  # noqa: F811
    """Only one that says all of it is, and nothing is saved unseen."""
    federation, ben, _olive = here
    lines = (
        "1. Posts",
        "We will not allow any person to be tagged in an image or video on our cheerful accounts.",
        "Rude comments are removed at once, or within 3 days.",
        "Friend requests from parents are best declined.",
        "Posts are normally made between 8am and 6pm on school days.",
        "Staff must not post photographs of pupils on a personal account.",
    )
    upload(ben, "\n\n".join(lines).encode(), "policy.txt")
    shown = as_shown(page(ben, 1))
    assert shown == {**{f"s{n}-choice": "take" for n in range(1, 5)}, "s5-choice": "ready-own_pictures"}
    assert picks(federation) == {}, "nothing is saved"
    ben.post(reverse(PAGE, args=[1]), shown)
    assert [one.ready for one in picks(federation).values()] == ["", "", "", "", "own_pictures"]
