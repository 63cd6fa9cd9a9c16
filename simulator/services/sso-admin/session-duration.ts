import { validationException } from "../json-refusals.ts";

export const defaultSessionDuration = "PT1H";

const shortestSeconds = 60 * 60;
const longestSeconds = 12 * shortestSeconds;

/** @throws AwsFault ValidationException unless it is an ISO 8601 duration between one hour and twelve */
export function checkSessionDuration(duration: string | undefined): void {
  if (duration === undefined) return;
  const seconds = readSeconds(duration);
  if (seconds >= shortestSeconds && seconds <= longestSeconds) return;
  throw validationException(`The session duration ${duration} is not between PT1H and PT12H.`);
}

/** Years, months, weeks and days are longer than any session: they read as infinite. */
function readSeconds(duration: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(
    duration,
  ) ?? [duration, "Infinity"];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
