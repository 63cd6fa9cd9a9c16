import type { NamedPolicy } from "#iam";
import type { AwsFault } from "../aws-fault.ts";
import type { Caller } from "../caller.ts";
import type { Clock } from "../clock.ts";
import type { State } from "../state/state.ts";
import type { ServiceModel } from "../wire/service-model.ts";
import type { Protocol } from "../wire/wire.ts";

/**
 * One AWS service: its wire protocol and its operations. A service holds no wire, signature or logging code; an operation
 * is one exported constant of a file that its `operations.ts` names.
 */
export interface Service {
  /** For messages and the trail: `sts`, `organizations`, `s3` … */
  readonly name: string;
  /** Names that clients use in the credential scope of their signatures. */
  readonly signingNames: readonly string[];
  /** Prefix of the service's IAM actions. */
  readonly actionPrefix: string;
  /** `sts.amazonaws.com` in CloudTrail. */
  readonly eventSource: string;
  /** Where a global service records its events, for example `us-east-1` for IAM; otherwise the request's Region. */
  readonly globalRegion?: string;
  /** Operations that CloudTrail does not record as management events. */
  readonly dataOperations: ReadonlySet<string>;
  readonly model: ServiceModel;
  readonly protocol: Protocol;
  /** What the service's model demands of members by their names, in every operation. Throws AwsFault. */
  readonly checkMembers?: (input: object) => void;
  readonly operations: Readonly<Record<string, AnyOperation>>;
  /** How this service words a denial where it differs from `sts:AssumeRoot on resource: ARN`. */
  readonly denial: DenialStyle;
  /** How it refuses a request that leaves required members out. */
  readonly missingMembers: (members: readonly string[]) => AwsFault;
}

export interface DenialStyle {
  readonly code: string;
  readonly status: number;
  readonly shape: string;
  /** What stands before AWS's sentence. */
  readonly introduction?: string;
  readonly actionText: (action: string) => string;
  /** Empty: the sentence leaves the resource out. */
  readonly resourceText: (resource: string) => string;
}

/** What one request knows of its surroundings. */
export interface Call {
  readonly state: State;
  readonly clock: Clock;
  readonly caller: Caller;
  /** What is asked for, `organizations:ListAccounts`. */
  readonly operation: string;
  readonly region: string;
  /** Sent to `sts.amazonaws.com`, the endpoint without a Region. */
  readonly globalEndpoint: boolean;
  /** `http://127.0.0.1:PORT`, for answers that contain URLs. */
  readonly endpoint: string;
  /** How long a write takes until it is in effect, where AWS is known to take its time. */
  readonly propagationMilliseconds: number;
  /**
   * Calls another service's operation as the same caller: authorised and recorded like any request. Cloud Control
   * works so. The input's members are those of the operation's SDK command.
   */
  readonly invoke: (service: string, operation: string, input: Readonly<Record<string, unknown>>) => Promise<object>;
}

/** One operation: what is checked before, what it needs, what it does. */
export interface Operation<Input, Output> {
  /** Checks of parameters that AWS makes before it looks at permissions. Throws AwsFault. */
  readonly validate?: (input: Input, call: Call) => void;
  /** What the caller's policies have to allow, in AWS's order. Omitted: the operation's own action on `*`. */
  readonly requires?: (input: Input, call: Call) => readonly Requirement[];
  readonly perform: (input: Input, call: Call) => Output | Promise<Output>;
}

/** One thing the caller has to be allowed to do. */
export interface Requirement {
  /** The IAM action, `s3:ListBucket`. Omitted: the service's prefix and the operation's name. */
  readonly action?: string;
  /** ARN or `*`. */
  readonly resource: string;
  /** Owner of the resource where that is not the caller's account. */
  readonly resourceAccountId?: string;
  readonly resourcePolicy?: NamedPolicy;
  /** Role trust policies: identity-based policies alone never suffice. */
  readonly resourceMustAllow?: true;
  /** Response headers that come with a denial. */
  readonly denialHeaders?: Readonly<Record<string, string>>;
  /** What a denial of this one answers where that is not the service's usual sentence. */
  readonly refusal?: AwsFault;
  /** AWS does not say which kind of policy denied this one. */
  readonly unexplained?: true;
  /** Further condition keys, for example `sts:TaskPolicyArn`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * An operation as the pipeline sees it, which decodes its input by its own schema. These are methods and no properties,
 * because TypeScript then lets an operation on one kind of input stand among all of them.
 */
export interface AnyOperation {
  validate?(input: object, call: Call): void;
  requires?(input: object, call: Call): readonly Requirement[];
  perform(input: object, call: Call): object | Promise<object>;
}

/** Input after decoding: required members are there, bodies are bytes. */
export type Decoded<Input> = {
  readonly [Member in keyof Input]: Member extends "Body"
    ? Uint8Array | undefined
    : object extends Pick<Input, Member>
      ? Input[Member]
      : Exclude<Input[Member], undefined>;
};

/** Output before encoding: bodies are bytes. */
export type Encoded<Output> = {
  readonly [Member in keyof Output]: Member extends "Body" ? Uint8Array : Output[Member];
};
