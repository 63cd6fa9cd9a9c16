import type { TestSandbox } from "./sandbox.ts";

/** What AWS has of the alerts, wherever it is; ids that AWS draws are left out. */
export function readAlerts({ organization: { state } }: TestSandbox): readonly string[] {
  const living = [...state.keys.values()].filter(({ manager, deletion }) => manager === "CUSTOMER" && !deletion);
  const nameOf = new Map([...state.keyAliases.values()].map(({ keyArn, arn }) => [keyArn, arn]));
  const roles = [...state.iam].flatMap(([account, { roles }]) =>
    [...roles.values()]
      .filter(({ name }) => name.startsWith("alerts-"))
      .map(({ name, trustPolicy, inlinePolicies }) => [account, name, trustPolicy, ...inlinePolicies].join(" ")),
  );
  return [
    ...living.map(({ arn, description, policy, rotation, tags }) =>
      ["key", nameOf.get(arn) ?? "without an alias", description, policy, rotation?.days, ...tags].join(" "),
    ),
    ...[...state.keyAliases.values()].map(({ arn }) => `alias ${arn}`),
    ...[...state.topics.values()].map(({ arn, attributes }) =>
      [
        "topic",
        arn,
        attributes.get("DisplayName"),
        nameOf.get(attributes.get("KmsMasterKeyId") ?? ""),
        attributes.get("Policy"),
      ].join(" "),
    ),
    ...[...state.subscriptions.values()].map(({ topicArn, protocol, endpoint }) =>
      ["subscription", topicArn, protocol, endpoint].join(" "),
    ),
    ...roles.map((role) => `role ${role}`),
    ...[...state.eventRules.values()].map(({ arn, pattern, state: status, description, targets }) =>
      ["rule", arn, pattern, status, description, JSON.stringify([...targets.values()])].join(" "),
    ),
  ].sort();
}
