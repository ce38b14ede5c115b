"""`make bootstrap|plan|deploy|destroy|smoke|sample|canary ENV=dev`: Terraform, with what it needs found or asked for.

The account and the region are those of your AWS credentials. The state is in a bucket whose name follows from both, so
that nothing has to be remembered.
"""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.settings import ROOT
from tools import deployed
from tools.prune import prune_versions

INFRA = ROOT / "infra"
ENVIRONMENTS = ("dev", "staging", "prod")
PROJECT = os.environ.get("TF_VAR_project", "parley")  # noqa: SIM112 - Terraform's own name
MIRROR = "PARLEY_TERRAFORM_MIRROR"


class NotReady(Exception):
    """Something is missing; the text says what to do."""


@dataclass(frozen=True)
class Target:
    """Where to deploy."""

    account: str
    region: str

    @property
    def state_bucket(self) -> str:
        """The bucket that infra/bootstrap makes."""
        return f"{PROJECT}-state-{self.account}-{self.region}"


def find_terraform() -> str:
    """Terraform's path. Raises NotReady."""
    found = shutil.which("terraform")
    if found is None:
        raise NotReady(
            "Terraform is not on this machine. Install 1.11 or newer: https://developer.hashicorp.com/terraform/install"
        )
    return found


def find_target() -> Target:
    """The account and region of the credentials in use. Raises NotReady."""
    try:
        session = boto3.Session(region_name=os.environ.get("AWS_REGION"))
    except BotoCoreError as error:
        raise NotReady(
            f"Your AWS configuration cannot be used: {error}\nCheck AWS_PROFILE and ~/.aws/config."
        ) from error
    if session.region_name is None:
        raise NotReady("Say where: AWS_REGION=eu-west-1, or a region in your AWS profile.")
    try:
        account = session.client("sts").get_caller_identity()["Account"]
    except (BotoCoreError, ClientError) as error:
        raise NotReady(
            f"AWS rejected the credentials: {error}\nSign in (`aws sso login`, or AWS_PROFILE=…) and try again."
        ) from error
    return Target(account, session.region_name)


def require_state_bucket(target: Target) -> None:
    """Raises NotReady where the bucket is missing or somebody else's."""
    if not _has_state_bucket(target):
        raise NotReady(
            f"There is no bucket {target.state_bucket} for Terraform's state.\n"
            "Make it, once for this account and region: make bootstrap"
        )


def _has_state_bucket(target: Target) -> bool:
    s3: Any = boto3.client("s3", region_name=target.region)
    try:
        s3.head_bucket(Bucket=target.state_bucket, ExpectedBucketOwner=target.account)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("404", "NoSuchBucket"):
            return False
        raise NotReady(f"The bucket {target.state_bucket} for Terraform's state can't be used: {error}") from error
    return True


def main() -> int:
    """The exit code: Terraform's or pytest's, or 1 where something is missing."""
    parser = argparse.ArgumentParser(prog="python -m tools.deploy", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=["bootstrap", "plan", "apply", "destroy", "smoke", "sample", "canary"])
    parser.add_argument("environment", nargs="?", default="dev")
    options = parser.parse_args()
    try:
        return _do(options.what, options.environment)
    except NotReady as missing:
        print(missing, file=sys.stderr)
        return 1


def _do(what: str, environment: str) -> int:
    if environment not in ENVIRONMENTS:
        raise NotReady(f"There is no environment {environment!r}: ENV must be dev, staging or prod.")
    terraform, target = find_terraform(), find_target()
    if what == "bootstrap":
        return _bootstrap(terraform, target)
    require_state_bucket(target)
    root = INFRA / "environments" / environment
    code = _terraform(
        terraform,
        root,
        target,
        *("init", "-input=false", "-reconfigure"),
        *(f"-backend-config=bucket={target.state_bucket}", f"-backend-config=region={target.region}"),
        *_mirror(),
    )
    if code != 0:
        return code
    if what == "smoke":
        return deployed.smoke(_outputs(terraform, root, target), root.name, _variables(target))
    if what == "sample":
        return deployed.write_sample(_outputs(terraform, root, target), target.region)
    if what == "canary":
        return deployed.renew_canary(_outputs(terraform, root, target), target.region)
    code = _terraform(terraform, root, target, what, *(_approval() if what != "plan" else []))
    if code == 0 and what == "apply":
        deleted = prune_versions(boto3.client("lambda", region_name=target.region), f"{PROJECT}-{environment}-")
        print(f"Deleted {deleted} old versions of functions.")
        deployed.ensure_canary(_outputs(terraform, root, target), target.region)
    return code


def _bootstrap(terraform: str, target: Target) -> int:
    """Apply infra/bootstrap, also where an earlier attempt died halfway: it is complete when this succeeds.

    Its state is a file of its own for each account and region. Where the bucket is there and that file is not (another
    checkout made it), the bucket is imported first.
    """
    root = INFRA / "bootstrap"
    state = f"-state={target.state_bucket}.tfstate"
    code = _terraform(terraform, root, target, "init", "-input=false", *_mirror())
    if code == 0 and _has_state_bucket(target) and not (root / f"{target.state_bucket}.tfstate").exists():
        code = _terraform(
            terraform, root, target, "import", "-input=false", state, "aws_s3_bucket.this", target.state_bucket
        )
    return code or _terraform(terraform, root, target, "apply", state, *_approval())


def _outputs(terraform: str, root: Path, target: Target) -> bytes:
    """What is deployed, as Terraform says it. Raises NotReady."""
    told = subprocess.run(  # noqa: S603 - Terraform, as found on PATH
        [terraform, f"-chdir={root}", "output", "-json"], env=_variables(target), stdout=subprocess.PIPE, check=False
    )
    if told.returncode != 0:
        raise NotReady(f"Terraform could not read the outputs of {root.name}.")
    if told.stdout.strip() == b"{}":
        raise NotReady(f"Nothing is deployed in {root.name} yet: make deploy ENV={root.name}")
    return told.stdout


def _terraform(terraform: str, root: Path, target: Target, *arguments: str) -> int:
    command = [terraform, f"-chdir={root}", *arguments]
    return subprocess.run(command, env=_variables(target), check=False).returncode  # noqa: S603 - as found on PATH


def _variables(target: Target) -> dict[str, str]:
    return {"TF_VAR_release": _release(), **os.environ, "TF_VAR_region": target.region, "AWS_REGION": target.region}


def _release() -> str:
    """The commit, marked where files differ from it."""
    git = shutil.which("git")
    if git is None:
        return "unknown"
    command = [git, "describe", "--always", "--dirty=-changed"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - git on PATH
    return told.stdout.strip() or "unknown"


def _approval() -> list[str]:
    """AUTO_APPROVE=1 asks nobody: for a pipeline whose own approval came before."""
    return ["-auto-approve"] if os.environ.get("AUTO_APPROVE") == "1" else []


def _mirror() -> list[str]:
    """A folder of providers instead of the registry, for machines that can't reach it."""
    return [f"-plugin-dir={os.environ[MIRROR]}"] if os.environ.get(MIRROR) else []


if __name__ == "__main__":
    sys.exit(main())
