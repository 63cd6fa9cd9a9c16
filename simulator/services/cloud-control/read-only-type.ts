import { z } from "zod";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { HandlerErrorCode, ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { HandlerFailure, type ResourceType } from "./resource-type.ts";

/** Asks the type's own service as the caller, and parses as much of the answer as the handler uses. */
export type Ask = <Answer>(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  answer: z.ZodType<Answer>,
) => Promise<Answer>;

interface Definition {
  readonly name: string;
  /** The one property that identifies a resource. */
  readonly identifier: string;
  readonly readOnly: readonly string[];
  readonly service: HandlersService;
  /** @returns what the handler reads back: AWS leaves out what is not set */
  readonly read: (id: string, ask: Ask) => Promise<ResourceProperties>;
}

/** The service that the handlers work with. */
interface HandlersService {
  readonly name: string;
  /** How the SDK that the handlers use calls it, in messages. */
  readonly label: string;
  /** What the service's errors mean to Cloud Control. */
  readonly codes: Readonly<Record<string, HandlerErrorCode>>;
}

/** A type that can only be read here: its resources are made through their own service. */
export function readOnlyType({ name, identifier, readOnly, service, read }: Definition): ResourceType {
  const refuse = (): never => {
    throw notImplemented(`Writing a resource of type ${name}`);
  };
  return {
    name,
    schema: z.looseObject({}),
    identifier: [identifier],
    createOnly: [identifier],
    readOnly,
    listRequires: [identifier],
    create: refuse,
    remove: refuse,
    read: (key, call) => read(String(key[identifier]), askService(service, call)),
  };
}

function askService({ name, label, codes }: HandlersService, call: Call): Ask {
  return async (operation, input, answer) => {
    try {
      return answer.parse(await call.invoke(name, operation, input));
    } catch (error) {
      const code = error instanceof AwsFault ? codes[error.code] : undefined;
      if (!(error instanceof AwsFault) || code === undefined) throw error;
      throw new HandlerFailure(code, `${error.message} (Service: ${label}, Status Code: ${error.status})`);
    }
  };
}

/** Reads what the caller may not see as if it were not set, as some handlers do. */
export async function unlessDenied<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HandlerFailure && error.code === "AccessDenied") return undefined;
    throw error;
  }
}

/** Tags as CloudFormation has them; left out where there are none. */
export function tagsOf(tags: Readonly<Record<string, string>>): ResourceProperties {
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return pairs.length === 0 ? {} : { Tags: pairs };
}
