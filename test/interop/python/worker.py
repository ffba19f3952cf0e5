"""Run a worker with a workflow that hosts a stream, until standard input ends.

    python worker.py TASK_QUEUE
"""

import argparse
import asyncio
import os
import sys

from program import run, say
from temporalio import workflow
from temporalio.client import Client
from temporalio.contrib.workflow_streams import WorkflowStream
from temporalio.worker import Worker


@workflow.defn(name="pythonHost")
class PythonHost:
    """Publishes one item, and is open to publishers and readers until they have left."""

    @workflow.init
    def __init__(self) -> None:
        self.stream = WorkflowStream()
        self.left = False

    @workflow.run
    async def run(self) -> None:
        host = self.stream.topic("host")
        host.publish("open")
        await workflow.wait_condition(lambda: self.left)
        host.publish("closed")

    @workflow.signal
    def leave(self) -> None:
        self.left = True


async def main(task_queue: str) -> None:
    client = await Client.connect(os.environ["TEMPORAL_ADDRESS"])
    async with Worker(client, task_queue=task_queue, workflows=[PythonHost]):
        say("ready")
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("task_queue")
    run(main(**vars(parser.parse_args())))
