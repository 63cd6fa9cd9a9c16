import { BlockList, isIP } from "node:net";
import { EventPatternError } from "./event-pattern-error.ts";

/** Whether an address lies in a range, IPv4 or IPv6. @throws EventPatternError */
export function compileCidr(range: string): (address: string) => boolean {
  const [address = "", prefix = "", ...rest] = range.split("/");
  const version = isIP(address);
  const isRange = version !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
  if (!isRange || rest.length > 0) throw new EventPatternError(`Malformed CIDR, one '/' required: ${range}`);
  const block = new BlockList();
  block.addSubnet(address, Number(prefix), `ipv${version === 4 ? 4 : 6}`);
  return (candidate) => isIP(candidate) === version && block.check(candidate, version === 4 ? "ipv4" : "ipv6");
}
