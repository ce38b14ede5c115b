"""Which tables each function may write."""

from tools.function_files import LAMBDAS, read_all

WRITES = {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"}
MAY_WRITE: dict[str, set[str]] = {
    "authorize": set(),
    "canary": set(),
    "change_members": {"connections", "subscriptions", "rooms", "memberships", "allowances"},
    "change_messages": {
        "connections",
        "subscriptions",
        "rooms",
        "memberships",
        "messages",
        "changes",
        "edits",
        "pins",
        "activity",
        "allowances",
    },
    "change_rooms": {"connections", "subscriptions", "rooms", "memberships", "receipts", "allowances", "changes"},
    "connect": {"connections", "subscriptions", "allowances"},
    "default": {"allowances"},
    "disconnect": {"connections", "subscriptions"},
    "fan_out": {"connections", "subscriptions"},
    "get_messages": {"subscriptions", "allowances"},
    "health": set(),
    "hello": {"connections", "subscriptions", "allowances"},
    "mark_read": {"connections", "subscriptions", "memberships", "allowances"},
    "personal_settings": {"connections", "subscriptions", "memberships", "allowances"},
    "presence": {"allowances"},
    "read_lists": {"allowances"},
    "reconcile_subscriptions": {"connections", "subscriptions"},
    "send_message": {
        "connections",
        "subscriptions",
        "rooms",
        "memberships",
        "messages",
        "receipts",
        "activity",
        "allowances",
    },
}
"""The tables that each function may write. A route that needs more moves to another folder, and does not widen its own.

Posting deletes connections and subscriptions that are gone; every command adds to `allowances`."""


def test_each_folder_writes_the_tables_that_are_listed_here_and_no_others() -> None:
    files = read_all(LAMBDAS)

    assert {
        folder: {table for table, actions in file.all_tables.items() if WRITES & set(actions)}
        for folder, file in files.items()
    } == MAY_WRITE
