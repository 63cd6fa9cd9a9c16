import { z } from "zod";

/** What the bare program declares, as the benchmark hands it over. */
export const declared = z.object({
  instanceArn: z.string(),
  delegate: z.string(),
  permissionSets: z.array(
    z.object({
      name: z.string(),
      inlinePolicy: z.unknown(),
      assignments: z.array(
        z.object({ principalType: z.enum(["USER", "GROUP"]), principalId: z.string(), targetId: z.string() }),
      ),
    }),
  ),
});

export type Declared = z.infer<typeof declared>;
