import { z } from "zod";
import { findResource } from "./found-resource.ts";
import { observe, type Observed } from "./observed.ts";

/** A trail as far as EventBridge depends on it (docs/aws-behaviour.md, section 9). */
export interface Trail {
  readonly isLogging: boolean;
  readonly isMultiRegion: boolean;
  readonly isOrganizationTrail: boolean;
  /** Which management events it records; `"none"` where its selectors leave all of them out. */
  readonly managementEvents: "all" | "read" | "write" | "none";
}

/**
 * Reads a trail through Cloud Control: the provider has no function that lists trails or describes one.
 *
 * @returns `undefined` where the account has no such trail in the provider's Region
 */
export async function readTrail(name: string): Promise<Observed<Trail | undefined>> {
  const permissions = "cloudformation:GetResource, cloudtrail:GetTrail, GetTrailStatus, GetEventSelectors";
  return observe(describeTrail(name), permissions);
}

async function describeTrail(name: string): Promise<Trail | undefined> {
  const found = await findResource({ typeName: "AWS::CloudTrail::Trail", identifier: name }, trailSchema);
  return found && trailOf(found);
}

const selectorSchema = z.object({
  IncludeManagementEvents: z.boolean().default(true),
  ReadWriteType: z.enum(["All", "ReadOnly", "WriteOnly"]).default("All"),
});

const advancedSelectorSchema = z.object({
  FieldSelectors: z.array(z.object({ Field: z.string(), Equals: z.array(z.string()).default([]) })),
});

const trailSchema = z.object({
  IsLogging: z.boolean(),
  IsMultiRegionTrail: z.boolean().default(false),
  IsOrganizationTrail: z.boolean().default(false),
  EventSelectors: z.array(selectorSchema).default([]),
  AdvancedEventSelectors: z.array(advancedSelectorSchema).default([]),
});

function trailOf(trail: z.output<typeof trailSchema>): Trail {
  return {
    isLogging: trail.IsLogging,
    isMultiRegion: trail.IsMultiRegionTrail,
    isOrganizationTrail: trail.IsOrganizationTrail,
    managementEvents: managementEvents(trail),
  };
}

/** Without any selectors of its own a trail records every management event. */
function managementEvents({
  EventSelectors,
  AdvancedEventSelectors,
}: z.output<typeof trailSchema>): Trail["managementEvents"] {
  if (EventSelectors.length + AdvancedEventSelectors.length === 0) return "all";
  const basic = EventSelectors.filter((selector) => selector.IncludeManagementEvents).map(
    ({ ReadWriteType }) => classes[ReadWriteType],
  );
  const recorded = new Set([...basic, ...AdvancedEventSelectors.flatMap(advancedClass)]);
  if (recorded.has("all") || (recorded.has("read") && recorded.has("write"))) return "all";
  return [...recorded][0] ?? "none";
}

const classes = { All: "all", ReadOnly: "read", WriteOnly: "write" } as const;

function advancedClass({ FieldSelectors }: z.output<typeof advancedSelectorSchema>): ("all" | "read" | "write")[] {
  const field = (name: string): readonly string[] | undefined =>
    FieldSelectors.find(({ Field }) => Field === name)?.Equals;
  if (!field("eventCategory")?.includes("Management")) return [];
  const readOnly = field("readOnly");
  if (readOnly === undefined) return ["all"];
  return readOnly.includes("true") ? ["read"] : ["write"];
}
