"""Telling one emoji from other text."""

import re

_PICTOGRAPHS = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_SKIN = "[\U0001f3fb-\U0001f3ff]"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_KEYCAP = "[0-9#*]\ufe0f\u20e3"
_TAGS = "[\U000e0020-\U000e007e]+\U000e007f"
_ELEMENT = f"[{_PICTOGRAPHS}](?:{_SKIN}|\ufe0f)?(?:{_TAGS})?"
_EMOJI = re.compile(f"{_KEYCAP}|{_FLAG}|{_ELEMENT}(?:\u200d{_ELEMENT})*")
"""An emoji by the grammar of Unicode's UTS #51, definition ED-17, with the blocks in which pictographs stand.
https://www.unicode.org/reports/tr51/#def_emoji_zwj_sequence"""


def is_one_emoji(text: str) -> bool:
    """Whether this is one emoji and nothing else: a flag, a family and a keycap are one each."""
    return _EMOJI.fullmatch(text) is not None
