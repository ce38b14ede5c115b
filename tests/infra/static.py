"""What can be said about `infra/` without applying it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.infra import terraform
from tests.infra.report import Failed, Skipped
from tests.infra.terraform import ROOT, Workspace

INFRA = ROOT / "infra"
_CHECKOV_LOCK = Path(__file__).parent / "checkov.lock"
_TFLINT_VERSION = "0.64.0"


def formatted() -> None:
    """Every file is in Terraform's standard form."""
    _run("terraform", "fmt", "-check", "-recursive", "-diff", str(INFRA))


def valid(folder: Path) -> str:
    """Every root is consistent, and reaches every module. `folder` is a copy, for `init` leaves things behind."""
    infra = folder / "infra"
    roots = [infra / "bootstrap", *sorted((infra / "environments").iterdir())]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        reached = set().union(*pool.map(_validated, roots))
    unused = {module.name for module in (infra / "modules").iterdir()} - reached
    if unused:
        raise Failed(f"no environment uses {sorted(unused)}")
    return f"{len(roots)} roots, {len(reached)} modules"


def _validated(root: Path) -> set[str]:
    """The names of the modules that were validated with a root."""
    where = f"-chdir={root}"
    _run("terraform", where, "init", "-backend=false", "-input=false", "-no-color", *terraform.mirror())
    _run("terraform", where, "validate", "-no-color")
    listed = root / ".terraform" / "modules" / "modules.json"
    modules = json.loads(listed.read_text())["Modules"] if listed.exists() else []
    return {Path(module["Dir"]).name for module in modules if module["Key"]}


def linted() -> None:
    """tflint's own rules: what is declared and not used, deprecated forms, types and versions that are missing."""
    _run(str(_tflint()), "--chdir", str(INFRA), "--recursive")


def _tflint() -> Path:
    """The tflint of this machine, or one that Go builds, once; no package registry has it."""
    if installed := shutil.which("tflint"):
        return Path(installed)
    place = ROOT / ".cache" / f"tflint-{_TFLINT_VERSION}"
    if not (place / "tflint").exists():
        if not shutil.which("go"):
            raise Skipped("install tflint (https://github.com/terraform-linters/tflint), or Go, which can build it")
        source = f"github.com/terraform-linters/tflint@v{_TFLINT_VERSION}"
        _run("env", f"GOBIN={place}", "go", "install", source)
    return place / "tflint"


def secure(plan: Path) -> str:
    """Checkov, over the files, and over a plan, which alone knows the functions and their policies."""
    checkov = str(_checkov())
    rules = ("--config-file", str(INFRA / ".checkov.yaml"), "--skip-download", "--quiet", "--compact")
    _run(checkov, "--directory", str(INFRA), "--framework", "terraform", *rules)
    _run(checkov, "--file", str(plan), "--framework", "terraform_plan", *rules)
    return f"{len((INFRA / '.checkov.yaml').read_text().split('- CKV')) - 1} exceptions, each with its reason"


def _checkov() -> Path:
    """Checkov, in an environment of its own: its hundred packages are nobody else's business."""
    digest = hashlib.sha256(_CHECKOV_LOCK.read_bytes()).hexdigest()[:16]
    place = ROOT / ".cache" / f"checkov-{digest}"
    command = place / "bin" / "checkov"
    if not (place / ".ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(place))
        pip = (str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(*pip, "--require-hashes", "--requirement", str(_CHECKOV_LOCK))
        (place / ".ready").touch()
    return command


def _run(*command: str) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=terraform.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}\n{done.stdout[-6000:]}")
    return done.stdout


_WRONG = (
    {
        'network = { cidr_block = "10.0.0.0/33" }': "cidr_block must be an IPv4 block from /16 to /24",
        'mfa = "MAYBE"': "mfa must be OFF, OPTIONAL or ON.",
        "throttling = { rate = 500, burst = 90000 }": "throttling.burst from 1 to 5000",
        "message_retention_days = -1": "message_retention_days must be a whole number from 0",
        'alarm_emails = ["me"]': "must be an e-mail address",
        'price_class = "All"': "price_class must be PriceClass_100",
        "monthly_budget_usd = 0": "monthly_budget_usd must be more than 0",
    },
    {
        'extra_origins = ["*"]': "must be an origin without a path",
        'environment = "qa"': "environment must be dev, staging or prod.",
        "log_retention_days = 8": "log_retention_days must be one of the periods that CloudWatch knows",
    },
    {"canary_minutes = 0": "canary_minutes must be a whole number from 1 to 60"},
    {'mfa = "ON"\n  canary_minutes = 5': "The canary signs in with a password alone"},
    {'network = { nat = "none", ipv6 = false }': "set ipv6 = true, or nat to single or per_az"},
)
"""Settings that are wrong, and what the plan must say about each; those of one plan do not hide each other."""


def refused(workspace: Workspace) -> str:
    """A wrong setting ends the plan with a sentence that says what to write."""
    override = workspace.root / "wrong_override.tf"
    try:
        for settings in _WRONG:
            override.write_text("\n  ".join(['module "chat" {', *settings]) + "\n}\n")
            said = _refusal(workspace)
            silent = [setting for setting, sentence in settings.items() if sentence not in said]
            if silent:
                raise Failed(f"nothing useful is said about {silent}:\n{said}")
    finally:
        override.unlink(missing_ok=True)
    return f"{sum(map(len, _WRONG))} wrong values"


def unbuilt(workspace: Workspace) -> str:
    """What was not built ends the plan with a sentence that says what to run. Raises Failed."""
    for built in (workspace.folder / "build", workspace.app):
        away = built.with_name("away")
        built.rename(away)
        try:
            said = _refusal(workspace)
        finally:
            away.rename(built)
        if "Build it first: `make" not in said:
            raise Failed(f"without {built.name} nothing useful is said:\n{said}")
    return "build, frontend/dist"


def _refusal(workspace: Workspace) -> str:
    """What a plan says that must fail, in one line."""
    try:
        workspace.run("plan", "-no-color", "-input=false", "-refresh=false")
    except terraform.TerraformFailed as said:
        return " ".join(str(said).replace("│", " ").split())
    raise Failed("a wrong setting was planned")
