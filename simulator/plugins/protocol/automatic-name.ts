import { createHash, randomBytes } from "node:crypto";
import type { Autonaming, CheckRequest } from "./provider.ts";

const randomDigits = 7;

/** What a type wants of an automatic name. */
export interface NameRule {
  readonly maximumLength: number;
  readonly lowerCase?: boolean;
}

/**
 * The name of a resource that the program does not name: logical name, "-" and 7 hexadecimal digits, unless the stack's
 * autonaming says otherwise. The digits come from the engine's seed: the same in a preview and in its update.
 *
 * @returns `undefined` when automatic names are turned off
 * @throws RangeError when the name would be too long
 */
export function automaticName(
  request: Pick<CheckRequest, "name" | "randomSeed" | "autonaming">,
  { maximumLength, lowerCase = false }: NameRule,
): string | undefined {
  const { autonaming } = request;
  if (autonaming?.mode === "enforce") return autonaming.name;
  const chosen = proposal(autonaming, () => `${request.name}-${digits(request.randomSeed)}`);
  const name = lowerCase ? chosen?.toLowerCase() : chosen;
  if (name === undefined || name.length <= maximumLength) return name;
  throw new RangeError(
    `name '${request.name}-' plus ${randomDigits} random chars is longer than maximum length ${maximumLength}`,
  );
}

function proposal(autonaming: Autonaming | undefined, standard: () => string): string | undefined {
  if (autonaming === undefined) return standard();
  return autonaming.mode === "disable" ? undefined : autonaming.name;
}

function digits(seed: Uint8Array): string {
  const source = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(randomDigits);
  return source.toString("hex").slice(0, randomDigits);
}
