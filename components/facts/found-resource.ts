import { getResource } from "@pulumi/aws/cloudcontrol/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import type { z } from "zod";

/** A resource as Cloud Control names it. */
export interface ResourceName {
  /** `AWS::SNS::Topic`. */
  readonly typeName: string;
  /** The values of the type's identifying properties, joined by `|` (docs/aws-behaviour.md, section 10). */
  readonly identifier: string;
  /** @default the provider's */
  readonly region?: string | undefined;
}

/**
 * Reads what AWS has of a resource that this stack may not know.
 *
 * @param schema of the properties that are of interest
 * @param options with the provider of the account in which it would be
 * @returns `undefined` where there is none
 * @example await findResource({ typeName: "AWS::CloudTrail::Trail", identifier: "trail" }, z.object({ IsLogging: z.boolean() }));
 */
export async function findResource<Properties>(
  { typeName, identifier, region }: ResourceName,
  schema: z.ZodType<Properties>,
  options: InvokeOptions = {},
): Promise<Properties | undefined> {
  const place = region === undefined ? {} : { region };
  const found = await unlessAbsent(getResource({ typeName, identifier, ...place }, options));
  return found === undefined ? undefined : schema.parse(JSON.parse(found.properties));
}

/** `undefined` for what the provider says does not exist. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/couldn't find resource|ResourceNotFoundException|NoSuchEntity|: not found/.test(message)) return undefined;
    throw error;
  }
}
