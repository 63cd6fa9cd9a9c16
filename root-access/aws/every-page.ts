/** One answer of a call that gives its items page by page. */
export interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | undefined;
}

/** The items of every page; the next page is asked for when it is needed. */
export async function* everyPage<Item>(ask: (token: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item> {
  let token: string | undefined;
  do {
    const page: Page<Item> = await ask(token);
    yield* page.items ?? [];
    token = page.next;
  } while (token !== undefined);
}
