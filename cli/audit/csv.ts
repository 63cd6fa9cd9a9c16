import type { AccountAudit, RootAccessKey } from "#root-access";

export const csvHeader = row([
  "account",
  "name",
  "outcome",
  "why",
  "password",
  "mfa_devices",
  "access_keys",
  "access_key_details",
  "signing_certificates",
]);

/** A result as one row by RFC 4180, without its line end. */
export function csvRow(result: AccountAudit): string {
  const { account, name = "", outcome } = result;
  const why = "why" in result ? result.why : "";
  return row([account, name, outcome, why, ...credentialCells(result)]);
}

function credentialCells(result: AccountAudit): readonly string[] {
  if (result.outcome === "clean") return ["no", "0", "0", "", "0"];
  if (result.outcome !== "findings") return ["", "", "", "", ""];
  const { password, mfaDevices, accessKeys, signingCertificates } = result.credentials;
  return [
    password ? "yes" : "no",
    String(mfaDevices.length),
    String(accessKeys.length),
    accessKeys.map(keyDetails).join("; "),
    String(signingCertificates.length),
  ];
}

function keyDetails({ idEndsWith, active, created, lastUsed }: RootAccessKey): string {
  const use = lastUsed ? `last used ${lastUsed.at} for ${lastUsed.service} in ${lastUsed.region}` : "never used";
  return `ends with ${idEndsWith}, ${active ? "active" : "inactive"}, created ${created}, ${use}`;
}

/** By RFC 4180, without its line end. */
export function row(cells: readonly string[]): string {
  return cells.map((cell) => quotedWhereNeeded(inert(cell))).join(",");
}

function quotedWhereNeeded(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A member account chooses its own name, and a spreadsheet runs a cell that begins like a formula, in full width, too. */
function inert(cell: string): string {
  return /^[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : cell;
}
