import { everyType } from "./every-type.ts";
import { deploymentRole } from "./deployment-role.ts";
import { lockedBucket } from "./locked-bucket.ts";
import { unmodelledProperty, unmodelledType } from "./unmodelled.ts";

const programs = new Map(
  Object.entries({ deploymentRole, everyType, lockedBucket, unmodelledProperty, unmodelledType }),
);

const program = programs.get(process.env["PLUGIN_PROGRAM"] ?? "");
if (!program) throw new Error(`PLUGIN_PROGRAM must be one of ${[...programs.keys()].join(", ")}.`);

export default await program();
