import { createHash } from "node:crypto";
import type { LookupEventsRequest } from "@aws-sdk/client-cloudtrail";
import type { TrailEvent } from "../../state/trail.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Decoded } from "../service.ts";
import { invalidNextToken } from "./faults.ts";

type Request = Decoded<LookupEventsRequest>;

/**
 * A page of events, newest first. The trail grows while it is read, by the very calls that read it: the token holds how
 * long the trail was at the first page, so that no event is shown twice, and what was asked, as it may not change on
 * the way.
 *
 * @throws AwsFault InvalidNextTokenException
 */
export function lookupPage(
  trail: readonly TrailEvent[],
  matches: (event: TrailEvent) => boolean,
  request: Request,
  size: number,
): { readonly events: readonly TrailEvent[]; readonly more: { readonly NextToken?: string } } {
  const { length, token } =
    request.NextToken === undefined ? { length: trail.length } : read(request.NextToken, request);
  const found = trail.slice(0, length).filter(matches).reverse();
  const { items, more } = nextTokenPage(found, { ...request, NextToken: token }, size, invalidNextToken);
  if (more.NextToken === undefined) return { events: items, more };
  return { events: items, more: { NextToken: `${length}.${fingerprint(request)}.${more.NextToken}` } };
}

function read(text: string, request: Request): { readonly length: number; readonly token: string } {
  const [length = "", asked, token] = text.split(".");
  if (!/^\d+$/.test(length) || asked !== fingerprint(request) || token === undefined) throw invalidNextToken();
  return { length: Number(length), token };
}

function fingerprint({ LookupAttributes, StartTime, EndTime, EventCategory }: Request): string {
  const asked = JSON.stringify([LookupAttributes, StartTime, EndTime, EventCategory]);
  return createHash("sha256").update(asked).digest("base64url").slice(0, 16);
}
