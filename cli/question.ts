/**
 * Asks yes or no in the terminal, on stderr; no is where the cursor stands.
 *
 * @returns false as well where the question is cancelled: by Ctrl-C, Escape or Ctrl-D
 */
export async function saidYes(message: string): Promise<boolean> {
  const { confirm, isCancel } = await prompts();
  const answer = await confirm({ message, initialValue: false, output: process.stderr });
  return !isCancel(answer) && answer;
}

export interface TypedQuestion {
  readonly message: string;
  readonly placeholder?: string;
  /** What is wrong with an answer; `undefined` where nothing is. */
  readonly validate?: (answer: string | undefined) => string | undefined;
}

/** Lets something be typed in the terminal; `undefined` where the question is cancelled. */
export async function typed(question: TypedQuestion): Promise<string | undefined> {
  const { isCancel, text } = await prompts();
  const answer = await text({ ...question, output: process.stderr });
  return isCancel(answer) ? undefined : answer;
}

/** Loaded once somebody is asked: most runs ask nobody. */
async function prompts() {
  const loaded = await import("@clack/prompts");
  // Ctrl-D closes the reader beneath the question, which would be left waiting for ever.
  loaded.updateSettings({ aliases: { "\u0004": "cancel" } });
  return loaded;
}
