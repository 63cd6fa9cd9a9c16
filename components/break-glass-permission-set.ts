import { PermissionSet, type PermissionSetArgs } from "@pulumi/aws-native/sso/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { breakGlassPolicy, type PolicyJson } from "#iam";
import { type Transform, transformed } from "./transform.ts";

export interface BreakGlassPermissionSetArgs {
  /**
   * The IAM Identity Center instance that holds the permission set.
   *
   * @example "arn:aws:sso:::instance/ssoins-1234567890abcdef"
   */
  readonly instanceArn: Input<string>;
  /**
   * By which people find it in the access portal.
   *
   * @default "BreakGlassAssumeRoot"
   */
  readonly permissionSetName?: string | undefined;
  /**
   * What it is for, shown beside its name.
   *
   * @default "Break Glass - sts:AssumeRoot for emergency privileged access"
   */
  readonly description?: Input<string> | undefined;
  /**
   * What its holder may do; an output where it names what the program makes.
   *
   * @default breakGlassPolicy(): every task in every member account, and the console's account list
   * @example breakGlassPolicy({ tasks: ["IAMAuditRootUserCredentials"] })
   */
  readonly policy?: Input<PolicyJson> | undefined;
  /**
   * Its id at Cloud Control, `INSTANCE_ARN|PERMISSION_SET_ARN`, where Identity Center has it already with the same
   * settings: then it is taken over, because its name is taken.
   *
   * @default none: it is made
   */
  readonly existingId?: string | undefined;
  /**
   * Changes the arguments of the permission set before it is registered.
   *
   * @default none
   * @example { permissionSet: (args) => ({ ...args, relayStateType: "https://console.aws.amazon.com/iam/" }) }
   */
  readonly transform?: { readonly permissionSet?: Transform<PermissionSetArgs> | undefined } | undefined;
}

/**
 * A break-glass permission set: one hour in which its holder may open root sessions and, unless the policy says
 * otherwise, see the organization's accounts in the console.
 *
 * @example
 * new BreakGlassPermissionSet("break-glass", { instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef" });
 */
export class BreakGlassPermissionSet extends ComponentResource {
  readonly arn: Output<string>;
  readonly name: Output<string>;

  /** The resources that this component makes. */
  readonly nodes: { readonly permissionSet: PermissionSet };

  constructor(name: string, args: BreakGlassPermissionSetArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:BreakGlassPermissionSet", name, {}, options);

    const {
      instanceArn,
      permissionSetName = "BreakGlassAssumeRoot",
      description = "Break Glass - sts:AssumeRoot for emergency privileged access",
      policy = breakGlassPolicy(),
      existingId,
      transform = {},
    } = args;
    const permissionSet = new PermissionSet(
      `${name}-permission-set`,
      transformed(transform.permissionSet, {
        instanceArn,
        name: permissionSetName,
        description,
        sessionDuration: "PT1H",
        inlinePolicy: policy,
        // Said, so that what is taken over is compared with it, and what is added behind its back is seen.
        managedPolicies: [],
        customerManagedPolicyReferences: [],
        tags: [],
      }),
      { parent: this, ...(existingId === undefined ? {} : { import: existingId }) },
    );

    this.arn = permissionSet.permissionSetArn;
    this.name = permissionSet.name;
    this.nodes = { permissionSet };
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
