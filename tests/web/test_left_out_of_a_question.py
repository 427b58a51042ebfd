"""At the answer itself the policy's owner says at one press which clause isn't about the question, and takes
it in again; others see what was left out, and who said so."""

import re

from django.urls import reverse

HERE = reverse("may-i-entry", args=["advertising"])
TURN = reverse("may-i-elsewhere", args=["advertising"])


def shown(browser, address=HERE):
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def buttons(html, says):
    forms = re.findall(
        r'<form class="sg-onscreen" method="post" action="([^"]+)">(.*?)</form>', html, re.DOTALL
    )
    return [
        (action.replace("&amp;", "&"), re.search(r'name="clause" value="([^"]+)"', form)[1])
        for action, form in forms
        if says in form
    ]


def test_a_clause_is_left_out_at_one_press_and_taken_in_again_at_one(st_annes):
    before = shown(st_annes.ben)
    ours = buttons(before, "Not about this question")
    assert "More clauses to read" in before
    assert len(ours) > 1
    action, clause = ours[0]

    answer = st_annes.ben.post(action, {"clause": clause, "elsewhere": "yes"}, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, HERE)
    after = answer.content.decode()
    assert "Left out of this question. Listed below the answer." in after
    assert "Left out of this question (1)" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", after))
    assert "Ben Carter said on" in after
    assert clause not in [one for _action, one in buttons(after, "Not about this question")]

    other = shown(st_annes.olive)
    assert "Ben Carter said on" in other
    assert "Not about this question" not in other
    assert "Read it here again" not in other

    ((action, again),) = buttons(after, "Read it here again")
    assert again == clause
    back = st_annes.ben.post(action, {"clause": clause, "elsewhere": "no"}, follow=True).content.decode()
    assert "Ben Carter said on" not in back
    assert [one for _action, one in buttons(back, "Not about this question")] == [one for _a, one in ours]


def test_all_that_are_folded_are_left_out_at_one_press(st_annes):
    here = reverse("may-i-entry", args=["pupil-asks"]) + "?me=staff"
    html = shown(st_annes.ben, here)
    ((action, form),) = [
        (action.replace("&amp;", "&"), form)
        for action, form in re.findall(
            r'<form class="sg-onscreen"[^>]* action="([^"]+)">(.*?)</form>', html, re.DOTALL
        )
        if "None of these clauses is about this question" in form
    ]
    folded = re.findall(r'name="clause" value="([^"]+)"', form)
    assert len(folded) > 2
    assert re.search(r'<button[^>]*name="elsewhere"[^>]*value="yes"', form)
    answer = st_annes.ben.post(action, {"clause": folded, "elsewhere": "yes"}, follow=True).content.decode()
    assert answer.count("Ben Carter said on") == len(folded)
    assert "None of these clauses is about this question" not in answer
    assert "None of these clauses is about this question" not in shown(st_annes.olive, here)


def test_no_one_else_leaves_a_clause_out(st_annes):
    _action, clause = buttons(shown(st_annes.ben), "Not about this question")[0]
    assert st_annes.olive.post(TURN, {"clause": clause, "elsewhere": "yes"}).status_code == 403
    assert st_annes.ben.post(TURN, {"clause": "no-such", "elsewhere": "yes"}).status_code == 404
    assert "Ben Carter said on" not in shown(st_annes.olive)
