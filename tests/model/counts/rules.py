"""The rules that exact counts rest on, each of which can be taken out to see that it is needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """All hold in Parley (shared/features/rooms/listing.py, frontend/src/features/rooms/attention.ts)."""

    list_reads_the_room_first: bool = True
    """Then what mentions one: so it is never older than the head that it is told with."""
    newest_state_counts: bool = True
    """Of two states of one message that are pushed, which come in any order."""
    listed_state_counts: bool = True
    """What a list includes, and comes late by a push, counts no more."""
    heard_state_survives_a_list: bool = True
    """A list that was read before a change that was heard since knows less of that message."""
    older_list_is_ignored: bool = True
    """Two lists may be under way, and come in any order."""
    hole_in_seq_asks: bool = True
    hole_in_rev_asks: bool = True
