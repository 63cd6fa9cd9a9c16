import { Role, type RoleArgs, RolePolicy, type RolePolicyArgs } from "@pulumi/aws/iam/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import {
  type AccountId,
  breakGlassPolicy,
  checkRoleName,
  parseTrustedPrincipals,
  type PolicyJson,
  switchRoleLink,
  switchRolePolicy,
} from "#iam";
import { breakGlassRoleSettings, settingsOfEveryRole } from "./break-glass-role-settings.ts";
import type { ExistingRole } from "./existing-role.ts";
import { type Transform, transformed } from "./transform.ts";
import { plainOf, whenAllKnown, whenKnown } from "./when-known.ts";

export interface BreakGlassRoleArgs {
  /**
   * The account that the role is made in: the management account or the delegated administrator's.
   *
   * @example parseAccountId("222222222222")
   */
  readonly accountId: AccountId;
  /**
   * Who may switch to the role: ARNs of IAM users and roles, each named whole. An account, a root user or a pattern is
   * refused: a text in the constructor, an output once it is known, before the role is made.
   *
   * @example ["arn:aws:iam::111122223333:user/dana", erin.arn]
   */
  readonly trustedPrincipals: readonly Input<string>[];
  /**
   * By which people switch to it.
   *
   * @default "BreakGlassAssumeRoot"
   */
  readonly roleName?: string | undefined;
  /**
   * Path and name together have at most 64 characters, so that the console can switch to the role.
   *
   * @default "/break-glass/"
   */
  readonly path?: string | undefined;
  /**
   * Demands that whoever switches names a source identity, which CloudTrail then shows for everything that follows. The
   * console's role link names none, so it may not serve then.
   *
   * @default false
   */
  readonly sourceIdentity?: boolean | undefined;
  /**
   * What the role may do.
   *
   * @default breakGlassPolicy(): every task in every member account, and the console's account list
   */
  readonly policy?: Input<PolicyJson> | undefined;
  /**
   * Set when the account has the role already with the same settings: it is taken over, with its inline policy of the
   * role's name where it has that.
   *
   * @default none: the role is made
   */
  readonly existing?: ExistingRole | undefined;
  /**
   * Changes the arguments of single nodes before they are registered.
   *
   * @default none
   */
  readonly transform?:
    | {
        readonly role?: Transform<RoleArgs> | undefined;
        readonly policy?: Transform<RolePolicyArgs> | undefined;
      }
    | undefined;
}

/**
 * The way in when IAM Identity Center is down: an IAM role that the named principals switch to for an hour, IAM users
 * with MFA only, and that may do what the permission set may.
 *
 * @throws UntrustworthyPrincipalError for a principal that stands for more than one identity
 * @throws RoleNameError for a path and name that IAM or the console does not take
 * @example
 * new BreakGlassRole("break-glass", { accountId, trustedPrincipals: ["arn:aws:iam::111122223333:user/dana"] });
 */
export class BreakGlassRole extends ComponentResource {
  readonly arn: Output<string>;
  /** The console's link, to hand out to the trusted people beforehand. */
  readonly switchRoleLink: string;
  /** What the trusted users and roles need on their side: `sts:AssumeRole` on exactly this role. */
  readonly trustedPrincipalsPolicy: Output<PolicyJson>;

  /** The resources that this component makes. */
  readonly nodes: { readonly role: Role; readonly policy: RolePolicy };

  constructor(name: string, args: BreakGlassRoleArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:BreakGlassRole", name, {}, options);

    const {
      accountId,
      trustedPrincipals,
      roleName = "BreakGlassAssumeRoot",
      path = "/break-glass/",
      sourceIdentity = false,
      policy = breakGlassPolicy(),
      existing,
      transform = {},
    } = args;
    checkRoleName(path, roleName);
    const { description, maxSessionDuration } = settingsOfEveryRole;
    const assumeRolePolicy = trustPolicyText(trustedPrincipals, sourceIdentity);
    const role = new Role(
      `${name}-role`,
      transformed(transform.role, {
        name: roleName,
        path,
        description,
        assumeRolePolicy,
        maxSessionDuration,
      }),
      { parent: this, ...(existing ? { import: roleName } : {}) },
    );
    const rolePolicy = new RolePolicy(
      `${name}-policy`,
      transformed(transform.policy, {
        role: role.name,
        name: roleName,
        policy: whenKnown(policy, (document) => JSON.stringify(document)),
      }),
      { parent: this, ...(existing?.hasPolicy ? { import: `${roleName}:${roleName}` } : {}) },
    );

    this.arn = role.arn;
    this.switchRoleLink = switchRoleLink(accountId, path, roleName);
    this.trustedPrincipalsPolicy = role.arn.apply((arn) => switchRolePolicy(arn, { sourceIdentity }));
    this.nodes = { role, policy: rolePolicy };
    this.registerOutputs({
      arn: this.arn,
      switchRoleLink: this.switchRoleLink,
      trustedPrincipalsPolicy: this.trustedPrincipalsPolicy,
    });
  }
}

function trustPolicyText(trustedPrincipals: readonly Input<string>[], sourceIdentity: boolean): Input<string> {
  const plain = plainOf(trustedPrincipals);
  // Beside an output, too, what is plain and wrong is refused before anything is registered.
  if (plain.length > 0) parseTrustedPrincipals(plain);
  return whenAllKnown(trustedPrincipals, (arns) =>
    JSON.stringify(breakGlassRoleSettings({ trustedPrincipals: arns, sourceIdentity }).trust),
  );
}
