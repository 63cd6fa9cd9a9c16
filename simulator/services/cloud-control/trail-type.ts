import { z } from "zod";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { HandlerErrorCode, ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { HandlerFailure, type ResourceType } from "./resource-type.ts";

const typeName = "AWS::CloudTrail::Trail";

/** A trail, to be read only: the sandbox's trails are made through CloudTrail itself. */
export const trailType: ResourceType = {
  name: typeName,
  schema: z.looseObject({}),
  identifier: ["TrailName"],
  createOnly: ["TrailName"],
  readOnly: ["Arn", "SnsTopicArn"],
  listRequires: ["TrailName"],
  create: refuse,
  remove: refuse,
  read: (key, call) => readTrail(z.object({ TrailName: z.string() }).parse(key).TrailName, call),
};

function refuse(): never {
  throw notImplemented(`Writing a resource of type ${typeName}`);
}

async function readTrail(name: string, call: Call): Promise<ResourceProperties> {
  const ask = (operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> =>
    askCloudTrail(operation, input, call);
  const { Trail: trail } = trailAnswer.parse(await ask("GetTrail", { Name: name }));
  const { IsLogging } = statusAnswer.parse(await ask("GetTrailStatus", { Name: trail.TrailARN }));
  const { EventSelectors } = selectorsAnswer.parse(await ask("GetEventSelectors", { TrailName: trail.TrailARN }));
  return {
    TrailName: trail.Name,
    Arn: trail.TrailARN,
    S3BucketName: trail.S3BucketName,
    IsLogging,
    IsMultiRegionTrail: trail.IsMultiRegionTrail,
    IsOrganizationTrail: trail.IsOrganizationTrail,
    IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
    EnableLogFileValidation: trail.LogFileValidationEnabled,
    EventSelectors,
    AdvancedEventSelectors: [],
    InsightSelectors: [],
    Tags: [],
  };
}

async function askCloudTrail(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  call: Call,
): Promise<unknown> {
  try {
    return await call.invoke("cloudtrail", operation, input);
  } catch (error) {
    const code = error instanceof AwsFault ? codes.get(error.code) : undefined;
    if (!(error instanceof AwsFault) || code === undefined) throw error;
    throw new HandlerFailure(code, `${error.message} (Service: CloudTrail, Status Code: ${error.status})`);
  }
}

const codes: ReadonlyMap<string, HandlerErrorCode> = new Map([
  ["TrailNotFoundException", "NotFound"],
  ["AccessDeniedException", "AccessDenied"],
]);

const trailAnswer = z.object({
  Trail: z.object({
    Name: z.string(),
    TrailARN: z.string(),
    S3BucketName: z.string(),
    IsMultiRegionTrail: z.boolean(),
    IsOrganizationTrail: z.boolean(),
    IncludeGlobalServiceEvents: z.boolean(),
    LogFileValidationEnabled: z.boolean(),
  }),
});
const statusAnswer = z.object({ IsLogging: z.boolean() });
const selectorsAnswer = z.object({ EventSelectors: z.array(z.record(z.string(), z.unknown())) });
