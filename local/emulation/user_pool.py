"""The local Cognito user pool, its app client, and three people who are ready to sign in."""

from dataclasses import dataclass

from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

from local.emulation import aws
from local.settings import REGION

NAME = "parley-local"
USERS = ("alice", "bob", "carol")
PASSWORD = "Parley-local-1"  # noqa: S105 - of made-up people on this machine, printed at every start


@dataclass(frozen=True)
class UserPool:
    """Where tokens come from, and how they are verified."""

    pool_id: str
    client_id: str
    endpoint: str

    @property
    def issuer(self) -> str:
        """The `iss` of its tokens: AWS-shaped, whatever the endpoint is."""
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.pool_id}"

    @property
    def jwks_url(self) -> str:
        """Where the public keys are."""
        return f"{self.endpoint}/{self.pool_id}/.well-known/jwks.json"


def ensure(endpoint: str) -> UserPool:
    """The user pool as an earlier run left it, or a new one."""
    cognito: CognitoIdentityProviderClient = aws.client("cognito-idp", endpoint)
    pools = {pool["Name"]: pool["Id"] for pool in cognito.list_user_pools(MaxResults=60)["UserPools"]}
    pool_id = pools.get(NAME) or _create_pool(cognito)
    # Of a pool of an earlier version too: who wants to may sign in with codes of an authenticator app.
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool_id, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
    )
    clients = cognito.list_user_pool_clients(UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]
    client_id = clients[0]["ClientId"] if clients else _create_client(cognito, pool_id)
    for username in USERS:
        _ensure_user(cognito, pool_id, username)
    return UserPool(pool_id, client_id, endpoint)


def _create_pool(cognito: CognitoIdentityProviderClient) -> str:
    pool = cognito.create_user_pool(
        PoolName=NAME,
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 8,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
            }
        },
        AliasAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        AccountRecoverySetting={"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
    )
    return pool["UserPool"]["Id"]


def _create_client(cognito: CognitoIdentityProviderClient, pool_id: str) -> str:
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="app",
        GenerateSecret=False,
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    return client["UserPoolClient"]["ClientId"]


def _ensure_user(cognito: CognitoIdentityProviderClient, pool_id: str, username: str) -> None:
    try:
        cognito.admin_get_user(UserPoolId=pool_id, Username=username)
    except cognito.exceptions.UserNotFoundException:
        email: list[AttributeTypeTypeDef] = [
            {"Name": "email", "Value": f"{username}@example.com"},
            {"Name": "email_verified", "Value": "true"},
        ]
        cognito.admin_create_user(UserPoolId=pool_id, Username=username, UserAttributes=email, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool_id, Username=username, Password=PASSWORD, Permanent=True)
