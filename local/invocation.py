"""Invoking a function as Lambda does: JSON in and out, a context, a time limit, a pool of workers."""

import asyncio
import base64
import json
import sys
import time
import traceback
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from datetime import datetime
from typing import Any

from local.functions import Functions
from local.settings import REGION


class InvocationFailed(Exception):
    """The handler raised, or its result was not JSON. `reason` is the text of what it raised."""

    def __init__(self, function: str, reason: str) -> None:
        super().__init__(f"{function}: {reason}")
        self.reason = reason


class InvocationTimedOut(InvocationFailed):
    """No result within the time limit. The handler's thread goes on: it can't be stopped from outside."""


class LambdaContext:
    """What a handler gets as its second argument.

    https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    function_version = "$LATEST"

    def __init__(self, function_name: str, memory_mb: int, timeout_seconds: float) -> None:
        self.function_name = function_name
        self.memory_limit_in_mb = memory_mb
        self.aws_request_id = str(uuid.uuid4())
        self.invoked_function_arn = f"arn:aws:lambda:{REGION}:000000000000:function:{function_name}"
        self.log_group_name = f"/aws/lambda/{function_name}"
        self.log_stream_name = "local"
        self._deadline = time.monotonic() + timeout_seconds

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the time limit, never below 0."""
        return max(0, int((self._deadline - time.monotonic()) * 1000))


class Invoker:
    """Runs handlers in threads. Lambda gives every concurrent invocation its own process; here they share one."""

    def __init__(self, functions: Functions, threads: int) -> None:
        self._functions = functions
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="lambda")

    async def call(self, function: str, event: dict[str, Any], limit_seconds: float) -> Any:
        """The function's result. Raises InvocationFailed or InvocationTimedOut."""
        limit = min(limit_seconds, self._functions.files[function].timeout_seconds)
        running = asyncio.wrap_future(self._start(function, event, limit))
        try:
            return await asyncio.wait_for(asyncio.shield(running), limit)
        except TimeoutError:
            raise _timed_out(function, limit) from None

    def call_blocking(self, function: str, event: dict[str, Any]) -> Any:
        """As `call`, for a caller that has a thread of its own, within the function's own time limit."""
        limit = self._functions.files[function].timeout_seconds
        try:
            return self._start(function, event, limit).result(limit)
        except FutureTimeout:
            raise _timed_out(function, limit) from None

    def close(self) -> None:
        """Take no further work. What runs is left to end by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, function: str, event: dict[str, Any], limit_seconds: float) -> "Future[Any]":
        return self._pool.submit(self._run, function, event, limit_seconds)

    def _run(self, function: str, event: dict[str, Any], limit_seconds: float) -> Any:
        context = LambdaContext(function, self._functions.files[function].memory_mb, limit_seconds)
        try:
            result = self._functions.handler(function)(json.loads(json.dumps(event, default=_plain)), context)
            return json.loads(json.dumps(result))
        except Exception as error:
            if str(error) != "Unauthorized":  # how an authorizer says 401: an answer, not a fault
                print(f"{function}: {traceback.format_exc()}", file=sys.stderr)
            raise InvocationFailed(function, str(error)) from error


def _timed_out(function: str, limit_seconds: float) -> InvocationTimedOut:
    print(f"{function}: Task timed out after {limit_seconds:.2f} seconds", file=sys.stderr)
    return InvocationTimedOut(function, f"timed out after {limit_seconds:.2f} seconds")


def _plain(value: object) -> object:
    """The types that boto3 reads out of a stream record, as Lambda's events show them."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is not JSON")
