"""The rules that the guarantees rest on, each of which can be taken out to see that it is needed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """All hold in Parley (docs/delivery.md)."""

    send_has_receipt: bool = True
    """A send with a known clientMessageId is answered by its receipt, and not stored again."""
    send_checks_last_seq: bool = True
    """A message is only stored while lastSeq is what was read."""
    send_writes_before_it_looks_who_listens: bool = True
    acknowledges_after_publishing: bool = True
    retry_publishes_again: bool = True
    hello_listens_before_it_reads: bool = True
    hello_reads_the_head_after_subscribing: bool = True
    history_subscribes_before_it_reads: bool = True
    """For clients that say no hello."""
    subscribing_checks_membership: bool = True
    unsubscribing_checks_membership: bool = True
    change_reconciles: bool = True
    """A command that changed a membership brings the member's devices in line before it is acknowledged."""
    stream_reconciles: bool = True
    client_ignores_older_versions: bool = True
    fan_out_reads_listeners_anew: bool = True
