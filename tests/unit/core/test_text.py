"""What of a text can be seen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.text import hidden_character, in_words, is_visible


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "\u202e", "\u3164", "\u2800", "\ufe0f", "\u200d\u2060 \u00ad", "\ufeff"]
)
def test_nothing_can_be_seen(text: str) -> None:
    assert not is_visible(text)


@pytest.mark.parametrize("text", ["a", ".", "\u200bx", "\u0601", "👍🏽", "\U0001fae9", "\ue000", "é"])
def test_something_can_be_seen(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize(
    "name",
    [
        "Garden",
        "Garden Party",
        "家族 旅行",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "می\u200cخواهم",  # noqa: RUF001
        "क्\u200dष",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1\ufe0f⃣",
    ],
)
def test_a_name_that_hides_nothing(name: str) -> None:
    assert hidden_character(name) is None


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("Garden\u200b", "U+200B ZERO WIDTH SPACE"),
        ("Gar\u200dden", "U+200D ZERO WIDTH JOINER"),
        ("\u200dGarden", "U+200D ZERO WIDTH JOINER"),
        ("Garden\u202efdp", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Gar\u00adden", "U+00AD SOFT HYPHEN"),
        ("\u3164Garden", "U+3164 HANGUL FILLER"),
        ("Garden\u2800", "U+2800 BRAILLE PATTERN BLANK"),
        ("Garden\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("Garden\u2028", "U+2028 LINE SEPARATOR"),
    ],
)
def test_what_is_hidden_in_a_name_is_told_by_its_own_name(name: str, hidden: str) -> None:
    found = hidden_character(name)

    assert found is not None
    assert in_words(found) == hidden


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1))
def test_letters_numbers_and_signs_are_never_hidden_but_for_blanks(text: str) -> None:
    hidden = hidden_character(text)

    assert hidden is None or unicodedata.category(hidden) in ("Lo", "So")
