import { BlockList, isIP } from "node:net";

/**
 * The test for one address or CIDR range, IPv4 or IPv6.
 *
 * @returns `undefined` when `range` is neither
 */
export function compileAddressRange(range: string): ((address: string) => boolean) | undefined {
  const [address = "", prefix, ...rest] = range.split("/");
  const family = familyOf(address);
  if (!family || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return undefined;
  const longest = family === "ipv4" ? 32 : 128;
  const length = prefix === undefined ? longest : Number(prefix);
  if (length > longest) return undefined;
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return (candidate) => block.check(candidate, family);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 4 ? "ipv4" : version === 6 ? "ipv6" : undefined;
}
