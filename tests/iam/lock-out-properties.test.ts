import { expect } from "chai";
import fc from "fast-check";
import { findLockOut, type LockOut } from "#iam";
import { bucket, knownAdministrators, owner, policyTexts } from "../oracle/arbitrary-lock-outs.ts";
import { judge } from "../oracle/judge.ts";
import type { Principal, Request } from "../oracle/question.ts";

const runs = { numRuns: 500, seed: 20261125 };
const at = new Date("2026-11-24T09:00:00Z");
const fullAccess = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

function find(policyText: string, administrators: readonly string[]): LockOut {
  return findLockOut({ policyText, resource: bucket, ownerAccountId: owner, at, administrators });
}

/** Everybody who may count as an administrator, written down here anew: the oracle shares nothing with the evaluator. */
function everybody(administrators: readonly string[]): readonly Pick<Request, "principal" | "context">[] {
  const unnamed = `arn:aws:iam::${owner}:role/somebody-else`;
  return [unnamed, ...administrators].map((arn) => ({
    principal: principalOf(arn),
    context: {
      "aws:PrincipalArn": [arn],
      "aws:PrincipalAccount": [owner],
      "aws:SecureTransport": ["true"],
      "s3:TlsVersion": ["1.3"],
      "aws:SourceIp": ["192.0.2.200"],
      "aws:PrincipalIsAWSService": ["false"],
    },
  }));
}

function principalOf(arn: string): Principal {
  const name = arn.split("/").at(-1) ?? "";
  if (arn.includes(":user/")) return { kind: "user", accountId: owner, arn };
  return { kind: "assumed-role", accountId: owner, arn: `arn:aws:sts::${owner}:assumed-role/${name}/s`, roleArn: arn };
}

/** Whether an administrator may do it, by the oracle's judgement. */
function may(action: string, who: Pick<Request, "principal" | "context">, policyText: string | undefined): boolean {
  const resource: unknown = policyText === undefined ? undefined : JSON.parse(policyText);
  const request = { ...who, action: `s3:${action}`, resource: bucket, resourceAccountId: owner };
  const policies = { identity: [fullAccess], ...(resource === undefined ? {} : { resource }) };
  return judge({ request, policies }).allowed;
}

function getsIn(who: Pick<Request, "principal" | "context">, policyText: string | undefined): boolean {
  return may("GetBucketPolicy", who, policyText) && may("PutBucketPolicy", who, policyText);
}

function somebodyGetsIn(administrators: readonly string[], policyText: string | undefined): boolean {
  return everybody(administrators).some((who) => getsIn(who, policyText));
}

/**
 * A policy's text without blanks, with a mark in place of each of its statements.
 *
 * @param count how many marks there would be, had the text only so many statements
 */
function skeleton(text: string, statements: readonly string[], count = statements.length): string {
  const [end, begin] = statements.reduce<readonly string[]>(
    ([rest = "", ...done], statement) => {
      const position = rest.indexOf(statement);
      expect(position, `${statement} in its place`).to.be.at.least(0);
      return [rest.slice(position + statement.length), ...done, rest.slice(0, position)];
    },
    [text],
  );
  return [begin, Array<string>(count).fill("statement").join(","), end].join("").replaceAll(/\s/g, "");
}

function textAfter({ remedy }: LockOut, before: string): string | undefined {
  return remedy.kind === "put" ? remedy.policyText : remedy.kind === "delete" ? undefined : before;
}

describe("whatever the bucket policy", function () {
  this.timeout(60_000);

  it("it is found locked exactly when no administrator gets in, and afterwards one does", () => {
    const counts = { leave: 0, put: 0, delete: 0 };
    fc.assert(
      fc.property(policyTexts, knownAdministrators, ({ text }, administrators) => {
        const found = find(text, administrators);
        counts[found.remedy.kind]++;
        expect(found.remedy.kind === "leave").to.equal(somebodyGetsIn(administrators, text));
        expect(somebodyGetsIn(administrators, textAfter(found, text))).to.equal(true);
      }),
      runs,
    );
    for (const [remedy, count] of Object.entries(counts)) expect(count, remedy).to.be.greaterThan(runs.numRuns / 40);
  });

  it("whoever gets in afterwards can also delete the policy, at once or by taking a statement out of it first", () => {
    fc.assert(
      fc.property(policyTexts, knownAdministrators, ({ text }, administrators) => {
        const found = find(text, administrators);
        const after = textAfter(found, text);
        const who = everybody(administrators).find((one) => getsIn(one, after));
        const withoutDeleting = found.stays.filter((statement) => !/DeleteBucketPolicy/.test(statement.text));
        const edited = `{"Version":"2012-10-17","Statement":[${withoutDeleting.map((one) => one.text).join()}]}`;
        expect(who && may("DeleteBucketPolicy", who, withoutDeleting.length === 0 ? undefined : edited)).to.equal(true);
      }),
      runs,
    );
  });

  it("what is left is made of the other statements, byte for byte and in their order", () => {
    fc.assert(
      fc.property(policyTexts, knownAdministrators, ({ text, statements }, administrators) => {
        const found = find(text, administrators);
        const removed = found.locks.map((lock) => lock.text);
        const stays = found.stays.map((stay) => stay.text);
        expect([...removed, ...stays].toSorted()).to.deep.equal(statements.toSorted());
        const after = textAfter(found, text);
        if (after === undefined) expect(stays).to.deep.equal([]);
        else expect(skeleton(after, stays)).to.equal(skeleton(text, statements, stays.length));
      }),
      runs,
    );
  });

  it("a second run changes nothing", () => {
    fc.assert(
      fc.property(policyTexts, knownAdministrators, ({ text }, administrators) => {
        const after = textAfter(find(text, administrators), text);
        fc.pre(after !== undefined);
        expect(find(after, administrators)).to.deep.include({ locks: [], remedy: { kind: "leave" } });
      }),
      runs,
    );
  });

  it("each statement that goes would lock again, if it alone were put back", () => {
    fc.assert(
      fc.property(policyTexts, knownAdministrators, ({ text }, administrators) => {
        const { locks, stays } = find(text, administrators);
        fc.pre(locks.length > 0);
        const version = /20\d\d-10-17/.exec(text)?.[0] ?? "";
        for (const lock of locks) {
          const putBack = [...stays, lock].map((one) => one.text).join();
          expect(somebodyGetsIn(administrators, `{"Version":"${version}","Statement":[${putBack}]}`)).to.equal(false);
        }
      }),
      runs,
    );
  });
});
