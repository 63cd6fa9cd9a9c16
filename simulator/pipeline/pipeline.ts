import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AwsFault } from "../aws-fault.ts";
import type { Clock } from "../clock.ts";
import { deliverDueEvents } from "../delivery/deliver-due-events.ts";
import { services, servicesBySigningName } from "../services/registry.ts";
import type { Call } from "../services/service.ts";
import { completeDueWrites } from "../services/sso-admin/asynchronous-writes.ts";
import type { State } from "../state/state.ts";
import type { WireRequest, WireResponse } from "../wire/wire.ts";
import { authenticate } from "./authenticate.ts";
import { decode } from "./decode.ts";
import { ConnectionCut, disturb, type Disturbances } from "./disturb.ts";
import { identify } from "./identify.ts";
import { likelyService, locate, type Location } from "./locate.ts";
import { invoker, operate } from "./operate.ts";
import { ClientGone, receive } from "./receive.ts";
import { signatureFaults } from "./signature-faults.ts";

/** What the pipeline works on. */
export interface Surroundings {
  readonly state: State;
  readonly clock: Clock;
  readonly port: number;
  readonly propagationMilliseconds: number;
  readonly faults: Disturbances | undefined;
  /** Told of every request that the sandbox refuses as not modelled, or that failed for a defect of its own. */
  readonly log: (line: string) => void;
}

/**
 * Answers one request: receive, locate, authenticate, decode, identify, authorise, operate, record, encode.
 *
 * @throws ConnectionCut when a fault on purpose wants no answer
 * @throws ClientGone when there is nobody to answer
 */
export async function answer(incoming: IncomingMessage, surroundings: Surroundings): Promise<WireResponse> {
  const response = await respond(incoming, surroundings);
  // By this header clients notice that their clock differs from the simulator's and sign again.
  const headers = { ...response.headers, date: surroundings.clock.now().toUTCString() };
  return { ...response, headers, body: incoming.method === "HEAD" ? "" : response.body };
}

async function respond(incoming: IncomingMessage, surroundings: Surroundings): Promise<WireResponse> {
  const requestId = randomUUID();
  let service = fallbackService;
  try {
    const request = await receive(incoming, surroundings.port);
    service = likelyService(request, services) ?? service;
    const location = locate(request, servicesBySigningName, signatureFaults(service.name));
    service = location.service;
    return await serve(request, location, requestId, surroundings);
  } catch (error) {
    if (error instanceof ConnectionCut || error instanceof ClientGone) throw error;
    return service.protocol.fail(faultOf(error, surroundings), requestId);
  }
}

const fallbackService = servicesBySigningName.get("sts") ?? missingService();

function missingService(): never {
  throw new Error("The registry has no service that answers to sts.");
}

async function serve(
  request: WireRequest,
  location: Location,
  requestId: string,
  surroundings: Surroundings,
): Promise<WireResponse> {
  const { service } = location;
  completeDueWrites(surroundings.state, surroundings.clock.now());
  deliverDueEvents(surroundings.state, surroundings.clock.now());
  const credential = authenticate(request, location, surroundings.state, surroundings.clock);
  const { operation, input, handler } = await decode(request, service, location.globalEndpoint);
  const caller = identify(credential, surroundings.state);
  if (!caller) throw signatureFaults(service.name).unknownKey();
  const userAgent = request.headers["user-agent"] ?? "";
  const call: Call = {
    state: surroundings.state,
    clock: surroundings.clock,
    caller,
    operation: `${service.name}:${operation}`,
    region: location.region,
    globalEndpoint: location.globalEndpoint,
    endpoint: `http://127.0.0.1:${surroundings.port}`,
    propagationMilliseconds: surroundings.propagationMilliseconds,
    invoke: invoker(services, userAgent, () => call),
  };
  const work = { service, operation, handler, input, userAgent, requestId };
  const { faults } = surroundings;
  const output = await (faults
    ? disturb(faults, work, call, (disturbed) => operate(work, disturbed))
    : operate(work, call));
  return service.protocol.encode(operation, output, requestId);
}

/** What is not AWS's own refusal is a defect of the simulator: logged in full, answered without its inside. */
function faultOf(error: unknown, { log }: Surroundings): AwsFault {
  if (error instanceof AwsFault) {
    if (error.status === 501) log(`refused: ${error.message}`);
    return error;
  }
  log(`defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new AwsFault("InternalFailure", "The sandbox organization failed; its log says why.", { status: 500 });
}
