import type { AccountId } from "./account-id.ts";

/**
 * The console's link to switch to a role.
 *
 * @param path with a slash at both ends; `/` for none
 * @throws RoleNameError when the console would not take path and name
 * @example switchRoleLink(accountId, "/break-glass/", "BreakGlass")
 */
export function switchRoleLink(accountId: AccountId, path: string, name: string): string {
  checkRoleName(path, name);
  const roleName = encodeURIComponent(`${path.slice(1)}${name}`).replaceAll("%2F", "/");
  return `https://signin.aws.amazon.com/switchrole?account=${accountId}&roleName=${roleName}`;
}

/** A role path or name that IAM or the console's switch role does not take; the message says why. */
export class RoleNameError extends Error {
  override readonly name = "RoleNameError";
}

/** Path and name together, without the path's leading slash, have at most this many characters for the console. */
const longestForConsole = 64;

/**
 * Checks what IAM takes for a role's path and name, and what the console can switch to.
 *
 * @throws RoleNameError
 */
export function checkRoleName(path: string, name: string): void {
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw new RoleNameError(
      `"${name}" is no role name: 1 to 64 letters, digits and characters of _ + = , . @ - make one.`,
    );
  }
  if (!/^\/([!-~]+\/)?$/.test(path)) {
    throw new RoleNameError(
      `"${path}" is no path of a role: it begins and ends with a slash, for example /break-glass/.`,
    );
  }
  const length = path.length - 1 + name.length;
  if (length > longestForConsole) {
    throw new RoleNameError(
      `Path and name "${path.slice(1)}${name}" have ${length} characters; the console can switch to at most ${longestForConsole}.`,
    );
  }
}
