/**
 * The credential process of the sandbox's profile `break-glass`: asks the running sandbox for alice's session and prints
 * it in the form that AWS's tools expect. Started by them, with the sandbox's endpoint as its only argument.
 */
const [endpoint = ""] = process.argv.slice(2);

if (new URL(endpoint).hostname !== "127.0.0.1")
  throw new Error(`${endpoint} is not a sandbox: it is not on 127.0.0.1.`);

try {
  const response = await fetch(`${endpoint}/.sandbox/break-glass-credentials`, {
    headers: { "x-sandbox": "break-glass" },
  });
  const text = await response.text();
  if (response.ok) process.stdout.write(text);
  else fail(messageOf(text));
} catch {
  fail(`No sandbox answers at ${endpoint}. Start one with: npx break-glass sandbox`);
}

function messageOf(text: string): string {
  const answer: unknown = JSON.parse(text);
  return typeof answer === "object" && answer !== null && "message" in answer ? String(answer.message) : text;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
