"""Each code with phrases that it asks about and phrases that it leaves alone."""

from __future__ import annotations

import pytest

from coach_tui.coaching.lexicon import CheckWords
from coach_tui.domain.low_inference import check, review


def marked(words: CheckWords, text: str) -> list[tuple[str, str]]:
    """Return the marks of an action line as code and marked words."""
    marks = check(text, lexicon=words.lexicon)
    return [(mark.code, text[mark.start : mark.end]) for mark in marks]


@pytest.mark.parametrize(
    ("text", "code", "phrase"),
    [
        ("the pacing was effective", "LI01", "effective"),
        ("an engaging start", "LI01", "engaging"),
        ("the story was too long", "LI01", "too long"),
        ("the lesson dragged", "LI01", "dragged"),
        ("T dominates", "LI01", "dominates"),
        ("S4 was bored", "LI02", "bored"),
        ("S4 refuses", "LI02", "refuses"),
        ("S4 tried", "LI02", "tried"),
        ("S4 loved it", "LI02", "loved"),
        ("off-task at 9:10", "LI03", "off-task"),
        ("off task at 9:10", "LI03", "off task"),
        ("the class was disruptive", "LI03", "disruptive"),
        ("low kids with the aide", "LI03", "low kids"),
        ("students on task", "LI03", "on task"),
        ("some wrote", "LI04", "some"),
        ("a lot of hands", "LI04", "a lot of"),
        ("T often waits", "LI05", "often"),
        ("waited a while", "LI05", "a while"),
        ("S4 seemed ready", "LI06", "seemed"),
        ("I think S4 left", "LI06", "I think"),
        ("clearly done", "LI06", "clearly"),
        ("because it rained", "LI07", "because"),
        ("due to the rain", "LI07", "due to"),
        ("T should wait", "LI08", "should"),
        ("T needs to wait", "LI08", "needs to"),
        ("T lacked a plan", "LI08", "lacked"),
        ("S4 reads better than S5", "LI09", "better than"),
        ("S4 is the weakest", "LI09", "the weakest"),
        ("G2 was more focused than G1", "LI09", "more focused than"),
        ("T differentiated", "LI10", "differentiated"),
        ("T checks for understanding", "LI10", "checks for understanding"),
        ("then Maya Lopez sat down", "LI11", "Maya Lopez"),
        ("S4 has ADHD", "LI11", "ADHD"),
    ],
)
def test_a_code_asks_about_its_phrases(
    words: CheckWords, text: str, code: str, phrase: str
) -> None:
    assert (code, phrase) in marked(words, text)


@pytest.mark.parametrize(
    "text",
    [
        "with utmost care",
        "an awesomeness of owls",
        "the goods train",
        "S3 engaged the clamp",
        "six chairs at the low table",
        "T shows the fair on the map",
        "how many tiles are left",
        "12 at most",
        "fractions with unlike denominators",
        "Good morning from T",
        "a felt board by the door",
        "T dragged the chair to the board",
        "poster about autism on the wall",
        "T looks at the clock",
    ],
)
def test_words_that_only_look_like_it_are_left_alone(words: CheckWords, text: str) -> None:
    assert marked(words, text) == []


def test_the_longest_phrase_wins(words: CheckWords) -> None:
    assert marked(words, "most of the time") == [("LI05", "most of the time")]


def test_capitals_and_typographic_apostrophes_make_no_difference(words: CheckWords) -> None:
    assert marked(words, "SOME hands") == [("LI04", "SOME")]
    assert marked(words, "S4 couldn’t say") == [("LI08", "couldn’t")]


def test_a_phrase_does_not_run_over_a_comma(words: CheckWords) -> None:
    assert marked(words, "too, long lines at the door") == []


@pytest.mark.parametrize(
    "text",
    [
        "some (6/24) are writing",
        "most, 18 of 24, wrote",
        "a few hands, 3 out of the 24",
        "several (4) at the sink",
        "most, twelve of twenty, wrote",
        "75 % of the pairs, most of them at the back",
        "students on task 14/24",
    ],
)
def test_a_quantity_is_quiet_beside_a_count(words: CheckWords, text: str) -> None:
    assert marked(words, text) == []


def test_a_count_answers_only_for_its_own_clause(words: CheckWords) -> None:
    assert marked(words, "6/24 raise a hand; most look up") == [("LI04", "most")]
    assert marked(words, "most look up. 6/24 raise a hand") == [("LI04", "most")]


@pytest.mark.parametrize(
    "text",
    [
        "T often (6 times in 10 min) looks up",
        "T waits a while, 20 s",
        "always at the door, 9:05 to 9:20",
        "S4 briefly, about two minutes, at the board",
    ],
)
def test_a_rate_is_quiet_beside_a_time(words: CheckWords, text: str) -> None:
    assert marked(words, text) == []


def test_a_count_does_not_answer_when(words: CheckWords) -> None:
    assert marked(words, "6/24 often look up") == [("LI05", "often")]


@pytest.mark.parametrize("text", ["T models: writes 3 over 4", 'T scaffolded with "first, then"'])
def test_a_practice_is_quiet_where_the_act_follows(words: CheckWords, text: str) -> None:
    assert marked(words, text) == []


def test_a_practice_before_which_something_stands_is_still_asked_about(words: CheckWords) -> None:
    assert marked(words, 'after "begin" T facilitated') == [("LI10", "facilitated")]


def test_looking_is_an_inference_in_front_of_a_judgement_only(words: CheckWords) -> None:
    assert marked(words, "S4 looked confused") == [("LI06", "looked"), ("LI02", "confused")]
    assert marked(words, "S4 looked at S5, confused") == [("LI02", "confused")]


def test_a_line_of_one_word_after_another_has_a_mark_for_each(words: CheckWords) -> None:
    assert marked(words, "good good") == [("LI01", "good"), ("LI01", "good")]


def test_every_mark_brings_the_question_of_its_code(words: CheckWords) -> None:
    (mark,) = check("an engaging start", lexicon=words.lexicon)
    assert (mark.code, mark.start, mark.end) == ("LI01", 3, 11)
    assert mark.question == "What did T or S say or do?"


@pytest.mark.parametrize("text", ["students sit in rows", "  the door is open  "])
def test_a_review_asks_about_a_line_with_nothing_countable(words: CheckWords, text: str) -> None:
    (mark,) = review(text, lexicon=words.lexicon)
    assert (mark.code, text[mark.start : mark.end]) == ("LI12", text.strip())
    assert mark.question == "A count, a quote, a time?"
    assert check(text, lexicon=words.lexicon) == ()


@pytest.mark.parametrize(
    "text",
    [
        "6 in rows",
        "S in the door",
        "T at the door",
        "at 9:10",
        '"yes"',
        "three in a row",
        "",
        " - ",
    ],
)
def test_a_review_finds_number_speaker_time_and_quotation(words: CheckWords, text: str) -> None:
    assert review(text, lexicon=words.lexicon) == ()


def test_a_review_asks_nothing_more_where_something_was_asked(words: CheckWords) -> None:
    codes = [mark.code for mark in review("students were engaged", lexicon=words.lexicon)]
    assert codes == ["LI03"]


def test_a_review_knows_who_spoke_and_what_was_dismissed(words: CheckWords) -> None:
    text = "students sit in rows"
    assert review(text, lexicon=words.lexicon, speaker="T") == ()
    assert review(text, lexicon=words.lexicon, dismissed=("LI12",)) == ()
