import { expect } from "chai";
import { waitFor } from "#root-access";
import { rejection } from "./rejection.ts";

describe("waiting", () => {
  it("looks at once and gives what is found", async () => {
    let looks = 0;
    const found = await waitFor({
      waitingFor: "an answer",
      look: () => Promise.resolve({ found: ++looks }),
      deadlineMilliseconds: 0,
    });
    expect(found).to.equal(1);
  });

  it("looks again until it is there", async () => {
    let looks = 0;
    const look = () => Promise.resolve(++looks < 4 ? { instead: "nothing yet" } : { found: "it" });
    expect(await waitFor({ waitingFor: "it", look, deadlineMilliseconds: 5_000, firstPauseMilliseconds: 1 })).to.equal(
      "it",
    );
    expect(looks).to.equal(4);
  });

  it("gives up at the deadline and says what it waited for and what it saw last", async () => {
    const look = () => Promise.resolve({ instead: "a closed door" });
    const error = await rejection(waitFor({ waitingFor: "an open door", look, deadlineMilliseconds: 20 }));
    expect(error.reason).to.equal("timed-out");
    expect(error.message).to.include("for an open door; last seen: a closed door");
  });

  it("ends at once when cancelled, in the middle of a pause too", async () => {
    const controller = new AbortController();
    const waiting = waitFor({
      waitingFor: "nothing",
      look: () => {
        setImmediate(() => {
          controller.abort();
        });
        return Promise.resolve({ instead: "nothing" });
      },
      deadlineMilliseconds: 600_000,
      firstPauseMilliseconds: 600_000,
      longestPauseMilliseconds: 600_000,
      signal: controller.signal,
    });
    expect((await rejection(waiting)).reason).to.equal("cancelled");
  });

  it("lets what a look throws through", async () => {
    const broken = waitFor({
      waitingFor: "x",
      look: () => Promise.reject(new TypeError("defect")),
      deadlineMilliseconds: 9,
    });
    const failed = await broken.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(TypeError);
  });
});
