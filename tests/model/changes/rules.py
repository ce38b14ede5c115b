"""The rules that following changes rests on, each of which can be taken out to see that it is needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """All hold in Parley (docs/delivery.md, "Changes"; docs/protocol.md, "Changes")."""

    change_checks_the_room: bool = True
    """A change is only stored while the room's rev is what was read."""
    change_checks_the_message: bool = True
    """… and while the message is what was read: the two reads are no snapshot."""
    edit_checks_its_base: bool = True
    edit_leaves_its_id: bool = True
    """A repeated edit is known by it, also when another edit has followed."""
    refuses_deleted: bool = True
    replies_after_publishing: bool = True
    retry_publishes_again: bool = True
    page_reads_the_rev_first: bool = True
    get_changes_reads_the_rev_first: bool = True
    later_page_lowers_the_rev: bool = True
    later_page_forgets_what_was_heard_ahead: bool = True
    higher_rev_wins: bool = True
    gap_holds_the_rev: bool = True
    """A change that is heard after a missing one does not count before that one has come."""
    heads_are_noted_before_the_room_is_open: bool = True
