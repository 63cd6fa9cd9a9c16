import { randomUUID } from "node:crypto";
import { AwsFault } from "../aws-fault.ts";
import type { AnyOperation, Call, Requirement, Service } from "../services/service.ts";
import { authorise } from "./authorise.ts";
import { record } from "./record.ts";

/** An operation about to be carried out: decoded, its caller known. */
export interface Work {
  readonly service: Service;
  readonly operation: string;
  readonly handler: AnyOperation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly userAgent: string;
  readonly requestId: string;
}

/**
 * Checks, authorises, carries out and records one operation.
 *
 * @throws AwsFault whatever AWS would answer; the trail has it too
 */
export async function operate(work: Work, call: Call): Promise<object> {
  const { service, operation, input, requestId, userAgent } = work;
  const answered = { service, operation, input, requestId, userAgent };
  try {
    const output = await perform(work, call);
    record({ ...answered, output }, call);
    return output;
  } catch (error) {
    if (error instanceof AwsFault) record({ ...answered, fault: error }, call);
    throw error;
  }
}

async function perform({ service, operation, handler, input }: Work, call: Call): Promise<object> {
  service.checkMembers?.(input);
  handler.validate?.(input, call);
  const requirements: readonly Requirement[] = handler.requires?.(input, call) ?? [{ resource: "*" }];
  for (const requirement of requirements) authorise(service, requirement, operation, call);
  return handler.perform(input, call);
}

/** How one service calls another on behalf of the same caller. */
export function invoker(services: readonly Service[], userAgent: string, callOf: () => Call): Call["invoke"] {
  return (serviceName, operation, input) => {
    const service = services.find(({ name }) => name === serviceName);
    const handler = service?.operations[operation];
    if (!service || !handler) throw new Error(`No operation ${serviceName}:${operation} to invoke.`);
    const call = { ...callOf(), operation: `${serviceName}:${operation}` };
    return operate({ service, operation, handler, input, userAgent, requestId: randomUUID() }, call);
  };
}
