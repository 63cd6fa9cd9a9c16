import { matches, type Pattern, plainText } from "./pattern.ts";

/** Whether one value of the request compares with one value of the policy, by the operator without its negation. */
export function compares(operator: string, policyValue: Pattern, requestValue: string): boolean {
  const policyText = plainText(policyValue);
  switch (operator) {
    case "StringEquals":
      return policyText === requestValue;
    case "StringEqualsIgnoreCase":
      return policyText.toLowerCase() === requestValue.toLowerCase();
    case "StringLike":
      return matches(policyValue, requestValue);
    case "ArnEquals":
    case "ArnLike":
      return arnMatches(policyValue, requestValue);
    case "NumericEquals":
      return Number(requestValue) === Number(policyText);
    case "NumericLessThan":
      return Number(requestValue) < Number(policyText);
    case "NumericLessThanEquals":
      return Number(requestValue) <= Number(policyText);
    case "NumericGreaterThan":
      return Number(requestValue) > Number(policyText);
    case "NumericGreaterThanEquals":
      return Number(requestValue) >= Number(policyText);
    case "DateEquals":
      return time(requestValue) === time(policyText);
    case "DateLessThan":
      return time(requestValue) < time(policyText);
    case "DateLessThanEquals":
      return time(requestValue) <= time(policyText);
    case "DateGreaterThan":
      return time(requestValue) > time(policyText);
    case "DateGreaterThanEquals":
      return time(requestValue) >= time(policyText);
    case "Bool":
      return policyText.toLowerCase() === requestValue.toLowerCase();
    case "BinaryEquals":
      return Buffer.from(policyText, "base64").equals(Buffer.from(requestValue, "base64"));
    case "IpAddress":
      return isInRange(requestValue, policyText);
    default:
      throw new Error(`"IAM JSON policy elements: Condition operators" has no ${operator}.`);
  }
}

/** "Each of the six colon-delimited components of the ARN is checked separately." */
function arnMatches(pattern: Pattern, arn: string): boolean {
  const components = arn.split(":");
  const patterns = splitAtColons(pattern);
  if (components.length < 6 || patterns.length < 6) return false;
  const [resource, resourcePattern] = [components.slice(5).join(":"), patterns.slice(5)];
  const wholeResourcePattern = resourcePattern.flatMap((part, index) =>
    index === 0 ? part : [{ text: ":", literal: true }, ...part],
  );
  return (
    patterns.slice(0, 5).every((part, index) => matches(part, components[index] ?? "")) &&
    matches(wholeResourcePattern, resource)
  );
}

function splitAtColons(pattern: Pattern): Pattern[] {
  const components: Pattern[] = [[]];
  for (const { text, literal } of pattern) {
    for (const [index, piece] of text.split(":").entries()) {
      if (index > 0) components.push([]);
      components.push([...(components.pop() ?? []), { text: piece, literal }]);
    }
  }
  return components;
}

/** "One of the W3C implementations of the ISO 8601 date formats or epoch (UNIX) time." */
function time(text: string): number {
  return /^\d{5,}$/.test(text) ? Number(text) * 1000 : new Date(text).getTime();
}

/** "If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32." */
function isInRange(address: string, range: string): boolean {
  const [network = "", length] = range.split("/");
  const [a, b] = [bits(address), bits(network)];
  if (a.length !== b.length) return false;
  const prefix = length === undefined ? a.length : Number(length);
  return a.slice(0, prefix) === b.slice(0, prefix);
}

function bits(address: string): string {
  if (!address.includes(":"))
    return address
      .split(".")
      .map((part) => binary(Number(part), 8))
      .join("");
  const [head = "", tail] = address.split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : Array<string>(8 - first.length - last.length).fill("0");
  return [...first, ...zeros, ...last].map((group) => binary(Number.parseInt(group, 16), 16)).join("");
}

function binary(value: number, width: number): string {
  return value.toString(2).padStart(width, "0");
}
