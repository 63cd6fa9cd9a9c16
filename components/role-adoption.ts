import { getRole, type GetRoleResult } from "@pulumi/aws/iam/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { type BreakGlassRoleSettings, breakGlassRoleSettings } from "./break-glass-role-settings.ts";
import { configurationNamespace } from "./configuration.ts";
import { observe, type Observed } from "./observed.ts";
import { knownState, type OwnResources } from "./own-resources.ts";
import { refused, type Reviewed } from "./review.ts";
import type { PlannedRole } from "./role-review.ts";

/**
 * Looks for a role of the planned name, because IAM refuses a second one: one with the same settings is taken over, one
 * with others is somebody's and left alone. A role in the stack's state is not looked up.
 *
 * @param options with the provider of the account in which the role is to be made
 * @returns whether there is a role to take over
 */
export async function adoptRole(
  planned: PlannedRole,
  own: OwnResources | undefined,
  options: InvokeOptions,
): Promise<Observed<Reviewed<boolean>>> {
  if (own === undefined) return { needs: knownState };
  if (isOwnRole(own, planned)) return { known: { accepted: false } };
  const found = await observe(findRole(planned.name, options), "iam:GetRole");
  if ("needs" in found) return found;
  return { known: found.known === undefined ? { accepted: false } : reviewFound(planned, found.known) };
}

async function findRole(name: string, options: InvokeOptions): Promise<GetRoleResult | undefined> {
  try {
    return await getRole({ name }, options);
  } catch (error) {
    if (error instanceof Error && /couldn't find resource|NoSuchEntity/.test(error.message)) return undefined;
    throw error;
  }
}

function reviewFound(planned: PlannedRole, found: GetRoleResult): Reviewed<boolean> {
  const differences = differencesOf(breakGlassRoleSettings(planned), planned.path, found);
  if (differences.length === 0) return { accepted: true };
  return refused(
    `${configurationNamespace}:breakGlassRole: account ${planned.accountId} has a role ${planned.name} that this stack does not manage, with ${differences.join(", ")}. ` +
      "It is left alone: choose another breakGlassRole.name, or give it the settings configured here and it is taken over.",
  );
}

function differencesOf(
  { description, trust, maxSessionDuration }: BreakGlassRoleSettings,
  path: string,
  found: GetRoleResult,
): readonly string[] {
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.path === path, `another path (${found.path})`],
    [found.description === description, `another description (${found.description})`],
    [isDeepStrictEqual(JSON.parse(found.assumeRolePolicy), trust), "another trust policy"],
    [found.maxSessionDuration === maxSessionDuration, `another session duration (${found.maxSessionDuration} s)`],
    [found.permissionsBoundary === "", "a permissions boundary"],
    [Object.keys(found.tags).length === 0, `tags (${Object.keys(found.tags).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}

/** A role's name is its own in an account, whatever its path is: another path is a change of the same role. */
function isOwnRole(own: OwnResources, { accountId, name }: PlannedRole): boolean {
  return own.some(
    ({ type, outputs: { arn } }) =>
      type === "aws:iam/role:Role" &&
      typeof arn === "string" &&
      arn.startsWith(`arn:aws:iam::${accountId}:role/`) &&
      arn.endsWith(`/${name}`),
  );
}
