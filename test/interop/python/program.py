"""What the programs of this folder share: they talk to the tests in lines of JSON."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from typing import Any, NoReturn


def run(main: Coroutine[Any, Any, None]) -> NoReturn:
    """Run a program to its end.

    It leaves without the interpreter's own clean-up, in which threads of the SDK's core crash about
    one short-lived client in twenty: https://github.com/temporalio/sdk-python/issues/300
    """
    asyncio.run(main)
    sys.stdout.flush()
    os._exit(0)


def say(line: Any) -> None:
    print(json.dumps(line), flush=True)


def to_json(value: Any) -> Any:
    """Return what stands for a value in JSON, which has no bytes: they are {"hex": ...}."""
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def from_json(value: Any) -> Any:
    """Return the value for which to_json made this."""
    is_bytes = isinstance(value, dict) and value.keys() == {"hex"}
    return bytes.fromhex(value["hex"]) if is_bytes else value
