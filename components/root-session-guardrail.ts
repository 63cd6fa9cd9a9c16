import {
  Policy,
  type PolicyArgs,
  PolicyAttachment,
  type PolicyAttachmentArgs,
} from "@pulumi/aws/organizations/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import {
  type ExistingGuardrail,
  importOfAttachment,
  rootSessionGuardrailDescription,
  rootSessionGuardrailPolicy,
} from "./guardrail-policies.ts";
import { type Transform, transformed } from "./transform.ts";
import { whenAllKnown } from "./when-known.ts";

export interface RootSessionGuardrailArgs {
  /**
   * The delegated administrator's account. The management account is beyond every service control policy.
   *
   * @example parseAccountId("222222222222")
   */
  readonly accountId: AccountId;
  /**
   * Permission sets whose holders may open root sessions there.
   *
   * @default none
   * @example ["BreakGlassAssumeRoot", unlock.name]
   */
  readonly permissionSetNames?: readonly Input<string>[] | undefined;
  /**
   * Further roles and users that may, for example a {@link BreakGlassRole}: ARNs with `*` and `?` where wanted.
   *
   * @default none
   * @example [breakGlassRole.arn]
   */
  readonly principalArns?: readonly Input<string>[] | undefined;
  /**
   * How the policy is called in AWS Organizations.
   *
   * @default "OnlyBreakGlassAssumesRoot"
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
        readonly attachment?: Transform<PolicyAttachmentArgs> | undefined;
      }
    | undefined;
}

/**
 * A service control policy on the delegated administrator's account: whatever its own administrators grant, only the
 * principals that break the glass open root sessions.
 *
 * @throws TypeError when nobody would be left who may
 * @example
 * new RootSessionGuardrail("root-session-guardrail", {
 *   accountId,
 *   permissionSetNames: ["BreakGlassAssumeRoot"],
 *   principalArns: [breakGlassRole.arn],
 * });
 */
export class RootSessionGuardrail extends ComponentResource {
  readonly policyId: Output<string>;

  /** The resources that this component makes. */
  readonly nodes: { readonly policy: Policy; readonly attachment: PolicyAttachment };

  constructor(name: string, args: RootSessionGuardrailArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:RootSessionGuardrail", name, {}, options);

    const {
      accountId,
      permissionSetNames = [],
      principalArns = [],
      policyName = "OnlyBreakGlassAssumesRoot",
      existing,
      transform = {},
    } = args;
    const content = whenAllKnown([...permissionSetNames, ...principalArns], (names) => {
      const sets = permissionSetNames.length;
      const openers = { accountId, permissionSetNames: names.slice(0, sets), principalArns: names.slice(sets) };
      return JSON.stringify(rootSessionGuardrailPolicy(policyName, openers).content);
    });
    const policy = new Policy(
      `${name}-policy`,
      transformed(transform.policy, {
        name: policyName,
        description: rootSessionGuardrailDescription,
        type: "SERVICE_CONTROL_POLICY",
        content,
      }),
      { parent: this, ...(existing === undefined ? {} : { import: existing.policyId }) },
    );
    const attachment = new PolicyAttachment(
      `${name}-attachment`,
      transformed(transform.attachment, { policyId: policy.id, targetId: accountId }),
      { parent: this, ...importOfAttachment(existing, accountId) },
    );

    this.policyId = policy.id;
    this.nodes = { policy, attachment };
    this.registerOutputs({ policyId: this.policyId });
  }
}
