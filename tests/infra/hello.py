"""A newcomer says hello to a deployment: `python -m tests.infra.hello <outputs.json>` prints how it is answered."""

import asyncio
import sys
from pathlib import Path

from tests.e2e.client import Door
from tests.e2e.people import Deployment


async def _main() -> None:
    deployment = Deployment.read(Path(sys.argv[1]))
    async with Door.to(deployment) as door:
        client = await door.open(deployment.person("newcomer"), hello=False)
        answer = await client.ask("hello")
        print(answer.get("code", answer["action"]))


if __name__ == "__main__":
    asyncio.run(_main())
