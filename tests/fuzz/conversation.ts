import { Agent } from "node:http";
import { Readable } from "node:stream";
import { type HttpRequest, HttpResponse } from "@smithy/core/transport";
import type { SandboxOrganization } from "#simulator";
import { services } from "../../simulator/services/registry.ts";
import type { Service } from "../../simulator/services/service.ts";
import { sdkServices, type SdkService } from "../simulator/wire/sdk-services.ts";
import { type Answer, unhurried } from "./answer.ts";
import { type Damage, noDamage } from "./damage.ts";
import { exchange, type FullAnswer } from "./http-exchange.ts";
import { type Sender, signedRequest } from "./signed-request.ts";

/** The real clients of all services, whose requests are damaged if so wished, signed as whoever is wished, and sent. */
export interface Conversation {
  readonly knows: (service: string) => boolean;
  readonly send: (question: Question) => Promise<Said>;
  readonly close: () => void;
}

export interface Question {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly sender: Sender;
  readonly damage?: Damage;
}

export interface Said {
  /** Absent when the client refused the input before it sent anything. */
  readonly answer?: Answer;
  /** What the client made of a successful answer. */
  readonly output?: object;
  /** The error that the client made of the answer, or had with it. */
  readonly error?: Error;
}

export function conversation(sandbox: SandboxOrganization): Conversation {
  const agent = new Agent({ keepAlive: true });
  const speakers = new Map(services.map((service) => [service.name, speaker(service, sandbox, agent)]));
  return {
    knows: (service) => speakers.has(service),
    send: (question) => {
      const speak = speakers.get(question.service);
      if (!speak) throw new Error(`The registry has no service ${question.service}.`);
      return speak.send(question);
    },
    close: () => {
      for (const { close } of speakers.values()) close();
      agent.destroy();
    },
  };
}

function speaker(service: Service, sandbox: SandboxOrganization, agent: Agent): Omit<Conversation, "knows"> {
  const sdkService = sdkServiceOf(service);
  let handle: (request: HttpRequest) => Promise<HttpResponse> = () => Promise.reject(new Error("Nothing was asked."));
  const client = sdkService.connect({
    handle: async (request: HttpRequest) => ({ response: await handle(request) }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    metadata: { handlerProtocol: "http/1.1" },
  });
  return {
    send: async ({ operation, input, sender, damage = noDamage }) => {
      let answer: Answer | undefined;
      handle = async (request) => {
        const send = async (): Promise<FullAnswer> =>
          exchange(await signedRequest(request, service, sender, damage, sandbox), sandbox.port, agent);
        const received = await send();
        answer = await unhurried(received, send);
        return responseOf(received);
      };
      const made = await outcomeOf(client.send(command(sdkService, operation, input)));
      return { ...made, ...(answer === undefined ? {} : { answer }) };
    },
    close: () => {
      client.destroy();
    },
  };
}

function sdkServiceOf({ name }: Service): SdkService {
  const found = sdkServices.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`No SDK client is known for ${name}.`);
  return found;
}

async function outcomeOf(sending: Promise<object>): Promise<Pick<Said, "output" | "error">> {
  try {
    return { output: await sending };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function command(service: SdkService, operation: string, input: object): unknown {
  const constructor: unknown = Reflect.get(service.module, `${operation}Command`);
  if (typeof constructor !== "function") throw new Error(`The client has no ${operation}Command.`);
  return Reflect.construct(constructor, [structuredClone(input)]);
}

function responseOf({ status = 0, headers, content }: FullAnswer): HttpResponse {
  return new HttpResponse({ statusCode: status, headers: { ...headers }, body: Readable.from([content]) });
}
