"""Captions are read strictly: what is wrong is named with its line."""

import pytest

from schoolgate.media.captions import NotCaptions, read_captions, words_of, written

HEAD = "WEBVTT\n\n"
FIRST = "00:01.000 --> 00:02.000"


def why(text, **more):
    with pytest.raises(NotCaptions) as refused:
        read_captions(text, **more)
    return refused.value.line, str(refused.value.why)


def test_captions_are_read_and_written_plainly():
    text = (
        "\ufeffWEBVTT - Sports day\r\nKind: captions\r\n\r\nNOTE by the office\r\n\r\n"
        "STYLE\r\n::cue{}\r\n\r\n"
        "first\r\n00:01.000 --> 00:02.500 align:start\r\n<v Miss Hughes>Bore <i>da</i> &amp; welcome\r\n"
        "to all\r\n\r\n01:00:03.000 --> 01:00:04.000\r\n- dŵr\r\n"
    )

    cues = read_captions(text)

    assert [(cue.begins, cue.ends, cue.words) for cue in cues] == [
        (1000, 2500, "Miss Hughes: Bore da & welcome\nto all"),
        (3_603_000, 3_604_000, "- dŵr"),
    ]
    assert written(cues) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nMiss Hughes: Bore da &amp; welcome\nto all\n\n"
        "01:00:03.000 --> 01:00:04.000\n- dŵr\n"
    )
    assert written(read_captions(written(cues))) == written(cues)
    assert words_of(written(cues)) == "Miss Hughes: Bore da & welcome\nto all\n- dŵr"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_field_has_no_captions(text):
    assert (read_captions(text), written([]), words_of("")) == ([], "", "")


WRONG = [
    ("Hello", 1, "first line must be WEBVTT"),
    ("webvtt\n\n" + FIRST + "\nHi", 1, "first line must be WEBVTT"),
    ("1\n00:00:01,000 --> 00:00:02,000\nHi", 1, "SRT captions"),
    ("WEBVTT", 1, "No caption follows"),
    ("WEBVTT\n" + FIRST + "\nHi", 2, "empty line must follow WEBVTT"),
    (HEAD + "1 to 2\nHi", 4, "This should be a time"),
    (HEAD + "00:61.000 --> 00:62.000\nHi", 3, "This should be a time"),
    (HEAD + "name\n00:01 --> 00:02\nHi", 4, "This should be a time"),
    (HEAD + "00:02.000 --> 00:02.000\nHi", 3, "ends before it begins"),
    (HEAD + FIRST + "\nHi\n\n00:00.500 --> 00:03.000\nHo", 6, "begins before the one above"),
    (HEAD + FIRST + "\n\n", 3, "has no words"),
    (HEAD + FIRST + "\n<b></b>", 3, "has no words"),
    (HEAD + FIRST + "\nbell \x07", 4, "can’t be shown"),
    (HEAD + FIRST + "\nHi\n00:02.000 --> 00:03.000\nHo", 4, "empty line must come before"),
]


@pytest.mark.parametrize(("text", "line", "said"), WRONG, ids=[said for _text, _line, said in WRONG])
def test_what_is_no_webvtt_is_refused_with_its_line(text, line, said):
    found, words = why(text)

    assert (found, said in words, f"Line {line}" in words) == (line, True, True)


def test_a_caption_may_begin_just_before_the_end_and_not_at_it():
    assert len(read_captions(HEAD + FIRST + "\nHi", ends_at=1001)) == 1
    assert why(HEAD + FIRST + "\nHi", ends_at=1000) == (
        3,
        "Line 3 of the captions: This caption begins after the end of the film.",
    )


def test_too_much_text_is_refused():
    assert why(HEAD + FIRST + "\n" + "a" * 200_001)[0] == 1
