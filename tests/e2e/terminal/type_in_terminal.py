"""Runs a program in a terminal of its own, types what it is told to, and says what was seen there.

Reads from stdin one JSON object: {"program": [word...], "columns": N, "typed": [{"after": text, "keys": text}...]}. Keys are
sent when their text has appeared since the keys before. Writes to stdout one JSON object: {"status": N, "screen": text,
"waitingFor": text or null}. Node has no pseudo terminals; Python's standard library does.
"""

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

DEADLINE_SECONDS = 60


def start(program, columns):
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        os.execvp(program[0], program)
    return pid, terminal


def converse(terminal, typed):
    """Returns what appeared, and the text that was waited for in vain."""
    screen, heard = b"", 0
    waiting = list(typed)
    deadline = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < deadline:
        readable, _, _ = select.select([terminal], [], [], 0.1)
        if readable:
            try:
                part = os.read(terminal, 65536)
            except OSError:  # Linux's way to say that the other end is closed
                part = b""
            if part == b"":
                return screen, waiting[0]["after"] if waiting else None
            screen += part
        if waiting and waiting[0]["after"].encode() in screen[heard:]:
            heard = len(screen)
            os.write(terminal, waiting.pop(0)["keys"].encode())
    return screen, "its end"


def main():
    wanted = json.load(sys.stdin)
    pid, terminal = start(wanted["program"], wanted["columns"])
    screen, waiting_for = converse(terminal, wanted["typed"])
    if waiting_for == "its end":
        os.kill(pid, signal.SIGKILL)
    _, ended = os.waitpid(pid, 0)
    status = os.waitstatus_to_exitcode(ended)
    json.dump({"status": status, "screen": screen.decode(), "waitingFor": waiting_for}, sys.stdout)


main()
