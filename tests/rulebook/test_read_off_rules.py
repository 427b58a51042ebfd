"""What others read off the rules: the clauses, roles and words at a point, whatever says them."""

from schoolgate.rulebook import book
from schoolgate.rulebook.facts_read import facts_read


def test_rules_are_found_by_their_point():
    wootton = book("wootton")
    assert wootton.clauses_at("policy.suggest", "suggestion_to") == ("wootton-review-11",)
    assert wootton.roles_at("policy.suggest", "suggestion_to") == ("Finance Director",)
    assert wootton.roles_at("policy.suggest", "comment_on_policy", "no_such_point") == ()
    found = wootton.at("site.check", "rules_found", "logo_leads")
    assert {one.point for one in found} == {"rules_found", "logo_leads"}


def test_a_rule_tells_what_it_compares_and_says_and_a_kind_its_settings():
    learn, llanidloes = book("learn-to-live"), book("llanidloes")
    weighed = ("school", "community", "legal responsibilities", "reputation")
    assert learn.stated("account.considered", "weighed_against", "weighed") == weighed
    assert learn.stated("account.open", "acceptable_use_link", "target") == ("ICT Acceptable Use Policy",)
    assert llanidloes.stated("account.watch", "days_looked_at", "weekday") == (
        "Mon",
        "Tue",
        "Wed",
        "Thu",
        "Fri",
    )
    assert llanidloes.stated("account.watch", "days_looked_at", "interval_days") == ()
    assert book("wildground").stated("account.watch", "part_in_watching", "interval_days") == ()
    assert book("wildground").stated("account.watch", "looked_at", "check_interval_hours") == ()
    assert book("wildground").stated("account.watch", "days_looked_at", "check_days_per_week") == (7,)
    assert book("wootton").stated("person.entrust", "training_fits", "topics") == (
        "approval and moderation", "handling of cases",
    )  # fmt: skip


def test_roles_are_told_in_the_order_in_which_a_rule_names_them():
    signed = book("wootton").stated("account.decide", "order", "roles")
    assert signed == ("Line Manager", "Other Senior Manager", "Principal")
    assert book("learn-to-live").roles_at("account.open", "notice_recipient") == ("Network Manager", "SLT")


def test_which_facts_are_read_is_known_of_each_book_and_each_relation_apart():
    wildground = book("wildground")
    read = facts_read(wildground, "incident.report")
    rules = dict.fromkeys(rule.id for rule in wildground.bound("incident.report"))
    assert read
    assert facts_read(wildground.with_bound(rules), "incident.report") == frozenset()
    assert facts_read(wildground, "incident.report") == read
    of_each = [
        {facts_read(book(key), "incident.report", who) for who in ("staff", "parent", None)}
        for key in ("boroughbridge", "learn-to-live", "llanidloes", "wildground", "wootton")
    ]
    assert max(len(each) for each in of_each) > 1
    assert len(set().union(*of_each)) > 2
