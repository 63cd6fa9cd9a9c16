import type { Members } from "./comparable.ts";

/**
 * Members whose values the client itself checks or rewrites need more than a random word; everything else stays as it
 * was drawn.
 */
export function steered(service: string, input: Members, output: Members): { input: Members; output: Members } {
  // EventBridge's client builds a host name from EndpointId.
  if (service === "events") return { input: withoutMember(input, "EndpointId"), output };
  if (service !== "s3") return { input, output };
  // The client derives ExpiresString from Expires.
  const derived = output["Expires"] instanceof Date ? { ExpiresString: output["Expires"].toUTCString() } : {};
  return { input: steeredForS3(input), output: { ...output, ...derived } };
}

function withoutMember(members: Members, left: string): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== left));
}

function steeredForS3(input: Members): Members {
  const fixed: Members = {
    Bucket: "my-bucket",
    Key: "folder/key 1+ü",
    CopySource: "other-bucket/key",
    ChecksumAlgorithm: "CRC32",
    Tagging: "team=orders",
    Body: new TextEncoder().encode("hello"),
    ContentLength: 5,
  };
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name]) => !name.includes("SSECustomerKey"))
      .map(([name, value]) => [name, name in fixed && typeof value !== "object" ? fixed[name] : value]),
  );
}
