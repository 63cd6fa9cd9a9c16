import { BlockList, isIP } from "node:net";
import { EventPatternError } from "./event-pattern-error.ts";

/** Whether an address lies in a range, IPv4 or IPv6. @throws EventPatternError */
export function compileCidr(range: string): (address: string) => boolean {
  const { address, family, maskBits } = readRange(range);
  const block = new BlockList();
  block.addSubnet(address, maskBits, family);
  return (candidate) => familyOf(candidate) === family && block.check(candidate, family);
}

interface Range {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  readonly maskBits: number;
}

/** In the order and the words of Event Ruler, EventBridge's published matcher, to which a single address is no range. */
function readRange(range: string): Range {
  const refuse = (reason: string): never => {
    throw new EventPatternError(`${reason}: ${range}`);
  };
  const [address = "", mask, ...rest] = range.split("/");
  if (mask === undefined || rest.length > 0) return refuse("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask)) return refuse("Malformed CIDR, mask bits must be an integer");
  const maskBits = Number(mask);
  if (maskBits < 0) return refuse("Malformed CIDR, mask bits must not be negative");
  const family = familyOf(address);
  if (family === undefined) return refuse("Nonstandard IP address");
  if (family === "ipv4" && maskBits > 31) return refuse("IPv4 mask bits must be < 32");
  if (maskBits > 127) return refuse("IPv6 mask bits must be < 128");
  return { address, family, maskBits };
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
}
