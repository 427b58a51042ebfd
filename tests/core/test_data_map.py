"""The data map notices what is missing, gone, or claimed without code."""

import pytest
from pydantic import ValidationError

from schoolgate.core.data_map.checks import (
    as_csv,
    as_json,
    claims_of_nothing,
    claims_without_the_right,
    erasing,
    not_in_step,
    resolve,
)
from schoolgate.core.data_map.entries import DataMap, Kind, Special, Whose, read
from schoolgate.core.models import Heartbeat, Hold, LedgerRow, SetUpLink
from schoolgate.people.models import Person, PersonTelephone

MAILS = "schoolgate.notices.mails"
NOTHING = {"says": "Nothing yet.", "how": "nothing"}
SWEPT = {
    "says": "After 30 days.",
    "how": "removes",
    "by": ["schoolgate.notices.mails.forget"],
    "lasts": {"schoolgate.notices.mails.CAUGHT_FOR": 30},
}
HEARTBEAT = {"why": "To see that it runs.", "ends": "never", "fields": {"technical": "id what last_good"}}


def a_map(table=HEARTBEAT, label="core.Heartbeat", **endings):
    return DataMap.model_validate(
        {"endings": {"never": NOTHING, "swept": SWEPT, **endings}, "tables": {label: table}, "places": {}}
    )


def test_a_table_that_is_classified_as_it_stands_is_in_step():
    assert list(not_in_step(a_map(), [Heartbeat])) == []


def test_a_field_that_nobody_classified_is_named():
    said = a_map({**HEARTBEAT, "fields": {"technical": "id what"}})
    assert list(not_in_step(said, [Heartbeat])) == ["core.Heartbeat.last_good is not classified"]


def test_a_field_that_is_gone_is_named():
    said = a_map({**HEARTBEAT, "fields": {"technical": "id what last_good colour"}})
    assert list(not_in_step(said, [Heartbeat])) == ["core.Heartbeat.colour is classified but does not exist"]


def test_a_table_that_nobody_classified_is_named_with_the_file_to_add_it_to():
    assert list(not_in_step(a_map(), [Heartbeat, Hold])) == [
        "core.Hold is not classified: add it to schoolgate/core/data_map/tables/core.yaml"
    ]


def test_a_table_that_is_gone_is_named():
    assert list(not_in_step(a_map(), [])) == ["core.Heartbeat is classified, but there is no such table"]


def test_an_ending_that_exists_is_believed():
    assert list(claims_of_nothing(a_map())) == []


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ({"by": [f"{MAILS}.forget_all"]}, f"there is no {MAILS}.forget_all"),
        ({"by": ["schoolgate.jobs.weekly.run"]}, "there is no schoolgate.jobs.weekly.run"),
        ({"by": [f"{MAILS}.KEPT_FOR"]}, f"{MAILS}.KEPT_FOR can't be run"),
        ({"runs": "schoolgate.jobs.daily.gone"}, "there is no schoolgate.jobs.daily.gone"),
        ({"lasts": {f"{MAILS}.LASTS": 30}}, f"there is no {MAILS}.LASTS"),
    ],
)  # fmt: skip
def test_an_ending_by_code_that_is_not_there_is_named(said, trouble):
    assert list(claims_of_nothing(a_map(swept={**SWEPT, **said}))) == [f"swept: {trouble}"]


@pytest.mark.parametrize("days", [29, 31])
def test_days_that_the_program_counts_otherwise_are_named(days):
    lasts = {"schoolgate.notices.mails.CAUGHT_FOR": days}
    assert list(claims_of_nothing(a_map(swept={**SWEPT, "lasts": lasts}))) == [
        f"swept: schoolgate.notices.mails.CAUGHT_FOR is 30 days, 0:00:00, not {days} days"
    ]


def test_only_what_nothing_ends_may_name_no_code():
    with pytest.raises(ValidationError, match="name the code that ends it"):
        a_map(swept={**SWEPT, "by": []})
    with pytest.raises(ValidationError, match="name the code that ends it"):
        a_map(never={**NOTHING, "by": ["schoolgate.notices.mails.forget"]})


def test_what_the_role_may_not_remove_cannot_be_said_to_be_removed():
    hold = {"why": "x", "ends": "swept", "fields": {"technical": "subject"}}
    assert list(claims_without_the_right(a_map(hold, "core.Hold"), [Hold])) == [
        "core.Hold.subject: 'swept' needs DELETE, but the role may SELECT, INSERT, UPDATE"
    ]
    number = {"why": "x", "ends": "swept", "fields": {"contact": "number"}}
    said = a_map(number, "people.PersonTelephone")
    assert list(claims_without_the_right(said, [PersonTelephone])) == []


def test_what_the_owner_removes_asks_for_no_right_of_the_programs_role():
    link = {"why": "x", "ends": "by_owner", "fields": {"technical": "digest"}}
    said = a_map(link, "core.SetUpLink", by_owner={**SWEPT, "role": "owner"})
    assert list(claims_without_the_right(said, [SetUpLink])) == []


def test_a_field_says_whose_it_is_and_technical_ones_are_nobodys():
    table = {
        "why": "x", "whose": "public pupil", "special": "possible", "ends": "never",
        "fields": {"content": "what", "decision of users": "last_good", "technical": "id"},
    }  # fmt: skip
    found = {field.name: field for field in a_map(table).fields_of("core.Heartbeat")}
    assert found["what"].whose == (Whose.PUPIL, Whose.PUBLIC)
    assert (found["what"].kind, found["what"].special) == (Kind.CONTENT, Special.POSSIBLE)
    assert found["last_good"].whose == (Whose.STAFF, Whose.VOLUNTEER, Whose.PARENT)
    assert found["last_good"].special is Special.NONE
    assert found["id"].whose == ()


def test_a_field_that_ends_otherwise_than_its_table_says_so():
    found = {
        one.name: one.ends
        for one in a_map({**HEARTBEAT, "but": {"what": "swept"}}).fields_of("core.Heartbeat")
    }
    assert found == {"id": "never", "what": "swept", "last_good": "never"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"but": {"colour": "swept"}},
        {"but": {"what": "sometime"}},
        {"ends": "sometime"},
        {"fields": {"technical": "id what last_good id"}},
        {"fields": {"secrets": "what"}},
        {"fields": {"contact of everybody": "what"}},
    ],
)
def test_what_is_not_understood_is_an_error(wrong):
    with pytest.raises(ValueError, match=r"ending|fields|twice|valid"):
        a_map({**HEARTBEAT, **wrong}).fields_of("core.Heartbeat")


def test_a_table_in_two_files_is_an_error(tmp_path):
    (tmp_path / "tables").mkdir()
    for name in ("core.yaml", "core.more.yaml"):
        (tmp_path / "tables" / name).write_text(
            "Heartbeat: {why: x, ends: never, fields: {technical: id}}\n", "utf-8"
        )
    (tmp_path / "endings.yaml").write_text("never: {says: Never., how: nothing}\n", "utf-8")
    (tmp_path / "places.yaml").write_text("{}\n", "utf-8")
    with pytest.raises(ValueError, match=r"core\.Heartbeat is classified twice"):
        read(tmp_path)


def test_a_dotted_name_leads_to_a_method_too_and_a_wrong_one_to_an_error():
    assert resolve("schoolgate.people.models.Person.objects") is Person.objects
    with pytest.raises(LookupError):
        resolve("schoolgate.people.models.Person.forget")
    with pytest.raises(LookupError):
        resolve("nowhere.at.all")


def test_the_record_is_never_erased_and_the_rest_as_the_role_may():
    said = a_map()
    part = said.endings["never"].model_copy(update={"chain": "part"})
    assert erasing(LedgerRow, part) == "no: it is the record"
    never = said.endings["never"]
    assert erasing(PersonTelephone, never) == "yes: the program's role may remove a row"
    assert erasing(Hold, never).startswith(
        "yes: the program's role may empty columns, but only the database's owner may remove a row"
    )
    assert erasing(LedgerRow, never).startswith("yes, but only by the database's owner")


def test_json_and_csv_have_a_row_for_each_field_and_counts_where_they_were_asked_for():
    said = a_map()
    assert [row["field"] for row in as_json(said)["fields"]] == ["id", "what", "last_good"]
    assert "rows" not in as_json(said)["fields"][0]
    assert as_json(said, {"core.Heartbeat": 4})["fields"][0]["rows"] == 4
    assert as_json(said, {"core.Heartbeat": None})["fields"][0]["rows"] == "not counted"
    assert as_csv(said).splitlines()[1].startswith("core.Heartbeat,id,technical,,To see that it runs.,never,")
