import type { Change, Diagnosis } from "#root-access";

/** A diagnosis for the person who has to act on it: what was refused, why, and each way out, ready to paste. */
export function diagnosisText({ because, changes, notChecked, denials }: Diagnosis): string {
  const times = denials.length === 1 ? "" : ` (${denials.length} refusals)`;
  return [
    `${because}${times}`,
    ...notChecked.map((what) => `not checked: ${what}`),
    ...changes.flatMap(changeLines),
  ].join("\n");
}

function changeLines({ what, json, command }: Change): readonly string[] {
  return [
    "",
    what,
    ...(json === undefined ? [] : indented(JSON.stringify(json, undefined, 2))),
    ...(command === undefined ? [] : indented(command)),
  ];
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => `  ${line}`);
}
