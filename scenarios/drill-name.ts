import { z } from "zod";
import { accessFromProfile, RootAccessError } from "#root-access";
import { newDrillName } from "./names.ts";
import { describeLeftover, findLeftovers } from "./leftovers.ts";

const inputSchema = z.object({ region: z.string(), profile: z.string().optional() });
const stateSchema = inputSchema.extend({ drillName: z.string() });

/** The state of the resource DrillName: the name, and where and as whom to look for leftovers. */
export type DrillNameState = z.infer<typeof stateSchema>;

/** A new name at each call: what a stack has made keeps the name that its state holds. */
export function createDrillName(inputs: unknown): { id: string; outs: DrillNameState } {
  const drillName = newDrillName();
  return { id: drillName, outs: { ...inputSchema.parse(inputs), drillName } };
}

/** Another Region is another drill; another profile is just noted. */
export function diffDrillName(olds: unknown, news: unknown): { changes: boolean; replaces: string[] } {
  const [before, after] = [inputSchema.parse(olds), inputSchema.parse(news)];
  const moved = before.region !== after.region;
  return { changes: moved || before.profile !== after.profile, replaces: moved ? ["region"] : [] };
}

/** @returns the state under the name that it has */
export function updateDrillName(olds: unknown, news: unknown): { outs: DrillNameState } {
  return { outs: { ...inputSchema.parse(news), drillName: stateSchema.parse(olds).drillName } };
}

/**
 * Says on stderr, which the engine shows beside the resource, what of the drill is still there and which command removes
 * it. Never fails: the drill's name is all that would be kept.
 */
export async function reportLeftovers(state: unknown): Promise<void> {
  const { drillName, region, profile } = stateSchema.parse(state);
  process.stderr.write(await leftoverReport(drillName, region, profile));
}

async function leftoverReport(drillName: string, region: string, profile?: string): Promise<string> {
  const command = `npx break-glass drill cleanup --region ${region}${profile === undefined ? "" : ` --profile ${profile}`}`;
  try {
    const leftovers = await findLeftovers(accessFromProfile(profile, region), drillName);
    if (leftovers.length === 0) return "";
    const lines = leftovers.map((leftover) => `  ${describeLeftover(leftover)}\n`);
    return `Still there of ${drillName}, though no longer in the stack's state:\n${lines.join("")}Remove it with: ${command}\n`;
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    return `Could not look for what is left of ${drillName}. ${error.message} Look for it later with: ${command}\n`;
  }
}
