import type { AccountId } from "#iam";

/** A resource's properties, by their CloudFormation names. */
export type ResourceProperties = Readonly<Record<string, unknown>>;

/** A write that Cloud Control answers with a progress event and finishes later. */
export interface ResourceRequest {
  readonly token: string;
  readonly clientToken: string;
  readonly accountId: AccountId;
  readonly region: string;
  readonly typeName: string;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** All that the client asked, as text: the same client token may not ask anything else. */
  readonly asked: string;
  readonly started: Date;
  /** What the resource is to be; empty for a deletion. */
  readonly desired: ResourceProperties;
  /** Known from the start for an existing resource, otherwise once it is created. */
  identifier: string | undefined;
  /** What the resource type's handler remembers from one attempt to the next. */
  readonly callbackContext: CallbackContext;
  attempts: number;
  nextAttempt: Date;
  outcome: RequestOutcome | undefined;
}

export interface CallbackContext {
  /** The request id of the service's own asynchronous write that the handler waits for. */
  awaitedRequestId?: string;
}

/** How a request ended; clients see it from `at` on. */
export type RequestOutcome =
  | { readonly status: "SUCCESS"; readonly at: Date }
  | { readonly status: "FAILED"; readonly at: Date; readonly errorCode: HandlerErrorCode; readonly message: string };

/** Why a handler of a resource type failed. */
export type HandlerErrorCode =
  | "AccessDenied"
  | "AlreadyExists"
  | "GeneralServiceException"
  | "InvalidRequest"
  | "NotFound"
  | "ResourceConflict"
  | "ServiceInternalError"
  | "ServiceLimitExceeded"
  | "Throttling";
