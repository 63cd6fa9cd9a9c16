import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";

/**
 * Signs an envelope's members as SNS does: name and value on lines of their own, in the order of the names, with SHA-1 in
 * version 1 and SHA-256 in version 2. The key is the sandbox's own: no certificate of AWS's vouches for it.
 *
 * Source: Amazon SNS Developer Guide, "Verifying the signatures of Amazon SNS messages".
 */
export function sign(members: Readonly<Record<string, string>>, version: string): string {
  const text = Object.keys(members)
    .sort()
    .map((name) => `${name}\n${members[name] ?? ""}\n`)
    .join("");
  return createSign(version === "2" ? "RSA-SHA256" : "RSA-SHA1")
    .update(text)
    .sign(keyPair().privateKey, "base64");
}

/** For tests: what a signature is verified with. */
export function signingKey(): KeyObject {
  return keyPair().publicKey;
}

let made: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | undefined;

/** Made when something is first signed: most sandboxes never publish. */
function keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  made ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  return made;
}
