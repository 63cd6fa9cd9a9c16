import type { Terminal } from "./terminal.ts";
import { wrapped } from "./wrapped.ts";

/** Sentences beside the result, on stderr, in the terminal's width. */
export function note(terminal: Terminal, text: string): void {
  terminal.note(wrapped(text, terminal.noteColumns()));
}

/** The same, for whoever has a sentence later. */
export function noteTo(terminal: Terminal): (text: string) => void {
  return (text) => {
    note(terminal, text);
  };
}

/** A result that is sentences, on stdout. */
export function tell(terminal: Terminal, text: string): void {
  terminal.result(wrapped(text, terminal.columns()));
}
