import type { Verb } from "../program.ts";
import { drillCommand } from "./drill.ts";
import { rehearseCommand } from "./rehearse.ts";
import { sandboxCommand } from "./sandbox.ts";

/**
 * The verbs that need this checkout: its Pulumi projects, engine and simulator. The packed command goes without them, so that
 * what is installed for the bad day is small and has nothing in it that could be taken for AWS.
 */
export const checkoutVerbs: readonly Verb[] = [drillCommand, sandboxCommand, rehearseCommand];
