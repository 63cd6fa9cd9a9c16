import { expect } from "chai";
import { RootAccessError } from "#root-access";
import { awaitDenial, expectDenial, tellingOfHarm } from "../../scenarios/verifier/denial.ts";

const user = "User: arn:aws:iam::333333333333:user/orders is not authorized to perform:";
const sentences = {
  lock: `${user} s3:GetBucketPolicy on resource: "arn:aws:s3:::b" with an explicit deny in a resource-based policy`,
  serviceControl: `${user} s3:GetBucketPolicy on resource: "arn:aws:s3:::b" with an explicit deny in a service control policy`,
  implicit: `${user} s3:GetBucketPolicy on resource: "arn:aws:s3:::b" because no identity-based policy allows the s3:GetBucketPolicy action`,
  otherBucket: `${user} s3:GetBucketPolicy on resource: "arn:aws:s3:::c" with an explicit deny in a resource-based policy`,
  otherAction: `${user} s3:ListBucket on resource: "arn:aws:s3:::b" with an explicit deny in a resource-based policy`,
  bare: "Access Denied",
};

describe("a denial proves the lock", () => {
  it("when the resource's own policy denies this action on this resource explicitly", async () => {
    expect(await judged(sentences.lock)).to.deep.equal({ holds: true });
  });

  it("in SQS's spelling too: the action in lower case, the ARN without quotes", async () => {
    const message = `${user} sqs:sendmessage on resource: arn:aws:sqs:r:1:q with an explicit deny in a resource-based policy`;
    const call = (): Promise<never> => Promise.reject(denial(message));
    expect(await expectDenial({ action: "sqs:SendMessage", resource: "arn:aws:sqs:r:1:q", call })).to.deep.equal({
      holds: true,
    });
  });

  for (const reason of ["serviceControl", "implicit", "otherBucket", "otherAction", "bare"] as const) {
    it(`but not for another reason: ${reason}`, async () => {
      const finding = await judged(sentences[reason]);
      expect(finding.holds).to.equal(false);
      expect(finding).to.have.property("why").that.includes(sentences[reason]);
    });
  }

  it("and a call that is allowed disproves it", async () => {
    const call = (): Promise<number> => Promise.resolve(1);
    const finding = await expectDenial({ action: "s3:DeleteBucketPolicy", resource: "arn:aws:s3:::b", call });
    expect(finding).to.deep.equal({ holds: false, why: "s3:DeleteBucketPolicy was allowed" });
    expect(tellingOfHarm(finding, "the policy is gone")).to.have.property("why").that.includes("the policy is gone");
  });

  it("while another failure proves nothing and is no harm done", async () => {
    const call = (): Promise<never> =>
      Promise.reject(new RootAccessError({ reason: "aws-failed", what: "AWS answered SlowDown." }));
    const finding = await expectDenial({ action: "s3:DeleteBucketPolicy", resource: "arn:aws:s3:::b", call });
    expect(finding.holds).to.equal(false);
    expect(tellingOfHarm(finding, "the policy is gone")).to.equal(finding);
  });

  it("and a defect passes through", async () => {
    const call = (): Promise<never> => Promise.reject(new TypeError("defect"));
    const failed = await expectDenial({ action: "a", resource: "r", call }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(TypeError);
  });
});

describe("a lock that takes its time", () => {
  it("counts as there when three denials in a row have come", async () => {
    const answers = ["lock", "allowed", "lock", "lock", "lock"];
    let calls = 0;
    const call = (): Promise<void> =>
      answers[calls++] === "allowed" ? Promise.resolve() : Promise.reject(denial(sentences.lock));
    expect(await awaitDenial({ action: "s3:GetBucketPolicy", resource: "arn:aws:s3:::b", call }, 1_000)).to.deep.equal({
      holds: true,
    });
    expect(calls).to.equal(answers.length);
  });

  const final = [
    new RootAccessError({ reason: "refused", what: "The request would leave the sandbox." }),
    new RootAccessError({
      reason: "aws-failed",
      what: "Could not read the policy.",
      aws: { code: "NoSuchBucket", message: "The specified bucket does not exist" },
    }),
  ];
  for (const failure of final) {
    it(`is not waited for where it cannot come: ${failure.message}`, async () => {
      let calls = 0;
      const call = (): Promise<never> => {
        calls += 1;
        return Promise.reject(failure);
      };
      const locked = { action: "s3:GetBucketPolicy", resource: "arn:aws:s3:::b", call };
      expect(await awaitDenial(locked, 60_000).catch((error: unknown) => error)).to.equal(failure);
      expect(calls).to.equal(1);
    });
  }
});

function judged(message: string): ReturnType<typeof expectDenial> {
  const call = (): Promise<never> => Promise.reject(denial(message));
  return expectDenial({ action: "s3:GetBucketPolicy", resource: "arn:aws:s3:::b", call });
}

function denial(message: string): RootAccessError {
  return new RootAccessError({ reason: "not-authorized", what: message, aws: { code: "AccessDenied", message } });
}
