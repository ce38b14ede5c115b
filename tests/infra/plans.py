"""What a plan would do."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.infra.report import Failed
from tests.infra.terraform import Workspace
from tools.cost.bill import alarm_metrics
from tools.cost.usage import Alarms

_DRIFT: dict[str, frozenset[str] | None] = {
    "aws_cloudwatch_metric_alarm": None,
    "aws_flow_log": None,
    "aws_cloudfront_response_headers_policy": frozenset({"remove_headers_config"}),
    "aws_apigatewayv2_api": frozenset({"ip_address_type"}),
    "aws_apigatewayv2_authorizer": frozenset({"authorizer_payload_format_version", "jwt_configuration"}),
    "aws_s3_object": frozenset({"tags_all"}),
}
"""What the emulator forgets, by kind of resource and attribute (None: nearly everything). In AWS it is kept."""


def saved(workspace: Workspace, file: Path) -> Any:
    """A plan, written to `file` and to `file`.json, as Terraform's JSON."""
    workspace.run("plan", "-no-color", "-input=false", f"-out={file}")
    text = workspace.run("show", "-json", str(file))
    file.with_name(f"{file.name}.json").write_text(text)
    return json.loads(text)


def unchanged(workspace: Workspace, file: Path) -> str:
    """A second plan has nothing to do, but for what the emulator forgets. Raises Failed."""
    wanted, forgotten = [], 0
    for change in _changes(saved(workspace, file)):
        before, after = change["change"]["before"] or {}, change["change"]["after"] or {}
        names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
        allowed = _DRIFT.get(change["type"], frozenset())
        if allowed is None or names <= allowed:
            forgotten += 1
        else:
            wanted.append(f"{change['address']}: {change['change']['actions']} {sorted(names)}")
    if wanted:
        raise Failed("\n".join(wanted))
    return f"nothing to do, but {forgotten} which the emulator forgot"


def alarms_cost_what_the_bill_says(plan: Any, alarms: Alarms = "essential", *, canary: bool = False) -> str:
    """How many metrics the planned alarms watch, which is what they cost. Raises Failed."""
    planned = [
        change["change"]["after"]
        for change in plan["resource_changes"]
        if change["type"] == "aws_cloudwatch_metric_alarm"
    ]
    watched = sum(sum(bool(query["metric"]) for query in alarm["metric_query"]) or 1 for alarm in planned)
    expected = alarm_metrics(alarms, canary=canary)
    if watched != expected:
        raise Failed(f"alarms watch {watched} metrics, tools/cost/bill.py says {expected}")
    return f"{len(planned)} alarms, {watched} metrics"


def watched_as_in_prod(workspace: Workspace, file: Path) -> str:
    """The standard alarms and the canary, planned: what they cost, and that silence of the canary raises its alarm."""
    override = workspace.root / "prod_override.tf"
    override.write_text('module "chat" {\n  alarms = "standard"\n  canary_minutes = 5\n}\n')
    try:
        plan = saved(workspace, file)
    finally:
        override.unlink()
    said = alarms_cost_what_the_bill_says(plan, "standard", canary=True)
    made = [change for change in plan["resource_changes"] if "create" in change["change"]["actions"]]
    breaching = [
        change["change"]["after"]["alarm_name"]
        for change in made
        if change["change"]["after"].get("treat_missing_data") == "breaching"
    ]
    kinds = {change["type"] for change in made}
    if breaching != ["parley-dev-canary"] or not {"aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"} <= kinds:
        raise Failed(f"silence raises the alarms {breaching}; planned are {sorted(kinds)}")
    return said


ONE_FUNCTION = {
    "aws_apigatewayv2_integration": 1,
    "aws_apigatewayv2_route": 1,
    "aws_apigatewayv2_route_response": 1,
    "aws_cloudwatch_log_group": 1,
    "aws_iam_role": 1,
    "aws_iam_role_policy": 1,
    "aws_cloudwatch_log_metric_filter": 3,
    "aws_lambda_alias": 1,
    "aws_lambda_function": 1,
    "aws_lambda_permission": 1,
    "aws_s3_object": 1,
}
"""What a new folder under lambdas/ makes: nothing of it costs anything while it is idle."""


def one_more_function(workspace: Workspace, file: Path) -> str:
    """A copy of one folder, with another route, is planned as one more of everything. Raises Failed."""
    new = workspace.folder / "lambdas" / "wave"
    shutil.copytree(workspace.folder / "lambdas" / "get_messages", new)
    described = (new / "function.yaml").read_text().replace("[getMessages]", "[wave]")
    (new / "function.yaml").write_text(described)
    built = workspace.folder / "build" / "functions"
    shutil.copy(built / "get_messages.zip", built / "wave.zip")
    try:
        made: dict[str, int] = {}
        for change in _changes(saved(workspace, file)):
            if change["change"]["actions"] == ["create"]:
                made[change["type"]] = made.get(change["type"], 0) + 1
    finally:
        shutil.rmtree(new)
        (built / "wave.zip").unlink()
    if made != ONE_FUNCTION:
        raise Failed(f"planned {made}")
    return ", ".join(kind.removeprefix("aws_") for kind in made)


def _changes(plan: Any) -> Iterator[Any]:
    return (
        change
        for change in plan["resource_changes"]
        if change["mode"] == "managed" and change["change"]["actions"] != ["no-op"]
    )
