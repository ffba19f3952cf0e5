"""Publish each line of standard input, a JSON value, to the stream of a workflow.

    python publish.py WORKFLOW_ID TOPIC [--twice]

With --twice every batch is delivered twice, as when the answer to the first delivery was lost.
"""

import argparse
import asyncio
import json
import os
import sys

from program import from_json, run, say
from temporalio.client import Client, Interceptor, OutboundInterceptor, SignalWorkflowInput
from temporalio.contrib.workflow_streams import WorkflowStreamClient

# Small enough that the batches of two publishers mix.
ITEMS_PER_BATCH = 5


class SendTwice(OutboundInterceptor):
    async def signal_workflow(self, input: SignalWorkflowInput) -> None:
        # Each call makes a request id of its own, so the server takes both.
        await super().signal_workflow(input)
        await super().signal_workflow(input)


class Twice(Interceptor):
    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return SendTwice(next)


async def main(workflow_id: str, topic_name: str, twice: bool) -> None:
    client = await Client.connect(
        os.environ["TEMPORAL_ADDRESS"], interceptors=[Twice()] if twice else []
    )
    say("ready")
    lines = await asyncio.to_thread(sys.stdin.readlines)
    stream = WorkflowStreamClient.create(client, workflow_id)
    topic = stream.topic(topic_name)
    async with stream:
        for count, line in enumerate(lines, start=1):
            topic.publish(from_json(json.loads(line)))
            if count % ITEMS_PER_BATCH == 0:
                await stream.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("workflow_id")
    parser.add_argument("topic_name")
    parser.add_argument("--twice", action="store_true")
    run(main(**vars(parser.parse_args())))
