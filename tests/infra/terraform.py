"""Terraform, run on a copy of `infra/` that knows the emulated account."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.infra.account import Account

ROOT = Path(__file__).resolve().parents[2]
_STATE_BUCKET = "terraform-states"


class TerraformFailed(Exception):
    """What Terraform said."""


def executable() -> str | None:
    """Where Terraform is, if it is on this machine."""
    return shutil.which("terraform")


def environment() -> dict[str, str]:
    """This process's, without what would make Terraform ask or work elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_"))}
    config = os.environ.get("TF_CLI_CONFIG_FILE")
    if config and Path(config).exists():
        kept["TF_CLI_CONFIG_FILE"] = config
    return kept | {"TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "CHECKPOINT_DISABLE": "1"}


def mirror() -> list[str]:
    """Options of `terraform init`: a folder with the provider, where there is one, in place of the registry.

    PARLEY_TERRAFORM_MIRROR names it. In CI, where the registry may be out of reach, it is looked for.
    """
    given = os.environ.get("PARLEY_TERRAFORM_MIRROR") or (_found_mirror() if os.environ.get("CI") else None)
    return [f"-plugin-dir={given}"] if given else []


@cache
def _found_mirror() -> str | None:
    """The root of a folder of providers: `<root>/<host>/hashicorp/aws/<version>/<platform>/<file>`."""
    if "TF_CLI_CONFIG_FILE" in environment():
        return None
    wanted = ("-path", "*/hashicorp/aws/*", "-name", "terraform-provider-aws_*", "-not", "-path", "*/.terraform/*")
    search = [
        "find",
        "/",
        "(",
        "-path",
        "/proc",
        "-o",
        "-path",
        "/sys",
        ")",
        "-prune",
        "-o",
        *wanted,
        "-print",
        "-quit",
    ]
    found = subprocess.run(search, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
    return str(Path(found.strip()).parents[5]) if found.strip() else None


@dataclass
class Workspace:
    """A copy of the repository's infrastructure, of one environment of which commands are run."""

    folder: Path
    environment_name: str = "dev"
    account: Account | None = None

    @property
    def root(self) -> Path:
        """The environment's root module."""
        return self.folder / "infra" / "environments" / self.environment_name

    @property
    def app(self) -> Path:
        """The built app, as it was when the copy was made."""
        return self.folder / "frontend" / "dist"

    @classmethod
    def copy(cls, folder: Path, build: Path | None = None, environment_name: str = "dev") -> "Workspace":
        """A fresh copy of infra, lambdas, the built app and what `make package` built."""
        ignore = shutil.ignore_patterns(".terraform", "*.tfstate*", "__pycache__", ".terraform.lock.hcl")
        for name in ("infra", "lambdas", "frontend/dist"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        if build:
            shutil.copytree(build, folder / "build")
        return cls(folder, environment_name)

    def aim_at(self, account: Account) -> None:
        """Make the files that docs/deploy.md has people copy, with a bucket of the account for the state.

        Further override files name the emulator's endpoints.
        """
        self.account = account
        backend = (self.root / "backend_override.tf.example").read_text()
        backend = re.sub(r'(bucket +=) ".*"', rf'\1 "{_STATE_BUCKET}"\n    use_path_style = true', backend)
        (self.root / "backend_override.tf").write_text(backend)
        shutil.copy(self.root / "terraform.tfvars.example", self.root / "terraform.tfvars")
        account.client("s3").create_bucket(
            Bucket=_STATE_BUCKET, CreateBucketConfiguration={"LocationConstraint": account.variables["AWS_REGION"]}
        )
        for module, text in _overrides(account.url).items():
            (self.folder / "infra" / module / "emulator_override.tf").write_text(text)

    def init(self) -> None:
        """Fetch the provider."""
        self.run("init", "-no-color", "-input=false", *mirror())

    def run(self, *arguments: str) -> str:
        """One command's output. Raises TerraformFailed with what it said."""
        own = {**environment(), **(self.account.variables if self.account else {})}
        done = subprocess.run(
            [executable() or "terraform", f"-chdir={self.root}", *arguments],
            env=own,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise TerraformFailed(f"terraform {' '.join(arguments)}\n{done.stdout[-3000:]}\n{done.stderr[-12000:]}")
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """One command's output, which is JSON."""
        return json.loads(self.run(*arguments))


def _overrides(url: str) -> dict[str, str]:
    """By folder below infra: what is different where AWS is an emulator on loopback.

    IPv6 is off because the emulator gives VPCs no addresses; so the way out is a NAT gateway.
    """
    host = url.removeprefix("http://")
    path = "_aws/execute-api/${aws_apigatewayv2_api.this.id}"
    return {
        "environments/dev": """
provider "aws" {
  s3_use_path_style = true
}
module "chat" {
  network = { nat = "single", ipv6 = false, flow_logs = true }
}
""",
        "modules/identity": f"""
locals {{
  jwks_url = "{url}/${{aws_cognito_user_pool.this.id}}/.well-known/jwks.json"
}}
""",
        "modules/websocket_api": f"""
locals {{
  url            = "ws://{host}/{path}/${{var.stage}}"
  management_url = "{url}/{path}/${{var.stage}}"
}}
""",
        "modules/http_api": f"""
locals {{
  url = "{url}/{path}"
}}
""",
    }
