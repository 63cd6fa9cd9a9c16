import type { ChangePreview } from "./change-text.ts";
import { describeHead } from "./git.ts";
import { checkout, engineEnvironment, runEngine } from "./run-engine.ts";

/**
 * Previews the working tree against a real stack, with the backend and the AWS credentials that the environment gives.
 *
 * @param stack the stack's name, for example `prod`
 */
export async function previewStack(stack: string): Promise<ChangePreview> {
  const preview = await runEngine(["preview", "--diff", "--stack", stack], checkout, engineEnvironment());
  return {
    what: await describeHead(),
    against: `the stack \`${stack}\``,
    outcome: preview.status === 0 ? "previewed" : "refused",
    engineOutput: preview.output,
  };
}
