import type { ExistingRole } from "./existing-role.ts";

/** What of an account's alerts is there already with the settings it would be made with, and is to be taken over. */
export interface ExistingAlerts {
  /** The key's id. */
  readonly keyId?: string | undefined;
  readonly hasKeyAlias?: boolean | undefined;
  readonly hasTopic?: boolean | undefined;
  readonly hasTopicPolicy?: boolean | undefined;
  /** The role that hands events on. */
  readonly role?: ExistingRole | undefined;
  /** By the names of their rules. */
  readonly rules?: ReadonlyMap<string, ExistingRule> | undefined;
  /**
   * Settings that a run which was killed did not come to. An import takes only what is there, so these are left as they
   * are by the run that takes over, and set by the next.
   */
  readonly unfinished?: ReadonlySet<UnfinishedSetting> | undefined;
}

export interface ExistingRule {
  /** `false` for a rule of the stack's own whose target alone is to be taken over. */
  readonly hasRule: boolean;
  readonly hasTarget: boolean;
}

/** What the provider sets in a call of its own after it has made the key or the topic. */
export type UnfinishedSetting = "the key's rotation" | "the topic's display name" | "the topic's key";
