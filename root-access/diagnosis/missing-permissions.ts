import { type AccessDenied, breakGlassPolicy, consoleActions } from "#iam";
import { actionsOfRound, consoleRound, consoleSentences, roundOfAction } from "./console-rounds.ts";
import { isAllowedByIdentity } from "./denying-statement.ts";
import type { Denial } from "./denial.ts";
import type { Change, Diagnosis } from "./diagnosis.ts";
import type { KnownPolicies } from "./known-policies.ts";
import { pasteablePolicy } from "./pasteable-policy.ts";
import { permissionSetOfRole, roleOfSession } from "./principal-arn.ts";

/**
 * What identity-based policies do not allow, all at once for each principal. Where the console's own actions are among
 * it, the console would go on to miss the others, round after round: the second change spares one that.
 *
 * @param denials refusals for want of an Allow
 * @param consoleDenials sentences of the console, which name no action
 */
export function missingPermissions(
  denials: readonly Denial[],
  consoleDenials: readonly Denial[],
  known: KnownPolicies,
): readonly Diagnosis[] {
  const told = denials.flatMap((denial) => (denial.said ? [{ denial, said: denial.said }] : []));
  const byPrincipal = Map.groupBy(told, ({ said }) => said.principalArn);
  const diagnoses = [...byPrincipal].map(([principal, lacking]) => ofPrincipal(principal, lacking, known));
  return consoleDenials.length === 0 ? diagnoses : [...diagnoses, ofConsole(consoleDenials)];
}

interface Lacking {
  readonly denial: Denial;
  readonly said: AccessDenied;
}

function ofPrincipal(principal: string, lacking: readonly Lacking[], known: KnownPolicies): Diagnosis {
  const actions = [...new Set(lacking.map(({ said }) => said.action))];
  const rounds = actions.some((action) => roundOfAction(action) !== undefined);
  return {
    cause: rounds ? "console-permissions" : "missing-permission",
    because: `No identity-based policy of ${holder(principal)} allows ${listed(actions)}.${roundsInWords(actions)}`,
    changes: [
      { what: `Add to the ${whereToAdd(principal)}:`, json: pasteablePolicy(...statementsFor(lacking)) },
      ...(rounds ? [wholeListing(lacking, known)] : []),
    ],
    notChecked: [],
    denials: lacking.map(({ denial }) => denial),
  };
}

/** One statement for each resource, so that nothing more than what was refused is allowed. */
function statementsFor(lacking: readonly Lacking[]): readonly object[] {
  const byCircumstances = Map.groupBy(lacking, ({ denial, said: { resource = "*" } }) =>
    JSON.stringify([resource, denial.event?.taskPolicyArn]),
  );
  return [...byCircumstances.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const task = first.denial.event?.taskPolicyArn;
    return [
      {
        Effect: "Allow",
        Action: [...new Set(group.map(({ said }) => said.action))],
        Resource: first.said.resource ?? "*",
        ...(task === undefined ? {} : { Condition: { StringEquals: { "sts:TaskPolicyArn": task } } }),
      },
    ];
  });
}

/** The statement of the guides, which is the whole of what the console needs; less what is known to be allowed. */
function wholeListing(lacking: readonly Lacking[], known: KnownPolicies): Change {
  const [first] = lacking;
  const missing = consoleActions.filter((action) => !(first && isAllowedByIdentity(first.denial, action, known)));
  const Action = missing.length === consoleActions.length ? consoleActions : missing;
  return {
    what: "Or, for somebody who uses the console, add all that it will miss next, so that no further round is needed:",
    json: pasteablePolicy({ Sid: "AllowListAccounts", Effect: "Allow", Action, Resource: "*" }),
  };
}

function ofConsole(denials: readonly Denial[]): Diagnosis {
  const rounds = denials.flatMap(({ message }) => consoleRound(message) ?? []);
  const shortfall = rounds.map((round) => `round ${round} of 3 misses ${listed(actionsOfRound(round))}`).join("; ");
  const isFirst = rounds.includes(1);
  const [, listing] = breakGlassPolicy().Statement;
  return {
    cause: "console-permissions",
    because:
      `The console says so when the permission set lacks what it calls to show accounts: ${shortfall}.` +
      (isFirst ? " It says the same before the account is registered as the delegated administrator." : ""),
    changes: [
      {
        what: "Add the whole statement to the permission set's inline policy, then sign in again:",
        json: pasteablePolicy(...(listing ? [listing] : [])),
      },
      ...(isFirst ? [registration] : []),
    ],
    notChecked: [],
    denials,
  };
}

const registration: Change = {
  what: "If these are there, see in the management account that this account is the delegated administrator:",
  command: "aws organizations list-delegated-administrators --service-principal iam.amazonaws.com",
};

function roundsInWords(actions: readonly string[]): string {
  const rounds = [...new Set(actions.flatMap((action) => roundOfAction(action) ?? []))].toSorted();
  if (rounds.length === 0) return "";
  const said = rounds.map((round) => `round ${round} of 3, "${consoleSentences[round - 1] ?? ""}"`);
  return ` In the console this is ${listed(said)}; what the later rounds miss shows only then.`;
}

function holder(principalArn: string): string {
  const set = permissionSetOfRole(roleOfSession(principalArn) ?? "");
  return set === undefined ? principalArn : `${set}'s holder (${principalArn})`;
}

function whereToAdd(principalArn: string): string {
  const role = roleOfSession(principalArn);
  if (role === undefined) return `policies of ${principalArn}`;
  const set = permissionSetOfRole(role);
  return set === undefined
    ? `policies of the role ${role}`
    : `inline policy of the permission set ${set}, and provision it again`;
}

function listed(actions: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(actions);
}
