import type { Change, Diagnosis } from "#root-access";
import { wrapped } from "../wrapped.ts";

/**
 * A diagnosis for the person who has to act on it: what was refused, why, and each way out, ready to paste.
 *
 * @param columns of the terminal; `undefined` where nothing has to fit
 */
export function diagnosisText(
  { because, changes, notChecked, denials }: Diagnosis,
  columns: number | undefined,
): string {
  const times = denials.length === 1 ? "" : ` (${denials.length} refusals)`;
  return [
    wrapped(`${because}${times}`, columns),
    ...notChecked.map((what) => wrapped(`not checked: ${what}`, columns)),
    ...changes.flatMap((change) => changeLines(change, columns)),
  ].join("\n");
}

function changeLines({ what, json, command }: Change, columns: number | undefined): readonly string[] {
  return [
    "",
    wrapped(what, columns),
    ...(json === undefined ? [] : indented(JSON.stringify(json, undefined, 2))),
    ...(command === undefined ? [] : indented(command)),
  ];
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
