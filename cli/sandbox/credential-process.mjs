import { request } from "node:http";
import { text } from "node:stream/consumers";
import { URL } from "node:url";

/*
 * The credential process of the sandbox's profile `break-glass`: asks the running sandbox for alice's session and prints
 * it in the form that AWS's tools expect. Started by them, with the sandbox's endpoint as its only argument.
 *
 * Every command with that profile waits for it. Plain JavaScript and node:http take half the time that types to strip and
 * fetch would.
 */
const [endpoint = ""] = process.argv.slice(2);

if (new URL(endpoint).hostname !== "127.0.0.1")
  throw new Error(`${endpoint} is not a sandbox: it is not on 127.0.0.1.`);

request(`${endpoint}/.sandbox/break-glass-credentials`, { headers: { "x-sandbox": "break-glass" } })
  .on("response", (response) => {
    text(response).then(
      (answer) => (response.statusCode === 200 ? process.stdout.write(answer) : fail(messageOf(answer))),
      nobodyAnswers,
    );
  })
  .on("error", nobodyAnswers)
  .end();

/** @param {string} answer */
function messageOf(answer) {
  return JSON.parse(answer).message ?? answer;
}

function nobodyAnswers() {
  fail(`No sandbox answers at ${endpoint}. Start one with: npx break-glass sandbox`);
}

/** @param {string} message */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
