import type { AccountId } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { isOpenRegion } from "../../state/regions.ts";
import type { Call } from "../service.ts";

/**
 * STS issues credentials in those Regions only that are enabled for the account that they are for.
 *
 * @throws AwsFault RegionDisabledException
 */
export function checkActivatedRegion(accountId: AccountId, { region, state, clock }: Call): void {
  if (isOpenRegion(region, accountId, state.regionOptIns, clock.now())) return;
  const message = `STS is not activated in this region for account:${accountId}. Your account administrator can activate STS in this region using the IAM Console.`;
  throw new AwsFault("RegionDisabledException", message, { status: 403 });
}
