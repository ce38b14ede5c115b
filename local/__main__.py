"""`python -m local`: run Parley on this machine until Ctrl-C."""

import argparse
import asyncio
import contextlib
import io
import logging
import signal
import socket
import sys
from pathlib import Path

import aiohttp
from botocore.exceptions import BotoCoreError, ClientError

from local.emulation import aws, database
from local.emulation.database import Database, DatabaseUnreachable
from local.emulation.emulator import EmulatorFailed
from local.emulation.state import StateInUse
from local.emulation.user_pool import PASSWORD, USERS
from local.functions import FunctionsBroken
from local.settings import DEFAULT_PORT, DEFAULT_STATE, Settings
from local.sockets import PortBusy
from local.stack import LocalStack
from tools import sample

SAVE_SECONDS = 3.0
"""At most so much is lost where the process is killed."""


def main() -> int:
    """The exit code: 0 after a clean stop, 1 if it could not start."""
    options = _arguments()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    signals = _signals()
    try:
        return _run(options, signals)
    except EmulatorFailed as error:
        print(error, file=sys.stderr)
        return 1


def _signals() -> socket.socket:
    """Gives a byte for each signal to stop.

    A lock or a queue would not do: Python runs a signal's handler between two steps of the main thread, which may
    already be on its way to wait. What its C handler writes to a socket stays there until it is read.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.detach())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, lambda _number, _frame: None)
    return reader


def _run(options: argparse.Namespace, signals: socket.socket) -> int:
    is_new = not (options.state / "emulator" / "cognito.json").exists()
    with contextlib.ExitStack() as cleanup:
        try:
            chosen = database.choose(may_use_docker=options.state == DEFAULT_STATE)
            cleanup.callback(chosen.stop)
            stack = cleanup.enter_context(LocalStack(_settings(options, chosen)))
        except PortBusy as error:
            print(f"{error} Choose another one: make local PORT={error.port + 1}", file=sys.stderr)
            return 1
        except (FunctionsBroken, EmulatorFailed, StateInUse, DatabaseUnreachable) as error:
            print(error, file=sys.stderr)
            return 1
        if is_new and not options.empty:
            _write_sample(stack)
        _tell(stack, chosen, options.app_origin)
        signals.recv(1)
        with contextlib.suppress(OSError):  # the terminal may be gone: that is how one closes a window
            print("\nStopping...", flush=True)
    return 0


def _write_sample(stack: LocalStack) -> None:
    """Show a first visitor what Parley does. What fails here must not keep it from starting."""
    cognito = aws.client("cognito-idp", stack.outputs["cognito_endpoint"])
    client_id = stack.outputs["user_pool_client_id"]
    try:
        tokens = {name: sample.access_token(cognito, client_id, name, PASSWORD) for name in sample.PEOPLE}
        asyncio.run(sample.write(stack.outputs["websocket_url"], tokens))
    except (sample.SampleFailed, OSError, aiohttp.ClientError, BotoCoreError, ClientError) as error:
        print(f"The sample rooms could not be made: {error}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description="Run Parley on this machine.")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="of the site; 0 takes a free one")
    parser.add_argument("--state", type=Path, default=DEFAULT_STATE, help="the folder that keeps users and messages")
    parser.add_argument("--empty", action="store_true", help="make no sample rooms in a new state")
    parser.add_argument("--outputs", type=Path, help="where to write the outputs (default: outputs.json in the state)")
    parser.add_argument("--app-origin", help="where Vite serves the app, such as http://127.0.0.1:5173")
    parser.add_argument(
        "--mock-auth",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="let the app offer the ready users",
    )
    parser.add_argument(
        "--watch",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="reload functions when code changes",
    )
    options = parser.parse_args()
    options.state = options.state.resolve()
    return options


def _settings(options: argparse.Namespace, chosen: Database) -> Settings:
    return Settings(
        port=options.port,
        state=options.state,
        outputs=options.outputs,
        app_origin=options.app_origin,
        dynamodb_endpoint=chosen.endpoint,
        mock_auth=options.mock_auth,
        save_seconds=SAVE_SECONDS,
        watch=options.watch,
    )


def _tell(stack: LocalStack, chosen: Database, app_origin: str | None) -> None:
    print(
        f"\n  Parley runs at  {app_origin or stack.outputs['site_url']}\n"
        f"\n  Sign in as      {', '.join(USERS)}   password: {PASSWORD}"
        f"\n  WebSocket API   {stack.outputs['websocket_url']}"
        f"\n  HTTP API        {stack.outputs['http_api_url']}"
        f"\n  Database        {chosen.description}"
        f"\n  Stop            Ctrl-C\n",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
