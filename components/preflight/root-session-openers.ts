import { type AccountId, type Opener, taskNames } from "#iam";
import { reviewAccount } from "../plan/account-review.ts";
import type {
  AssignmentConfiguration,
  Configuration,
  PermissionSetConfiguration,
} from "../configuration/configuration.ts";
import type { Organization } from "../facts/organization-facts.ts";

/** Somebody who is to open root sessions from the delegate's account, as the configuration calls it. */
export interface NamedOpener extends Opener {
  readonly name: string;
  /** What a policy's `aws:PrincipalArn` has to let through. */
  readonly pattern: string;
}

/** The delegated administrator, where the configuration has one that is in the organization. */
export function delegateOf(
  { delegatedAdministrator }: Pick<Configuration, "delegatedAdministrator">,
  organization: Organization,
): AccountId | undefined {
  if (delegatedAdministrator === undefined) return undefined;
  return accountOf(delegatedAdministrator, organization);
}

/**
 * The roles by which the configured people open root sessions from the delegate's account: those of the permission sets
 * that somebody holds there, or nobody anywhere yet, and the break-glass role where it is there.
 *
 * @param region IAM Identity Center's, which is part of a permission set's role (docs/aws-behaviour.md, section 4)
 */
export function rootSessionOpeners(
  configuration: Configuration,
  delegate: AccountId,
  organization: Organization,
  region: string,
): readonly NamedOpener[] {
  const { permissionSets, breakGlassRole } = configuration;
  const roles = `arn:aws:iam::${delegate}:role`;
  const sets = permissionSets.filter((set) => isHeldIn(delegate, set, configuration, organization));
  const path = `aws-reserved/sso.amazonaws.com/${region === "us-east-1" ? "" : `${region}/`}`;
  const openers = sets.map(({ name, tasks = taskNames }) => ({
    name: `permission set ${name}`,
    roleArn: `${roles}/${path}AWSReservedSSO_${name}_0123456789abcdef`,
    pattern: `${roles}/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${name}_*`,
    tasks,
  }));
  if (breakGlassRole === undefined) return openers;
  const { account, name, path: ownPath, tasks = taskNames } = breakGlassRole;
  if (account !== undefined && accountOf(account, organization) !== delegate) return openers;
  const roleArn = `${roles}${ownPath}${name}`;
  return [...openers, { name: `role ${name}`, roleArn, pattern: roleArn, tasks }];
}

function isHeldIn(
  delegate: AccountId,
  { name }: PermissionSetConfiguration,
  { assignments }: Configuration,
  organization: Organization,
): boolean {
  // Without a name an assignment is of the only permission set there is.
  const its = assignments.filter(({ permissionSet = name }) => permissionSet === name);
  const isThere = ({ account }: AssignmentConfiguration): boolean =>
    account === undefined || accountOf(account, organization) === delegate;
  return its.length === 0 || its.some(isThere);
}

/** Names that fit no account are refused elsewhere. */
function accountOf(text: string, organization: Organization): AccountId | undefined {
  const review = reviewAccount("", text, organization);
  return "accepted" in review ? review.accepted : undefined;
}
