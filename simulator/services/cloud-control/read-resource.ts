import { randomUUID } from "node:crypto";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { handlerFailed } from "./faults.ts";
import { handlerFailure } from "./handler-failure.ts";
import type { ResourceType } from "./resource-type.ts";

/**
 * Reads a resource while the client waits.
 *
 * @throws AwsFault ResourceNotFoundException, AccessDeniedException and others, in Cloud Control's words
 */
export async function readResource(
  type: ResourceType,
  key: ResourceProperties,
  call: Call,
): Promise<ResourceProperties> {
  try {
    return await type.read(key, call);
  } catch (error) {
    const { code, message } = handlerFailure(error);
    throw handlerFailed(type.name, code, message, randomUUID());
  }
}
