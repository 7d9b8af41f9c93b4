"""Loaded by every Python of MiniStack: finds under /opt what a function's layers hold.

MiniStack unpacks layers elsewhere, and loses execute permissions; the CDK's own function that fills a
bucket runs /opt/awscli/aws.
"""

import os
import subprocess
import sys

check_call = subprocess.check_call


def from_layers(command):
    path = command[0] if isinstance(command, list) and command else ""
    if not str(path).startswith("/opt/") or os.path.exists(path):
        return command
    for folder in os.environ.get("_LAMBDA_LAYERS_DIRS", "").split(os.pathsep):
        found = os.path.join(folder, os.path.relpath(path, "/opt"))
        if os.path.exists(found):
            with open(os.environ["TEST_DEPLOY_MARKS"], "a", encoding="utf-8") as marks:
                marks.write(f"found in a layer: {path}\n")
            return [sys.executable, found, *command[1:]]
    return command


subprocess.check_call = lambda command, *more, **named: check_call(
    from_layers(command), *more, **named
)
