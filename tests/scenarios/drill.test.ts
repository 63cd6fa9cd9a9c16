import { expect } from "chai";
import fc from "fast-check";
import { RootAccessError } from "#root-access";
import { parseDrill, unlockCommand } from "#scenarios";
import { bucketNameOf, drillOf, newDrillName, queueNameOf } from "../../scenarios/names.ts";

const drill = {
  name: "break-glass-drill-5f0c91ab",
  accountId: "333333333333",
  region: "ap-northeast-2",
  profile: "orders",
  breakGlassProfile: "break-glass",
  bucket: { name: "break-glass-drill-5f0c91ab-bucket", objects: { "README.txt": "ab" } },
  queue: { arn: "arn:aws:sqs:ap-northeast-2:333333333333:break-glass-drill-5f0c91ab-queue", messages: ["cd"] },
};

describe("a drill's names", () => {
  it("lead back to the drill, and never to one of the other kind", () => {
    const name = newDrillName();
    expect(drillOf("bucket", bucketNameOf(name))).to.equal(name);
    expect(drillOf("queue", queueNameOf(name))).to.equal(name);
    expect(drillOf("queue", bucketNameOf(name))).to.equal(undefined);
  });

  it("are not those that merely begin alike", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        fc.pre(!/^[0-9a-f]{8}-bucket$/.test(rest));
        expect(drillOf("bucket", `break-glass-drill-${rest}`)).to.equal(undefined);
      }),
    );
  });

  it("are names that S3 accepts", () => {
    expect(bucketNameOf(newDrillName())).to.match(/^[a-z0-9-]{3,63}$/);
  });
});

describe("a drill", () => {
  it("is read from the stack's outputs", () => {
    expect(parseDrill({ drill, locked: [], howToUnlock: [] })).to.deep.equal(drill);
  });

  for (const outputs of [{}, undefined, { drill: { ...drill, accountId: "3" } }, { drill: { ...drill, queue: {} } }]) {
    it(`is not in ${JSON.stringify(outputs ?? null)}`, () => {
      expect(() => parseDrill(outputs)).to.throw(RootAccessError, "pulumi up");
    });
  }

  it("is unlocked by commands that say all they need", () => {
    const known = parseDrill({ drill });
    expect(unlockCommand({ kind: "bucket", name: known.bucket.name }, known)).to.equal(
      "npx break-glass unlock s3 break-glass-drill-5f0c91ab-bucket --account 333333333333 --region ap-northeast-2 --profile break-glass",
    );
    expect(unlockCommand({ kind: "queue", arn: known.queue.arn }, known)).to.equal(
      `npx break-glass unlock sqs ${known.queue.arn} --profile break-glass`,
    );
  });
});
