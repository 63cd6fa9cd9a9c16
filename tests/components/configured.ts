import { type Configuration, parseConfiguration } from "#components";

/** A configuration as it is written, by key. */
export function configured(settings: Readonly<Record<string, unknown>>): Configuration {
  const config = Object.entries(settings).map(([key, value]) => [
    `aws-break-glass:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const parsed = parseConfiguration(Object.fromEntries(config) as Record<string, string>);
  if ("accepted" in parsed) return parsed.accepted;
  throw new Error(parsed.problems.join("\n"));
}
