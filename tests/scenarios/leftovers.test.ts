import { expect } from "chai";
import { type Drill, describeLeftover, findLeftovers, removeLeftovers, reportLeftovers } from "#scenarios";
import { type DrillOrganization, lockBoth, makeFixtures, startDrillOrganization } from "./drill-organization.ts";

describe("what a drill leaves behind", () => {
  let world: DrillOrganization;
  let drill: Drill;

  beforeEach(async () => {
    world = await startDrillOrganization();
    drill = await makeFixtures(world.owner);
  });
  afterEach(() => world.close());

  it("is found by its names, locked or not, and told apart from what merely begins alike", async () => {
    const other = await makeFixtures(world.owner);
    await lockBoth(drill);
    world.organization.clock.advance(1_000);
    const found = await findLeftovers(world.owner, drill.name);
    expect(found.map(describeLeftover)).to.deep.equal([
      `bucket ${drill.bucket.name} in ap-northeast-2, still locked`,
      `queue ${drill.name}-queue in ap-northeast-2, still locked`,
    ]);
    const all = await findLeftovers(world.owner);
    expect(all.filter(({ locked }) => !locked).map((leftover) => leftover.drill)).to.deep.equal([
      other.name,
      other.name,
    ]);
  });

  it("is removed with everything in it, its locks lifted first", async () => {
    await lockBoth(drill);
    world.organization.clock.advance(1_000);
    const removed: string[] = [];
    await removeLeftovers({
      ...world,
      leftovers: await findLeftovers(world.owner),
      onRemoved: ({ target }) => removed.push(target.name),
    });
    expect(removed).to.deep.equal([drill.bucket.name, `${drill.name}-queue`]);
    expect(world.organization.state.buckets.has(drill.bucket.name)).to.equal(false);
    expect(await findLeftovers(world.owner)).to.deep.equal([]);
  });

  it("is named on stderr when the drill's name is deleted, with the command that removes it", async () => {
    const said = await stderrOf(() =>
      reportLeftovers({ drillName: drill.name, region: "ap-northeast-2", profile: "orders" }),
    );
    expect(said).to.include(drill.bucket.name).and.include(`${drill.name}-queue`);
    expect(said).to.include("npx break-glass drill cleanup --region ap-northeast-2 --profile orders");
  });

  it("is not talked about where there is nothing", async () => {
    const state = { drillName: "break-glass-drill-00000000", region: "ap-northeast-2", profile: "orders" };
    expect(await stderrOf(() => reportLeftovers(state))).to.equal("");
  });

  it("keeps no destroy from ending where it cannot be looked for", async () => {
    const state = { drillName: drill.name, region: "ap-northeast-2", profile: "nobody" };
    expect(await stderrOf(() => reportLeftovers(state))).to.include("Could not look for what is left");
  });
});

async function stderrOf(action: () => Promise<void>): Promise<string> {
  const original = process.stderr.write.bind(process.stderr);
  let said = "";
  process.stderr.write = (text: string | Uint8Array): boolean => {
    said += String(text);
    return true;
  };
  try {
    await action();
  } finally {
    process.stderr.write = original;
  }
  return said;
}
