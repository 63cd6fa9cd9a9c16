import { fstatSync } from "node:fs";
import pc from "picocolors";
import { exitCode } from "./exit-code.ts";

/** The one place where the command meets its streams: results on stdout, everything else on stderr. */
export interface Terminal {
  /** A result, for people or machines to read. */
  readonly result: (text: string) => void;
  /** Progress, explanations, warnings. */
  readonly note: (text: string) => void;
  /** A line that the next `note` or `status` replaces; nothing where there is no terminal. */
  readonly status: (text: string) => void;
  readonly colours: ReturnType<typeof pc.createColors>;
  /** Columns of the terminal that shows results; `undefined` where they go into a file or a pipe. */
  readonly columns: () => number | undefined;
  /** Of the one that shows everything else. */
  readonly noteColumns: () => number | undefined;
  /** Permission bits of the file that results go into; `undefined` where they go elsewhere. */
  readonly resultMode: () => number | undefined;
  /** True where somebody can be asked. */
  readonly interactive: boolean;
}

/** The terminal of this process. Colours only where stderr is a terminal and NO_COLOR is not set. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // Where it is none, isTTY is no false but absent, for which picocolors would decide by itself: CI is coloured to it.
  const colours = pc.createColors(stderr.isTTY ? pc.isColorSupported : false);
  stdout.on("error", (error: Error) => {
    if (!isReaderGone(error)) sayNotWritten(error);
  });
  stderr.on("error", () => undefined);
  let pending = false;
  const clear = (): string => {
    const sequence = pending ? "\r\u001b[2K" : "";
    pending = false;
    return sequence;
  };
  return {
    result: (text) => {
      stderr.write(clear());
      stdout.write(`${text}\n`);
    },
    note: (text) => {
      stderr.write(`${clear()}${text}\n`);
    },
    status: (text) => {
      if (!stderr.isTTY || process.env["TERM"] === "dumb") return;
      stderr.write(`${clear()}${text.slice(0, stderr.columns - 1)}`);
      pending = true;
    },
    colours,
    columns: () => (stdout.isTTY ? stdout.columns : undefined),
    noteColumns: () => (stderr.isTTY ? stderr.columns : undefined),
    resultMode,
    interactive: stdin.isTTY && stderr.isTTY,
  };
}

function resultMode(): number | undefined {
  const { fd } = process.stdout;
  if (process.platform === "win32") return undefined;
  const file = fstatSync(fd);
  return file.isFile() ? file.mode & 0o777 : undefined;
}

/** The terminal was closed, or `| head` has seen enough. What is under way goes on, or is ended in order by a signal. */
function isReaderGone(error: Error): boolean {
  const { code }: NodeJS.ErrnoException = error;
  return code === "EPIPE" || code === "EIO";
}

let notWritten = false;

/** A full disk: what is under way goes on to its end, and the exit code says that not all of it could be told. */
function sayNotWritten({ message }: Error): void {
  if (notWritten) return;
  notWritten = true;
  process.stderr.write(`break-glass: the output is not whole: it could not be written (${message}).\n`);
  process.once("exit", (code) => {
    if (code === exitCode.done || code === exitCode.checkDidNotHold) process.exitCode = exitCode.usage;
  });
}
