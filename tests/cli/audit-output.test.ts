import { expect } from "chai";
import { parseAccountId } from "#iam";
import type { AccountAudit } from "#root-access";
import { csvHeader, csvRow } from "../../cli/audit/csv.ts";
import { planCsvRow, planned, planTable } from "../../cli/audit/plan.ts";
import { progressLine } from "../../cli/audit/progress.ts";
import { auditTable } from "../../cli/audit/table.ts";

const now = new Date("2026-11-25T12:00:00Z");

describe("an audit's output", () => {
  const credentials = { password: false, accessKeys: [], signingCertificates: [], mfaDevices: [] };
  const clean: AccountAudit = { account: id(1), name: "주문 서비스", outcome: "clean" };
  const skipped: AccountAudit = { account: id(2), name: "Closed", outcome: "skipped", why: "suspended" };
  const unread: AccountAudit = { account: id(3), name: "決済", outcome: "not read", why: "AWS said no." };
  const withKeys: AccountAudit = {
    account: id(4),
    name: "注文アカウント",
    outcome: "findings",
    credentials: {
      ...credentials,
      password: true,
      mfaDevices: [{ serialNumber: "GAHT12345678", enabled: "2026-01-05T09:00:00.000Z" }],
      accessKeys: [
        { idEndsWith: "OT01", active: true, created: "2026-11-15T09:00:00.000Z" },
        {
          idEndsWith: "OT02",
          active: false,
          created: "2026-01-05T09:00:00.000Z",
          lastUsed: { at: "2026-11-22T09:00:00.000Z", service: "s3", region: "eu-west-1" },
        },
      ],
    },
  };
  const open: AccountAudit = {
    account: id(5),
    name: "ｶﾀｶﾅ and é",
    outcome: "findings",
    credentials: { ...credentials, password: true },
  };
  const results = [clean, skipped, unread, withKeys, open];

  describe("as a table", () => {
    it("has the worst finding first, then findings, what was not read, the rest, and the totals last", () => {
      expect(auditTable(results, now, undefined).split("\n")).to.deep.equal([
        "ACCOUNT       NAME            PASSWORD  MFA  KEYS  OLDEST  LAST USED  CERTIFICATES",
        "000000000005  ｶﾀｶﾅ and é      yes       NO   -     -       -          -",
        "000000000004  注文アカウント  yes       1    2     324 d   3 d        -",
        "000000000003  決済            not read: AWS said no.",
        "000000000002  Closed          skipped: suspended",
        "000000000001  주문 서비스     clean",
        "5 accounts: 2 with findings, 1 not read, 1 skipped, 1 clean. Passwords without MFA: 1.",
      ]);
    });

    it("has accounts of one outcome by their ids, however they came", () => {
      const later = { ...clean, account: id(9) };
      const lines = auditTable([later, clean], now, undefined).split("\n");
      expect(lines.slice(1, 3).map((line) => line.slice(0, 12))).to.deep.equal([id(1), id(9)]);
    });

    it("begins each column at the same place of the terminal, whatever the characters", () => {
      const lines = auditTable(results, now, undefined).split("\n").slice(0, -1);
      const third = ["PASSWORD", "yes", "yes", "not read", "skipped", "clean"];
      const places = lines.map((line, index) => columnsOf(line.slice(0, line.indexOf(third[index] ?? "", 14))));
      expect(new Set(places)).to.deep.equal(new Set([30]));
    });

    it("shortens names to what 80 columns leave, between characters and not within one", () => {
      const long = "아주아주아주아주아주아주아주아주아주긴이름";
      const [head = "", line = ""] = auditTable([{ ...withKeys, name: long }], now, 80).split("\n");
      expect(line).to.include("아주아주아…  yes");
      expect(columnsOf(line)).to.be.at.most(80);
      expect(head.indexOf("PASSWORD")).to.equal(columnsOf(line.slice(0, line.indexOf("yes"))));
      expect(auditTable([{ ...withKeys, name: long }], now, 200)).to.include(long);
    });

    it("shows no control characters of a name", () => {
      const line = auditTable([{ ...clean, name: "a\u001b[31mb\nc" }], now, undefined);
      expect(line).to.include("a�[31mb�c").and.not.include("\u001b");
    });

    it("says so when there is no account", () => {
      expect(auditTable([], now, 80)).to.equal("0 accounts: 0 with findings, 0 not read, 0 skipped, 0 clean.");
    });
  });

  describe("as CSV", () => {
    it("has a row an account, with as many cells as the header", () => {
      expect(csvRow(clean)).to.equal("000000000001,주문 서비스,clean,,no,0,0,,0");
      expect(csvRow(unread)).to.equal("000000000003,決済,not read,AWS said no.,,,,,");
      for (const row of [clean, skipped, unread, open].map(csvRow)) {
        expect(row.split(",")).to.have.length(csvHeader.split(",").length);
      }
    });

    it("quotes what would break a row, and disarms what a spreadsheet would run", () => {
      expect(csvRow({ ...clean, name: 'Orders, "new"' })).to.include(',"Orders, ""new""",clean');
      expect(csvRow({ ...clean, name: "two\nlines" })).to.include(',"two\nlines",clean');
      for (const name of ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)"]) {
        expect(csvRow({ ...clean, name })).to.equal(`000000000001,'${name},clean,,no,0,0,,0`);
      }
    });

    it("says of each key its age, state and last use", () => {
      expect(csvRow(withKeys)).to.include(
        '"ends with OT01, active, created 2026-11-15T09:00:00.000Z, never used; ends with OT02, inactive, ' +
          'created 2026-01-05T09:00:00.000Z, last used 2026-11-22T09:00:00.000Z for s3 in eu-west-1"',
      );
    });
  });

  describe("of a dry run", () => {
    const members = [
      { id: id(9), name: "주문, 서비스", state: "ACTIVE" },
      { id: id(7), name: "=1+1", state: "PENDING_CLOSURE" },
      { id: id(3), name: "Orders", state: "ACTIVE" },
      { id: id(1) },
    ].map(planned);

    it("is ordered as the audit's own table, and aligned", () => {
      expect(planTable(members).split("\n")).to.deep.equal([
        "ACCOUNT       NAME          PLAN",
        "000000000007  =1+1          would be skipped: pending closure",
        "000000000001  -             would be read",
        "000000000003  Orders        would be read",
        "000000000009  주문, 서비스  would be read",
      ]);
    });

    it("is as safe as CSV as the audit's own", () => {
      expect(members.slice(0, 2).map(planCsvRow)).to.deep.equal([
        '000000000009,"주문, 서비스",would be read',
        "000000000007,'=1+1,would be skipped: pending closure",
      ]);
    });
  });

  describe("its progress", () => {
    it("estimates what is left once every account is known", () => {
      const state = { read: 250, findings: 2, notRead: 1, elapsed: 10_000 };
      expect(progressLine({ ...state, listed: { count: 400, isAll: false } })).to.equal(
        "250 of at least 400 accounts, 2 with findings, 1 not read",
      );
      expect(progressLine({ ...state, listed: { count: 1_000, isAll: true } })).to.equal(
        "250 of 1000 accounts, 2 with findings, 1 not read, about 30 s left",
      );
      expect(progressLine({ ...state, listed: { count: 10_000, isAll: true } })).to.include("about 7 min left");
      expect(progressLine({ ...state, read: 0, listed: { count: 10, isAll: true } })).not.to.include("left");
      expect(progressLine({ ...state, read: 0, listed: { count: 1, isAll: false } })).to.include("at least 1 account,");
    });
  });
});

/** Columns by Unicode's East Asian Width, for the scripts of these tests: a second opinion on the library. */
function columnsOf(text: string): number {
  const wide = text.match(/[\u1100-\u115f\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/g) ?? [];
  return text.length + wide.length;
}

function id(number: number) {
  const account = parseAccountId(String(number).padStart(12, "0"));
  if (account === undefined) throw new Error(`${number} is too long`);
  return account;
}
