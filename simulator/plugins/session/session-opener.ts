import type { PropertyBag } from "../protocol/property-bag.ts";
import type { CheckFailure } from "../protocol/provider.ts";
import { containsUnknown } from "../protocol/property-bag.ts";
import { validateCredentials } from "./caller-identity.ts";
import { openSession, type Session } from "./session.ts";
import type { SessionSettings } from "./settings.ts";

/** What a plugin makes of the provider's settings: a session's worth of them and its own, or why they are refused. */
export type ParseSettings<Settings> = (bag: PropertyBag) => Settings | { readonly failures: CheckFailure[] };

/**
 * Turns provider settings into a session, for CheckConfig and for Configure: the engine sends one, the other or both.
 * Credentials are validated once in a process.
 */
export class SessionOpener<Settings extends { readonly session: SessionSettings }> {
  readonly #parse: ParseSettings<Settings>;
  readonly #cancellation = new AbortController();
  #validated = false;

  constructor(parse: ParseSettings<Settings>) {
    this.#parse = parse;
  }

  /** Why the settings do not do; nothing is said of settings that are still unknown. */
  async check(bag: PropertyBag): Promise<CheckFailure[]> {
    if (containsUnknown(bag)) return [];
    const settings = this.#parse(bag);
    if ("failures" in settings) return settings.failures;
    try {
      await this.#openValidated(settings);
      return [];
    } catch (error) {
      return [{ property: "", reason: error instanceof Error ? error.message : String(error) }];
    }
  }

  /** @throws Error with all failures, when the settings do not do */
  async open(bag: PropertyBag): Promise<{ readonly settings: Settings; readonly session: Session }> {
    const settings = this.#parse(bag);
    if ("failures" in settings) throw new Error(settings.failures.map(({ reason }) => reason).join("\n"));
    return { settings, session: await this.#openValidated(settings) };
  }

  /** Ends the waits of every session this has opened. */
  cancel(): void {
    this.#cancellation.abort(new Error("operation canceled"));
  }

  async #openValidated(settings: Settings): Promise<Session> {
    const session = await openSession(settings.session, this.#cancellation.signal);
    if (!this.#validated && !settings.session.skipCredentialsValidation) await validateCredentials(session);
    this.#validated = true;
    return session;
  }
}
