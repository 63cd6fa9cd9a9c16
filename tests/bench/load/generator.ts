/**
 * The load generator: a process of its own, so that it can be given a core of its own. It is told a job over IPC, sends
 * the same bytes over and over on a few connections that stay open, and reports. It does the least that a client can do:
 * nothing is signed, and of an answer it reads where it ends and whether it is a 200.
 */
import { Connection } from "./connection.ts";
import { type Job, jobSchema, type Report } from "./job.ts";

process.on("message", (message) => {
  void run(jobSchema.parse(message)).then((report) => process.send?.(report));
});

async function run({ port, request, connections, milliseconds, mostAnswers }: Job): Promise<Report> {
  const bytes = Buffer.from(request, "base64");
  let answers = 0;
  let refusal: string | undefined;
  const started = performance.now();
  const goesOn = () => refusal === undefined && answers < mostAnswers && performance.now() - started < milliseconds;
  const awake = stayAwake(goesOn);
  const ask = async (connection: Connection) => {
    while (goesOn()) {
      const answer = await connection.exchange();
      awake.handled();
      if (answer.status === 200) answers++;
      else refusal ??= answer.text;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, () => ask(new Connection(port, bytes))));
  const elapsed = performance.now() - started;
  const busy = 1 - awake.idleMilliseconds() / elapsed;
  return { answers, seconds: elapsed / 1000, busy, ...(refusal === undefined ? {} : { refusal }) };
}

/**
 * Keeps this process from sleeping between answers. To wake a core costs the one that wakes it, on a virtual machine as much
 * as a tenth of an answer: that would be counted as the server's, though it is the client's doing.
 */
function stayAwake(goesOn: () => boolean): { handled: () => void; idleMilliseconds: () => number } {
  let handled = 0;
  let idle = 0;
  const turn = (handledBefore: number, since: number): void => {
    const now = performance.now();
    if (handled === handledBefore) idle += now - since;
    if (goesOn()) setImmediate(turn, handled, now);
  };
  turn(handled, performance.now());
  return {
    handled: () => {
      handled++;
    },
    idleMilliseconds: () => idle,
  };
}
