"""What Lambda gives a function: its environment and a handler of log lines. Before anything of `shared` is imported."""

import io
import logging
import os

REGION = "us-east-1"
TABLE_PREFIX = "parley-bench"


class _Nowhere(io.TextIOBase):
    """Takes log lines, as Lambda's telemetry pipe does, for the price of handing them over."""

    def write(self, text: str) -> int:
        return len(text)


def prepare(dynamodb_endpoint: str, connections_url: str, queue_url: str) -> None:
    """Make this process look like a Lambda function's, for both sides of every comparison."""
    os.environ.update(
        AWS_LAMBDA_FUNCTION_NAME="bench",
        AWS_REGION=REGION,
        AWS_DEFAULT_REGION=REGION,
        AWS_ACCESS_KEY_ID="ASIABENCHBENCHBENCH0",
        AWS_SECRET_ACCESS_KEY="bench-secret-bench-secret-bench-secret-0",
        AWS_SESSION_TOKEN="b" * 700,
        DYNAMODB_ENDPOINT=dynamodb_endpoint,
        PARLEY_TABLE_PREFIX=TABLE_PREFIX,
        PARLEY_CONNECTIONS_URL=connections_url,
        PARLEY_QUEUE_URL_FAN_OUT=queue_url,
        # One person sends everything here. It is counted as ever, and never too much.
        PARLEY_LIMIT_SENDS="1000000",
        PARLEY_LIMIT_CONNECTS="1000000",
    )
    take_log_lines()


def take_log_lines() -> None:
    """Give this process the handler that Lambda's runtime installs."""
    logging.getLogger().addHandler(logging.StreamHandler(_Nowhere()))
