import {
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";

const transformer = z.strictObject({
  inputPaths: z.record(z.string(), z.string()).optional(),
  inputTemplate: z.string().min(1).max(8192),
});

const inputs = z.object({
  arn: z.string(),
  eventBusName: z.string().default("default"),
  forceDestroy: z.boolean().default(false),
  input: z.string().optional(),
  inputPath: z.string().optional(),
  inputTransformer: transformer.optional(),
  roleArn: z.string().optional(),
  rule: z.string(),
  targetId: z.string().optional(),
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/** Where a rule sends its events. Its id cannot be parsed, names may hold the "-" in it: an import names it with "/". */
export const eventTarget = resourceType({
  token: "aws:cloudwatch/eventTarget:EventTarget",
  inputs,
  replacedOn: ["rule", "eventBusName", "targetId", "region"],
  localInputs: ["forceDestroy"],
  outputs: [],
  autoName: { property: "targetId", maximumLength: 255 },
  idOfImport: (id) => targetId(parseImportId(id)),

  create: (asked, place) => {
    const id = targetId({ bus: asked.eventBusName, rule: asked.rule, target: asked.targetId ?? "" });
    return describing(`creating EventBridge Target (${id})`, async () => {
      await putTarget(asked, place);
      return { id };
    });
  },

  read: (id, state, place) =>
    describing(`reading EventBridge Target (${id})`, () => readTarget(identityOf(id, state), place)),

  update: async (id, { new: asked, changed }, place) => {
    if ([...changed].every((property) => property === "forceDestroy")) return;
    await describing(`updating EventBridge Target (${id})`, () => putTarget(asked, place));
  },

  delete: (id, state, { clients, region }) =>
    describing(`deleting EventBridge Target (${id})`, async () => {
      const { bus, rule, target } = identityOf(id, state);
      const command = new RemoveTargetsCommand({
        Rule: rule,
        EventBusName: bus,
        Ids: [target],
        Force: state.forceDestroy ?? false,
      });
      try {
        refuseFailed((await clients.eventBridge(region).send(command)).FailedEntries);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }),
});

interface Identity {
  readonly bus: string;
  readonly rule: string;
  readonly target: string;
}

function identityOf(id: string, { rule, targetId: target, eventBusName: bus = "default" }: Partial<Inputs>): Identity {
  return rule !== undefined && target !== undefined ? { bus, rule, target } : parseImportId(id);
}

function targetId({ bus, rule, target }: Identity): string {
  return bus === "default" ? `${rule}-${target}` : `${bus}-${rule}-${target}`;
}

function parseImportId(id: string): Identity {
  const parts = id.split("/");
  const [target, rule] = [parts.pop(), parts.pop()];
  if (target && rule) return { bus: parts.join("/") || "default", rule, target };
  throw new Error(`unexpected format for ID (${id}), expected EVENTBUSNAME/RULENAME/TARGETID or RULENAME/TARGETID`);
}

async function putTarget(asked: Inputs, { clients, region }: Place): Promise<void> {
  const { inputTransformer } = asked;
  const target: Target = {
    Arn: asked.arn,
    Id: asked.targetId,
    ...(asked.roleArn ? { RoleArn: asked.roleArn } : {}),
    ...(asked.input ? { Input: asked.input } : {}),
    ...(asked.inputPath ? { InputPath: asked.inputPath } : {}),
    ...(inputTransformer
      ? {
          InputTransformer: {
            InputTemplate: inputTransformer.inputTemplate,
            InputPathsMap: inputTransformer.inputPaths ?? {},
          },
        }
      : {}),
  };
  const command = new PutTargetsCommand({ Rule: asked.rule, EventBusName: asked.eventBusName, Targets: [target] });
  refuseFailed((await clients.eventBridge(region).send(command)).FailedEntries);
}

/** The call as a whole succeeds where single targets fail. */
class TargetFailed extends Error {
  override readonly name = "TargetFailed";
  readonly code: string;

  constructor({ TargetId = "", ErrorCode = "", ErrorMessage = "" }: FailedEntry) {
    super(`${TargetId}: ${ErrorCode}: ${ErrorMessage}`);
    this.code = ErrorCode;
  }
}

interface FailedEntry {
  readonly TargetId?: string | undefined;
  readonly ErrorCode?: string | undefined;
  readonly ErrorMessage?: string | undefined;
}

function refuseFailed(entries: readonly FailedEntry[] = []): void {
  const [failed] = entries;
  if (failed) throw new TargetFailed(failed);
}

function isGone(error: unknown): boolean {
  const code = "ResourceNotFoundException";
  return failedWith(error, code) || (error instanceof TargetFailed && error.code === code);
}

async function readTarget(identity: Identity, place: Place): Promise<PropertyBag | undefined> {
  const found = await findTarget(identity, place);
  if (!found) return undefined;
  const { InputTransformer: transformed } = found;
  return {
    arn: found.Arn ?? "",
    eventBusName: identity.bus,
    rule: identity.rule,
    targetId: identity.target,
    roleArn: found.RoleArn ?? "",
    input: found.Input ?? "",
    inputPath: found.InputPath ?? "",
    ...(transformed
      ? {
          inputTransformer: {
            inputPaths: transformed.InputPathsMap ?? {},
            inputTemplate: transformed.InputTemplate ?? "",
          },
        }
      : {}),
  };
}

async function findTarget({ bus, rule, target }: Identity, { clients, region }: Place): Promise<Target | undefined> {
  const eventBridge = clients.eventBridge(region);
  try {
    for (let next: string | undefined, first = true; first || next !== undefined; first = false) {
      const command = new ListTargetsByRuleCommand({ Rule: rule, EventBusName: bus, Limit: 100, NextToken: next });
      const page = await eventBridge.send(command);
      const found = page.Targets?.find(({ Id }) => Id === target);
      if (found) return found;
      next = page.NextToken;
    }
    return undefined;
  } catch (error) {
    if (failedWith(error, "ResourceNotFoundException", "ValidationException")) return undefined;
    throw error;
  }
}
