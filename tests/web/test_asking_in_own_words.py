"""What was typed into "May I ...?" leads on: the clauses that fit it come first, and danger before all."""

import html
from urllib.parse import parse_qs, urlencode

import pytest
from django.core.cache import cache
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import PolicyVersion
from schoolgate.rulebook.adviser.fitting import WIDER
from tests.web.plain import check_page

HOURS = "st-annes-posts-5"
"""A clause that is only text: nothing is posted before 7am or after 7pm."""
DEVICES = "st-annes-pictures-6"
"""A clause with a rule of its own, for another question: no private device with pupils."""
SAYS = "7pm"
WORRY = {"en": "I am worried about a child", "cy": "Dw i’n poeni am blentyn"}
AT_RISK = {
    "en": [
        "I see a post that suggests a child is at risk. May I delete it?",
        "A pupil is in danger because of a comment. May I hide it?",
        "A boy writes that he cuts himself. May I answer?",
        "A child wrote that her stepdad hits her. May I share it?",
    ],
    "cy": [
        "Rwy'n gweld neges sy'n awgrymu bod plentyn mewn perygl. Ga i ei dileu?",
        "Mae plentyn yn torri ei hun. Ga i rannu'r neges?",
    ],
}
OF_CONSENT = [
    "May we post a picture of a boy whose parents haven't answered about consent?",
    "The family said no to photos. May we show the girl’s hands?",
    "Can the school share a photo of a child whose mum didn't agree?",
    "May I take pictures of pupils with my own tablet?",
    "May parents film the carol concert for themselves?",
    "A gaiff rhieni ffilmio eu plant yn y cyngerdd?",
    "Foster mum says yes to the photo of the foster child. Can we post it?",
    "The football match ended at 8.30 pm. Can I post the result tonight?",
    "I took the sports day pictures with my own phone. What now?",
    "May I name a 17 year old student under her picture with her written consent",
    "Can a 16-year-old agree to her own picture?",
    "May we put the name of a sixth former below her photo if she signed the form?",
    "May we show an 18 year old in the prospectus without asking mum?",
    "A girl of 15 has given her own written consent to the film. Is that enough?",
]
"""Everyday questions of pictures and results, in which the lists of words find a child or a danger."""
OF_NO_EVERYDAY_PICTURE = [
    "May I share the photo of a girl in her bra that is going round?",
    "Can I post a photo of a child with no clothes on?",
]
OF_ADULTS = {
    "May I share it? A man posts naked photos of a child whose parents never agreed.": "improper-contact",
    "A colleague chats with a pupil on Snapchat every night": "improper-contact",
    "A fake account makes fun of a girl in year 8": "worry-about-child",
}
SILENT = "The policy says nothing about this"


@pytest.fixture(autouse=True)
def nothing_counted(home):
    cache.clear()


def find(browser, typed, language="en"):
    answer = browser.post(f"{reverse('may-i')}?lang={language}", {"words": typed})
    page = answer.content.decode()
    check_page(page)
    return answer, page


def followed(browser, answer, key=None):
    """The page of the first question found, or of one of them."""
    one = next(each for each in answer.context["found"] if key in (None, each.key))
    address = reverse("may-i-entry", args=[one.key]) + one.query
    assert html.escape(address) in answer.content.decode()
    return address, browser.get(address)


def carried(address):
    """The clauses that an address has from what was typed."""
    return [one.removesuffix(WIDER) for one in parse_qs(parts_of(address).query)["clause"]]


def test_the_clause_that_fits_the_words_leads_from_the_search_to_the_answer(st_annes):
    """Neither the address nor a form has the words themselves."""
    found, page = find(st_annes.olive, "May we post on our account at 9pm in the evening?")
    assert page.index(SAYS) < page.index('id="found"')
    assert "Read this first" in page
    assert "The policy’s own words." in page
    assert "Our wording of this section." not in page

    address, shown = followed(st_annes.olive, found, "post-for-school")
    assert HOURS in carried(address)
    assert "evening" not in address
    for _question in range(30):
        page = shown.content.decode()
        check_page(page)
        if "asked" not in shown.context or shown.context.get("verdict"):
            break
        assert page.index(SAYS) < page.index('name="ask"')
        asked = shown.context["asked"]
        sent = {"ask": asked, **({"no-idea": "1"} if shown.context["by_button"] else {"said": "-"})}
        fields = dict.fromkeys(name for name, _text in shown.context["texts"])
        answers = {name: [text for each, text in shown.context["texts"] if each == name] for name in fields}
        address = st_annes.olive.get(parts_of(address).path, {**answers, **sent})["Location"]
        assert HOURS in carried(address)
        shown = st_annes.olive.get(address)
    verdict = shown.context["verdict"]
    assert (verdict.title, HOURS in [one.id for one in verdict.first]) == ("Read this first", True)
    assert verdict.needs, "an approval is missing, too"
    assert page.index(SAYS) < page.index(verdict.needs[0])
    assert all("clause=" in one.change for one in shown.context["said"])


def test_what_the_policy_says_in_so_many_words_stands_above_the_questions_and_never_where_danger_is(st_annes):
    """The answer first, then the clause; it isn't among those to read first besides."""
    found, page = find(st_annes.olive, "By when must we answer a comment?")
    plainly = found.context["plainly"]
    assert (plainly.title, plainly.clauses[0].id) == ("What you must do", "st-annes-comments-1")
    assert page.index(plainly.title) < page.index("within 48 hours") < page.index('id="found"')
    assert plainly.clauses[0].id not in [one.id for one in found.context["first"]]

    _address, shown = followed(st_annes.olive, found, "reply-by")
    handed_on = shown.context["plainly"]
    assert (handed_on.title, [one.id for one in handed_on.clauses]) == (
        plainly.title,
        ["st-annes-comments-1"],
    )
    here = reverse("may-i-entry", args=["reply-by"])
    for forged in (
        ["allowed", "st-annes-comments-1"],
        ["to_do", "no-such-clause"],
        ["to_do"],
        ["silent", "st-annes-comments-1"],
    ):
        assert st_annes.olive.get(here, {"plain": forged}).context["plainly"] is None, forged

    for silent in ("May I be friends on Facebook with a parent?", AT_RISK["en"][0]):
        assert find(st_annes.olive, silent)[0].context["plainly"] is None, silent


def test_who_rules_reads_first_the_clauses_that_fit_the_question_and_the_words_sent_with_it(st_annes):
    here = reverse("may-i-entry", args=["new-account"])
    shown = st_annes.olive.get(here, {"clause": [HOURS]})
    while shown.context.get("asked"):
        given = [(name, text) for name, text in shown.context["texts"]]
        said = ("no-idea", "1") if shown.context["by_button"] else ("said", "-")
        address = f"{here}?{urlencode([*given, ('ask', shown.context['asked']), said])}"
        shown = st_annes.olive.get(st_annes.olive.get(address)["Location"])
    assert shown.context["advised"].needs_ruling
    put = reverse("may-i-put", args=["new-account"]) + shown.context["query"]
    asked = st_annes.olive.post(put, {"words": "May we take a film with a private phone?"})["Location"]
    for reader in (st_annes.ben, st_annes.olive):
        page = reader.get(asked)
        check_page(page.content.decode())
        first = [one.id for one in page.context["verdict"].first]
        assert first[0] == HOURS, "found by the words typed first"
        assert DEVICES in first, "found by the words of the question itself"
        assert SAYS in page.content.decode()

    plain = shown.context["query"].replace(f"clause={HOURS}", "")
    address = reverse("may-i-put", args=["new-account"]) + plain
    asked = st_annes.olive.post(address, {"words": "Hm?"})["Location"]
    assert st_annes.ben.get(asked).context["verdict"].first == []


def test_an_address_with_a_clause_that_the_policy_does_not_have_changes_nothing(st_annes):
    here = reverse("may-i-entry", args=["post-for-school"])
    for wrong in ("no-such-clause", "", "<b>", "law-children-wales"):
        page = st_annes.olive.get(here, {"clause": wrong})
        assert (page.status_code, page.context.get("first", [])) == (200, [])
    assert st_annes.olive.get(here, {"clause": [HOURS] * 30}).status_code == 200


@pytest.mark.parametrize("language", ["en", "cy"])
def test_words_of_a_child_at_risk_lead_to_the_worry_first_whatever_else_they_ask(st_annes, language):
    st_annes.office.language = language
    with scope(st_annes.federation.pk):
        st_annes.office.save(update_fields=["language"])
    for typed in AT_RISK[language]:
        found, page = find(st_annes.olive, typed, language)
        assert page.index('href="tel:999"') < page.index('id="found"'), typed
        first = found.context["found"][0].key
        assert first in ("worry-about-child", "child-tells", "danger-now"), (typed, first)
        other = found.context["found"][-1].key
        _address, shown = followed(st_annes.olive, found, other)
        assert 'href="tel:999"' in shown.content.decode(), (typed, other)
    for typed, leads in OF_ADULTS.items():
        found, page = find(st_annes.olive, typed, language)
        assert 'href="tel:999"' in page, typed
        assert found.context["found"][0].key == leads, typed
    for typed in OF_NO_EVERYDAY_PICTURE:
        _found, page = find(st_annes.olive, typed, language)
        assert 'href="tel:999"' in page, typed
    for typed in ("a mum wants to be my friend", *OF_CONSENT):
        calm, page = find(st_annes.olive, typed, language)
        assert 'href="tel:999"' not in page, typed
        assert not any("danger" in one.query for one in calm.context["found"]), typed


def test_where_the_policy_is_silent_the_page_says_so_before_the_questions_and_nowhere_else(st_annes):
    silent, page = find(st_annes.olive, "A journalist rang")
    assert (silent.context["silent"], silent.context["first"]) == (True, [])
    assert page.index(SILENT) < page.index('id="found"')
    for typed in (
        "May we post on our account at 9pm in the evening?",
        "May we film a pupil?",
        AT_RISK["en"][0],
    ):
        assert SILENT not in find(st_annes.olive, typed)[1], typed


def test_a_school_in_wales_is_told_its_own_guidance_and_one_in_england_its_own(st_annes):
    worry = reverse("may-i-entry", args=["worry-about-child"])
    named = {"england": "Keeping children safe in education", "wales": "Keeping Learners Safe"}
    for country, guidance in named.items():
        with scope(st_annes.federation.pk):
            School.objects.update(country=country)
        shown = st_annes.olive.get(worry)
        while "asked" in shown.context and not shown.context.get("verdict"):
            fields = dict(shown.context["texts"])
            sent = {"no-idea": "1"} if shown.context["by_button"] else {"said": "-"}
            answer = st_annes.olive.get(worry, {**fields, "ask": shown.context["asked"], **sent})
            shown = st_annes.olive.get(answer["Location"])
        page = shown.content.decode()
        other = next(one for key, one in named.items() if key != country)
        assert (guidance in page, other in page) == (True, False), country


def test_a_policy_that_a_school_wrote_here_is_never_called_our_wording(st_annes):
    with scope(st_annes.federation.pk):
        version = PolicyVersion.objects.get()
    for address in (reverse("policy"), reverse("version", args=[version.pk]), reverse("policy-word")):
        page = st_annes.ben.get(address, follow=True)
        assert page.status_code == 200, address
        assert "our wording" not in page.content.decode().lower(), address
