import fc from "fast-check";
import type { SandboxOrganization } from "#simulator";
import { services } from "../../simulator/services/registry.ts";
import type { Service } from "../../simulator/services/service.ts";
import type { OperationModel } from "../../simulator/wire/service-model.ts";
import { administrator } from "../simulator/clients.ts";
import { homeRegion } from "../simulator/identity-center.ts";
import { rootSession } from "../simulator/root-session.ts";
import type { Members } from "../simulator/wire/comparable.ts";
import { steered } from "../simulator/wire/steered-input.ts";
import { checkAnswer } from "./answer.ts";
import { type Conversation, conversation } from "./conversation.ts";
import { type Damage, damages } from "./damage.ts";
import { furnish } from "./furniture.ts";
import type { Fuzzer } from "./fuzzer.ts";
import { type Memory, memory } from "./memory.ts";
import { plausibleInput } from "./plausible-input.ts";
import type { Sender } from "./signed-request.ts";
import { tally } from "./tally.ts";
import { startTarget, type Target } from "./target.ts";

/** Signed requests with random members to every operation that the services' models have, modelled here or not. */
export const randomOperations: Fuzzer = {
  kind: "operations",
  description: "random signed requests to every operation of every service's model",
  runsPerRound: 2000,
  start: async () => {
    const target = await startTarget();
    const keys = target.sandbox.administrators.map(({ accessKeyId }) => accessKeyId);
    const world = { target, speak: conversation(target.sandbox), known: memory(["administrator", ...keys]) };
    const senders = await sendersOf(target.sandbox);
    await furnish(world.speak, target.sandbox, world.known);
    const { count, counts } = tally();
    const property = fc.asyncProperty(calls, fc.nat(senders.length - 1), async (call, index) => {
      count(await outcome(world, call, senders[index]));
    });
    const stop = async (): Promise<void> => {
      world.speak.close();
      await target.sandbox.close();
    };
    return { property, counts, stop };
  },
};

interface World {
  readonly target: Target;
  readonly speak: Conversation;
  readonly known: Memory;
}

async function outcome({ target, speak, known }: World, call: RandomCall, sender?: Sender): Promise<string> {
  if (!sender) throw new Error("There is nobody to send it.");
  const { service, operation, damage } = call;
  const input = known.resolve(call.input);
  const { answer, output, error } = await speak.send({ service, operation, input, sender, damage });
  if (!answer) return "not sent: the client refused it";
  try {
    checkAnswer(answer, target.takeDefects());
    const { status, body } = answer;
    if (status === undefined) throw new Error(`no answer: ${body}`);
    if (output) known.learn(output);
    if (status < 300 && damage.kind === "none" && isWhole(call, input) && error) {
      throw new Error(`a success that the client cannot read (${String(error)}): ${body}`);
    }
    return status < 300 ? "2xx" : String(status);
  } catch (defect) {
    throw new Error(`${service}:${operation} with ${JSON.stringify(input)}`, { cause: defect });
  }
}

/** S3 tells operations apart by required members: CopyObject without its source is PutObject, whose answer is another. */
function isWhole({ service, operation }: RandomCall, input: Members): boolean {
  const model = services.find(({ name }) => name === service)?.model.operations.get(operation);
  return (model?.required ?? []).every((member) => input[member] !== undefined);
}

interface RandomCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Members;
  readonly damage: Damage;
}

interface Addressee {
  readonly service: Service;
  readonly operation: OperationModel;
}

/** Whom a random request goes to. */
export const addressees: fc.Arbitrary<Addressee> = fc.oneof(
  ...services.map((service) => ({ weight: modelled(service).length, arbitrary: operationsOf(service) })),
);

const calls: fc.Arbitrary<RandomCall> = addressees.chain(({ service, operation }) =>
  fc.record({
    service: fc.constant(service.name),
    operation: fc.constant(operation.name),
    input: inputOf(service, operation),
    damage: damages,
  }),
);

/** What is not modelled is refused in one way: some of those are enough. */
function operationsOf(service: Service): fc.Arbitrary<Addressee> {
  const known = modelled(service);
  const others = [...service.model.operations.values()].filter((operation) => !known.includes(operation));
  const one = (operations: readonly OperationModel[]): fc.Arbitrary<Addressee> =>
    fc.constantFrom(...operations).map((operation) => ({ service, operation }));
  if (others.length === 0) return one(known);
  return fc.oneof({ weight: 9, arbitrary: one(known) }, { weight: 1, arbitrary: one(others) });
}

function modelled({ model, operations }: Service): readonly OperationModel[] {
  return [...model.operations.values()].filter(({ name }) => name in operations);
}

const inputs = new Map<string, fc.Arbitrary<Members>>();

/** Some models are large: an operation's inputs are described when it is its turn. */
function inputOf({ name }: Service, operation: OperationModel): fc.Arbitrary<Members> {
  const key = `${name}:${operation.name}`;
  const known = inputs.get(key) ?? plausibleInput(operation).map((input) => sendable(name, input));
  inputs.set(key, known);
  return known;
}

/**
 * The client itself computes checksums and copies bodies: those need to be of a kind that it takes. Who asks SQS to wait
 * for a message gets no answer before.
 */
function sendable(service: string, input: Members): Members {
  const { input: taken } = steered(service, input, {});
  if (service === "sqs") return { ...taken, ...("WaitTimeSeconds" in taken ? { WaitTimeSeconds: 0 } : {}) };
  if (service !== "s3") return taken;
  const { Bucket, Key } = input;
  const { Body, ContentLength, ...rest } = taken;
  const named = { ...(Bucket === undefined ? {} : { Bucket }), ...(Key === undefined ? {} : { Key }) };
  return { ...rest, ...named, ...(Body === undefined || ContentLength === undefined ? {} : { Body }) };
}

/** Administrators in a Region and at Identity Center's home, and root sessions of three kinds. */
async function sendersOf(sandbox: SandboxOrganization): Promise<readonly Sender[]> {
  const management = [administrator(sandbox, "management"), administrator(sandbox, "management", homeRegion)];
  const orders = [administrator(sandbox, "orders"), administrator(sandbox, "orders", homeRegion)];
  return [
    ...management,
    ...management,
    ...management,
    ...orders,
    ...orders,
    administrator(sandbox, "audit"),
    await rootSession(sandbox, "orders", "S3UnlockBucketPolicy"),
    await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy"),
    await rootSession(sandbox, "orders", "IAMDeleteRootUserCredentials"),
  ];
}
