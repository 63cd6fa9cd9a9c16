import { AwsFault } from "../../aws-fault.ts";
import type { TagRefusals } from "../tag-map.ts";
import { invalidParameter } from "./faults.ts";

export const tagRefusals: TagRefusals = {
  invalid: () => invalidParameter("Tags"),
  tooMany: () =>
    new AwsFault("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded", {
      shape: "TagLimitExceededException",
    }),
};
