import type { Service } from "../services/service.ts";
import type { SignatureFaults } from "./signature-faults.ts";

/**
 * An endpoint of AWS's takes signatures for its own service and Region only: what is sent to `sts.eu-west-1.amazonaws.com`
 * has to be signed for sts in eu-west-1. Hosts that name neither, loopback above all, take every signature.
 *
 * @throws AwsFault in the service's words for a credential of another scope
 */
export function checkEndpointScope(
  host: string,
  { signingName, region }: { readonly signingName: string; readonly region: string },
  services: ReadonlyMap<string, Service>,
  faults: SignatureFaults,
): void {
  const [, name = "", hostRegion] =
    /(?:^|\.)([a-z0-9]+)(?:\.([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/.exec(host) ?? [];
  const service = services.get(name);
  if (!service) return;
  if (services.get(signingName) !== service) throw faults.otherService(name);
  if (hostRegion !== undefined && hostRegion !== region) throw faults.otherRegion(region, hostRegion);
}
