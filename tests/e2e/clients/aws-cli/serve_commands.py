"""A plugin of the AWS CLI: `aws serve-commands` runs commands as `aws` itself would, without starting Python for each.

One command a line of JSON on standard input: {"id", "words", "environment", "folder", "stdout", "stderr"}; each runs in a
fork of this process, from the same entry point as the program, with exactly that environment, and writes into the two
files. When it has ended, a line on standard output: {"id", "status"}. Words before `serve-commands` go before each
command's own.
"""

import json
import os
import signal
import sys

import awscli.clidriver
import awscli.handlers
import botocore.auth
import botocore.client
import botocore.credentials
import botocore.httpsession
import botocore.parsers
import botocore.retryhandler
import botocore.retries.standard
import botocore.serialize
import botocore.signers
from awscli.customizations.commands import BasicCommand


def awscli_initialize(events):
    events.register("building-command-table.main", add_command)


def add_command(command_table, session, **_):
    command_table[ServeCommands.NAME] = ServeCommands(session)


class ServeCommands(BasicCommand):
    NAME = "serve-commands"
    DESCRIPTION = "Runs the commands that arrive on standard input."

    def _run_main(self, parsed_args, parsed_globals):
        first_words = sys.argv[1 : sys.argv.index(self.NAME)]
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        for line in sys.stdin:
            if os.fork() == 0:
                serve(json.loads(line), first_words)
        return 0


def serve(asked, first_words):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    answers = os.dup(1)
    redirect(os.devnull, os.O_RDONLY, 0)
    redirect(asked["stdout"], os.O_WRONLY | os.O_CREAT, 1)
    redirect(asked["stderr"], os.O_WRONLY | os.O_CREAT, 2)
    os.chdir(asked["folder"])
    # Where the CLI's own data lies: it says so to itself, once, when it is imported.
    data_path = os.environ["AWS_DATA_PATH"]
    os.environ.clear()
    os.environ.update(asked["environment"], AWS_DATA_PATH=data_path)
    sys.argv = [sys.argv[0], *first_words, *asked["words"]]
    status = run()
    os.write(answers, f"{json.dumps({'id': asked['id'], 'status': status})}\n".encode())
    os._exit(0)


def redirect(file, flags, descriptor):
    opened = os.open(file, flags, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


def run():
    try:
        return awscli.clidriver.main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException as error:
        sys.stderr.write(f"{error!r}\n")
        return 255
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
