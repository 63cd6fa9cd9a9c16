import { expect } from "chai";
import { concurrently } from "../../root-access/audit/concurrently.ts";

describe("work done concurrently", () => {
  it("is done for every item, so many at once and no more, and yielded as it comes", async () => {
    let running = 0;
    let most = 0;
    const results: number[] = [];
    const work = async (item: number): Promise<number> => {
      most = Math.max(most, (running += 1));
      await turns(20 + (item % 7));
      running -= 1;
      return item;
    };
    for await (const result of concurrently(numbers(100), 8, work)) results.push(result);
    expect(results.toSorted((one, other) => one - other)).to.deep.equal([...Array(100).keys()]);
    expect(results).not.to.deep.equal([...Array(100).keys()]);
    expect(most).to.equal(8);
  });

  it("begins nothing new after a failure, yields what was under way, then fails", async () => {
    const begun: number[] = [];
    const results: number[] = [];
    const work = async (item: number): Promise<number> => {
      begun.push(item);
      await turns(item === 2 ? 1 : 5);
      if (item === 2) throw new Error("the third");
      return item;
    };
    const all = async (): Promise<void> => {
      for await (const result of concurrently(numbers(100), 4, work)) results.push(result);
    };
    expect(await messageOf(all())).to.equal("the third");
    expect(begun).to.deep.equal([0, 1, 2, 3]);
    expect(results).to.have.members([0, 1, 3]);
  });

  it("fails with its source, after what was read before", async () => {
    const results: number[] = [];
    const source = async function* (): AsyncGenerator<number> {
      yield* numbers(3);
      throw new Error("no more pages");
    };
    const all = async (): Promise<void> => {
      for await (const result of concurrently(source(), 2, (item) => Promise.resolve(item))) results.push(result);
    };
    expect(await messageOf(all())).to.equal("no more pages");
    expect(results).to.include.members([0, 1]);
  });

  it("begins nothing new once nobody reads the results", async () => {
    let begun = 0;
    const work = async (item: number): Promise<number> => {
      begun += 1;
      await turns(1);
      return item;
    };
    for await (const result of concurrently(numbers(1_000), 2, work)) if (result === 1) break;
    const atBreak = begun;
    await turns(50);
    expect(begun).to.equal(atBreak);
    expect(begun).to.be.below(1_000);
  });
});

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    await turns(0);
    yield number;
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn <= count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function messageOf(promise: Promise<void>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("It should have failed.");
}
