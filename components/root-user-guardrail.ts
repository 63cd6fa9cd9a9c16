import {
  Policy,
  type PolicyArgs,
  PolicyAttachment,
  type PolicyAttachmentArgs,
} from "@pulumi/aws/organizations/index.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { rootUserGuardrail } from "#iam";
import { type Transform, transformed } from "./transform.ts";

export interface RootUserGuardrailArgs {
  /**
   * Where the policy is attached: ids of organizational units, of accounts, or of the organization's root. It never
   * affects the management account.
   *
   * @example ["ou-ab12-cdefghij"]
   */
  readonly targetIds: readonly string[];
  /**
   * How the policy is called in AWS Organizations.
   *
   * @default "DenyRootUserExceptRootSessions"
   */
  readonly policyName?: string | undefined;
  /**
   * Changes the arguments of single nodes before they are registered.
   *
   * @default none
   */
  readonly transform?:
    | {
        readonly policy?: Transform<PolicyArgs> | undefined;
        readonly attachments?: Transform<PolicyAttachmentArgs> | undefined;
      }
    | undefined;
}

/**
 * A service control policy that denies the member accounts' own root users everything and lets root sessions through.
 * Service control policies have to be enabled in the organization; nothing here can enable them without owning the
 * organization as a whole (docs/aws-behaviour.md, sections 3 and 7).
 *
 * @example
 * new RootUserGuardrail("root-user-guardrail", { targetIds: ["ou-ab12-cdefghij"] });
 */
export class RootUserGuardrail extends ComponentResource {
  readonly policyId: Output<string>;

  /** The resources that this component makes; attachments in the order of `targetIds`. */
  readonly nodes: { readonly policy: Policy; readonly attachments: readonly PolicyAttachment[] };

  constructor(name: string, args: RootUserGuardrailArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:RootUserGuardrail", name, {}, options);

    const { targetIds, policyName = "DenyRootUserExceptRootSessions", transform = {} } = args;
    const policy = new Policy(
      `${name}-policy`,
      transformed(transform.policy, {
        name: policyName,
        description: "Denies member accounts' root users everything; root sessions (sts:AssumeRoot) are exempt",
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(rootUserGuardrail()),
      }),
      { parent: this },
    );
    const attachments = targetIds.map(
      (targetId) =>
        new PolicyAttachment(
          `${name}-on-${targetId}`,
          transformed(transform.attachments, { policyId: policy.id, targetId }),
          { parent: this },
        ),
    );

    this.policyId = policy.id;
    this.nodes = { policy, attachments };
    this.registerOutputs({ policyId: this.policyId });
  }
}
