import type { RunEnd } from "./scenario.ts";

/**
 * What an end of `unlock` or `restore` says, held against what has become of the policy.
 *
 * @param resource a name that every message has to have in it
 */
export function judgePolicyChange({ ended, before, now, done, backups }: RunEnd, resource: string): readonly string[] {
  const { status, stdout, stderr } = ended;
  const wrong: string[] = [];
  const insist = (holds: boolean, otherwise: string): void => {
    if (!holds) wrong.push(otherwise);
  };
  insist(now === before || now === done, "the policy is neither as it was nor as it was to be");
  insist([0, 3, 4, 5, 9].includes(status), `exit code ${status}`);
  if (status === 0) {
    insist(stdout.includes(resource), `it does not name ${resource}`);
    insist(now === done, "exit code 0, and the policy is not as it was to be");
    return wrong;
  }
  const unchanged = /nothing has been (changed|sent)/i.test(stderr);
  insist(unchanged || stderr.includes(resource), `it does not name ${resource}, which may have changed`);
  const unknown = stderr.includes("may or may not have been changed");
  const accepted = stderr.includes("AWS accepted the change");
  insist([unchanged, unknown, accepted].filter(Boolean).length === 1, "it does not say, in one way, what has changed");
  insist(!unchanged || now === before, "it says that nothing has changed, and something has");
  insist(!accepted || now === done, "it says that AWS accepted the change, and nothing has changed");
  insist(unchanged || backups.some((path) => stderr.includes(path)), "it does not name the backup");
  return wrong;
}
