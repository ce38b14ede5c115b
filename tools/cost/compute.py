"""How long an invocation runs, for Lambda bills the time that it waits as well as the time that it computes."""

import math

from tools.cost.commands import Command

MEMORY_GB = 0.25
CPU_SHARE = 256 / 1769
"""A function has one core at 1,769 MB, and its share of one below.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"""

CALL_MS = 5
"""For DynamoDB or SQS to answer, in the same region."""
POSTS_AT_ONCE, POST_MS = 8, 10
"""Posts to `@connections` go out on eight connections before the first answer is read (shared/realtime/posting.py)."""
COLD_SHARE, COLD_MS = 0.02, 500
"""Invocations that start a new environment (AWS: mostly under one in a hundred), and what its start takes, billed too.
https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase"""


def seconds(command: Command) -> float:
    """What is billed of one invocation, on average."""
    waiting = CALL_MS * (command.database_calls + command.queue_requests)
    posting = POST_MS * math.ceil(command.posts / POSTS_AT_ONCE)
    return (command.cpu_ms / CPU_SHARE + waiting + posting + COLD_SHARE * COLD_MS) / 1000


def gb_seconds(command: Command) -> float:
    """The same in Lambda's unit."""
    return seconds(command) * MEMORY_GB
