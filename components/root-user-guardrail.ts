import { Policy, PolicyAttachment } from "@pulumi/aws/organizations/index.js";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { rootUserGuardrail } from "#iam";

export interface RootUserGuardrailArgs {
  /**
   * Where the policy is attached: ids of organizational units, of accounts, or of the organization's root. It never
   * affects the management account.
   *
   * @example ["ou-ab12-cdefghij"]
   */
  readonly targetIds: readonly string[];
  /** @default "DenyRootUser" */
  readonly policyName?: string | undefined;
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

    const { targetIds, policyName = "DenyRootUser" } = args;
    const policy = new Policy(
      `${name}-policy`,
      {
        name: policyName,
        description: "Denies member accounts' root users everything; root sessions (sts:AssumeRoot) are exempt",
        type: "SERVICE_CONTROL_POLICY",
        content: JSON.stringify(rootUserGuardrail()),
      },
      { parent: this },
    );
    const attachments = targetIds.map(
      (targetId) => new PolicyAttachment(`${name}-on-${targetId}`, { policyId: policy.id, targetId }, { parent: this }),
    );

    this.policyId = policy.id;
    this.nodes = { policy, attachments };
    this.registerOutputs({ policyId: this.policyId });
  }
}
