"""What was applied: looked at from outside, as clients and operators see it."""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, cast

from tests.infra.account import Account
from tests.infra.report import Failed
from tests.infra.terraform import ROOT, Workspace

Outputs = dict[str, str]


def outputs(workspace: Workspace, account: Account, file: Path) -> Outputs:
    """The outputs, also as a file for the end-to-end tests, which must know where the emulated Cognito is."""
    found = workspace.json("output", "-json")
    found["cognito_endpoint"] = {"value": account.url, "type": "string", "sensitive": False}
    file.write_text(json.dumps(found))
    return {name: output["value"] for name, output in found.items()}


def end_to_end(account: Account, outputs_file: Path) -> str:
    """The end-to-end tests, without those that want API Gateway's own limits."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PARLEY_"))}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "tests/e2e",
            "-m",
            "not gateway",
            "-q",
            "--color=no",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env=own | account.variables | {"PARLEY_OUTPUTS": str(outputs_file)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failed(done.stdout[-6000:])
    return done.stdout.strip().splitlines()[-1].strip("= ").partition(" in ")[0]


def site(account: Account, told: Outputs, app: Path) -> str:
    """The app, its pages, its configuration and its headers, through CloudFront. Raises Failed."""
    host = told["site_url"].removeprefix("https://")

    def get(path: str, *, tls: bool = True) -> tuple[int, Message, bytes]:
        proto = {"X-Forwarded-Proto": "https"} if tls else {}
        return _get(f"{account.url}{path}", {"Host": host, **proto})

    index = (app / "index.html").read_bytes()
    for path in ("/", "/index.html", "/rooms/some-room", "/sign-in"):
        status, headers, body = get(path)
        _expect(path, (status, body, headers["Cache-Control"]), (200, index, "no-store"))
        _expect(path, headers.get_content_type(), "text/html")
        _secured(path, headers, told)
    for file in sorted((app / "assets").iterdir()):
        if file.suffix != ".map":
            status, headers, body = get(f"/assets/{file.name}")
            kind = {".js": "text/javascript", ".css": "text/css"}.get(file.suffix)
            _expect(file.name, (status, body), (200, file.read_bytes()))
            _expect(file.name, headers["Cache-Control"], "public, max-age=31536000, immutable")
            if kind:
                _expect(file.name, headers.get_content_type(), kind)
    # 404 in AWS; the emulator passes over the right to list the bucket, and S3 then says 403.
    _expect("a missing file", get("/assets/gone.js")[0] in (403, 404), True)
    _expect("without TLS", get("/", tls=False)[0], 301)
    status, headers, body = get("/config.json")
    _expect("/config.json", (status, headers["Cache-Control"]), (200, "no-store"))
    config = {
        "websocketUrl": told["websocket_url"],
        "httpApiUrl": told["http_api_url"],
        "region": told["region"],
        "userPoolId": told["user_pool_id"],
        "userPoolClientId": told["user_pool_client_id"],
        "cognitoEndpoint": f"https://cognito-idp.{told['region']}.amazonaws.com/",
        "signUp": "open",
        "typing": "on",
    }
    _expect("/config.json", json.loads(body), config)
    _expect("the bucket itself", _get(f"{account.url}/{told['site_bucket']}/index.html", {})[0], 403)
    return "app, pages, assets, config.json, headers; nothing without TLS or past CloudFront"


def _secured(path: str, headers: Message, told: Outputs) -> None:
    policy = headers["Content-Security-Policy"] or ""
    connect = next((part for part in policy.split("; ") if part.startswith("connect-src")), "")
    origins = connect.split()[2:]
    wanted = [
        f"https://*.execute-api.{told['region']}.amazonaws.com",
        f"https://cognito-idp.{told['region']}.amazonaws.com",
    ]
    _expect(f"{path}: endpoints in the CSP", (len(origins), origins[1:]), (3, wanted))
    _expect(f"{path}: wildcards in the CSP", policy.count("*"), 1)
    _expect(f"{path}: frames", headers["X-Frame-Options"], "DENY")
    _expect(f"{path}: no sniff", headers["X-Content-Type-Options"], "nosniff")
    _expect(f"{path}: HSTS", (headers["Strict-Transport-Security"] or "").startswith("max-age=63072000"), True)


def permission_matters(account: Account, outputs_file: Path) -> str:
    """Without its right to read memberships, `hello` is refused by DynamoDB; Terraform puts the right back."""
    iam = account.client("iam")
    role = "parley-dev-hello"
    policy = iam.get_role_policy(RoleName=role, PolicyName="function")["PolicyDocument"]
    kept = [statement for statement in policy["Statement"] if statement["Sid"] != "TableMemberships"]
    if len(kept) != len(policy["Statement"]) - 1:
        raise Failed(f"{role} has no statement TableMemberships")
    _expect("hello, before", _hello(account, outputs_file), "welcome")
    iam.put_role_policy(RoleName=role, PolicyName="function", PolicyDocument=json.dumps({**policy, "Statement": kept}))
    answer = _hello(account, outputs_file)
    if answer == "welcome":
        raise Failed("hello still worked without its permission: is IAM enforced?")
    return f"hello answered {answer!r} without it"


def works_again(account: Account, outputs_file: Path) -> None:
    """After the next apply, the permission is back."""
    _expect("hello, after another apply", _hello(account, outputs_file), "welcome")


def _hello(account: Account, outputs_file: Path) -> str:
    """The action that a newcomer's hello is answered with, or the code of the error."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.infra.hello", str(outputs_file)],
        cwd=ROOT,
        env={**os.environ, **account.variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failed(done.stderr[-3000:])
    return done.stdout.strip()


_LEFT = {
    "dynamodb": ("list_tables", "TableNames"),
    "lambda": ("list_functions", "Functions"),
    "apigatewayv2": ("get_apis", "Items"),
    "sqs": ("list_queues", "QueueUrls"),
    "s3": ("list_buckets", "Buckets"),
    "logs": ("describe_log_groups", "logGroups"),
    "iam": ("list_roles", "Roles"),
    "sns": ("list_topics", "Topics"),
}


def nothing_left(account: Account) -> None:
    """After the destroy the account is as it was. Raises Failed with what is there."""
    left = {service: found for service, found in _all(account) if found}
    if left:
        raise Failed(f"still there: {left}")


def _all(account: Account) -> Iterator[tuple[str, list[Any]]]:
    for service, (operation, name) in _LEFT.items():
        answer = getattr(account.client(service), operation)()
        yield service, [each for each in answer.get(name, []) if "parley" in str(each)]


def _expect(what: str, found: Any, wanted: Any) -> None:
    if found != wanted:
        raise Failed(f"{what}: expected {str(wanted)[:300]}, found {str(found)[:300]}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def _get(url: str, headers: dict[str, str]) -> tuple[int, Message, bytes]:
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=15) as answer:
            return answer.status, cast(Message, answer.headers), answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read()
