import { z } from "zod";
import { type AccountId, parseAccountId } from "#iam";
import { type AwsAccess, accessFromProfile, RootAccessError } from "#root-access";

const accountId = z.custom<AccountId>((value) => typeof value === "string" && parseAccountId(value) !== undefined);

const schema = z.object({
  name: z.string(),
  accountId,
  region: z.string(),
  profile: z.string().optional(),
  breakGlassProfile: z.string(),
  bucket: z.object({ name: z.string(), objects: z.record(z.string(), z.string()) }),
  queue: z.object({ arn: z.string(), messages: z.array(z.string()) }),
});

/**
 * A drill as the scenarios stack exports it under `drill`: what was locked, by whom it is proven locked and unlocked, and
 * the SHA-256 of everything that has to be there afterwards.
 */
export type Drill = z.infer<typeof schema>;

/** The two parties of a drill: the member account's ordinary principal, and who may open root sessions. */
export interface DrillParties {
  readonly owner: AwsAccess;
  readonly breakGlass: AwsAccess;
}

/**
 * Finds the drill in the outputs of the scenarios stack.
 *
 * @throws RootAccessError `usage` when they hold none
 */
export function parseDrill(outputs: unknown): Drill {
  const parsed = z.object({ drill: schema }).safeParse(outputs);
  if (parsed.success) return parsed.data.drill;
  const missing = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new RootAccessError({
    reason: "usage",
    what: `The stack's outputs describe no drill (${missing}).`,
    next: "Run pulumi up in scenarios/ first.",
  });
}

/** Access for both parties, in the drill's Region, by the profiles that it names. */
export function partiesOf({
  region,
  profile,
  breakGlassProfile,
}: Pick<Drill, "region" | "profile" | "breakGlassProfile">): DrillParties {
  return { owner: accessFromProfile(profile, region), breakGlass: accessFromProfile(breakGlassProfile, region) };
}

/** The command that unlocks one resource of a drill, as a person would type it. */
export function unlockCommand(
  locked: { readonly kind: "bucket"; readonly name: string } | { readonly kind: "queue"; readonly arn: string },
  drill: Pick<Drill, "accountId" | "region" | "breakGlassProfile">,
): string {
  const by = `--profile ${drill.breakGlassProfile}`;
  return locked.kind === "bucket"
    ? `npx break-glass unlock s3 ${locked.name} --account ${drill.accountId} --region ${drill.region} ${by}`
    : `npx break-glass unlock sqs ${locked.arn} ${by}`;
}
