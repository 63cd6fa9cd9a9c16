import { type SandboxOrganization, startSandboxOrganization } from "#simulator";

/** A sandbox organization to throw things at. */
export interface Target {
  readonly sandbox: SandboxOrganization;
  /** What it logged since the last time about failures of its own. */
  readonly takeDefects: () => readonly string[];
}

export async function startTarget(): Promise<Target> {
  const defects: string[] = [];
  const log = (line: string): void => {
    if (line.startsWith("defect") || line.startsWith("connection lost")) defects.push(line);
  };
  const sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0, log });
  return { sandbox, takeDefects: () => defects.splice(0) };
}
