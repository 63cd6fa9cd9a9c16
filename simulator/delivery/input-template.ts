import { isJson } from "../json-text.ts";

/** What a template's variables stand for; `undefined` for a path that leads nowhere. */
export type TemplateValues = (variable: string) => unknown;

const placeholder = /<([\w.-]+)>/g;

/**
 * Fills an input template in. Inside quotes a value stands without its own; outside, it stands as JSON.
 *
 * Source: Amazon EventBridge User Guide, "Amazon EventBridge input transformation".
 *
 * @example fillTemplate('{"who":<who>,"text":"by <who>"}', () => "alice") // {"who":"alice","text":"by alice"}
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  return splitAtQuotes(template)
    .map(({ text, quoted }) =>
      text.replace(placeholder, (_match, variable: string) => {
        const value = values(variable);
        return quoted ? insideText(value) : JSON.stringify(value ?? "");
      }),
    )
    .join("");
}

/** The variables that a template names. */
export function variablesOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, variable = ""]) => variable);
}

/** JSON, or lines that are texts in quotes. */
export function isTemplate(template: string): boolean {
  const filled = fillTemplate(template, () => "x");
  return isJson(filled) || filled.split("\n").every((line) => line.trim() === "" || isText(line));
}

function insideText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string") return JSON.stringify(value).slice(1, -1);
  return JSON.stringify(value).replaceAll('"', "");
}

function splitAtQuotes(template: string): readonly { readonly text: string; readonly quoted: boolean }[] {
  const parts: { text: string; quoted: boolean }[] = [];
  for (const text of template.split(/("(?:[^"\\]|\\.)*")/s)) parts.push({ text, quoted: text.startsWith('"') });
  return parts;
}

function isText(line: string): boolean {
  return line.trim().startsWith('"') && isJson(line);
}
