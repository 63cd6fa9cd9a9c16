/** The policy of one bucket or queue, reached with one principal's credentials. */
export interface ResourcePolicy {
  readonly region: string;
  /** The policy's text as AWS keeps it, or `undefined` when there is none. */
  readonly read: () => Promise<string | undefined>;
  readonly put: (policy: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}
