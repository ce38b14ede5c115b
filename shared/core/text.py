"""Rules for text that people write."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def has_control_characters(text: str, *, lines: bool) -> bool:
    """Whether text holds control characters; with `lines`, tabs and line breaks do not count.

    They show as nothing, and JSON writes each in six bytes: a message of 8 KB could become 49 KB in every push.
    """
    return (_CONTROL if lines else _CONTROL_OR_BREAK).search(text) is not None
