import {
  Policy,
  type PolicyArgs,
  PolicyAttachment,
  type PolicyAttachmentArgs,
} from "@pulumi/aws/organizations/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { type ExistingGuardrail, importOfAttachment, rootUserGuardrailPolicy } from "./guardrail-policies.ts";
import { type Transform, transformed } from "./transform.ts";
import { logicalPart } from "./when-known.ts";

export interface RootUserGuardrailArgs {
  /**
   * Where the policy is attached: ids of organizational units, of accounts, or of the organization's root. It never
   * affects the management account. An attachment's logical name has the id in it, or, of an output, its position.
   *
   * @example ["ou-ab12-cdefghij", workloads.id]
   */
  readonly targetIds: readonly Input<string>[];
  /**
   * How the policy is called in AWS Organizations.
   *
   * @default "DenyRootUserExceptRootSessions"
   */
  readonly policyName?: string | undefined;
  /**
   * Set when AWS has the policy already with the same settings: it is taken over, with the attachments that exist.
   *
   * @default none: it is made
   */
  readonly existing?: ExistingGuardrail | undefined;
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

    const { targetIds, policyName = "DenyRootUserExceptRootSessions", existing, transform = {} } = args;
    const { description, content } = rootUserGuardrailPolicy(policyName);
    const policy = new Policy(
      `${name}-policy`,
      transformed(transform.policy, {
        name: policyName,
        description,
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(content),
      }),
      { parent: this, ...(existing === undefined ? {} : { import: existing.policyId }) },
    );
    const attachments = targetIds.map(
      (targetId, index) =>
        new PolicyAttachment(
          `${name}-on-${logicalPart(targetId, index)}`,
          transformed(transform.attachments, { policyId: policy.id, targetId }),
          { parent: this, ...importOfAttachment(existing, targetId) },
        ),
    );

    this.policyId = policy.id;
    this.nodes = { policy, attachments };
    this.registerOutputs({ policyId: this.policyId });
  }
}
