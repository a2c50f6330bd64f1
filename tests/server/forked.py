"""The command `contrats`, loaded once: each call is a process that is forked from this one.

    python -P tests/server/forked.py

It reads a line of JSON for each call, the arguments and the files that are to be standard input,
output and error, and writes a line with the exit status.
"""

from __future__ import annotations

import gc
import json
import os
import sys

import click

from contrats.cli import main


def serve() -> None:
    """Run what is ordered until nobody orders any more."""
    for name in main.list_commands(click.Context(main)):
        main.get_command(click.Context(main), name)  # loads it
    gc.freeze()  # so that no process that ends has to look at all that was loaded here
    # Through other descriptors: the standard ones are those of a call.
    with os.fdopen(os.dup(0), encoding="utf-8") as orders, os.fdopen(os.dup(1), "w") as replies:
        for line in orders:
            child = os.fork()
            if child == 0:
                run(**json.loads(line))
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), file=replies, flush=True)


def run(arguments: list[str], files: list[str]) -> None:
    """Be the command, which does not come back."""
    for number, path in enumerate(files):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.argv = ["contrats", *arguments]
    main()


if __name__ == "__main__":
    serve()
