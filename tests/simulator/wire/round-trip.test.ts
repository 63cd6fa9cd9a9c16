import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { services } from "../../../simulator/services/registry.ts";
import { type OperationModel, type ServiceModel, serviceModel } from "../../../simulator/wire/service-model.ts";
import { arbitraryMembers } from "./arbitrary-shape.ts";
import { exchange, type Wire } from "./exchange.ts";
import { comparableMembers, type Members } from "./comparable.ts";
import { exceptions } from "./round-trip-exceptions.ts";
import { sdkServices, type SdkService } from "./sdk-services.ts";
import { steered } from "./steered-input.ts";

const runsPerOperation = 3;
/** EC2 has 750 operations. */
const runsPerOperationOfEc2 = 1;
const seed = 20261122;

describe("round trip: the real SDK clients understand our codec, and it understands them", function () {
  this.timeout(30_000);

  for (const service of sdkServices) {
    it(`every operation of ${service.name}`, async () => {
      const wire = exchange(service);
      const model = serviceModel(service.module, wire.client.config.protocolSettings);
      const failures = await failuresOf(service, model, wire);
      wire.client.destroy();
      expect(model.operations.size).to.be.greaterThan(3);
      const expected = exceptions[service.name] ?? {};
      const unexpected = [...failures].filter(([operation]) => !(operation in expected));
      expect(Object.fromEntries(unexpected), "operations that do not survive the round trip").to.deep.equal({});
      const stale = Object.keys(expected).filter((operation) => !failures.has(operation));
      expect(stale, "exceptions that are none any more").to.deep.equal([]);
    });
  }

  it("covers every service of the registry", () => {
    expect(sdkServices.map(({ name }) => name)).to.include.members(services.map(({ name }) => name));
  });
});

async function failuresOf(service: SdkService, model: ServiceModel, wire: Wire): Promise<ReadonlyMap<string, string>> {
  const failures = new Map<string, string>();
  const protocol = service.protocol(model);
  for (const operation of model.operations.values()) {
    const failure = await firstFailure(operation, service, { ...wire, protocol });
    if (failure !== undefined) failures.set(operation.name, failure);
  }
  return failures;
}

async function firstFailure(
  operation: OperationModel,
  service: SdkService,
  wire: Wire & { protocol: ReturnType<SdkService["protocol"]> },
): Promise<string | undefined> {
  const samples = fc.sample(fc.tuple(arbitraryMembers(operation.input), arbitraryMembers(operation.output)), {
    seed,
    numRuns: service.name === "ec2" ? runsPerOperationOfEc2 : runsPerOperation,
  });
  for (const [drawnInput, drawnOutput] of samples) {
    const { input, output } = steered(service.name, drawnInput, drawnOutput);
    try {
      const sent = structuredClone(input);
      const { decoded, received } = await wire.send(operation.name, sent, output, wire.protocol);
      if (decoded?.operation !== operation.name) return `was taken for ${decoded?.operation ?? "nothing known"}`;
      const inInput = difference(comparableMembers(decoded.input), comparableMembers(input));
      if (inInput !== undefined) return `input ${inInput}`;
      const inOutput = difference(comparableMembers(received), comparableMembers(output));
      if (inOutput !== undefined) return `output ${inOutput}`;
    } catch (error) {
      return error instanceof Error ? `threw ${error.message}` : String(error);
    }
  }
  return undefined;
}

/** The members that differ, not the whole structures. */
function difference(got: Members, wanted: Members): string | undefined {
  const names = [...new Set([...Object.keys(got), ...Object.keys(wanted)])];
  const differing = names.filter((name) => !isDeepStrictEqual(got[name], wanted[name]));
  if (differing.length === 0) return undefined;
  return differing
    .map((name) => `${name}: ${JSON.stringify(got[name])} instead of ${JSON.stringify(wanted[name])}`)
    .join("; ");
}
