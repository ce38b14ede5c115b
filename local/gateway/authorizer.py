"""What a REQUEST authorizer's answer means.

https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
"""

from fnmatch import fnmatchcase
from typing import Any


class MalformedAnswer(Exception):
    """Not what an authorizer may answer; API Gateway makes it a 500."""


def allows(answer: Any, method_arn: str) -> bool:
    """Whether the policy allows the call: a statement does and none denies it. Raises MalformedAnswer."""
    try:
        statements = answer["policyDocument"]["Statement"]
        effects = {
            statement["Effect"]
            for statement in statements
            if any(fnmatchcase("execute-api:Invoke", action) for action in _as_list(statement["Action"]))
            and any(fnmatchcase(method_arn, resource) for resource in _as_list(statement["Resource"]))
        }
    except (KeyError, TypeError) as error:
        raise MalformedAnswer("an authorizer answers principalId and policyDocument") from error
    return effects == {"Allow"}


def context_of(answer: Any) -> dict[str, str]:
    """What later events carry as requestContext.authorizer: all values as strings. Raises MalformedAnswer."""
    context = answer.get("context") or {}
    if not isinstance(answer.get("principalId"), str) or not all(
        isinstance(value, str | int | float | bool) for value in context.values()
    ):
        raise MalformedAnswer("principalId is a string, and the values of context are strings, numbers or booleans")
    return {
        "principalId": answer["principalId"],
        **{name: _as_string(value) for name, value in context.items()},
    }


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _as_string(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
