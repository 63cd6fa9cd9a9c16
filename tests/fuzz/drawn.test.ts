import { expect } from "chai";
import fc from "fast-check";
import { services } from "../../simulator/services/registry.ts";
import { plausibleInput } from "./plausible-input.ts";
import { addressees } from "./random-operations.ts";

const seed = 20261125;

describe("random inputs", () => {
  it("go to every operation that the sandbox models", () => {
    const drawn = new Set(
      fc
        .sample(addressees, { seed, numRuns: 10_000 })
        .map(({ service, operation }) => `${service.name}:${operation.name}`),
    );
    const modelled = services.flatMap(({ name, operations }) =>
      Object.keys(operations).map((operation) => `${name}:${operation}`),
    );
    expect(modelled.filter((operation) => !drawn.has(operation))).to.deep.equal([]);
  });

  const readAsJson = [
    ["events", "PutRule", "EventPattern"],
    ["events", "TestEventPattern", "Event"],
    ["sns", "Publish", "Message"],
    ["sqs", "SendMessage", "MessageBody"],
    ["iam", "PutUserPolicy", "PolicyDocument"],
    ["organizations", "CreatePolicy", "Content"],
    ["cloudcontrol", "CreateResource", "DesiredState"],
  ] as const;
  for (const [serviceName, operationName, member] of readAsJson) {
    it(`nest deeper than calls can go in ${serviceName}:${operationName}, ${member}`, () => {
      const operation = services.find(({ name }) => name === serviceName)?.model.operations.get(operationName);
      if (!operation) throw new Error("There is no such operation.");
      const texts = fc.sample(plausibleInput(operation), { seed, numRuns: 1000 }).map((input) => input[member]);
      expect(texts.some((text) => typeof text === "string" && text.length >= 50_000)).to.equal(true);
    });
  }
});
