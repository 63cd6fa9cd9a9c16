export class SetupError extends Error {}

export function step<Result>(title: string, work: () => Promise<Result>): Promise<Result>;

export function runLogged(
  command: string,
  args: readonly string[],
  options: { readonly log: string; readonly cwd?: string; readonly env?: NodeJS.ProcessEnv },
): Promise<void>;
