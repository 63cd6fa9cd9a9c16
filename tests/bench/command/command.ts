import { auditSpeed } from "./audit-speed.ts";
import { startUp } from "./start-up.ts";
import { unlockSpeed } from "./unlock-speed.ts";

/** How fast `break-glass` is, as the profile `break-glass`, in whole processes. */
export async function commandSpeed(print: (text: string) => void): Promise<void> {
  startUp(print);
  await unlockSpeed(print);
  await auditSpeed(print);
}
