import { Assignment, type AssignmentArgs } from "@pulumi/aws-native/sso/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import type { PrincipalType } from "./facts/principal-facts.ts";
import { type Transform, transformed } from "./transform.ts";
import { logicalPart } from "./when-known.ts";

export interface BreakGlassAssignmentsArgs {
  /**
   * The IAM Identity Center instance that holds the permission set.
   *
   * @example "arn:aws:sso:::instance/ssoins-1234567890abcdef"
   */
  readonly instanceArn: Input<string>;
  /**
   * The permission set that is assigned.
   *
   * @example permissionSet.arn
   */
  readonly permissionSetArn: Input<string>;
  /**
   * Who gets it, and in which account.
   *
   * @default nobody
   */
  readonly assignments?: readonly BreakGlassAssignment[] | undefined;
  /**
   * Changes the arguments of each assignment before it is registered.
   *
   * @default none
   */
  readonly transform?: { readonly assignments?: Transform<AssignmentArgs> | undefined } | undefined;
}

/** Who may sign in where. The account is the management account or the delegated administrator's. */
export interface BreakGlassAssignment {
  readonly accountId: AccountId;
  /** By its id in the identity store, which may be an output: `group.groupId`. */
  readonly principal: { readonly type: PrincipalType; readonly id: Input<string> };
  /** Its id at Cloud Control where it exists already: then it is taken over, because AWS refuses to make it again. */
  readonly existingId?: string | undefined;
}

/**
 * Users and groups of IAM Identity Center that hold the permission set in the management account or in the delegated
 * administrator's account: the two from which root can be assumed (docs/aws-behaviour.md, section 1).
 *
 * @example
 * new BreakGlassAssignments("break-glass", {
 *   instanceArn,
 *   permissionSetArn: permissionSet.arn,
 *   assignments: [{ accountId, principal: { type: "GROUP", id: group.groupId } }],
 * });
 */
export class BreakGlassAssignments extends ComponentResource {
  /** The resources that this component makes, in the order of `assignments`. */
  readonly nodes: { readonly assignments: readonly Assignment[] };

  constructor(name: string, args: BreakGlassAssignmentsArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:BreakGlassAssignments", name, {}, options);

    const { instanceArn, permissionSetArn, assignments = [], transform = {} } = args;
    this.nodes = {
      assignments: assignments.map(
        (planned, index) =>
          new Assignment(
            `${name}-${logicalName(planned, index)}`,
            transformed(transform.assignments, {
              instanceArn,
              permissionSetArn,
              targetType: "AWS_ACCOUNT",
              targetId: planned.accountId,
              principalType: planned.principal.type,
              principalId: planned.principal.id,
            }),
            { parent: this, ...(planned.existingId === undefined ? {} : { import: planned.existingId }) },
          ),
      ),
    };
    this.registerOutputs({});
  }
}

/**
 * Tells assignments apart by ids. A name would do until somebody renames the group: then Pulumi would make the "new"
 * assignment, which AWS takes for the one that exists, and delete the "old" one, which is the same. An id that is an
 * output is told by its position: keep the order, or give the ids as texts.
 */
function logicalName({ accountId, principal }: BreakGlassAssignment, index: number): string {
  return `${principal.type.toLowerCase()}-${logicalPart(principal.id, index)}-in-${accountId}`;
}
