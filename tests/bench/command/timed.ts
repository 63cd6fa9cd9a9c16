import { spawnSync } from "node:child_process";

/** A process that has come to its end. */
export interface Timed {
  readonly milliseconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program from start to end.
 *
 * @param mayEndWith beside 0
 * @throws Error with the end of what it wrote when it ends otherwise
 */
export function timed(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  mayEndWith: readonly number[] = [],
): Timed {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    env: environment,
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  const milliseconds = performance.now() - started;
  if (error) throw error;
  if (status !== null && [0, ...mayEndWith].includes(status)) return { milliseconds, stdout, stderr };
  throw new Error(`${program} ${words.join(" ")} ended with ${status}.\n${`${stdout}${stderr}`.slice(-2_000)}`);
}
