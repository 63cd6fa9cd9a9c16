import { expect } from "chai";
import { createPace } from "../../root-access/audit/pace.ts";

describe("the pace of an audit", () => {
  for (const limit of [5, 20, 100]) {
    it(`stays within a tenth of a limit of ${limit} calls a second, without hammering at it`, () => {
      const { accepted, refused } = callsThrough({ limitAt: () => limit, seconds: 60 });
      expect(accepted).to.be.at.least(limit * 60 * 0.9);
      expect(refused).to.be.below(5 * 60);
    });
  }

  it("follows a limit that rises", () => {
    const { accepted } = callsThrough({ limitAt: (second) => (second < 30 ? 5 : 50), seconds: 90 });
    expect(accepted).to.be.at.least((5 * 30 + 50 * 60) * 0.7);
  });

  it("follows a limit that falls", () => {
    const { accepted, refused } = callsThrough({ limitAt: (second) => (second < 30 ? 50 : 5), seconds: 90 });
    expect(accepted).to.be.at.least((50 * 30 + 5 * 60) * 0.9);
    expect(refused).to.be.below(5 * 60);
  });

  it("is in nobody's way where nothing is refused", () => {
    const { accepted } = callsThrough({ limitAt: () => 1e9, seconds: 5 });
    expect(accepted).to.be.at.least(1_000);
  });
});

/** Forty callers with answers after 50 ms, against a token bucket that holds one second's tokens, in virtual time. */
function callsThrough({ limitAt, seconds }: { limitAt: (second: number) => number; seconds: number }): {
  accepted: number;
  refused: number;
} {
  let time = 0;
  let accepted = 0;
  let refused = 0;
  let tokens = limitAt(0);
  let filled = 0;
  const pace = createPace(() => time);
  const due = Array.from({ length: 40 }, () => newCaller(pace.takeTurn()));
  while (time < seconds * 1_000) {
    const caller = due.reduce((one, other) => (other.at < one.at ? other : one));
    time = caller.at;
    if (caller.answer === undefined) {
      const limit = limitAt(time / 1_000);
      tokens = Math.min(limit, tokens + ((time - filled) / 1_000) * limit);
      filled = time;
      caller.answer = tokens >= 1;
      if (caller.answer) tokens -= 1;
      caller.at = time + 50;
      continue;
    }
    if (caller.answer) {
      accepted += 1;
      pace.accepted();
    } else {
      refused += 1;
      pace.refused();
    }
    caller.answer = undefined;
    caller.at = time + pace.takeTurn();
  }

  return { accepted, refused };
}

/** `answer`: whether the call that is under way was accepted; absent before it is sent. */
function newCaller(at: number): { at: number; answer?: boolean | undefined } {
  return { at };
}
