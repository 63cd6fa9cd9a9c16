import { validationException } from "../json-refusals.ts";
import type { TagRefusals } from "../tag-map.ts";

export const tagRefusals: TagRefusals = {
  invalid: () => validationException("Parameter Tags is not valid."),
  tooMany: () => validationException("A resource has 50 tags at most."),
};
