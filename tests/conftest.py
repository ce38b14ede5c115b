"""Every test sees the same environment, whatever the shell of its developer holds."""

import os
import re

FOREIGN = re.compile(
    r"AWS_.*|DYNAMODB_ENDPOINT|PARLEY_(TABLE|LIMIT|QUEUE|CONNECTIONS|INLINE).*|(https?|all|no)_proxy", re.IGNORECASE
)
"""Variables that a shell may hold, and that no test may depend on."""

# `make smoke` tests what is deployed, with the developer's own credentials.
if "PARLEY_OUTPUTS" not in os.environ:
    for name in [name for name in os.environ if FOREIGN.fullmatch(name)]:
        del os.environ[name]

os.environ.setdefault("PARLEY_TABLE_PREFIX", "parley-test")
os.environ.setdefault("AWS_REGION", "us-east-1")
