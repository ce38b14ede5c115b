"""List prices in us-east-1, 2026, in dollars per million, and what a command costs by them.

https://aws.amazon.com/api-gateway/pricing/     WebSocket messages, both ways, in units of 32 KB; HTTP API requests
https://aws.amazon.com/dynamodb/pricing/on-demand/
https://aws.amazon.com/lambda/pricing/          arm64
https://aws.amazon.com/sqs/pricing/
"""

WEBSOCKET_MESSAGE = 1.00
HTTP_REQUEST = 1.00
READ_UNIT = 0.125
WRITE_UNIT = 0.625
LAMBDA_REQUEST = 0.20
LAMBDA_GB_SECOND = 13.3334
SQS_REQUEST = 0.40

LAMBDA_MEMORY_GB = 0.25
LAMBDA_CPU_SHARE = 256 / 1769
"""A function has one core at 1,769 MB, and its share of one below.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"""


def lambda_invocation(cpu_seconds: float) -> float:
    """One invocation and its computing; the time that it waits for answers is not in it."""
    return LAMBDA_REQUEST + cpu_seconds / LAMBDA_CPU_SHARE * LAMBDA_MEMORY_GB * LAMBDA_GB_SECOND
