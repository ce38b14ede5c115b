"""The emulator behind its guard: the app and the functions pass, web pages and strange services do not."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from local.emulation import aws
from local.emulation.user_pool import PASSWORD
from local.stack import LocalStack
from tests.local.stacks import echoing, stack_of

SIGNED = "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"
SIGN_UP = {"X-Amz-Target": "AWSCognitoIdentityProviderService.SignUp", "Content-Type": "application/x-amz-json-1.1"}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    folder = tmp_path_factory.mktemp("guard")
    with stack_of(echoing(folder / "lambdas"), folder) as stack:
        yield stack


def status(stack: LocalStack, headers: dict[str, str], path: str = "/", method: str = "POST") -> int:
    url = stack.outputs["cognito_endpoint"] + path
    request = urllib.request.Request(url, b"{}" if method == "POST" else None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize(
    "headers",
    [
        {**SIGN_UP, "Origin": "https://elsewhere.example"},
        {**SIGN_UP, "Host": "rebound.example"},
        {**SIGN_UP, "Sec-Fetch-Site": "cross-site"},
        {"Authorization": SIGNED.format("lambda")},
        {"Authorization": SIGNED.format("sqs"), "X-Amz-Target": "AWSLambda.Invoke"},
        {},
    ],
)
def test_strangers_are_refused(stack: LocalStack, headers: dict[str, str]) -> None:
    assert status(stack, headers) == 403


@pytest.mark.parametrize("path", ["/_ministack/reset", "/_localstack/health", "/2015-03-31/functions"])
def test_administration_and_lambda_are_closed(stack: LocalStack, path: str) -> None:
    assert status(stack, {"Authorization": SIGNED.format("sqs")}, path) == 403


def test_the_app_may_sign_up_from_its_own_origin(stack: LocalStack) -> None:
    origin = {"Origin": stack.outputs["site_url"]}
    preflight = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-amz-target"}
    assert status(stack, preflight, method="OPTIONS") == 200
    assert status(stack, {**SIGN_UP, **origin}) == 400  # Cognito's own answer: the body names nobody


def test_the_keys_are_open(stack: LocalStack) -> None:
    assert status(stack, {}, f"/{stack.outputs['user_pool_id']}/.well-known/jwks.json", "GET") == 200


def test_people_can_sign_up_and_sign_in(stack: LocalStack) -> None:
    cognito = aws.client("cognito-idp", stack.outputs["cognito_endpoint"])
    client_id = stack.outputs["user_pool_client_id"]
    cognito.sign_up(
        ClientId=client_id,
        Username="dave",
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "dave@example.com"}],
    )
    cognito.confirm_sign_up(ClientId=client_id, Username="dave", ConfirmationCode="123456")
    for username in ("alice", "bob", "carol", "dave", "alice@example.com"):
        answer = cognito.initiate_auth(
            ClientId=client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
        )
        assert answer["AuthenticationResult"]["AccessToken"]
