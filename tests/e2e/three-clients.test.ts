import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { everyClient } from "./clients/every-client.ts";
import { alike } from "./conversation/alike.ts";
import { conversation } from "./conversation/conversation.ts";
import { type Speaker, speaker, take } from "./conversation/hold.ts";
import { meets } from "./conversation/meets.ts";
import type { Chapter } from "./conversation/step.ts";

/** One conversation, held by each client with an organization of its own. Each chapter builds on the ones before. */
describe("three clients, one answer", function () {
  this.timeout("5 minutes");
  this.slow(60_000);

  const organizations: SandboxOrganization[] = [];
  let speakers: readonly Speaker[] = [];

  before("set the clients up", async () => {
    const clients = await everyClient();
    speakers = await Promise.all(
      clients.map(async (open) => {
        const organization = await startSandboxOrganization({ accounts: 25, propagationMilliseconds: 200 });
        organizations.push(organization);
        return speaker(await open({ endpoint: organization.endpoint, attempts: 1 }), administratorsOf(organization));
      }),
    );
  });

  after(async () => {
    await Promise.all(speakers.map(({ client }) => client.close()));
    await Promise.all(organizations.map((organization) => organization.close()));
  });

  let unsaid: string | undefined;
  for (const chapter of conversation) {
    it(chapter.title, async function () {
      if (unsaid !== undefined) {
        process.stderr.write(`    skipped: it builds on "${unsaid}", which failed\n`);
        this.skip();
      }
      unsaid = chapter.title;
      const [first, ...others] = await Promise.all(speakers.map((who) => outcomes(chapter, who)));
      for (const other of others) expect(other).to.deep.equal(first);
      unsaid = undefined;
    });
  }
});

/** What a client was answered, by the steps' names, in a form that all clients share; each step has to end as expected. */
async function outcomes({ steps }: Chapter, who: Speaker): Promise<Readonly<Record<string, unknown>>> {
  const ended: Record<string, unknown> = {};
  for (const step of steps) {
    const { expected, outcome } = await take(step, who);
    if (!meets(outcome, expected)) {
      expect(outcome, `${who.client.name}, "${step.says}" (${step.call} as ${step.as})`).to.deep.equal(expected);
    }
    ended[step.says] = alike(outcome, step.call);
  }
  return ended;
}

function administratorsOf({
  administrators,
}: SandboxOrganization): Record<string, SandboxOrganization["administrators"][number]> {
  const names = Object.entries(sandboxAccounts);
  return Object.fromEntries(
    administrators.map((key) => [names.find(([, id]) => id === key.accountId)?.[0] ?? key.accountId, key]),
  );
}
