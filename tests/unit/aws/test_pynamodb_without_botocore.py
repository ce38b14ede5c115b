"""PynamoDB comes without botocore's client, and neither of the two is worse for it afterwards.

Each time in an interpreter of its own, for what counts is which modules are there.
"""

import subprocess
import sys

from local.settings import ROOT


def in_a_fresh_process(*lines: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


MAKE_A_CLIENT = """
from pynamodb.connection import Connection
client = Connection("eu-west-1", aws_access_key_id="key", aws_secret_access_key="secret").client
print(client.meta.service_model.service_name, isinstance(client, botocore.client.BaseClient))
"""


def test_botocores_client_is_not_loaded() -> None:
    loaded = in_a_fresh_process(
        "import sys",
        "from shared.aws import pynamodb_without_botocore",
        "print(*(name for name in sys.modules if name.startswith('botocore.')))",
    )

    assert "botocore.exceptions" in loaded
    assert {name for name in loaded if not name.startswith(("botocore.exceptions", "botocore.vendored"))} == set()


def test_whoever_wants_botocore_afterwards_gets_all_of_it() -> None:
    printed = in_a_fresh_process(
        "from shared.aws import pynamodb_without_botocore",
        "import botocore.client, botocore.endpoint, botocore.hooks",
        "print(hasattr(botocore.client, 'Config'), hasattr(botocore.endpoint, 'EndpointCreator'))",
        MAKE_A_CLIENT,
    )

    assert printed == ["True", "True", "dynamodb", "True"]


def test_where_botocore_is_loaded_already_pynamodb_gets_the_real_one() -> None:
    printed = in_a_fresh_process(
        "import botocore.client",
        "from shared.aws import pynamodb_without_botocore",
        "from pynamodb.connection import _botocore_private as names",
        "print(issubclass(names.BotocoreBaseClientPrivate, botocore.client.BaseClient))",
        MAKE_A_CLIENT,
    )

    assert printed == ["True", "dynamodb", "True"]


def test_an_error_is_botocores_own() -> None:
    printed = in_a_fresh_process(
        "from shared.aws import pynamodb_without_botocore",
        "import botocore.client, pynamodb.exceptions",
        "print(issubclass(pynamodb.exceptions.VerboseClientError, botocore.client.ClientError))",
    )

    assert printed == ["True"]
