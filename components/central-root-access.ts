import { OrganizationsFeatures, type OrganizationsFeaturesArgs } from "@pulumi/aws/iam/index.js";
import {
  AwsServiceAccess,
  type AwsServiceAccessArgs,
  DelegatedAdministrator,
  type DelegatedAdministratorArgs,
} from "@pulumi/aws/organizations/index.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { AccountId, RootFeature } from "#iam";
import { type Transform, transformed } from "./transform.ts";

/** The service that the organization trusts, and that its delegated administrator administers. */
const servicePrincipal = "iam.amazonaws.com";

const rootFeatures: RootFeature[] = ["RootCredentialsManagement", "RootSessions"];

export interface CentralRootAccessArgs {
  /**
   * A member account that may open root sessions beside the management account.
   *
   * @default none: only the management account can assume root
   * @example parseAccountId("222222222222")
   */
  readonly delegatedAdministrator?: AccountId | undefined;
  /**
   * Set when AWS has that delegate already: it is taken over as it is, because registering it again fails.
   *
   * @default false
   */
  readonly delegateIsRegistered?: boolean | undefined;
  /**
   * What watches and limits the delegate. It is registered once these stand, and deregistered before they go.
   *
   * @default none
   */
  readonly delegateAfter?: readonly Resource[] | undefined;
  /**
   * Whether trusted access, features and delegate are removed for the whole organization when the stack is destroyed.
   * Others may rely on them by then. A delegate that is configured no more is deregistered in any case.
   *
   * `"delegate"` removes the delegate alone. It is for an organization in which somebody else has registered a delegate, too:
   * AWS takes trusted access away from no service that has one, so a destroy would disable the features and then fail.
   *
   * @default false: they stay
   */
  readonly removeOnDestroy?: boolean | "delegate" | undefined;
  /**
   * Changes the arguments of single nodes before they are registered.
   *
   * @default none
   */
  readonly transform?:
    | {
        readonly trustedAccess?: Transform<AwsServiceAccessArgs> | undefined;
        readonly features?: Transform<OrganizationsFeaturesArgs> | undefined;
        readonly delegatedAdministrator?: Transform<DelegatedAdministratorArgs> | undefined;
      }
    | undefined;
}

/**
 * Centralized root access for the whole organization: trusted access for IAM, both root access features and, if wanted,
 * a delegated administrator. Must be made with credentials of the management account.
 *
 * AWS refuses any other order, and on the way back the reverse (docs/aws-behaviour.md, section 3); the dependencies
 * between the resources are that order. One service's access is enabled; the organization itself is never managed here,
 * because `aws.organizations.Organization` disables every trusted service that it does not list. Enabling what is
 * enabled already changes nothing, so trusted access and features that somebody else made are simply shared.
 *
 * @example
 * new CentralRootAccess("central-root-access", { delegatedAdministrator: parseAccountId("222222222222") });
 */
export class CentralRootAccess extends ComponentResource {
  /** The features that are enabled in the organization. */
  readonly enabledFeatures: Output<string[]>;

  /** The resources that this component makes, for options and outputs that it does not offer itself. */
  readonly nodes: {
    readonly trustedAccess: AwsServiceAccess;
    readonly features: OrganizationsFeatures;
    readonly delegatedAdministrator: DelegatedAdministrator | undefined;
  };

  constructor(name: string, args: CentralRootAccessArgs = {}, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:CentralRootAccess", name, {}, options);

    const {
      delegatedAdministrator: accountId,
      delegateIsRegistered = false,
      delegateAfter = [],
      removeOnDestroy = false,
      transform = {},
    } = args;
    const own: CustomResourceOptions = { parent: this, retainOnDelete: removeOnDestroy !== true };
    const trustedAccess = new AwsServiceAccess(
      `${name}-trusted-access`,
      transformed(transform.trustedAccess, { servicePrincipal }),
      own,
    );
    const features = new OrganizationsFeatures(
      `${name}-features`,
      transformed(transform.features, { enabledFeatures: rootFeatures }),
      { ...own, dependsOn: trustedAccess },
    );
    const delegatedAdministrator =
      accountId &&
      new DelegatedAdministrator(
        `${name}-delegated-administrator`,
        transformed(transform.delegatedAdministrator, { accountId, servicePrincipal }),
        {
          parent: this,
          dependsOn: [features, ...delegateAfter],
          // Kept where the features are deleted with it, which is on destroy; retainOnDelete would keep it when it is
          // another account's turn, too, and leave the former one able to open root sessions.
          ...(removeOnDestroy === false ? { deletedWith: features } : {}),
          ...(delegateIsRegistered ? { import: `${accountId}/${servicePrincipal}` } : {}),
        },
      );

    this.enabledFeatures = features.enabledFeatures;
    this.nodes = { trustedAccess, features, delegatedAdministrator };
    this.registerOutputs({ enabledFeatures: this.enabledFeatures });
  }
}
