"""`make test-infra`: static checks of `infra/`, then a real apply against an emulated AWS account.

The provider is the real one; MiniStack answers in AWS's place and enforces IAM. What that can't prove is in
docs/deploy.md.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.infra import account, applied, plans, policies, static, tables, terraform
from tests.infra.account import Account
from tests.infra.report import Report
from tests.infra.terraform import ROOT, TerraformFailed, Workspace

IN_CI = os.environ.get("CI", "").lower() in ("1", "true")
_PARALLEL = "-parallelism=20"


def main() -> int:
    """The exit code: 0 if everything holds."""
    if terraform.executable() is None:
        told = "install Terraform 1.11 or newer: https://developer.hashicorp.com/terraform/install"
        print(f"{'FAILED' if IN_CI else 'skipped'}: {told}")
        return 1 if IN_CI else 0
    started = time.monotonic()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="parley-infra-") as temporary:
        _run(report, Path(temporary))
    print(f"{report.done} passed, {report.failures} failed in {time.monotonic() - started:.0f} s", flush=True)
    return 1 if report.failures else 0


def _run(report: Report, folder: Path) -> None:
    build = folder / "build"
    report.step("Terraform's files are in standard form", static.formatted)
    if not report.step(
        "Modules and environments are valid", lambda: static.valid(Workspace.copy(folder / "static").folder)
    ):
        return
    report.step("tflint", static.linted)
    if not report.step("The layer and the functions are built", lambda: _package(build)):
        return
    (folder / "account").mkdir()
    with account.running(folder / "account") as where:
        workspace = Workspace.copy(folder / "apply", build)
        workspace.aim_at(where)
        workspace.init()
        report.step("Wrong settings are refused by a sentence", lambda: static.refused(workspace))
        report.step("What was not built is named by a sentence", lambda: static.unbuilt(workspace))
        _apply(report, folder, where, workspace)


def _apply(report: Report, folder: Path, where: Account, workspace: Workspace) -> None:
    plan, outputs_file = folder / "plan", folder / "outputs.json"
    if not report.step("Environment dev can be planned", lambda: _planned(workspace, plan)):
        return
    planned = json.loads(plan.with_name("plan.json").read_text())
    report.step("Alarms cost what the bill says", lambda: plans.alarms_cost_what_the_bill_says(planned))
    report.step("The alarms and the canary of prod", lambda: plans.watched_as_in_prod(workspace, folder / "prod"))
    report.step("checkov finds nothing", lambda: static.secure(plan.with_name("plan.json")))
    if report.step("It can be applied", lambda: _applied(workspace, plan)):
        told = applied.outputs(workspace, where, outputs_file)
        report.step("No policy allows more than it names", lambda: policies.checked(workspace.json("show", "-json")))
        report.step("The tables are as declared", lambda: tables.as_declared(where))
        report.step("The app comes through CloudFront", lambda: applied.site(where, told, workspace.app))
        report.step("End-to-end tests, over WebSocket and HTTP", lambda: applied.end_to_end(where, outputs_file))
        report.step("A second plan changes nothing", lambda: plans.unchanged(workspace, folder / "second"))
        report.step(
            "One more folder is one more function", lambda: plans.one_more_function(workspace, folder / "third")
        )
        report.step(
            "A permission that is taken away is missed", lambda: applied.permission_matters(where, outputs_file)
        )
        report.step("A second apply puts it back", lambda: _again(workspace, where, outputs_file))
    report.step("Everything can be destroyed", lambda: _destroyed(workspace, where))


def _package(out: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tools.package", "--platform", "local", "--out", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stdout)
    return f"{len(list((out / 'functions').iterdir()))} functions"


def _planned(workspace: Workspace, plan: Path) -> str:
    changes = plans.saved(workspace, plan)["resource_changes"]
    return f"{sum(change['change']['actions'] == ['create'] for change in changes)} resources"


def _applied(workspace: Workspace, plan: Path) -> str:
    """What was made. An answer that is lost fails an apply, here as in AWS; then one applies again, as people do."""
    try:
        return _made(workspace.run("apply", "-no-color", "-input=false", _PARALLEL, str(plan)))
    except TerraformFailed as failed:
        made = _made(workspace.run("apply", "-auto-approve", "-no-color", "-input=false", _PARALLEL))
        return f"{made}, at the second attempt; at the first: {_reason(failed)}"


def _made(said: str) -> str:
    return next(line for line in said.splitlines() if line.startswith("Apply complete!")).partition("! ")[2].lower()


def _again(workspace: Workspace, where: Account, outputs_file: Path) -> str:
    said = _repeated(workspace, "apply")
    applied.works_again(where, outputs_file)
    return said


def _destroyed(workspace: Workspace, where: Account) -> str:
    said = _repeated(workspace, "destroy", "-refresh=false")
    applied.nothing_left(where)
    return said


def _repeated(workspace: Workspace, command: str, *options: str) -> str:
    """Run a command, and once more where an answer was lost; the second time Terraform reads what there is first."""
    always = ("-auto-approve", "-no-color", "-input=false", _PARALLEL)
    try:
        workspace.run(command, *options, *always)
    except TerraformFailed as failed:
        workspace.run(command, *always)
        return f"ok, at the second attempt; at the first: {_reason(failed)}"
    return "ok"


def _reason(failed: TerraformFailed) -> str:
    return next((line for line in str(failed).splitlines() if line.startswith("Error: ")), "no reason given")


if __name__ == "__main__":
    sys.exit(main())
