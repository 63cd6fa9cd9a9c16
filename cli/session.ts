import { type AccountId, parseAccountId, parseTaskName, type TaskName, taskNames } from "#iam";
import { openRootSession, type RootSession } from "#root-access";
import { connect, type ConnectionFlags } from "./connection.ts";
import { CommandError, exitCode } from "./exit-code.ts";
import { runForeground } from "./foreground-child.ts";
import { withExitCodes } from "./root-access-outcome.ts";

export interface SessionFlags extends ConnectionFlags {
  readonly task: string;
  readonly account: string;
  readonly duration: number;
}

/**
 * `break-glass session --task NAME --account ID -- CMD`: runs a command with a root session's credentials in its
 * environment, and nothing there that could compete with them. Ends with the command's status.
 */
export async function runSession(command: readonly string[], flags: SessionFlags): Promise<void> {
  await withExitCodes(async () => {
    const [program, ...rest] = command;
    if (program === undefined)
      throw new CommandError(exitCode.usage, "no command: give one after --, for example -- aws s3 ls");
    const task = checkedTask(flags.task);
    const accountId = checkedAccount(flags.account);
    const access = await connect(flags);
    const session = await openRootSession({ ...access, accountId, task, durationSeconds: flags.duration });
    process.exitCode = await runForeground(program, rest, sessionEnvironment(process.env, session, access.region));
  });
}

/**
 * The environment of a command that is to act as the session and as nobody else: settings that choose other credentials
 * are gone, settings of the place (endpoint, proxies, certificates) stay.
 */
export function sessionEnvironment(
  outside: NodeJS.ProcessEnv,
  session: RootSession,
  region: string,
): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken } = session.credentials.reveal();
  const kept = Object.entries(outside).filter(([name]) => !competing.has(name));
  return {
    ...Object.fromEntries(kept),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken ?? "",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

const competing: ReadonlySet<string> = new Set([
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SECURITY_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_CREDENTIAL_FILE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
]);

function checkedTask(text: string): TaskName {
  const task = parseTaskName(text);
  if (task) return task;
  throw new CommandError(exitCode.usage, `--task "${text}" is not a task. The five are: ${taskNames.join(", ")}.`);
}

function checkedAccount(text: string): AccountId {
  const account = parseAccountId(text);
  if (account) return account;
  throw new CommandError(exitCode.usage, `--account "${text}" is not an AWS account id: it has twelve digits.`);
}
