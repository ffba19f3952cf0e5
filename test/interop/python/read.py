"""Print each item of a workflow's stream as {"offset", "topic", "value"}.

    python read.py WORKFLOW_ID [--count N] [--topics TOPIC...]

Ends after N items, or with the stream. Without --topics it reads all of them.
"""

import argparse
import os

from program import run, say, to_json
from temporalio.client import Client
from temporalio.contrib.workflow_streams import WorkflowStreamClient


async def main(workflow_id: str, count: int | None, topics: list[str] | None) -> None:
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"])
    say("ready")
    seen = 0
    async for item in WorkflowStreamClient.create(client, workflow_id).subscribe(topics):
        say({"offset": item.offset, "topic": item.topic, "value": to_json(item.data)})
        seen += 1
        if seen == count:
            break


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow_id")
    parser.add_argument("--count", type=int)
    parser.add_argument("--topics", nargs="+")
    run(main(**vars(parser.parse_args())))
