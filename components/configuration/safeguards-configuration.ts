import type { BreakGlassPolicyOptions } from "#iam";
import type { AlertSubscription } from "../alert-topic.ts";
import type { DelegateAccess } from "../delegate-provider.ts";

/** What may be configured around root access; each left out is not made. */
export interface SafeguardsConfiguration {
  /** How the delegate's account is reached, for what is made there. */
  readonly delegateAccess?: DelegateAccess | undefined;
  readonly breakGlassRole?: RoleConfiguration | undefined;
  readonly rootUserGuardrail?: RootUserGuardrailConfiguration | undefined;
  readonly rootSessionGuardrail?: RootSessionGuardrailConfiguration | undefined;
  readonly rootAccessAlerts?: AlertsConfiguration | undefined;
}

/** What the holder of a permission set or of a role may do; accounts by id or name. */
export interface PolicyConfiguration extends Omit<BreakGlassPolicyOptions, "targetAccounts"> {
  readonly targetAccounts?: readonly string[] | undefined;
}

/** The break-glass role. */
export interface RoleConfiguration extends PolicyConfiguration {
  /** ARNs of IAM users and roles. */
  readonly trustedPrincipals: readonly string[];
  /** Id or name. Default: the delegated administrator, or the management account where there is none. */
  readonly account?: string | undefined;
  readonly name: string;
  readonly path: string;
  readonly sourceIdentity: boolean;
}

export interface RootUserGuardrailConfiguration {
  /** Paths or ids. */
  readonly organizationalUnits: readonly string[];
  readonly policyName: string;
}

export interface RootSessionGuardrailConfiguration {
  /** ARNs of IAM users and roles beside the permission sets and the break-glass role. */
  readonly otherPrincipals: readonly string[];
  readonly policyName: string;
}

export interface AlertsConfiguration {
  readonly subscriptions: readonly PlainAlertSubscription[];
  /** Of the topic. Default: that of IAM Identity Center. */
  readonly region?: string | undefined;
  /** Default: every Region that is enabled in the account. */
  readonly regions?: readonly string[] | undefined;
  /** ARN of a key of one's own. */
  readonly key?: string | undefined;
  readonly topicName: string;
}

/** A subscriber as it is written: the endpoint is known. */
export interface PlainAlertSubscription extends AlertSubscription {
  readonly endpoint: string;
}
