/** The sandbox organization, as it is once configured, in a process that can be given a core of its own. */
import { startSandboxOrganization } from "#simulator";

const { port, administrators } = await startSandboxOrganization({ configured: true });
process.send?.({ port, administrators });
process.on("disconnect", () => process.exit());
