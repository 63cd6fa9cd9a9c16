/**
 * Works on the items of a source, `width` at once, and yields results as they come. The source is read ahead, so that
 * whoever counts it knows early how much there is. After a failure nothing new is begun; what is under way is waited
 * for, its results are yielded, then the failure is thrown.
 *
 * @example for await (const page of concurrently(urls, 10, fetchPage)) show(page);
 */
export async function* concurrently<Item, Result>(
  source: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const waiting: Item[] = [];
  const results: Result[] = [];
  const failures: unknown[] = [];
  let running = 0;
  let reading = true;
  let stopped = false;
  let news = Promise.withResolvers<undefined>();
  const tell = (): void => {
    news.resolve(undefined);
  };

  const isOver = (): boolean => results.length === 0 && running === 0 && (!reading || failures.length > 0);

  const begin = (): void => {
    while (running < width && failures.length === 0 && !stopped) {
      const item = waiting.shift();
      if (item === undefined) return;
      running += 1;
      void finish(item);
    }
  };
  const finish = async (item: Item): Promise<void> => {
    try {
      results.push(await work(item));
    } catch (error) {
      failures.push(error);
    }
    running -= 1;
    begin();
    tell();
  };
  const read = async (): Promise<void> => {
    try {
      for await (const item of source) {
        if (stopped || failures.length > 0) break;
        waiting.push(item);
        begin();
      }
    } catch (error) {
      failures.push(error);
    }
    reading = false;
    tell();
  };

  void read();
  try {
    for (;;) {
      yield* results.splice(0);
      if (isOver()) break;
      await news.promise;
      news = Promise.withResolvers<undefined>();
    }
  } finally {
    stopped = true;
  }
  if (failures.length > 0) throw failures[0];
}
