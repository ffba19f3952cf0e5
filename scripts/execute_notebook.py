"""Execute a notebook in its own kernel, cell by cell, as a reader would from the top.

    .venv/bin/python scripts/execute_notebook.py notebooks/01-order.ipynb

The kernel starts in the notebook's folder. For each code cell that was reached, one line of JSON goes
to standard output: {"index", "id", "stdout", "stderr", "displayed", "ok"}. Execution stops at the first
cell that fails, because tslab skips the cells behind a failure without a word. The file is not changed.
"""

import asyncio
import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

CELL_TIMEOUT_S = 60


async def execute(path: Path) -> bool:
    notebook = nbformat.read(path, as_version=4)
    replies = {}
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT_S,
        # One text for each cell and stream, however many times the cell prints.
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
        # nbclient takes a cell that the kernel skipped for a success; the kernel's own reply tells.
        on_cell_executed=lambda cell, cell_index, execute_reply: replies.update(
            {cell_index: execute_reply["content"]["status"]}
        ),
    )
    async with client.async_setup_kernel():
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                continue
            failure = await execute_cell(client, cell, index)
            ok = failure == "" and replies.get(index) == "ok"
            report = {
                "index": index,
                "id": cell.id,
                "stdout": printed(cell, "stdout"),
                "stderr": printed(cell, "stderr") + failure,
                "displayed": displayed(cell),
                "ok": ok,
            }
            print(json.dumps(report, ensure_ascii=False), flush=True)
            if not ok:
                return False
    return True


async def execute_cell(client: NotebookClient, cell, index: int) -> str:
    """Return why the cell failed, or an empty text."""
    cell.outputs = []
    try:
        await client.async_execute_cell(cell, index)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return str(error)
    return ""


def printed(cell, stream: str) -> str:
    texts = (output.text for output in cell.outputs if output.get("name") == stream)
    return "".join(texts)


def displayed(cell) -> list:
    """Return the media types of what the cell has shown besides text, in order."""
    shown = (output.data for output in cell.outputs if output.output_type == "display_data")
    return [media_type for data in shown for media_type in data]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(0 if asyncio.run(execute(Path(sys.argv[1]).resolve())) else 1)
