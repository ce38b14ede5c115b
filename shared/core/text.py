"""Rules for text that people write."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f]")

# Unicode calls them letters, marks or symbols, and they take up nothing or show as an empty space: the fillers of
# Hangul, the joiner of graphemes, inherent vowels of Khmer, selectors of Mongolian, and the blank of Braille.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
# Controls, format characters and separators. What Python's Unicode does not know yet may be the emoji of next year.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
# Of category Cf, and seen all the same: signs that stand before the number they belong to.
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd\U000110cd")
_JOINERS = "\u200c\u200d"
_BLACK_FLAG = "\U0001f3f4"
_TAGS = range(0xE0020, 0xE0080)


def has_control_characters(text: str, *, lines: bool) -> bool:
    """Whether text holds control characters; with `lines`, tabs and line breaks do not count.

    They show as nothing, and JSON writes each in six bytes: a message of 8 KB could become 49 KB in every push.
    """
    return (_CONTROL if lines else _CONTROL_OR_BREAK).search(text) is not None


def is_visible(text: str) -> bool:
    """Whether something of a text can be seen. The app's own rule is `isVisible` in frontend/src/shared/text.ts."""
    return any(not _is_blank(character) for character in text)


def hidden_character(name: str) -> str | None:
    """The first character of a name that cannot be seen and could make it look like another name.

    Spaces are no such character, nor are the joiners that emoji and some scripts need, where they can join something.
    """
    before = ""
    for character in name:
        is_space = unicodedata.category(character) == "Zs"
        if _is_blank(character) and not is_space and not _joins(before, character):
            return character
        before = character
    return None


def in_words(character: str) -> str:
    """A character that cannot be seen, for an error message: "U+200B ZERO WIDTH SPACE"."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def _is_blank(character: str) -> bool:
    category = unicodedata.category(character)
    if category in _UNSEEN_CATEGORIES:
        return character not in _SEEN
    return character in _BLANK or ord(character) in _VARIATION_SELECTORS


def _joins(before: str, character: str) -> bool:
    if not before:
        return False
    if ord(character) in _VARIATION_SELECTORS:
        return not _is_blank(before)
    if ord(character) in _TAGS:
        return before == _BLACK_FLAG or ord(before) in _TAGS
    if character not in _JOINERS:
        return False
    # After letters without case, marks on them, and emoji. Latin, Greek and Cyrillic need no joiner.
    return unicodedata.category(before) in ("Lo", "Mn", "Mc", "So", "Sk")
