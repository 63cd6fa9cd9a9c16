import { PermissionSet } from "@pulumi/aws-native/sso/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { breakGlassPolicy } from "#iam";

/** The permission set's name, by which people find it in the access portal. */
export const permissionSetName = "BreakGlassAssumeRoot";

export interface BreakGlassPermissionSetArgs {
  /**
   * The IAM Identity Center instance that holds the permission set.
   *
   * @example "arn:aws:sso:::instance/ssoins-1234567890abcdef"
   */
  readonly instanceArn: Input<string>;
}

/**
 * The permission set BreakGlassAssumeRoot: one hour in which its holder may open root sessions and see the
 * organization's accounts in the console.
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

    const permissionSet = new PermissionSet(
      `${name}-permission-set`,
      {
        instanceArn: args.instanceArn,
        name: permissionSetName,
        description: "Break Glass - sts:AssumeRoot for emergency privileged access",
        sessionDuration: "PT1H",
        inlinePolicy: breakGlassPolicy(),
      },
      { parent: this },
    );

    this.arn = permissionSet.permissionSetArn;
    this.name = permissionSet.name;
    this.nodes = { permissionSet };
    this.registerOutputs({ arn: this.arn, name: this.name });
  }
}
