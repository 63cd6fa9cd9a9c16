import {
  OpenIdConnectProvider,
  type OpenIdConnectProviderArgs,
  Role,
  type RoleArgs,
  RolePolicy,
  type RolePolicyArgs,
} from "@pulumi/aws/iam/index.js";
import { ComponentResource, type ComponentResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import {
  checkRoleName,
  gitHubAudience,
  gitHubTokenIssuer,
  gitHubTrustPolicy,
  platformPolicy,
  type PolicyJson,
  type WorkflowPlace,
} from "#iam";
import { type Transform, transformed } from "./transform.ts";
import { whenKnown } from "./when-known.ts";

export interface GitHubDeploymentRoleArgs {
  /**
   * The only repository whose workflows may take the role.
   *
   * @example "example/organization"
   */
  readonly repository: string;
  /**
   * The environment that a job has to run in, or the branch or tag. An environment can ask somebody first.
   *
   * @example { environment: "organization" }
   */
  readonly place: WorkflowPlace;
  /**
   * `deploy` for `pulumi up`; `preview` for a role that only reads.
   *
   * @default "deploy"
   */
  readonly access?: "deploy" | "preview" | undefined;
  /**
   * ARN of GitHub's OpenID Connect provider in IAM, where the account has it already: it has at most one.
   *
   * @default none: it is made
   */
  readonly providerArn?: Input<string> | undefined;
  /**
   * A name and a path that `policy` does not let the role change: break-glass roles have the path `/break-glass/`.
   *
   * @default "BreakGlassDeployment", or "BreakGlassPreview" for `preview`
   */
  readonly roleName?: string | undefined;
  /**
   * What the role may do.
   *
   * @default platformPolicy({ access }): what the organization stack needs in the management account
   * @example delegateRole.arn.apply((delegateRoleArn) => platformPolicy({ access: "deploy", delegateRoleArn }))
   */
  readonly policy?: Input<PolicyJson> | undefined;
  /**
   * Changes the arguments of single nodes before they are registered.
   *
   * @default none
   */
  readonly transform?:
    | {
        readonly provider?: Transform<OpenIdConnectProviderArgs> | undefined;
        readonly role?: Transform<RoleArgs> | undefined;
        readonly policy?: Transform<RolePolicyArgs> | undefined;
      }
    | undefined;
}

/**
 * The role with which a workflow on GitHub runs `pulumi up` or `preview`, without stored keys. Trusts the tokens of one
 * repository in one environment or on one ref, for an hour.
 *
 * @throws WorkflowPlaceError for a repository, environment or ref that would let in more than itself
 * @throws RoleNameError for a name that IAM does not take
 * @example
 * new GitHubDeploymentRole("deployment", { repository: "example/organization", place: { environment: "organization" } });
 */
export class GitHubDeploymentRole extends ComponentResource {
  /** For `role-to-assume` in the workflow. */
  readonly arn: Output<string>;

  /** The resources that this component makes. */
  readonly nodes: {
    readonly provider: OpenIdConnectProvider | undefined;
    readonly role: Role;
    readonly policy: RolePolicy;
  };

  constructor(name: string, args: GitHubDeploymentRoleArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:GitHubDeploymentRole", name, {}, options);

    const { repository, place, access = "deploy", transform = {} } = args;
    const { roleName = access === "deploy" ? "BreakGlassDeployment" : "BreakGlassPreview" } = args;
    const { policy = platformPolicy({ access }) } = args;
    checkRoleName("/", roleName);
    // Refuses what is wrong before anything is registered, which an output would do too late.
    gitHubTrustPolicy("", repository, place);
    const provider = args.providerArn === undefined ? this.#makeProvider(name, transform.provider) : undefined;
    const providerArn = output(provider?.arn ?? args.providerArn ?? "");
    const role = new Role(
      `${name}-role`,
      transformed(transform.role, {
        name: roleName,
        description: `Break glass: pulumi ${access === "deploy" ? "up" : "preview"} from GitHub, ${repository}`,
        assumeRolePolicy: providerArn.apply((arn) => JSON.stringify(gitHubTrustPolicy(arn, repository, place))),
        maxSessionDuration: oneHour,
      }),
      { parent: this },
    );
    const rolePolicy = new RolePolicy(
      `${name}-policy`,
      transformed(transform.policy, {
        role: role.name,
        name: roleName,
        policy: whenKnown(policy, (document) => JSON.stringify(document)),
      }),
      { parent: this },
    );

    this.arn = role.arn;
    this.nodes = { provider, role, policy: rolePolicy };
    this.registerOutputs({ arn: this.arn });
  }

  #makeProvider(name: string, transform: Transform<OpenIdConnectProviderArgs> | undefined): OpenIdConnectProvider {
    return new OpenIdConnectProvider(
      `${name}-provider`,
      transformed(transform, { url: `https://${gitHubTokenIssuer}`, clientIdLists: [gitHubAudience] }),
      { parent: this },
    );
  }
}

const oneHour = 3600;
