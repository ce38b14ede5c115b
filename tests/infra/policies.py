"""No policy of a role allows more than it names."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.infra.report import Failed

_WITHOUT_RESOURCE = frozenset(
    {
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
    }
)
"""Lambda asks for the first four, in a VPC, on "*"; the others have no resource by AWS's definition.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions"""

_OPEN_ENDS = ("/@connections/*", ":*", "/stream/*")
"""Names that nobody knows beforehand, behind a full name: a connection, a log stream, a stream."""

_BUCKET = re.compile(r"arn:[a-z-]+:s3:::[a-z0-9-]+/\*")
"""All objects of one bucket."""


def checked(state: Any) -> str:
    """Raises Failed with every statement that is too wide; `state` is `terraform show -json`."""
    faults: list[str] = []
    statements = 0
    for address, statement in _statements(state["values"]["root_module"]):
        statements += 1
        faults += [f"{address}: {fault}" for fault in _faults(statement)]
    if not statements:
        raise Failed("there is no policy at all")
    if faults:
        raise Failed("\n".join(faults))
    return f"{statements} statements"


def _faults(statement: dict[str, Any]) -> Iterator[str]:
    if statement["Effect"] != "Allow":
        return
    actions, resources = _listed(statement["Action"]), _listed(statement["Resource"])
    for action in actions:
        if "*" in action:
            yield f"allows the wildcard action {action}"
    for resource in resources:
        if resource == "*":
            if not set(actions) <= _WITHOUT_RESOURCE:
                yield f"allows {sorted(set(actions) - _WITHOUT_RESOURCE)} on everything"
        elif set(actions) == {"s3:PutObject"} and _BUCKET.fullmatch(resource):
            continue
        elif "*" in resource and ("*" in resource[:-1] or not resource.endswith(_OPEN_ENDS)):
            yield f"allows {actions} on {resource}"


def _statements(module: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in module.get("resources", []):
        if resource["type"] in ("aws_iam_role_policy", "aws_iam_policy"):
            for statement in json.loads(resource["values"]["policy"])["Statement"]:
                yield resource["address"], statement
    for child in module.get("child_modules", []):
        yield from _statements(child)


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
