"""The account of the canary: a user of the pool, and its password in SSM, where only the function may read it."""

from typing import Any

from shared.features.canary.service import USERNAME
from tools import sample


def has_password(ssm: Any, parameter: str) -> bool:
    """Whether the account was made before. Raises botocore's ClientError."""
    try:
        ssm.get_parameter(Name=parameter)
    except ssm.exceptions.ParameterNotFound:
        return False
    return True


def renew_password(cognito: Any, ssm: Any, user_pool_id: str, parameter: str) -> None:
    """Make the account where there is none, and give it a new password. Raises botocore's ClientError."""
    password = sample.ensure_person(cognito, user_pool_id, USERNAME)
    ssm.put_parameter(Name=parameter, Value=password, Type="SecureString", Overwrite=True)
