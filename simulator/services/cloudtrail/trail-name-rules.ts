import { isIPv4 } from "node:net";
import { AwsFault } from "../../aws-fault.ts";

const shortest = 3;
const longest = 128;

/**
 * Checks the name of a new trail by the rules of CloudTrail's API reference.
 *
 * @throws AwsFault InvalidTrailNameException that says which rule is broken
 * @example checkTrailName("organization-trail")
 */
export function checkTrailName(name: string): void {
  const broken = brokenRule(name);
  if (broken !== undefined) throw new AwsFault("InvalidTrailNameException", broken);
}

function brokenRule(name: string): string | undefined {
  const specified = `Specified name length: ${name.length} characters.`;
  if (name.length < shortest)
    return `Trail name too short. Minimum allowed length: ${shortest} characters. ${specified}`;
  if (name.length > longest) return `Trail name too long. Maximum allowed length: ${longest} characters. ${specified}`;
  if (!/^[a-zA-Z0-9]/.test(name)) return "Trail name must starts with a letter or number.";
  if (!/[a-zA-Z0-9]$/.test(name)) return "Trail name must ends with a letter or number.";
  if (!/^[\w.-]+$/.test(name)) {
    return "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).";
  }
  if (/[._-]{2}/.test(name)) return "Trail name must not have adjacent periods, underscores or dashes.";
  return isIPv4(name) ? "Trail name must not be in IP address format." : undefined;
}
