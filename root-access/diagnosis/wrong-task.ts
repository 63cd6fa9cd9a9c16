import { evaluate, parseArn, type TaskName, taskNames, taskPolicyDocument } from "#iam";
import type { Denial } from "./denial.ts";
import { requestOf } from "./denying-statement.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** A root session does what its task allows and nothing else (docs/aws-behaviour.md, section 2). */
export function wrongTask(denial: Denial): Diagnosis {
  const { action = "", resource = "*" } = denial.said ?? {};
  const fitting = tasksThatAllow(denial);
  const account = parseArn(denial.said?.principalArn ?? "")?.accountId ?? "ACCOUNT";
  return {
    cause: "wrong-task",
    because: `The root session was opened for a task that does not allow ${action} on ${resource}.`,
    changes:
      fitting.length === 0
        ? [
            {
              what: "None of the five tasks allows it: a root session cannot do this. Somebody in the member account has to.",
            },
          ]
        : fitting.map((task) => ({
            what: `Open the session for ${task}:`,
            command: `break-glass session --task ${task} --account ${account} -- COMMAND`,
          })),
    notChecked: [],
    denials: [denial],
  };
}

function tasksThatAllow(denial: Denial): readonly TaskName[] {
  const { said } = denial;
  if (!said) return [];
  const request = requestOf(said, denial);
  return taskNames.filter(
    (task) =>
      evaluate(request, { identity: [], session: [{ name: task, document: taskPolicyDocument(task) }] }).allowed,
  );
}
