import type { z } from "zod";
import type { CallbackContext, HandlerErrorCode, ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";

/**
 * A resource type and its handlers. They work through the service's own operations as the caller, so a permission that
 * the caller lacks fails the request.
 */
export interface ResourceType {
  /** `AWS::SSO::PermissionSet`. */
  readonly name: string;
  readonly schema: z.ZodType<ResourceProperties>;
  /** The properties whose values, joined by `|`, identify a resource. */
  readonly identifier: readonly string[];
  readonly createOnly: readonly string[];
  readonly readOnly: readonly string[];
  /** Properties that a list has to be asked with. */
  readonly listRequires: readonly string[];
  /** Refuses by name what AWS has and the sandbox organization does not model. */
  readonly refuseUnmodelled?: (properties: ResourceProperties) => void;
  readonly create: Handler;
  /** Absent: AWS has no such handler either, every property is create-only. */
  readonly update?: Handler;
  readonly remove: Handler;
  readonly read: (key: ResourceProperties, call: Call) => Promise<ResourceProperties>;
}

/**
 * Carries a request on as far as it goes at once. Called again, later, until it is done; it may be called again after
 * the service found it in conflict with another write, so each step has to bear being repeated.
 *
 * @throws HandlerFailure or the service's own AwsFault
 */
export type Handler = (attempt: Attempt, call: Call) => Promise<Progress>;

export interface Attempt {
  /** The properties that identify the resource; of a resource to be created, what is known of them. */
  readonly key: ResourceProperties;
  readonly desired: ResourceProperties;
  /** Handlers write down here what a later attempt has to know. */
  readonly context: CallbackContext;
  /** To be told as soon as the identifying properties are known. */
  readonly identified: (key: ResourceProperties) => void;
}

export type Progress = "done" | "in progress";

/** A handler's own verdict, as opposed to an error of the service that it calls. */
export class HandlerFailure extends Error {
  override readonly name = "HandlerFailure";
  readonly code: HandlerErrorCode;

  constructor(code: HandlerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
