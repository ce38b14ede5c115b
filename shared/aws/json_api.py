"""One call of an AWS service by its JSON protocol, for services that a function calls seldom.

https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

from typing import Any

from pydantic_core import from_json, to_json

from shared.aws import budgets, deadline
from shared.aws.http_channel import HTTP_ERRORS, Endpoint
from shared.aws.signing import Signer, body_hash
from shared.core import services
from shared.core.settings import AwsSettings

CONTENT_TYPE = "application/x-amz-json-1.1"


class CallFailed(Exception):
    """There was no answer, or one that is no success. The text has the operation, the status and AWS's code at most."""


def call(url: str, operation: str, parameters: dict[str, Any], signer: Signer | None = None) -> dict[str, Any]:
    """Call `operation`, such as `AmazonSSM.GetParameter`, once; without a signer where it needs no credentials.

    Raises CallFailed.
    """
    endpoint = Endpoint(url)
    body = to_json(parameters)
    headers = {"content-type": CONTENT_TYPE, "x-amz-target": operation}
    if signer is not None:
        headers = signer.headers("POST", endpoint.host, "/", body_hash(body), operation, CONTENT_TYPE)
    try:
        connection = endpoint.open(deadline.timeout(budgets.CALL))
        try:
            connection.request("POST", "/", body, headers)
            answer = connection.receive()
        finally:
            connection.close()
        fields: dict[str, Any] = from_json(answer.body)
    except (ValueError, *HTTP_ERRORS) as error:
        raise CallFailed(f"{operation}: {type(error).__name__}") from error
    if answer.status >= 300:  # noqa: PLR2004
        raise CallFailed(f"{operation}: {answer.status} {str(fields.get('__type')).rpartition('#')[2]}")
    return fields


def secret(name: str) -> str:
    """The decrypted value of a parameter of SSM. Raises CallFailed.

    https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
    """
    settings = services.current().settings(AwsSettings)
    url = settings.ssm_endpoint or f"https://ssm.{settings.region}.amazonaws.com"
    parameters = {"Name": name, "WithDecryption": True}
    answer = call(url, "AmazonSSM.GetParameter", parameters, Signer("ssm", settings.region))
    value: str = answer["Parameter"]["Value"]
    return value
